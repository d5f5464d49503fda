import { beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { saveIncidents, saveProviderUpdate, saveSpikes } from '../../src/incident/queries.ts'
import { buildDocument, OPERATIONS } from '../../src/openapi/document.ts'
import type { Ports } from '../../src/ports.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import {
  addService,
  buildIncident,
  buildSpike,
  incidentEvent,
  spikeEvent,
  tellEvents,
} from '../support/build-events.ts'
import { AnswerChecker } from '../support/check-answers.ts'
import { ADMIN_KEY, call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const ORIGIN = 'http://outcry.test'
const document = buildDocument(ORIGIN, '1.2.3')
let checker: AnswerChecker
beforeAll(() => {
  checker = new AnswerChecker(document as unknown as ConstructorParameters<typeof AnswerChecker>[0])
})

/** Routes of the app without the pages: what begins like this is for programs. */
const FOR_PROGRAMS = /^\/(v1|mcp|badge|api|healthz|readyz|metrics|\.well-known)\b|feed\.(atom|json)$|api\/v2/

const named = (path: string) =>
  path.replace(/^\/badge\/:file\{\.\+\\\.(\w+)\}$/, '/badge/{slug}.$1').replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')

describe('the document', () => {
  test('has every route for programs, and none that is not there', () => {
    const routes = app.routes
      .filter(
        ({ method, path }) =>
          method !== 'OPTIONS' && method !== 'ALL' && FOR_PROGRAMS.test(path) && !path.includes('*'),
      )
      .map(({ method, path }) => `${method.toLowerCase()} ${named(path)}`)
      // `/mcp` answers these with 405.
      .filter((route) => route !== 'get /mcp' && route !== 'delete /mcp')
    const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`)
    expect([...new Set(routes)].sort()).toEqual([...described].sort())
  })

  test('has an operation for each id once', () => {
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length)
  })

  test.each(
    OPERATIONS.flatMap((operation) => [
      ...Object.entries(operation.body ?? {}).map(([type, { example }]) => ({
        ...operation,
        at: `requestBody/content/${type.replace('/', '~1')}`,
        example,
      })),
      ...Object.entries(operation.answers).flatMap(([status, { content = {} }]) =>
        Object.entries(content).map(([type, { example }]) => ({
          ...operation,
          at: `responses/${status}/content/${type.replace('/', '~1')}`,
          example,
        })),
      ),
    ]).filter(({ example }) => example !== undefined),
  )('$id: the example at $at is one', ({ method, path, at, example }) => {
    expect(checker.errorsOf(`/paths/${path.replaceAll('/', '~1')}/${method}/${at}/schema`, example)).toEqual([])
  })
})

describeOnBothEngines('every answer is as the document says', (storage) => {
  async function begin(): Promise<Ports> {
    const { run } = storage()
    await ensurePartitions(storage())
    const mail = await addService(run, 'exchange-online')
    await addService(run, 'chat')
    const at = { service: 'exchange-online' }
    await saveIncidents(run, [
      {
        serviceId: mail,
        incident: buildIncident({ ...at, spillOverOf: { incidentId: 'x', service: 'chat' } }),
        entries: [{ at: new Date(), kind: 'opened', data: { severity: 'minor', regions: ['US'], ratio: null } }],
      },
    ])
    await saveProviderUpdate(run, 'incident-1', {
      at: new Date(),
      status: 'identified',
      text: 'We know.',
      sourceUrl: null,
      cause: null,
      workaround: null,
    })
    await saveSpikes(run, [{ serviceId: mail, spike: buildSpike({ ...at, incidentId: 'incident-1' }) }])
    await tellEvents(storage(), [spikeEvent(at), incidentEvent(at)])
    const ports = createTestPorts(storage())
    for (let n = 0; n < 5; n++)
      await call(ports, '/v1/reports', {
        body: {
          service: 'exchange-online',
          errorType: 'login',
          region: n < 2 ? 'DE-BY' : 'US-TX',
          feature: 'send mail',
        },
        headers: { 'x-test-person': `person-${n}` },
      })
    return ports
  }

  test('reads', async () => {
    const ports = await begin()
    const reads: [path: string, actual: string][] = [
      ['/v1/services', '/v1/services?limit=1'],
      ['/v1/services/{slug}', '/v1/services/exchange-online'],
      ['/v1/services/{slug}', '/v1/services/nothing'],
      ['/v1/services/{slug}/timeseries', '/v1/services/exchange-online/timeseries?step=5m'],
      ['/v1/services/{slug}/timeseries', '/v1/services/exchange-online/timeseries?step=5m&format=csv'],
      ['/v1/services/{slug}/timeseries', '/v1/services/exchange-online/timeseries?step=2m'],
      ['/v1/services/{slug}/breakdown', '/v1/services/exchange-online/breakdown?window=1h'],
      ['/v1/heatmap', '/v1/heatmap?window=1h'],
      ['/v1/heatmap', '/v1/heatmap?window=1h&level=subdivision&country=US&format=geojson'],
      ['/v1/heatmap', '/v1/heatmap?format=csv'],
      ['/v1/spikes', '/v1/spikes?status=open'],
      ['/v1/spikes', '/v1/spikes?status=gone'],
      ['/v1/spikes/{id}', '/v1/spikes/spike-1'],
      ['/v1/spikes/{id}', '/v1/spikes/none'],
      ['/v1/incidents', '/v1/incidents'],
      ['/v1/incidents/{id}', '/v1/incidents/incident-1'],
      ['/v1/events', '/v1/events'],
      ['/v1/where', '/v1/where'],
      ['/v1/spikes.prom', '/v1/spikes.prom'],
      ['/v1/openapi.json', '/v1/openapi.json'],
      ['/v1/timeseries.csv-metadata.json', '/v1/timeseries.csv-metadata.json'],
      ['/v1/heatmap.csv-metadata.json', '/v1/heatmap.csv-metadata.json'],
      ['/.well-known/api-catalog', '/.well-known/api-catalog'],
      ['/feed.atom', '/feed.atom'],
      ['/feed.json', '/feed.json?region=US'],
      ['/s/{slug}/feed.atom', '/s/chat/feed.atom'],
      ['/s/{slug}/feed.json', '/s/exchange-online/feed.json'],
      ['/badge/{slug}.svg', '/badge/chat.svg'],
      ['/badge/{slug}.json', '/badge/exchange-online.json'],
      ['/healthz', '/healthz'],
      ['/readyz', '/readyz'],
      ['/metrics', '/metrics'],
      ...['summary', 'status', 'components', 'incidents', 'incidents/unresolved'].flatMap(
        (name): [string, string][] => [
          [`/api/v2/${name}.json`, `/api/v2/${name}.json`],
          [`/s/{slug}/api/v2/${name}.json`, `/s/exchange-online/api/v2/${name}.json`],
        ],
      ),
    ]
    for (const [path, actual] of reads) expect(await checker.check('get', path, await call(ports, actual))).toEqual([])
  })

  test('reports', async () => {
    const ports = await begin()
    const report = (body: unknown) => call(ports, '/v1/reports', { body })
    const body = { service: 'chat', errorType: 'timeout' }
    for (const response of [
      await report(body),
      await report(body),
      await report({ ...body, service: 'cat' }),
      await report({ ...body, errorType: 'gone' }),
      await call(ports, '/v1/reports', { method: 'POST', headers: { 'content-type': 'text/plain' } }),
    ])
      expect(await checker.check('post', '/v1/reports', response)).toEqual([])
    const { key } = await issueTestKey(ports, { scopes: ['report'] })
    for (const response of [
      await call(ports, '/v1/reports/batch', {
        key,
        body: { reports: [{ reporter: 'a', ...body }, { reporter: 'a' }, 5] },
      }),
      await call(ports, '/v1/reports/batch', { body: { reports: [] } }),
    ])
      expect(await checker.check('post', '/v1/reports/batch', response)).toEqual([])
  })

  test('keys and webhooks', async () => {
    const ports = await begin()
    const { key } = await issueTestKey(ports, { scopes: ['webhooks'] })
    const asked = async (method: string, path: string, actual: string, body?: unknown, as = key) => {
      const response = await call(ports, actual, {
        method: method.toUpperCase(),
        key: as,
        ...(body === undefined ? {} : { body }),
      })
      const copy = response.clone()
      expect(await checker.check(method, path, response)).toEqual([])
      return copy
    }
    const id = (
      (await (await asked('post', '/v1/webhooks', '/v1/webhooks', { url: 'https://hooks.example.org/' })).json()) as {
        id: string
      }
    ).id
    const at = `/v1/webhooks/${id}`
    await asked('post', '/v1/webhooks', '/v1/webhooks', { url: 'nonsense' })
    await asked('get', '/v1/webhooks', '/v1/webhooks')
    await asked('get', '/v1/webhooks/{id}', at)
    await asked('get', '/v1/webhooks/{id}', '/v1/webhooks/none')
    await asked('patch', '/v1/webhooks/{id}', at, { name: 'Wall' })
    await asked('post', '/v1/webhooks/{id}/test', `${at}/test`)
    await asked('post', '/v1/webhooks/{id}/rotate', `${at}/rotate`)
    await asked('get', '/v1/webhooks/{id}/deliveries', `${at}/deliveries`)
    await asked('post', '/v1/webhooks/{id}/deliveries/{messageId}/replay', `${at}/deliveries/1/replay`)
    await asked('post', '/v1/webhooks/{id}/replay', `${at}/replay`, {
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-02T00:00:00Z',
    })
    await asked('patch', '/v1/webhooks/{id}', at, { state: 'paused' })
    await asked('post', '/v1/webhooks/{id}/test', `${at}/test`)
    await asked('delete', '/v1/webhooks/{id}', at)
    await asked('get', '/v1/usage', '/v1/usage')
    await asked('get', '/v1/usage', '/v1/usage', undefined, 'wrong')
    const made = await asked('post', '/v1/admin/keys', '/v1/admin/keys', { name: 'x', scopes: ['read'] }, ADMIN_KEY)
    await asked('get', '/v1/admin/keys', '/v1/admin/keys', undefined, ADMIN_KEY)
    await asked(
      'delete',
      '/v1/admin/keys/{id}',
      `/v1/admin/keys/${((await made.json()) as { id: string }).id}`,
      undefined,
      ADMIN_KEY,
    )
    await asked('get', '/v1/admin/keys', '/v1/admin/keys', undefined, 'wrong')
    const reader = await issueTestKey(ports, { scopes: ['read'], quota: { perMinute: 1, perDay: 9 } })
    await asked('get', '/v1/webhooks', '/v1/webhooks', undefined, reader.key)
    await asked('get', '/v1/events', '/v1/events', undefined, reader.key)
    await asked('get', '/v1/events', '/v1/events', undefined, reader.key)
  })

  test('the record', async () => {
    const ports = await begin()
    const post = async (path: string, actual: string, body: unknown, key = ADMIN_KEY) =>
      expect(await checker.check('post', path, await call(ports, actual, { key, body }))).toEqual([])
    for (let n = 0; n < 2; n++) await post('/v1/snapshots', '/v1/snapshots', { incident: 'incident-1' })
    await post('/v1/snapshots', '/v1/snapshots', {})
    const at = '/v1/admin/incidents/incident-1'
    await post('/v1/admin/incidents/{id}/updates', `${at}/updates`, { status: 'resolved', text: 'It works again.' })
    await post('/v1/admin/incidents/{id}/annotate', `${at}/annotate`, { text: 'A note.' })
    await post('/v1/admin/incidents/{id}/reclassify', `${at}/reclassify`, { class: 'dismissed' })
    await post('/v1/admin/incidents/{id}/reclassify', `${at}/reclassify`, { class: 'dismissed' }, 'wrong')
    expect(await checker.check('get', '/v1/incidents/{id}', await call(ports, '/v1/incidents/incident-1'))).toEqual([])
  })

  test('the administration', async () => {
    const ports = await begin()
    const asked = async (method: string, path: string, actual: string, body?: unknown, key = ADMIN_KEY) => {
      const given = { method: method.toUpperCase(), key, ...(body === undefined ? {} : { body }) }
      expect(await checker.check(method, path, await call(ports, actual, given))).toEqual([])
    }
    const [services, reports] = ['/v1/admin/services', '/v1/admin/reports']
    const service = { name: 'Acme', category: 'other', homepage: 'https://acme.example' }
    for (const body of [service, service, { name: 5 }])
      await asked('put', `${services}/{slug}`, `${services}/acme`, body)
    await asked('patch', `${services}/{slug}`, `${services}/acme`, { isActive: false })
    await asked('patch', `${services}/{slug}`, `${services}/nothing`, { isActive: false })
    for (const slug of ['acme', 'nothing']) await asked('get', `${services}/{slug}`, `${services}/${slug}`)
    for (const query of ['', '?limit=1', '?colour=red']) await asked('get', services, services + query)
    for (const query of ['', '?limit=2', '?format=csv', '?service=nothing', '?kind=x'])
      await asked('get', reports, reports + query)
    const [from, to] = [new Date(Date.now() - 3_600_000).toISOString(), new Date(Date.now() + 60_000).toISOString()]
    for (const verb of ['hide', 'unhide']) {
      const path = `${reports}/${verb}`
      for (const body of [{ filter: { service: 'exchange-online', from, to } }, { ids: ['none'] }, {}])
        await asked('post', path, path, body)
      await asked('post', path, path, {}, 'wrong')
    }
    for (const query of ['', '?limit=1', '?format=csv', '?from=x'])
      await asked('get', '/v1/admin/audit-log', `/v1/admin/audit-log${query}`)
    await asked('get', '/v1/admin/audit-log', '/v1/admin/audit-log', undefined, 'wrong')
  })

  test('the stream', async () => {
    const ports = await begin()
    const response = await call(ports, '/v1/spikes/stream')
    expect(await checker.check('get', '/v1/spikes/stream', response)).toEqual([])
    ports.eventFeed.close()
    expect(await checker.check('get', '/v1/spikes/stream', await call(ports, '/v1/spikes/stream'))).toEqual([])
  })

  test('each line of the page works as it stands', async () => {
    const ports = await begin()
    const page = await (await call(ports, '/docs')).text()
    expect(page).toContain('<!doctype html>')
    const lines = [...page.matchAll(/<pre>\s*<code>(curl .*?)<\/code>/gs)].map((match) =>
      match[1]!.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll('&quot;', '"'),
    )
    expect(lines).toHaveLength(OPERATIONS.length)
    const keyless = lines.filter(
      (line) => !line.includes('Authorization') && !line.includes(' -N ') && !line.includes(' -d '),
    )
    expect(keyless.length).toBeGreaterThan(30)
    for (const line of keyless) {
      const url = /'(http[^']*)'$/.exec(line)![1]!
      const response = await app.fetch(new Request(url), ports)
      expect(`${line} ${response.status}`).toBe(`${line} 200`)
    }
  })
})
