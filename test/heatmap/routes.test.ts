import { beforeEach, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { databaseNow } from '../../src/count/queries.ts'
import { zoneOfSeries } from '../../src/count/series-zone.ts'
import { Detector } from '../../src/detection/detector.ts'
import { readHeatmap } from '../../src/heatmap/read-heatmap.ts'
import { saveServices } from '../../src/service/queries.ts'
import type { Run } from '../../src/storage/database.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { portsOn } from '../support/ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const QUARTER = 15 * MINUTE

interface Cell {
  region: string
  count: number | null
  expected: number | null
  ratio: number | null
  state: string
  suppressed: boolean
}

interface HeatmapAnswer {
  regions: Cell[]
  meta: { sampleSize?: number; suppressedCells: number }
}

interface SeriesAnswer {
  points: { t: string; count: number | null; expected: number | null }[]
}

/** What a detector knows that has seen a day and night for some days; reports by the hour of the day in UTC. */
function stateOf(scope: string, fromMs: number, untilMs: number, atNight: number, byDay: number): string {
  const detector = new Detector({ bucketMs: MINUTE, timeZone: zoneOfSeries(scope, []) })
  let owed = 0
  for (let atMs = fromMs; atMs < untilMs; atMs += MINUTE) {
    owed += new Date(atMs).getUTCHours() < 8 ? atNight : byDay
    detector.advance(atMs, Math.floor(owed))
    owed %= 1
  }
  return detector.serialise()
}

describeOnBothEngines('the heatmap', (storage) => {
  let nowMs: number
  let hourMs: number

  beforeEach(async () => {
    await saveServices(storage().run, [aService()])
    nowMs = await databaseNow(storage().run)
    hourMs = Math.floor(nowMs / HOUR) * HOUR
  })

  const read = async <T>(path: string): Promise<T> => {
    const response = await app.fetch(new Request(`https://outcry.example${path}`), portsOn(storage()))
    expect(response.status).toBe(200)
    return (await response.json()) as T
  }
  const iso = (ms: number) => new Date(ms).toISOString()
  const heatmap = (query: string) => read<HeatmapAnswer>(`/v1/heatmap?service=acme-mail&${query}`)
  const between = (fromMs: number, untilMs: number) => `from=${iso(fromMs)}&to=${iso(untilMs)}`
  const cellOf = ({ regions }: HeatmapAnswer, region: string) => regions.find((cell) => cell.region === region)
  const series = async (region: string, fromMs: number, untilMs: number, step: string) =>
    (
      await read<SeriesAnswer>(
        `/v1/services/acme-mail/timeseries?${between(fromMs, untilMs)}&step=${step}${region === 'world' ? '' : `&region=${region}`}`,
      )
    ).points

  const addSeries = (scope: string, begunMs: number, state: string, expected = 0) =>
    storage().run(
      `insert into series_state (service_id, region, begun_at, advanced_until, expected_15m, state)
       values (1, $1, to_timestamp($2::float8 / 1000), now(), $3::real, $4)`,
      [scope, begunMs, expected, state],
    )
  const freeze = (scope: string, tMs: number, expected: number) =>
    storage().run(
      `insert into expectations_15m (service_id, region, bucket, expected, lower, upper)
       values (1, $1, to_timestamp($2::float8 / 1000), $3::real, 0, 99)`,
      [scope, tMs, expected],
    )
  const report = (scope: string, atMs: number, people: number) =>
    storage().run(
      `insert into counts_1m (service_id, region, bucket, reporters, weight, networks)
       values (1, $1, to_timestamp($2::float8 / 1000), $3::int, $3::int * 1000, $3::int)`,
      [scope, atMs, people],
    )
  const addGap = (fromMs: number, untilMs: number) =>
    storage().run(
      `insert into collector_gaps (from_at, until_at) values (to_timestamp($1::float8 / 1000), to_timestamp($2::float8 / 1000))`,
      [fromMs, untilMs],
    )

  /** Four series with days and nights, of which some quarters had news and were frozen; their checkpoints are some hours old. */
  async function addRhythms() {
    const begunMs = hourMs - 3 * DAY
    for (const [n, scope] of ['world', 'US', 'US-TX', 'DE'].entries()) {
      await addSeries(scope, begunMs, stateOf(scope, begunMs, hourMs - 5 * HOUR, 0.1 / (n + 1), 2 / (n + 1)), 0.2)
      for (let tMs = hourMs - 2 * DAY; tMs < hourMs; tMs += (3 + n) * QUARTER)
        await freeze(scope, tMs, 1 + n + tMs / 1e13)
    }
  }

  test('tells what was usual in its window, as the time series does, whenever it is asked', async () => {
    await addRhythms()
    for (const [fromMs, untilMs] of [
      [hourMs - 40 * HOUR, hourMs - 39 * HOUR],
      [hourMs - 30 * HOUR, hourMs - 29 * HOUR],
      [hourMs - HOUR, hourMs],
      [hourMs - DAY, hourMs],
    ] as const) {
      const countries = await heatmap(between(fromMs, untilMs))
      const subdivisions = await heatmap(`${between(fromMs, untilMs)}&level=subdivision&country=US`)
      for (const [answer, region] of [
        [countries, 'US'],
        [countries, 'DE'],
        [subdivisions, 'US-TX'],
      ] as const) {
        const points = await series(region, fromMs, untilMs, '1h')
        const usual = points.reduce((sum, { expected }) => sum + expected!, 0)
        expect(cellOf(answer, region)!.expected).toBeCloseTo(usual, 1)
      }
    }
    const past = between(hourMs - 40 * HOUR, hourMs - 39 * HOUR)
    const before = cellOf(await heatmap(past), 'US')
    await storage().run('update series_state set expected_15m = 500')
    expect(cellOf(await heatmap(past), 'US')).toEqual(before)
  })

  test('of the last hour and the last day too', async () => {
    await addRhythms()
    for (const [window, ms] of [
      ['1h', HOUR],
      ['24h', DAY],
    ] as const) {
      const answer = await heatmap(`window=${window}`)
      const untilMs = Math.floor(nowMs / MINUTE) * MINUTE
      for (const region of ['US', 'DE']) {
        const points = await series(region, untilMs - ms, untilMs, '1m')
        const usual = points.reduce((sum, { expected }) => sum + expected!, 0)
        const told = cellOf(answer, region)!.expected!
        expect(Math.abs(told - usual)).toBeLessThan(0.02 * usual + 0.1)
      }
    }
  })

  test('asks the same few questions however many regions there are', async () => {
    const asked = async (level: 'country' | 'subdivision', country: string | null) => {
      let statements = 0
      const run: Run = (text, parameters) => {
        statements++
        return storage().run(text, parameters)
      }
      const window = { from: new Date(hourMs - HOUR), until: new Date(hourMs) }
      await readHeatmap(run, { service: { id: 1, slug: 'acme-mail', countries: [] }, level, country, window })
      return statements
    }
    const empty = await asked('country', null)
    await addRhythms()
    expect(await asked('country', null)).toBe(empty)
    expect(await asked('subdivision', 'US')).toBe(empty)
    expect(empty).toBeLessThan(8)
  })

  test('of all services together tells what was frozen, and is the same whenever it is asked', async () => {
    await addRhythms()
    const fromMs = hourMs - 40 * HOUR
    for (let tMs = fromMs; tMs < fromMs + HOUR; tMs += QUARTER) {
      await storage().run(
        `delete from expectations_15m where region = 'US' and bucket = to_timestamp($1::float8 / 1000)`,
        [tMs],
      )
      await freeze('US', tMs, 5)
    }
    const all = () => read<HeatmapAnswer>(`/v1/heatmap?${between(fromMs, fromMs + HOUR)}`)
    const before = await all()
    expect(cellOf(before, 'US')!.expected).toBeCloseTo(20, 3)
    expect(cellOf(before, 'DE')!.expected).toBeGreaterThan(4 * 4 - 0.1)
    await storage().run('update series_state set expected_15m = 500')
    expect((await all()).regions).toEqual(before.regions)
    const half = await read<HeatmapAnswer>(`/v1/heatmap?${between(fromMs, fromMs + HOUR - 5 * MINUTE)}`)
    expect(cellOf(half, 'US')!.expected).toBeCloseTo(20 - 5 / 3, 3)
  })

  test('of all services together takes what is usual now for the last hour, and asks no series for it', async () => {
    await addRhythms()
    await storage().run(`update series_state set expected_15m = 7`)
    const answer = await read<HeatmapAnswer>('/v1/heatmap?window=1h')
    expect(cellOf(answer, 'DE')!.expected).toBeCloseTo(4 * 7, 3)
  })

  test('calls nothing usual of a service whose usual nobody knows', async () => {
    await addSeries('world', nowMs - 30 * MINUTE, '')
    await addSeries('US', nowMs - 30 * MINUTE, '')
    await report('US', nowMs - 10 * MINUTE, 101)
    for (const query of ['service=acme-mail&', '']) {
      const answer = await read<HeatmapAnswer>(`/v1/heatmap?${query}window=1h`)
      expect(cellOf(answer, 'US')).toMatchObject({ count: 101, expected: null, ratio: null, state: 'unknown' })
    }
    const response = await app.fetch(
      new Request('https://outcry.example/v1/heatmap?service=acme-mail&format=csv'),
      portsOn(storage()),
    )
    expect(await response.text()).toMatch(/^US,United States,101,,,[\d.]+,unknown\r$/m)
  })

  test('calls a count usual that is what the series was told, and not in the first day of a service', async () => {
    const fromMs = hourMs - 3 * HOUR
    for (let tMs = fromMs; tMs < hourMs; tMs += QUARTER) await freeze('US', tMs, 5)
    await report('US', fromMs + 5 * MINUTE, 20)
    await addSeries('world', nowMs - 6 * HOUR, '')
    await addSeries('US', nowMs - 6 * HOUR, '')
    const state = async () => cellOf(await heatmap(between(fromMs, fromMs + HOUR)), 'US')
    expect(await state()).toMatchObject({ count: 20, expected: 20, ratio: null, state: 'unknown' })
    await storage().run(`update series_state set begun_at = now() - interval '5 days'`)
    expect(await state()).toMatchObject({ count: 20, expected: 20, ratio: 1, state: 'usual' })
  })

  test('has no data where nobody listened, nor of the time to come', async () => {
    await addRhythms()
    const fromMs = hourMs - 30 * HOUR
    await addGap(fromMs - HOUR, fromMs + 2 * HOUR)
    const futureMs = hourMs + 5 * DAY
    for (const startMs of [fromMs, futureMs]) {
      const { regions, meta } = await heatmap(between(startMs, startMs + HOUR))
      expect(regions.length).toBeGreaterThan(200)
      for (const cell of regions)
        expect(cell).toMatchObject({ count: null, expected: null, ratio: null, state: 'unknown', suppressed: false })
      expect(meta).toMatchObject({ suppressedCells: 0 })
      expect(meta.sampleSize).toBeUndefined()
    }
  })

  test('of a window that was listened to in part tells the reports beside what is usual for that part', async () => {
    await addSeries('world', nowMs - 9 * DAY, '')
    const fromMs = hourMs - 30 * HOUR
    for (let tMs = fromMs; tMs < fromMs + HOUR; tMs += QUARTER) await freeze('US', tMs, 6)
    await report('US', fromMs + 55 * MINUTE, 30)
    await addGap(fromMs, fromMs + 50 * MINUTE)
    const answer = await heatmap(between(fromMs, fromMs + HOUR))
    expect(cellOf(answer, 'US')).toMatchObject({ count: 30, expected: 4, ratio: 7.5, state: 'elevated' })
    expect(cellOf(answer, 'DE')).toMatchObject({ count: null, state: 'unknown' })
  })
})
