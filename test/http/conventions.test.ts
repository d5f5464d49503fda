import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { deprecationOf } from '../../src/http/deprecation.ts'
import { compressBrotli } from '../../src/runtime/compress-brotli.ts'
import { addService, spikeEvent, tellEvents } from '../support/build-events.ts'
import { call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { useStorage } from '../support/storage.ts'

describe('what holds for every read', () => {
  const storage = useStorage('pglite')

  test('an unchanged answer costs 304 and no body', async () => {
    const ports = createTestPorts(storage())
    const first = await call(ports, '/v1/openapi.json')
    const again = await call(ports, '/v1/openapi.json', { headers: { 'if-none-match': first.headers.get('etag')! } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  test('answers come compressed as asked for, and say the same', async () => {
    const ports = { ...createTestPorts(storage()), brotli: compressBrotli }
    const ask = (accepted: string) => call(ports, '/v1/openapi.json', { headers: { 'accept-encoding': accepted } })
    const plain = await (await ask('identity')).text()
    const gzip = await ask('gzip, br')
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(new Uint8Array(await gzip.arrayBuffer())).toString()).toBe(plain)
    let answer = await ask('gzip, br')
    while (answer.headers.get('content-encoding') !== 'br') {
      await new Promise(setImmediate)
      answer = await ask('gzip, br')
    }
    expect(answer.headers.get('vary')).toBe('accept-encoding')
    expect((await ask('br;q=0, gzip;q=0')).headers.get('content-encoding')).toBeNull()
    expect(brotliDecompressSync(new Uint8Array(await answer.arrayBuffer())).toString()).toBe(plain)
  })

  test('scripts of other sites may ask, with a key, and read the fields that matter', async () => {
    const ports = createTestPorts(storage())
    for (const path of ['/v1/webhooks', '/mcp']) {
      const preflight = await call(ports, path, { method: 'OPTIONS' })
      expect(preflight.status).toBe(204)
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
      expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
    }
    const read = await call(ports, '/v1/events')
    expect(read.headers.get('access-control-expose-headers')).toContain('ratelimit')
  })

  test('limits are told with every answer, and a caller’s own are never given to another', async () => {
    const ports = createTestPorts(storage())
    const { key } = await issueTestKey(ports, { quota: { perMinute: 7, perDay: 9 } })
    const keyed = await call(ports, '/v1/events', { key })
    expect(keyed.headers.get('ratelimit-policy')).toContain('"key-minute";q=7;w=60')
    const cached = await call(ports, '/v1/events')
    expect(cached.headers.get('ratelimit-policy') ?? '').not.toContain('key-minute')
  })

  test('fields cut items down; unknown ones are refused', async () => {
    const ports = createTestPorts(storage())
    await addService(storage().run, 'mail')
    await tellEvents(storage(), [spikeEvent(), spikeEvent()])
    const items = async (path: string) => ((await (await call(ports, path)).json()) as { items: object[] }).items
    expect(await items('/v1/services?fields=slug,state')).toEqual([{ slug: 'mail', state: 'unknown' }])
    expect(await items('/v1/events?fields=id')).toEqual([{ id: '1' }, { id: '2' }])
    for (const path of ['/v1/spikes?fields=secret', '/v1/incidents?fields=', '/v1/events?fields=id,nonsense'])
      expect((await call(ports, path)).status).toBe(400)
  })

  test.each([
    '/',
    '/s/mail',
    '/map',
    '/incidents',
    '/methodology',
    '/compare',
    '/sitemap.xml',
    '/feed.atom',
    '/feed.json',
    '/robots.txt',
    '/api/v2/summary.json',
    '/v1/openapi.json',
    '/docs',
    '/embed?service=mail',
    '/embed/mail',
    '/s/mail.metadata.json',
    '/.well-known/api-catalog',
    '/v1/services/mail',
  ])('whoever asks under an invented host does not put it in what others are given: %s', async (path) => {
    const ports = createTestPorts(storage())
    await addService(storage().run, 'mail')
    await app.fetch(new Request(`http://invented.example${path}`), ports)
    const answer = await app.fetch(new Request(`http://outcry.example${path}`), ports)
    expect(answer.status).toBeLessThan(400)
    expect((await answer.text()) + JSON.stringify([...answer.headers])).not.toContain('invented.example')
  })

  test('the event log is paged by Link', async () => {
    const ports = createTestPorts(storage())
    await tellEvents(storage(), [spikeEvent(), spikeEvent(), spikeEvent()])
    const seen: string[] = []
    let path: string | null = '/v1/events?limit=2&fields=id'
    while (path !== null) {
      const page: Response = await call(ports, path)
      seen.push(...((await page.json()) as { items: { id: string }[] }).items.map(({ id }) => id))
      path = /^<([^>]*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1] ?? null
    }
    expect(seen).toEqual(['1', '2', '3'])
  })
})

describe('a call that is to go', () => {
  const deprecation = {
    path: '/v1/things/:id',
    since: new Date('2026-01-01T00:00:00Z'),
    sunset: new Date('2026-07-01T00:00:00Z'),
    successor: '/v2/things',
  }

  test('says since when, until when, and what takes its place', () => {
    expect(deprecationOf('/v1/things/5', [deprecation])).toEqual({
      deprecation: '@1767225600',
      sunset: 'Wed, 01 Jul 2026 00:00:00 GMT',
      link: '</v2/things>; rel="successor-version"',
    })
  })

  test('others say nothing', () => {
    expect(deprecationOf('/v1/things', [deprecation])).toEqual({})
    expect(deprecationOf('/v1/things/5/parts', [deprecation])).toEqual({})
  })
})
