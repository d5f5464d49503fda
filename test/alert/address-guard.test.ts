import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, checkWebhookUrl, isPublicAddress } from '../../src/alert/address-guard.ts'

const check = (url: string) => {
  const answer = checkWebhookUrl(url, { allowPrivate: false })
  return answer.isAllowed ? 'allowed' : answer.reason
}

test.each([
  // Loopback, in every spelling that a URL parser or a C library accepts.
  ['http://127.0.0.1/', 'private-address'],
  ['http://127.1/', 'private-address'],
  ['http://127.0.1/', 'private-address'],
  ['http://2130706433/', 'private-address'],
  ['http://0x7f000001/', 'private-address'],
  ['http://0x7f.0.0.1/', 'private-address'],
  ['http://0x7f.1/', 'private-address'],
  ['http://0177.0.0.1/', 'private-address'],
  ['http://0177.0.0.01/', 'private-address'],
  ['http://017700000001/', 'private-address'],
  ['http://127.0.0.1./', 'private-address'],
  ['http://127.127.127.127/', 'private-address'],
  ['http://①②⑦.⓪.⓪.①/', 'private-address'],
  ['http://127。0。0。1/', 'private-address'],
  ['http://%31%32%37.0.0.1/', 'private-address'],
  ['http://[::1]/', 'private-address'],
  ['http://[0:0:0:0:0:0:0:1]/', 'private-address'],
  ['http://localhost/', 'local-name'],
  ['http://LOCALHOST:8080/', 'local-name'],
  ['http://localhost./', 'local-name'],
  ['http://anything.localhost/', 'local-name'],
  ['http://ⓛocalhost/', 'local-name'],
  // Nowhere, everywhere.
  ['http://0/', 'private-address'],
  ['http://0.0.0.0/', 'private-address'],
  ['http://0.1.2.3/', 'private-address'],
  ['http://[::]/', 'private-address'],
  ['http://255.255.255.255/', 'private-address'],
  // Private networks.
  ['http://10.0.0.1/', 'private-address'],
  ['http://10.1/', 'private-address'],
  ['http://0xa.0.0.1/', 'private-address'],
  ['http://172.16.0.1/', 'private-address'],
  ['http://172.31.255.255/', 'private-address'],
  ['http://192.168.1.1/', 'private-address'],
  ['http://192.168.257/', 'private-address'],
  ['http://3232235777/', 'private-address'],
  ['http://100.64.0.1/', 'private-address'],
  ['http://100.127.255.254/', 'private-address'],
  ['http://[fc00::1]/', 'private-address'],
  ['http://[fd12:3456:789a::1]/', 'private-address'],
  ['http://[fec0::1]/', 'private-address'],
  // Link-local and the metadata services of clouds.
  ['http://169.254.169.254/latest/meta-data/', 'private-address'],
  ['http://169.254.170.2/', 'private-address'],
  ['http://2852039166/', 'private-address'],
  ['http://0xA9FEA9FE/', 'private-address'],
  ['http://0251.0376.0251.0376/', 'private-address'],
  ['http://100.100.100.200/', 'private-address'],
  ['http://168.63.129.16/', 'private-address'],
  ['http://192.0.0.192/', 'private-address'],
  ['http://[fe80::1]/', 'private-address'],
  ['http://[fd00:ec2::254]/', 'private-address'],
  ['http://metadata.google.internal/', 'local-name'],
  ['http://instance-data/', 'local-name'],
  // IPv4 in IPv6 clothes.
  ['http://[::ffff:127.0.0.1]/', 'private-address'],
  ['http://[::ffff:7f00:1]/', 'private-address'],
  ['http://[::ffff:8.8.8.8]/', 'private-address'],
  ['http://[::127.0.0.1]/', 'private-address'],
  ['http://[::ffff:0:127.0.0.1]/', 'private-address'],
  ['http://[64:ff9b::7f00:1]/', 'private-address'],
  ['http://[64:ff9b::169.254.169.254]/', 'private-address'],
  ['http://[64:ff9b:1::a00:1]/', 'private-address'],
  ['http://[2002:7f00:1::]/', 'private-address'],
  ['http://[2002:a9fe:a9fe::1]/', 'private-address'],
  ['http://[2001:0:7f00:1::]/', 'private-address'],
  ['http://[2001:db8::5efe:7f00:1]/', 'private-address'],
  ['http://[2620:fe::5efe:10.0.0.1]/', 'private-address'],
  // Multicast, documentation, benchmarking, reserved, discard.
  ['http://224.0.0.1/', 'private-address'],
  ['http://239.255.255.250/', 'private-address'],
  ['http://[ff02::1]/', 'private-address'],
  ['http://192.0.2.1/', 'private-address'],
  ['http://198.51.100.1/', 'private-address'],
  ['http://203.0.113.1/', 'private-address'],
  ['http://[2001:db8::1]/', 'private-address'],
  ['http://[3fff::1]/', 'private-address'],
  ['http://198.18.0.1/', 'private-address'],
  ['http://[2001:2::1]/', 'private-address'],
  ['http://240.0.0.1/', 'private-address'],
  ['http://192.88.99.1/', 'private-address'],
  ['http://[100::1]/', 'private-address'],
  ['http://[5f00::1]/', 'private-address'],
  // Names of no public host.
  ['http://router/', 'local-name'],
  ['http://printer.local/', 'local-name'],
  ['http://db.internal/', 'local-name'],
  ['http://1.0.0.127.in-addr.arpa/', 'local-name'],
  ['http://expyuzz4wqqyqhjn.onion/', 'local-name'],
  // Other schemes.
  ['file:///etc/passwd', 'scheme'],
  ['gopher://example.com/', 'scheme'],
  ['ftp://hooks.acme.com/', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['data:text/plain,hi', 'scheme'],
  ['ws://hooks.acme.com/', 'scheme'],
  // Credentials, and hosts that hide behind them.
  ['https://user:secret@hooks.acme.com/', 'credentials'],
  ['https://user@hooks.acme.com/', 'credentials'],
  ['https://@hooks.acme.com/', 'credentials'],
  ['https://hooks.acme.com@127.0.0.1/', 'credentials'],
  ['https://hooks.acme.com#@127.0.0.1/', 'fragment'],
  // What parsers disagree about.
  ['https://hooks.acme.com\\@127.0.0.1/', 'not-a-url'],
  ['https://hooks.acme.com/\r\nHost: x', 'not-a-url'],
  ['https://hooks.acme.com/ a', 'not-a-url'],
  ['https://hooks.\tacme.com/', 'not-a-url'],
  ['http://[::1', 'not-a-url'],
  ['http://256.1.1.1/', 'not-a-url'],
  ['http://0x100000000/', 'not-a-url'],
  ['hooks.acme.com', 'not-a-url'],
  ['', 'not-a-url'],
  [`https://hooks.acme.com/${'a'.repeat(2048)}`, 'too-long'],
  // Ports of other protocols.
  ['http://hooks.acme.com:22/', 'port'],
  ['http://hooks.acme.com:25/', 'port'],
  ['http://hooks.acme.com:6379/', 'port'],
  ['http://hooks.acme.com:5432/', 'port'],
  ['http://hooks.acme.com:2375/', 'port'],
  ['http://hooks.acme.com:0/', 'port'],
])('%s is refused: %s', (url, reason) => {
  expect(check(url)).toBe(reason)
})

test.each([
  'https://hooks.acme.com/outcry',
  'https://hooks.acme.com:8443/outcry?team=7',
  'http://hooks.acme.com:80/',
  'https://hooks.acme.com./',
  'https://störung.de/hook',
  'https://93.184.215.14/',
  'https://[2606:4700:4700::1111]/',
  'https://hooks.slack.com/services/T000/B000/XXX',
  'https://hooks.acme.com/a@b',
  'https://hooks.acme.com/?to=a@b',
])('%s is a place that webhooks may go to', (url) => {
  expect(check(url)).toBe('allowed')
})

test('with private addresses allowed, only addresses and ports are, not other schemes or credentials', () => {
  const open = (url: string) => checkWebhookUrl(url, { allowPrivate: true }).isAllowed
  expect(open('http://127.0.0.1:9999/hook')).toBe(true)
  expect(open('http://localhost:22/')).toBe(true)
  expect(open('file:///etc/passwd')).toBe(false)
  expect(open('http://a:b@localhost/')).toBe(false)
})

test('what is dialled is checked as an address, with the same answers', () => {
  for (const bad of [
    '127.0.0.1',
    '10.2.3.4',
    '::1',
    '::ffff:10.0.0.1',
    'fe80::1%eth0',
    'fe80::1',
    '64:ff9b::1',
    'x',
    '',
  ])
    expect(isPublicAddress(bad), bad).toBe(false)
  for (const good of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])
    expect(isPublicAddress(good), good).toBe(true)
})

test('no address of the private blocks passes, in dotted, decimal or hexadecimal spelling', () => {
  const block = fc.constantFrom<[number, number]>(
    [0x0a000000, 8],
    [0xac100000, 12],
    [0xc0a80000, 16],
    [0x7f000000, 8],
    [0xa9fe0000, 16],
    [0x64400000, 10],
    [0xe0000000, 4],
    [0xf0000000, 4],
  )
  fc.assert(
    fc.property(block, fc.nat(), ([start, bits], offset) => {
      const address = start + (offset % 2 ** (32 - bits))
      const dotted = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256)
      const spellings = [
        dotted.join('.'),
        String(address),
        `0x${address.toString(16)}`,
        dotted.map((byte) => `0${byte.toString(8)}`).join('.'),
        `[::ffff:${dotted.join('.')}]`,
      ]
      for (const spelling of spellings) expect(check(`http://${spelling}/`)).toBe('private-address')
    }),
  )
})

test('a host is an address or a name', () => {
  expect(addressOf('[::1]')).toBe('::1')
  expect(addressOf('10.0.0.1')).toBe('10.0.0.1')
  expect(addressOf('hooks.acme.com')).toBeNull()
})
