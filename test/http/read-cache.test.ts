import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { answerFromMemory, cached, createReadCache, LIVE } from '../../src/http/read-cache.ts'
import type { Ports } from '../../src/ports.ts'

const TEXT = 'all quiet, '.repeat(100)

/** One route behind the cache; counts how often it is asked. */
function setup(freshMs = 60_000) {
  const readCache = createReadCache()
  let asked = 0
  const app = new Hono<{ Bindings: Ports }>().get('/state', cached({ ...LIVE, freshMs }), (c) => {
    asked++
    return c.text(TEXT)
  })
  const limit = { isAllowed: true, limit: 9, remaining: 8, resetSeconds: 1, windowSeconds: 60 }
  const settings = { publicUrl: null }
  const limiter = { consume: async () => limit }
  const ports = { readCache, limiter, settings, clientKey: () => 'somebody' } as unknown as Ports
  const ask = (headers: Record<string, string> = {}, method = 'GET') =>
    app.fetch(new Request('http://outcry.test/state', { method, headers }), ports)
  const remembered = (headers: Record<string, string> = {}, method = 'GET') =>
    answerFromMemory(ports, new Request('http://outcry.test/state', { method, headers }), {
      host: 'outcry.test',
      pathAndQuery: '/state',
    })
  return { ask, remembered, asked: () => asked }
}

test('a fresh answer is found without its route, byte by byte and field by field the same', async () => {
  const { ask, remembered, asked } = setup()
  await ask()
  const [routed, kept] = [await ask(), remembered()!]

  expect(await kept.text()).toBe(TEXT)
  expect([...kept.headers]).toEqual([...routed.headers])
  expect(asked()).toBe(1)
})

test('who accepts gzip gets the answer compressed once, and who has it already gets 304', async () => {
  const { ask, remembered } = setup()
  const etag = (await ask()).headers.get('etag')!

  const compressed = remembered({ 'accept-encoding': 'gzip' })!
  expect(compressed.headers.get('content-encoding')).toBe('gzip')
  const text = new Response(compressed.body!.pipeThrough(new DecompressionStream('gzip'))).text()
  expect(await text).toBe(TEXT)
  expect(remembered({ 'if-none-match': etag })!.status).toBe(304)
})

test('nothing is found before the first answer, for another method, for a key, or once it is no longer fresh', async () => {
  const { ask, remembered } = setup()
  expect(remembered()).toBeNull()
  await ask()
  expect(remembered({}, 'POST')).toBeNull()
  expect(remembered({ authorization: 'Bearer key' })).toBeNull()

  const stale = setup(0)
  await stale.ask()
  expect(stale.remembered()).toBeNull()
})

test('a burst on a cold key asks once', async () => {
  const { ask, asked } = setup()
  const texts = await Promise.all(Array.from({ length: 20 }, async () => (await ask()).text()))

  expect(new Set(texts)).toEqual(new Set([TEXT]))
  expect(asked()).toBe(1)
})
