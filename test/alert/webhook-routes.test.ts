import { expect, test } from 'vitest'
import { addService, spikeEvent, tellEvents } from '../support/build-events.ts'
import { call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const URL_OF_RECEIVER = 'https://hooks.example.org/outcry'

describeOnBothEngines('/v1/webhooks', (storage) => {
  async function begin(settings: { webhookAllowPrivate?: boolean } = {}) {
    const ports = createTestPorts(storage(), { settings })
    const { key } = await issueTestKey(ports, { scopes: ['webhooks'] })
    const ask = (path: string, options: { method?: string; body?: unknown } = {}) =>
      call(ports, `/v1/webhooks${path}`, { key, ...options })
    return { ports, ask }
  }
  const json = async (response: Response) => (await response.json()) as Record<string, never>

  test('a secret is shown when it is made, and never again', async () => {
    const { ask } = await begin()
    const made = await ask('', { body: { url: URL_OF_RECEIVER, name: 'Wall' } })
    expect(made.status).toBe(201)
    const { id, secret, ...rest } = await json(made)
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made.headers.get('location')).toBe(`/v1/webhooks/${id}`)
    expect(rest).toMatchObject({ url: URL_OF_RECEIVER, name: 'Wall', state: 'active', stateReason: null })

    expect(await json(await ask(''))).toMatchObject({ items: [{ id }], nextCursor: null })
    expect((await ask('?limit=1')).status).toBe(400)
    expect(JSON.stringify(await json(await ask(`/${id}`)))).not.toContain('whsec_')

    const rotated = await json(await ask(`/${id}/rotate`, { method: 'POST' }))
    expect(rotated.secret).toMatch(/^whsec_/)
    expect(rotated.secret).not.toBe(secret)
    expect(Date.parse(rotated.previousUntil!)).toBeGreaterThan(Date.now())
  })

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:8080/',
    'ftp://example.org/',
    'https://user:pw@example.org/',
    'nonsense',
  ])('%s is refused at registration and at change', async (url) => {
    const { ask } = await begin({ webhookAllowPrivate: false })
    const refused = await ask('', { body: { url } })
    expect(refused.status).toBe(400)
    expect(await json(refused)).toMatchObject({ errors: [{ field: 'url' }] })
    const { id } = await json(await ask('', { body: { url: URL_OF_RECEIVER } }))
    expect((await ask(`/${id}`, { method: 'PATCH', body: { url } })).status).toBe(400)
  })

  test('a key sees its own webhooks alone', async () => {
    const { ports, ask } = await begin()
    const { id } = await json(await ask('', { body: { url: URL_OF_RECEIVER } }))
    const { key: other } = await issueTestKey(ports, { scopes: ['webhooks'] })
    for (const [path, method] of [
      [`/${id}`, 'GET'],
      [`/${id}`, 'DELETE'],
      [`/${id}/test`, 'POST'],
      [`/${id}/rotate`, 'POST'],
      [`/${id}/deliveries`, 'GET'],
    ])
      expect((await call(ports, `/v1/webhooks${path}`, { key: other, method: method! })).status).toBe(404)
    expect((await call(ports, '/v1/webhooks', { key: 'outcry_live_nonsense' })).status).toBe(401)
    expect((await call(ports, '/v1/webhooks')).status).toBe(401)
  })

  test('changes change what they name, and nothing else', async () => {
    const { ports, ask } = await begin()
    await addService(ports.storage.run, 'mail')
    const made = await json(
      await ask('', { body: { url: URL_OF_RECEIVER, name: 'Wall', filter: { regions: ['us-tx'] } } }),
    )
    expect(made.filter).toEqual({ services: [], regions: ['US-TX'], types: [], severities: [] })
    const change = async (body: unknown) => json(await ask(`/${made.id}`, { method: 'PATCH', body }))

    expect(await change({ name: null })).toMatchObject({ name: null, url: URL_OF_RECEIVER, filter: made.filter })
    expect(await change({ filter: { services: ['mail'] } })).toMatchObject({
      filter: { services: ['mail'], regions: [] },
    })
    expect(await change({ state: 'paused' })).toMatchObject({ state: 'paused', stateReason: 'Paused by its owner.' })
    expect(await change({ state: 'active' })).toMatchObject({ state: 'active', stateReason: null })
    for (const wrong of [{}, { state: 'disabled' }, { secrets: [] }, { filter: { services: ['no-such-service'] } }])
      expect((await ask(`/${made.id}`, { method: 'PATCH', body: wrong })).status).toBeGreaterThanOrEqual(400)

    expect((await ask(`/${made.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(`/${made.id}`)).status).toBe(404)
  })

  test('a test message is put by, whatever the filter; not for a paused webhook', async () => {
    const { ask } = await begin()
    const { id } = await json(await ask('', { body: { url: URL_OF_RECEIVER, filter: { types: ['spike.resolved'] } } }))
    const sent = await ask(`/${id}/test`, { method: 'POST' })
    expect(sent.status).toBe(202)
    const { messageId } = await json(sent)
    expect(await json(await ask(`/${id}/deliveries`))).toMatchObject({
      items: [{ messageId, type: 'webhook.test', state: 'pending', attempts: [] }],
      nextCursor: null,
    })
    await ask(`/${id}`, { method: 'PATCH', body: { state: 'paused' } })
    expect((await ask(`/${id}/test`, { method: 'POST' })).status).toBe(409)
    expect(await json(await ask(`/${id}/deliveries`))).toMatchObject({ items: [{ state: 'failed' }] })
  })

  test('the delivery log comes in pages, newest first', async () => {
    const { ask } = await begin()
    const { id } = await json(await ask('', { body: { url: URL_OF_RECEIVER } }))
    const sent: string[] = []
    for (let n = 0; n < 5; n++) sent.unshift((await json(await ask(`/${id}/test`, { method: 'POST' }))).messageId!)
    const seen: string[] = []
    let path: string | null = `/${id}/deliveries?limit=2`
    while (path !== null) {
      const page: Response = await ask(path)
      const { items, nextCursor } = (await page.json()) as { items: { messageId: string }[]; nextCursor: string | null }
      seen.push(...items.map(({ messageId }) => messageId))
      expect(page.headers.get('link') !== null).toBe(nextCursor !== null)
      path = nextCursor === null ? null : `/${id}/deliveries?limit=2&cursor=${nextCursor}`
    }
    expect(seen).toEqual(sent)
  })

  test('an interval is replayed once over, with what passes the filter', async () => {
    const { ports, ask } = await begin()
    const at = new Date('2026-03-01T12:00:00Z')
    await tellEvents(ports.storage, [spikeEvent({ service: 'mail' }), spikeEvent({ service: 'chat' })], at)
    await tellEvents(ports.storage, [spikeEvent({ service: 'mail' })], new Date('2026-03-01T14:00:00Z'))
    const { id } = await json(await ask('', { body: { url: URL_OF_RECEIVER, filter: { types: ['spike.opened'] } } }))
    const replay = async (from: string, to: string) => json(await ask(`/${id}/replay`, { body: { from, to } }))

    expect(await replay('2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z')).toEqual({ replayed: 2 })
    expect(await replay('2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z')).toEqual({ replayed: 0 })
    expect(await replay('2026-03-01T13:00:00Z', '2026-03-01T14:00:00Z')).toEqual({ replayed: 0 })
    expect((await ask(`/${id}/deliveries/3/replay`, { method: 'POST' })).status).toBe(202)
    expect((await ask(`/${id}/deliveries/4/replay`, { method: 'POST' })).status).toBe(404)
    expect((await ask(`/${id}/deliveries/test_1/replay`, { method: 'POST' })).status).toBe(404)
    expect(
      (await ask(`/${id}/replay`, { body: { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' } })).status,
    ).toBe(400)
  })

  test('a key has so many webhooks and no more', async () => {
    const { ports, ask } = await begin()
    const { id } = await json(await ask('', { body: { url: URL_OF_RECEIVER } }))
    await ports.storage.run(
      `insert into webhooks (id, key_id, url, secrets, filter, state, since_event)
       select id || n, key_id, url, secrets, filter, state, since_event from webhooks, generate_series(1, 99) n where id = $1`,
      [id],
    )
    expect((await ask('', { body: { url: URL_OF_RECEIVER } })).status).toBe(409)
  })
})
