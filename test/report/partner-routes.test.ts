import { expect, test } from 'vitest'
import { isDiverse } from '../../src/detection/network-diversity.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { addService } from '../support/build-events.ts'
import { call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { describeOnBothEngines } from '../support/storage.ts'

type Item = { status: number; counted?: boolean; reason?: string; type?: string; errors?: { field: string }[] }

describeOnBothEngines('/v1/reports/batch', (storage) => {
  async function begin() {
    await ensurePartitions(storage())
    await addService(storage().run, 'mail')
    const ports = createTestPorts(storage())
    const { key, id } = await issueTestKey(ports, { scopes: ['report'], trust: 0.5 })
    const send = (reports: unknown[], as = key) => call(ports, '/v1/reports/batch', { key: as, body: { reports } })
    const items = async (response: Response) => ((await response.json()) as { items: Item[] }).items
    const report = (reporter: string, more = {}) => ({ reporter, service: 'mail', errorType: 'login', ...more })
    return { ports, id, send, items, report, run: storage().run }
  }

  test('each report is answered by itself, in order', async () => {
    const { send, items, report } = await begin()
    const response = await send([
      report('a', { region: 'us-tx' }),
      report('a'),
      report('b', { service: 'no-such-service' }),
      { service: 'mail', errorType: 'login' },
      report('c', { colour: 'red' }),
      report('d', { kind: 'ok', errorType: undefined }),
    ])
    expect(response.status).toBe(200)
    expect(await items(response)).toMatchObject([
      { status: 201, counted: true, service: 'mail', region: 'US-TX' },
      { status: 200, counted: false, reason: 'duplicate' },
      { status: 404, type: 'urn:outcry:problem:unknown-service' },
      { status: 400, errors: [{ field: 'reporter' }] },
      { status: 400, errors: [{ field: 'colour' }] },
      { status: 201, counted: true },
    ])
  })

  test('reports are kept apart by source, weigh what the source is trusted, and name no reporter', async () => {
    const { ports, id, send, report, run } = await begin()
    const other = await issueTestKey(ports, { scopes: ['report'], trust: 1 })
    await send([report('alice@example.com')])
    await send([report('alice@example.com')], other.key)
    const rows = await run<{ source: string; weight: number }>('select source, weight from reports order by weight')
    expect(rows).toEqual([
      { source: id, weight: 500 },
      { source: other.id, weight: 1000 },
    ])
    expect(JSON.stringify(await run('select * from reports'))).not.toContain('alice')
  })

  test('a partner alone is never diverse enough to confirm a spike, and weighs little more than a network does', async () => {
    const { send, items, report, run } = await begin()
    const response = await send(Array.from({ length: 1_000 }, (_, n) => report(`person-${n}`)))
    expect((await items(response)).every(({ status }) => status === 201)).toBe(true)
    const [sums] = await run<{ reporters: number; networks: number; wider: number; weight: number }>(
      `select count(*)::int as reporters, count(distinct network)::int as networks, count(distinct wider_network)::int as wider,
         sum(weight)::int as weight from reports`,
    )
    expect(sums!.reporters).toBe(1_000)
    expect(isDiverse(sums!.networks, sums!.reporters, sums!.wider)).toBe(false)
    expect(isDiverse(1_000, sums!.reporters, sums!.wider)).toBe(false)
    // A thousand of its people weigh less than twelve from networks of their own.
    expect(sums!.weight).toBeLessThan(12_000)
  })

  test('takes a key with the scope to report, and up to a thousand reports', async () => {
    const { ports, send, report } = await begin()
    const reader = await issueTestKey(ports, { scopes: ['read'] })
    expect((await send([report('a')], reader.key)).status).toBe(403)
    expect((await call(ports, '/v1/reports/batch', { body: { reports: [report('a')] } })).status).toBe(401)
    expect((await send([])).status).toBe(400)
    expect((await send(Array.from({ length: 1_001 }, (_, n) => report(String(n))))).status).toBe(400)
  })

  test('usage tells how many reports came with a key, and a source has its limit', async () => {
    const { ports, send, report } = await begin()
    const { key } = await issueTestKey(ports, { scopes: ['report'] })
    const first = await send([report('a'), report('b')], key)
    expect(first.headers.get('ratelimit-policy')).toContain('"report";q=20000;w=60')
    expect(await (await call(ports, '/v1/usage', { key })).json()).toMatchObject({ days: [{ reports: 2 }] })
    await ports.limiter.consume(
      'report',
      ((await (await call(ports, '/v1/usage', { key })).json()) as { key: { id: string } }).key.id,
      19_998,
      { points: 20_000, seconds: 60 },
    )
    expect((await send([report('c')], key)).status).toBe(429)
  })
})
