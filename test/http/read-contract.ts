import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCursor } from '../../src/http/parameters.ts'
import { storeReports } from '../../src/report/store-reports.ts'
import type { ServiceRow } from '../../src/service/tables.ts'
import type { Outcry } from '../support/outcry.ts'
import { newReport } from '../support/report-batch.ts'
import { expectProblem, jsonOf } from './problem-answer.ts'

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

const META = {
  asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  freshnessSeconds: expect.any(Number),
  methodVersion: expect.any(String),
}

/** What reading promises over HTTP, whatever it runs on. */
export function describeReadContract(outcry: () => Outcry) {
  const report = ({ id: serviceId }: ServiceRow, people: number, told: Parameters<typeof newReport>[0] = {}) =>
    storeReports(
      outcry().storage.run,
      Array.from({ length: people }, () => newReport({ serviceId, ...told })),
    )
  const read = <T>(path: string) => jsonOf<T>(outcry().get(path))

  describe('an answer', () => {
    test('has a strong tag, and a client that knows it is told that nothing changed', async () => {
      const path = `/v1/services/${outcry().freshService().slug}`
      const first = await outcry().get(path)
      const etag = first.headers.get('etag')!
      expect(first.status).toBe(200)
      expect(etag).toMatch(/^"[\w-]+"$/)
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await outcry().get(path, { headers: { 'if-none-match': known } })
        expect(again.status).toBe(304)
        expect(await again.text()).toBe('')
        expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'))
      }
      expect((await outcry().get(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    })

    test('may be kept, given while it is renewed, and read from any site', async () => {
      const { headers } = await outcry().get(`/v1/services/${outcry().freshService().slug}`)
      expect(headers.get('cache-control')).toMatch(
        /^public, max-age=\d+, .*stale-while-revalidate=\d+, stale-if-error=\d+$/,
      )
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('vary')).toContain('accept-encoding')
      expect(headers.get('content-type')).toMatch(/^application\/json/)
    })

    test('is compressed for those who ask, and says the same', async () => {
      const path = `/v1/services/${outcry().freshService().slug}/timeseries`
      const plain = await outcry().get(path, { headers: { 'accept-encoding': 'identity' } })
      const compressed = await outcry().get(path, { headers: { 'accept-encoding': 'gzip' } })
      expect(plain.headers.get('content-encoding')).toBeNull()
      expect(compressed.headers.get('content-encoding')).toBe('gzip')
      expect(await compressed.text()).toBe(await plain.text())
      const refused = await outcry().get(path, { headers: { 'accept-encoding': 'gzip;q=0, identity' } })
      expect(refused.headers.get('content-encoding')).toBeNull()
    })

    test('to HEAD has the same fields and no body', async () => {
      const path = `/v1/services/${outcry().freshService().slug}`
      const got = await outcry().get(path)
      const head = await outcry().fetch(path, { method: 'HEAD' })
      expect(head.status).toBe(200)
      expect(head.headers.get('etag')).toBe(got.headers.get('etag'))
      expect(await head.text()).toBe('')
    })

    test('to a preflight lets any site send a report', async () => {
      const response = await outcry().fetch('/v1/reports', {
        method: 'OPTIONS',
        headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
      })
      expect(response.status).toBe(204)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-allow-methods')).toContain('POST')
      expect(response.headers.get('access-control-allow-headers')).toContain('idempotency-key')
    })

    test('to a path that does not exist is a problem for programs, and a page for people', async () => {
      await expectProblem(await outcry().get('/v1/nothing'), 404, 'urn:outcry:problem:not-found')
      const page = await outcry().get('/nothing', { headers: { accept: 'text/html' } })
      expect(page.status).toBe(404)
      expect(page.headers.get('content-type')).toContain('text/html')
    })

    test('to a wrong method names the right ones', async () => {
      const response = await outcry().fetch('/v1/reports', { method: 'DELETE' })
      expect(response.headers.get('allow')).toBe('POST')
      await expectProblem(response, 405, 'urn:outcry:problem:method-not-allowed')
    })
  })

  describe('the list of services', () => {
    test('is walked by cursor, each service once', async () => {
      const seen: string[] = []
      let path: string | null = '/v1/services?category=mail-and-office&limit=150'
      while (path !== null) {
        const response = await outcry().get(path)
        const { items, nextCursor } = await jsonOf<Page<{ slug: string }>>(response)
        seen.push(...items.map(({ slug }) => slug))
        const link = response.headers.get('link')
        if (nextCursor === null) expect(link).toBeNull()
        else expect(link).toContain(`cursor=${encodeURIComponent(nextCursor)}>; rel="next"`)
        path = nextCursor === null ? null : `/v1/services?category=mail-and-office&limit=150&cursor=${nextCursor}`
      }
      const [row] = await outcry().storage.run<{ n: number }>(
        `select count(*)::int as n from services where category = 'mail-and-office'`,
      )
      expect(seen).toHaveLength(row!.n)
      expect(new Set(seen).size).toBe(seen.length)
    })

    test('finds what people type', async () => {
      for (const query of ['outlook', 'office 365 mail', 'exchnage online']) {
        const { items } = await read<Page<{ slug: string }>>(`/v1/services?query=${encodeURIComponent(query)}&limit=5`)
        expect(items.map(({ slug }) => slug)).toContain('exchange-online')
      }
    })

    test('says how each stands, and how sure it is', async () => {
      const service = outcry().freshService()
      await report(service, 2)
      await report(service, 1, { kind: 'ok' })
      expect(await read(`/v1/services/${service.slug}`)).toMatchObject({
        slug: service.slug,
        name: service.name,
        category: 'mail-and-office',
        features: ['send mail', 'sign in'],
        state: 'unknown',
        reportsLast15m: 2,
        okLast15m: 1,
        expectedLast15m: null,
        incidentId: null,
        meta: { ...META, sampleSize: 2 },
      })
    })

    test('has no service that nobody knows', async () => {
      const body = await expectProblem(
        await outcry().get('/v1/services/githib'),
        404,
        'urn:outcry:problem:unknown-service',
      )
      expect(body.didYouMean).toContain('github')
    })
  })

  describe('the time series of a service', () => {
    test('has one point a step, and says zero where nobody reported', async () => {
      const service = outcry().freshService()
      await report(service, 4)
      await report(service, 2, { kind: 'ok' })
      const answer = await read<{ points: { t: string; count: number; ok: number }[]; step: string }>(
        `/v1/services/${service.slug}/timeseries?step=15m`,
      )
      expect(answer).toMatchObject({
        service: service.slug,
        region: null,
        step: '15m',
        meta: { ...META, sampleSize: 4 },
      })
      expect(answer.points).toHaveLength(96)
      expect(answer.points.map(({ count }) => count).reduce((sum, count) => sum + count, 0)).toBe(4)
      expect(answer.points.at(-1)!.ok + answer.points.at(-2)!.ok).toBe(2)
      const gaps = answer.points.slice(1).map(({ t }, n) => Date.parse(t) - Date.parse(answer.points[n]!.t))
      expect(new Set(gaps)).toEqual(new Set([900_000]))
    })

    test('counts one error type alone where asked', async () => {
      const service = outcry().freshService()
      await report(service, 3, { errorType: 'login' })
      await report(service, 2, { errorType: 'slow' })
      const { meta } = await read<{ meta: { sampleSize: number } }>(
        `/v1/services/${service.slug}/timeseries?errorType=login&step=1h`,
      )
      expect(meta.sampleSize).toBe(3)
    })

    test('keeps back regional counts under three', async () => {
      const service = outcry().freshService()
      await report(service, 2, { region: 'DE' })
      const answer = await read<{ points: { count: number | null }[]; meta: { suppressedCells: number } }>(
        `/v1/services/${service.slug}/timeseries?region=DE&step=1h`,
      )
      // Were hours without reports told from the hour with two, the total of all places would give these two away.
      expect(answer.points.every(({ count }) => count === null)).toBe(true)
      expect(answer.meta.suppressedCells).toBe(answer.points.length)
    })

    test('is the same for every region that one person may have reported from', async () => {
      const read15m = async (slug: string, region: string) =>
        (
          await read<{ points: { count: number | null; ok: number; late: number }[] }>(
            `/v1/services/${slug}/timeseries?region=${region}&step=15m`,
          )
        ).points.map(({ count, ok, late }) => [count, ok, late])
      const service = outcry().freshService()
      await report(service, 5, { region: 'GB' })
      await report(service, 1, { region: 'DE' })
      expect(await read15m(service.slug, 'DE')).toEqual(await read15m(service.slug, 'FR'))
      expect((await read15m(service.slug, 'GB')).flat()).toContain(5)
    })

    test('is a table too', async () => {
      const service = outcry().freshService()
      const response = await outcry().get(`/v1/services/${service.slug}/timeseries?step=1h&format=csv`)
      expect(response.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
      const [header, ...rows] = (await response.text()).trimEnd().split('\r\n')
      expect(header).toMatch(/^t \(UTC/)
      expect(rows).toHaveLength(24)
    })
  })

  test('the breakdown has shares, and the share affected with its Wilson interval', async () => {
    const service = outcry().freshService()
    await report(service, 4, { errorType: 'login', region: 'US' })
    await report(service, 2, { errorType: 'slow' })
    await report(service, 4, { kind: 'ok' })
    const answer = await read<{ affected: { share: number; lower: number; upper: number; voters: number } }>(
      `/v1/services/${service.slug}/breakdown?window=1h`,
    )
    expect(answer).toMatchObject({
      problems: 6,
      ok: 4,
      errorTypes: [
        { errorType: 'login', count: 4, share: 4 / 6 },
        { errorType: 'slow', count: 2, share: 2 / 6 },
      ],
      meta: { ...META, sampleSize: 10 },
    })
    // 6 of 10, from the closed form (Wilson 1927).
    expect(answer.affected.share).toBeCloseTo(0.6, 10)
    expect(answer.affected.lower).toBeCloseTo(0.3127, 4)
    expect(answer.affected.upper).toBeCloseTo(0.8318, 4)
    expect(answer.affected.voters).toBe(10)
  })

  describe('the heatmap', () => {
    interface HeatmapAnswer {
      regions: { region: string; count: number | null; state: string; suppressed: boolean }[]
      meta: { sampleSize: number; suppressedCells: number }
    }

    const withSmallCells = async () => {
      const service = outcry().freshService()
      await report(service, 9, { region: 'US-TX' })
      await report(service, 4, { region: 'FR' })
      await report(service, 1, { region: 'DE-BE' })
      return service.slug
    }

    test('keeps back counts under three, and a place without any beside them, so that none can be worked out', async () => {
      const slug = await withSmallCells()
      const answer = await read<HeatmapAnswer>(`/v1/heatmap?service=${slug}&window=15m`)
      const shown = answer.regions.filter(({ suppressed }) => !suppressed)
      expect(shown.map(({ region, count }) => [region, count])).toEqual([
        ['US', 9],
        ['FR', 4],
      ])
      const hidden = answer.regions.filter(({ suppressed }) => suppressed)
      expect(hidden.map(({ region }) => region)).toContain('DE')
      expect(hidden.every(({ count, state }) => count === null && state === 'hidden')).toBe(true)
      expect(hidden).toHaveLength(2)
      expect(answer.meta).toMatchObject({ ...META, sampleSize: 14, suppressedCells: 2 })
    })

    test.each<Record<string, number>>([
      { PL: 1 },
      { PL: 2 },
      { FR: 1, SE: 1 },
      { FR: 2, SE: 2 },
      { CA: 1, DE: 1, GB: 1 },
      { DE: 2, US: 30 },
    ])('hides more places than have few reports, the same in every format and in the breakdown: %o', async (places) => {
      const service = outcry().freshService()
      for (const [region, people] of Object.entries(places)) await report(service, people, { region })
      const small = Object.keys(places).filter((region) => places[region]! < 3)

      const { regions } = await read<HeatmapAnswer>(`/v1/heatmap?service=${service.slug}&window=1h`)
      const hidden = regions.flatMap(({ region, suppressed }) => (suppressed ? [region] : [])).sort()
      expect(hidden).toEqual(expect.arrayContaining(small))
      expect(hidden.length).toBeGreaterThan(small.length)

      const breakdown = await read<{ regions: { region: string; count: number | null }[] }>(
        `/v1/services/${service.slug}/breakdown?window=1h`,
      )
      expect(breakdown.regions.flatMap(({ region, count }) => (count === null ? [region] : [])).sort()).toEqual(hidden)
      const geojson = await read<{ features: { id: string; properties: { suppressed: boolean } }[] }>(
        `/v1/heatmap?service=${service.slug}&window=1h&format=geojson`,
      )
      expect(geojson.features.flatMap(({ id, properties }) => (properties.suppressed ? [id] : [])).sort()).toEqual(
        hidden,
      )
      const csv = await (await outcry().get(`/v1/heatmap?service=${service.slug}&window=1h&format=csv`)).text()
      const below = csv.split('\r\n').filter((row) => row.includes(',<3,'))
      expect(below.map((row) => row.slice(0, 2)).sort()).toEqual(hidden)
    })

    test('tells of no subdivision in any of the places that are hidden together', async () => {
      const service = outcry().freshService()
      await report(service, 1, { region: 'PL-14' })
      const { regions } = await read<HeatmapAnswer>(`/v1/heatmap?service=${service.slug}`)
      const hidden = regions.filter(({ suppressed }) => suppressed)
      expect(hidden.length).toBeGreaterThan(1)
      for (const { region } of hidden) {
        const inside = await read<HeatmapAnswer>(
          `/v1/heatmap?service=${service.slug}&level=subdivision&country=${region}`,
        )
        expect(inside.meta.sampleSize).toBeUndefined()
        expect(inside.regions.filter(({ suppressed }) => !suppressed)).toEqual([])
      }
    })

    test('does not tell at one level what it keeps back at the other', async () => {
      const slug = await withSmallCells()
      const { regions } = await read<HeatmapAnswer>(`/v1/heatmap?service=${slug}&level=subdivision&country=DE`)
      expect(regions.find(({ region }) => region === 'DE-BE')).toMatchObject({ count: null, suppressed: true })
    })

    test('is GeoJSON and a table too, with the same cells kept back', async () => {
      const slug = await withSmallCells()
      const geojson = await outcry().get(`/v1/heatmap?service=${slug}&format=geojson`)
      expect(geojson.headers.get('content-type')).toBe('application/geo+json')
      const { type, features } = await jsonOf<{
        type: string
        features: { type: string; id: string; geometry: { type: string; coordinates: number[] }; properties: object }[]
      }>(geojson)
      expect(type).toBe('FeatureCollection')
      const texas = features.find(({ id }) => id === 'US')!
      expect(texas).toMatchObject({
        type: 'Feature',
        geometry: { type: 'Point' },
        properties: { region: 'US', count: 9 },
      })
      expect(features.find(({ id }) => id === 'DE')!.properties).toMatchObject({ count: null, suppressed: true })

      const csv = await outcry().get(`/v1/heatmap?service=${slug}&format=csv`)
      expect(csv.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
      const rows = (await csv.text()).split('\r\n')
      expect(rows.find((row) => row.startsWith('US,'))).toMatch(/^US,United States,9,/)
      expect(rows.find((row) => row.startsWith('DE,'))).toMatch(/^DE,Germany,<3,/)
    })
  })

  describe('a query', () => {
    test.each([
      ['/v1/services?limit=0', 'limit'],
      ['/v1/services?limit=many', 'limit'],
      ['/v1/services?state=broken', 'state'],
      ['/v1/services?color=red', 'color'],
      ['/v1/services?cursor=bm90IG91cnM', 'cursor'],
      ['/v1/services/github?color=red', 'color'],
      ['/v1/services/github/timeseries?step=7m', 'step'],
      ['/v1/services/github/timeseries?from=yesterday', 'from'],
      ['/v1/services/github/timeseries?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
      ['/v1/services/github/timeseries?from=2020-01-01T00:00:00Z&step=1m', 'step'],
      ['/v1/services/github/timeseries?region=US-ZZ', 'region'],
      ['/v1/services/github/breakdown?window=1y', 'window'],
      ['/v1/heatmap?window=2h', 'window'],
      ['/v1/heatmap?from=2026-01-01T00:00:00Z', 'to'],
      ['/v1/heatmap?country=US', 'country'],
      ['/v1/heatmap?level=subdivision&country=ZZZ', 'country'],
      ['/v1/heatmap?from=yesterday&to=2026-01-01T00:00:00Z', 'from'],
      ['/v1/heatmap?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
      ['/v1/heatmap?from=1999-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
      ['/v1/heatmap?level=subdivision&country=US-TX', 'country'],
      ['/v1/spikes?status=maybe', 'status'],
      ['/v1/spikes?cursor=W10', 'cursor'],
      ['/v1/incidents?since=never', 'since'],
      ['/v1/events?cursor=-1', 'cursor'],
    ])('%s is refused, naming %s', async (path, field) => {
      await expectProblem(await outcry().get(path), 400, 'urn:outcry:problem:invalid-request', [field])
    })

    test('of whatever kind is never a failure of ours', async () => {
      const { slug } = outcry().freshService()
      const path = fc.constantFrom(
        '/v1/services',
        `/v1/services/${slug}`,
        `/v1/services/${slug}/timeseries`,
        `/v1/services/${slug}/breakdown`,
        '/v1/heatmap',
        '/v1/spikes',
        '/v1/spikes/x',
        '/v1/incidents',
        '/v1/events',
        '/v1/where',
        `/s/${slug}`,
        '/',
        '/map',
      )
      const name = fc.constantFrom(
        'limit',
        'cursor',
        'query',
        'from',
        'to',
        'step',
        'region',
        'country',
        'window',
        'level',
        'since',
        'status',
        'format',
        'service',
        'language',
      )
      const value = fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '0',
          '-1',
          '1e9',
          '99999999999999999999',
          'US',
          'US-TX',
          '\u0000',
          '2026-01-01T00:00:00Z',
          '0000-01-01T00:00:00Z',
          'csv',
          '15m',
          'W10',
          'WzFd',
          slug,
        ),
      )
      const query = fc.array(fc.tuple(name, value), { maxLength: 3 })
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(path, query), { minLength: 8, maxLength: 8 }), async (asked) => {
          const answers = await Promise.all(
            asked.map(([where, pairs]) =>
              outcry().get(`${where}?${new URLSearchParams(pairs.map(([key, text]) => [key, text.toWellFormed()]))}`),
            ),
          )
          expect(answers.filter(({ status }) => status >= 500).map(({ url }) => url)).toEqual([])
        }),
        { numRuns: 25 },
      )
    })

    test('of a broken path is not a failure of ours', async () => {
      for (const path of [
        '/v1/services/%00',
        '/v1/services/%ff',
        '/v1/services/%',
        '/v1/spikes/%00',
        '/v1/incidents/a%00b',
        '/s/%00',
        '/s/%ff',
        '/r/%ff',
        '/i/%00',
        '/snapshots/%00',
        '/embed/i/%00',
        '/embed/%00',
        '/og/i/%00.png',
        '/archive/%00/manifest.json',
        '/assets/%2e%2e%2fmanifest.json',
        // A cursor that holds a zero byte, and a time before all calendars.
        `/v1/spikes?cursor=${toCursor(['2026-01-01T00:00:00Z', '\u0000'])}`,
        `/v1/spikes?cursor=${toCursor(['0000-01-01T00:00:00Z', 'x'])}`,
        '/v1/spikes?since=0000-01-01T00:00:00Z',
        '/v1/heatmap?from=0000-01-01T00:00:00Z&to=0000-01-02T00:00:00Z',
        `/v1/services?cursor=${toCursor([1e15])}`,
        '/v1/events?cursor=999999999999999999',
      ])
        expect((await outcry().get(path)).status, path).toBeLessThan(500)
    })
  })

  test('an outage becomes spikes, one incident and entries of the event log, by a tick', async () => {
    const service = outcry().freshService()
    await outcry().tick()
    await report(service, 150, { region: 'US-TX' })
    await outcry().tick()

    const spikes = await read<Page<{ id: string; region: string | null; incidentId: string; observed: number }>>(
      `/v1/spikes?service=${service.slug}`,
    )
    expect(spikes.items.map(({ region }) => region)).toEqual(expect.arrayContaining([null, 'US', 'US-TX']))
    expect(await read(`/v1/spikes/${spikes.items[0]!.id}`)).toMatchObject({ ...spikes.items[0]!, meta: META })

    const incidents = await read<Page<{ id: string; status: string }>>(`/v1/incidents?service=${service.slug}`)
    expect(incidents.items).toHaveLength(1)
    const incident = await read<{ spikes: unknown[]; timeline: unknown[] }>(`/v1/incidents/${incidents.items[0]!.id}`)
    expect(incident.spikes).toHaveLength(spikes.items.length)
    expect(incident.timeline.length).toBeGreaterThan(0)

    const { items, nextCursor } =
      await read<Page<{ id: string; type: string; service: string }>>('/v1/events?limit=500')
    const own = items.filter((event) => event.service === service.slug)
    expect(own.map(({ type }) => type)).toEqual(expect.arrayContaining(['spike.opened', 'incident.opened']))
    expect((await read<Page<unknown>>(`/v1/events?cursor=${nextCursor}`)).items).toEqual([])

    const pages = await read<Page<{ id: string }>>(`/v1/spikes?service=${service.slug}&limit=1`)
    const rest = await read<Page<{ id: string }>>(
      `/v1/spikes?service=${service.slug}&limit=1&cursor=${pages.nextCursor}`,
    )
    expect(rest.items[0]!.id).not.toBe(pages.items[0]!.id)

    expect((await read<{ state: string }>(`/v1/services/${service.slug}?`)).state).toMatch(/^(down|suspected)$/)
  })

  test('health, readiness and metrics are told, and never kept', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      const response = await outcry().get(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    expect(await (await outcry().get('/metrics')).text()).toMatch(/^outcry_intake_total\{outcome=".*"\} \d+$/m)
  })

  describe('a page', () => {
    test.each([['/'], ['/map'], ['/about'], ['/de'], ['/s/github'], ['/s/github/report'], ['/ja/s/github']])(
      '%s is whole without a script, and loads nothing from elsewhere',
      async (path) => {
        const response = await outcry().get(path, { headers: { accept: 'text/html' } })
        expect(response.status).toBe(200)
        expect(response.headers.get('content-type')).toContain('text/html')
        expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
        const html = await response.text()
        expect(html).toMatch(/<h1[\s>]/)
        for (const [, address] of html.matchAll(/<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="([^"]+)"/g))
          expect(address).toMatch(/^\/(?!\/)/)
      },
    )

    test('has files that never change under their name', async () => {
      const html = await (await outcry().get('/')).text()
      const sheet = /href="(\/assets\/[\w-]+\.css)"/.exec(html)![1]!
      const response = await outcry().get(sheet)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toContain('text/css')
      expect(response.headers.get('cache-control')).toContain('immutable')
      expect((await outcry().get('/service-worker.js')).status).toBe(200)
    })

    test('of a service that does not exist names those perhaps meant', async () => {
      const response = await outcry().get('/s/githib', { headers: { accept: 'text/html' } })
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('/s/github')
    })
  })
}
