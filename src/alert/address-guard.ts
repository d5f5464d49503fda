import ipaddr from 'ipaddr.js'

/**
 * Where webhooks may go: to public addresses alone. A receiver's URL is the one input that makes this program open a
 * connection of a stranger's choice, so everything is refused that is not plainly the public internet. The same check runs
 * when a URL is registered and on the very address that is dialled, as a name can point elsewhere by then.
 */

export type UrlRefusal =
  | 'not-a-url'
  | 'scheme'
  | 'credentials'
  | 'fragment'
  | 'port'
  | 'local-name'
  | 'private-address'
  | 'too-long'

export type UrlCheck = { isAllowed: true; url: URL } | { isAllowed: false; reason: UrlRefusal; message: string }

const MAX_URL_LENGTH = 2048

/** Names that resolve inside a network, or nowhere (RFC 6761, 6762, 7686, 8375, 9476; and those of cloud platforms). */
const LOCAL_NAMES = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'private',
  'arpa',
  'onion',
  'alt',
  'test',
  'invalid',
  'example',
]

/** Above 1023: what browsers refuse (WHATWG Fetch, "bad ports"), and databases and control planes that speak HTTP or trust a line of text. */
const REFUSED_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  1433, 1521, 2375, 2376, 2379, 2380, 3306, 5432, 5672, 5984, 6379, 6443, 9042, 9092, 9200, 9300, 10250, 10255, 11211,
  27017,
])

/** Public by range, yet reachable from inside a cloud alone. */
const PLATFORM_ADDRESSES = new Set(['168.63.129.16', '192.0.0.192'])

/** @param allowPrivate for tests and closed networks: leaves the scheme and credentials checks in force, lifts the others */
export function checkWebhookUrl(text: string, { allowPrivate }: { allowPrivate: boolean }): UrlCheck {
  const refuse = (reason: UrlRefusal, message: string): UrlCheck => ({ isAllowed: false, reason, message })
  if (text.length > MAX_URL_LENGTH) return refuse('too-long', `A URL has at most ${MAX_URL_LENGTH} characters.`)
  // The parser forgives tabs, line breaks and backslashes that other parsers read differently.
  if (/[\s\\]/.test(text) || hasControl(text) || !URL.canParse(text)) return refuse('not-a-url', 'This is not a URL.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse('scheme', 'Only http and https URLs are called.')
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text))
    return refuse('credentials', 'A URL must not hold credentials.')
  if (url.hash !== '' || text.includes('#')) return refuse('fragment', 'A fragment would never be sent.')
  if (allowPrivate) return { isAllowed: true, url }

  if (!isAllowedPort(url)) return refuse('port', 'This port is not called: use 80, 443 or one above 1023.')
  const literal = addressOf(url.hostname)
  if (literal !== null)
    return isPublicAddress(literal)
      ? { isAllowed: true, url }
      : refuse('private-address', 'This address is not on the public internet.')
  const name = url.hostname.replace(/\.$/, '')
  const labels = name.split('.')
  if (labels.length < 2 || LOCAL_NAMES.includes(labels.at(-1)!))
    return refuse('local-name', 'This name is not one of the public internet.')
  return { isAllowed: true, url }
}

/** The address that a URL's host spells out, without brackets; `null` when it is a name. */
export function addressOf(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? bare : null
}

/** Whether an address is one of the public internet: global unicast, and no disguise of another address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (PLATFORM_ADDRESSES.has(parsed.toString())) return false
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast'
  const bytes = parsed.toByteArray()
  // Global unicast is 2000::/3; ISATAP interface ids (RFC 5214) carry an IPv4 address inside it.
  const isIsatap = (bytes[8]! & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe
  return (bytes[0]! & 0xe0) === 0x20 && parsed.range() === 'unicast' && !isIsatap
}

function isAllowedPort(url: URL): boolean {
  if (url.port === '') return true
  const port = Number(url.port)
  return port === 80 || port === 443 || (port > 1023 && !REFUSED_PORTS.has(port))
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x21 || text.charCodeAt(i) === 0x7f) return true
  return false
}
