import { expect, test } from 'vitest'
import { ADMIN_KEY, call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('keys', (storage) => {
  test('a key is shown once, and only its hash is stored', async () => {
    const ports = createTestPorts(storage())
    const { id, key } = await issueTestKey(ports, { name: 'Status wall' })

    expect(key).toMatch(/^outcry_live_[0-9A-Za-z]{33}$/)
    const [row] = await storage().run('select row_to_json(k)::text as stored from api_keys k')
    expect(row!.stored).not.toContain(key)
    const list = await (await call(ports, '/v1/admin/keys', { key: ADMIN_KEY })).json()
    expect(list).toMatchObject({
      items: [{ id, name: 'Status wall', scopes: ['read'], lastUsedOn: null }],
      nextCursor: null,
    })
    expect((await call(ports, '/v1/admin/keys?limit=1', { key: ADMIN_KEY })).status).toBe(400)
    expect(JSON.stringify(list)).not.toContain(key)
  })

  test.each([undefined, 'wrong', `${ADMIN_KEY}x`, ADMIN_KEY.toUpperCase()])(
    'administration refuses %s',
    async (key) => {
      const response = await call(createTestPorts(storage()), '/v1/admin/keys', key === undefined ? {} : { key })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
    },
  )

  test('without ADMIN_KEY nobody administers, not even with an empty one', async () => {
    const ports = createTestPorts(storage(), { settings: { adminKey: null } })
    expect((await call(ports, '/v1/admin/keys', { key: 'null' })).status).toBe(401)
  })

  test('a wrong order names its fields', async () => {
    const response = await call(createTestPorts(storage()), '/v1/admin/keys', {
      key: ADMIN_KEY,
      body: { name: '', scopes: ['write'], colour: 'red' },
    })
    expect(response.status).toBe(400)
    const { errors } = (await response.json()) as { errors: { field: string }[] }
    expect(errors.map(({ field }) => field).sort()).toEqual(['colour', 'name', 'scopes.0'])
  })

  test('reading takes no key; a wrong one is refused rather than ignored, and another scheme is a proxy’s business', async () => {
    const ports = createTestPorts(storage())
    expect((await call(ports, '/v1/events')).status).toBe(200)
    expect((await call(ports, '/v1/events', { key: 'outcry_live_nonsense' })).status).toBe(401)
    expect((await call(ports, '/v1/events?limit=5', { headers: { authorization: 'Basic YTpi' } })).status).toBe(200)
  })

  test('a revoked key ends at once, where it was revoked', async () => {
    const ports = createTestPorts(storage())
    const { id, key } = await issueTestKey(ports)
    expect((await call(ports, '/v1/usage', { key })).status).toBe(200)
    expect((await call(ports, `/v1/admin/keys/${id}`, { key: ADMIN_KEY, method: 'DELETE' })).status).toBe(204)
    expect((await call(ports, '/v1/usage', { key })).status).toBe(401)
    expect((await call(ports, `/v1/admin/keys/${id}`, { key: ADMIN_KEY, method: 'DELETE' })).status).toBe(404)
  })

  test('a key has its own quota of a minute, under quoted policy names, and says when to come back', async () => {
    const ports = createTestPorts(storage())
    const { key } = await issueTestKey(ports, { quota: { perMinute: 2, perDay: 10 } })
    const first = await call(ports, '/v1/events', { key })
    expect(first.headers.get('ratelimit-policy')).toBe('"key-minute";q=2;w=60, "key-day";q=10;w=86400')
    expect(first.headers.get('ratelimit')).toMatch(/^"key-minute";r=1;t=\d+, "key-day";r=9;t=\d+$/)
    await call(ports, '/v1/events', { key })

    const refused = await call(ports, '/v1/events', { key })
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      'violated-policies': ['key-minute'],
    })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await call(ports, '/v1/events')).status).toBe(200)
  })

  test('the quota of a day outlives the process that counted it', async () => {
    const clock = { now: new Date('2026-03-01T10:00:00Z') }
    const before = createTestPorts(storage(), { clock })
    const { key } = await issueTestKey(before, { quota: { perMinute: 100, perDay: 3 } })
    for (let n = 0; n < 2; n++) await call(before, '/v1/events', { key })
    await before.keyring.flush()

    const after = createTestPorts(storage(), { clock })
    expect((await call(after, '/v1/events', { key })).status).toBe(200)
    const refused = await call(after, '/v1/events', { key })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe(String(14 * 3600))
    clock.now = new Date('2026-03-02T00:00:01Z')
    expect((await call(after, '/v1/events', { key })).status).toBe(200)
  })

  test('usage tells each day what was asked and refused, and today’s rest', async () => {
    const clock = { now: new Date('2026-03-01T23:59:00Z') }
    const ports = createTestPorts(storage(), { clock })
    const { key, id } = await issueTestKey(ports, { quota: { perMinute: 100, perDay: 3 } })
    for (let n = 0; n < 5; n++) await call(ports, '/v1/events', { key })
    clock.now = new Date('2026-03-02T00:01:00Z')
    const usage = await (await call(ports, '/v1/usage', { key })).json()
    expect(usage).toMatchObject({
      key: { id },
      remainingToday: 2,
      days: [
        { day: '2026-03-02', requests: 1, refused: 0 },
        { day: '2026-03-01', requests: 3, refused: 2 },
      ],
    })
  })

  test('usage is not lost when it cannot be written down, nor counted twice', async () => {
    const real = storage()
    let isAway = false
    const ports = createTestPorts({
      ...real,
      run: (text, parameters) =>
        isAway && text.includes('insert into key_usage')
          ? Promise.reject(new Error('away'))
          : real.run(text, parameters),
    })
    const { key } = await issueTestKey(ports)
    await call(ports, '/v1/events', { key })
    isAway = true
    await expect(ports.keyring.flush()).rejects.toThrow('away')
    await call(ports, '/v1/events', { key })
    isAway = false
    await ports.keyring.flush()
    await ports.keyring.flush()
    expect(await real.run('select requests::int as requests from key_usage')).toEqual([{ requests: 2 }])
  })

  test('a key without the scope to read is refused', async () => {
    const ports = createTestPorts(storage())
    const { key } = await issueTestKey(ports, { scopes: ['webhooks'] })
    expect((await call(ports, '/v1/events', { key })).status).toBe(403)
    expect((await call(ports, '/v1/webhooks', { key })).status).toBe(200)
  })
})
