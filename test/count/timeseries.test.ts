import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { databaseNow } from '../../src/count/queries.ts'
import { heardParts, quartersIn } from '../../src/count/timeseries.ts'
import { Detector } from '../../src/detection/detector.ts'
import { saveServices } from '../../src/service/queries.ts'
import { rollUpAll } from '../../src/tick/roll-up.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { portsOn } from '../support/ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const QUARTER = 15 * MINUTE

interface Point {
  t: string
  count: number | null
  expected: number | null
  lower: number | null
  upper: number | null
}

describe('the parts of a window that were heard', () => {
  const window = { fromMs: 10, untilMs: 20 }
  test.each([
    { what: 'all of it without a gap', gaps: [], nowMs: 30, parts: [[10, 20]] },
    { what: 'none after now', gaps: [], nowMs: 5, parts: [] },
    { what: 'what lies before now', gaps: [], nowMs: 13, parts: [[10, 13]] },
    {
      what: 'what lies around gaps',
      gaps: [
        [5, 11],
        [14, 15],
      ],
      nowMs: 30,
      parts: [
        [11, 14],
        [15, 20],
      ],
    },
    {
      what: 'what lies around gaps that overlap, in whatever order',
      gaps: [
        [12, 16],
        [11, 18],
        [13, 14],
      ],
      nowMs: 30,
      parts: [
        [10, 11],
        [18, 20],
      ],
    },
    { what: 'nothing inside a gap', gaps: [[0, 40]], nowMs: 30, parts: [] },
  ])('are $what', ({ gaps, nowMs, parts }) => {
    const spans = (pairs: number[][]) => pairs.map(([fromMs, untilMs]) => ({ fromMs: fromMs!, untilMs: untilMs! }))
    expect(heardParts(window, spans(gaps), nowMs)).toEqual(spans(parts))
  })

  test('lie in quarters of an hour, in part', () => {
    const parts = [
      { fromMs: 5 * MINUTE, untilMs: 9 * MINUTE },
      { fromMs: 12 * MINUTE, untilMs: 30 * MINUTE },
    ]
    expect(quartersIn(parts)).toEqual([
      { tMs: 0, share: 4 / 15 + 3 / 15 },
      { tMs: QUARTER, share: 1 },
    ])
  })
})

describeOnBothEngines('a time series', (storage) => {
  let hourMs: number

  beforeEach(async () => {
    await saveServices(storage().run, [aService()])
    hourMs = Math.floor((await databaseNow(storage().run)) / HOUR) * HOUR - DAY
    for (let tMs = hourMs; tMs < hourMs + 2 * HOUR; tMs += QUARTER)
      await storage().run(
        `insert into expectations_15m (service_id, region, bucket, expected, lower, upper)
         select 1, scope, to_timestamp($1::float8 / 1000), 15, 7, 24 from (values ('world'), ('DE')) s(scope)`,
        [tMs],
      )
  })

  const seriesOf = async (fromMs: number, untilMs: number, step: string, more = ''): Promise<Point[]> => {
    const query = `from=${new Date(fromMs).toISOString()}&to=${new Date(untilMs).toISOString()}&step=${step}${more}`
    const response = await app.fetch(
      new Request(`https://outcry.example/v1/services/acme-mail/timeseries?${query}`),
      portsOn(storage()),
    )
    expect(response.status).toBe(200)
    return ((await response.json()) as { points: Point[] }).points
  }
  const addGap = (fromMs: number, untilMs: number) =>
    storage().run(
      `insert into collector_gaps (from_at, until_at) values (to_timestamp($1::float8 / 1000), to_timestamp($2::float8 / 1000))`,
      [fromMs, untilMs],
    )
  const report = async (atMs: number, people: number) => {
    await storage().run(
      `insert into counts_1m (service_id, region, bucket, reporters, weight, networks)
       values (1, 'world', to_timestamp($1::float8 / 1000), $2::int, $2::int * 1000, $2::int)`,
      [atMs, people],
    )
    await rollUpAll(storage().run, { fromMs: atMs, untilMs: atMs + MINUTE })
  }
  const NO_DATA = { count: null, expected: null, lower: null, upper: null }

  test('has no data in a step of which most was not listened to, with or without a report in the rest', async () => {
    await addGap(hourMs + 11 * MINUTE, hourMs + 15 * MINUTE)
    await addGap(hourMs + 20 * MINUTE, hourMs + 24 * MINUTE)
    await report(hourMs + 24 * MINUTE, 4)
    const points = await seriesOf(hourMs, hourMs + 30 * MINUTE, '5m')
    expect(points.map(({ count }) => count)).toEqual([0, 0, null, 0, null, 0])
    expect(points[2]).toMatchObject(NO_DATA)
    expect(points[4]).toMatchObject(NO_DATA)
    expect(points[3]).toMatchObject({ count: 0, expected: 5 })
    for (const { count, expected } of await seriesOf(hourMs, hourMs + 30 * MINUTE, '5m', '&region=DE')) {
      expect(count).toBeNull()
      expect(expected === null || expected === 5).toBe(true)
    }
  })

  test('expects of a step that was heard for the larger part what is usual for that part', async () => {
    await addGap(hourMs + 10 * MINUTE, hourMs + 15 * MINUTE)
    await report(hourMs + 5 * MINUTE, 9)
    const [quarter, whole] = await seriesOf(hourMs, hourMs + 30 * MINUTE, '15m')
    expect(quarter).toMatchObject({ count: 9, expected: 10 })
    expect(quarter!.upper).toBeLessThan(24)
    expect(whole).toMatchObject({ count: 0, expected: 15, lower: 7, upper: 24 })
    expect(await seriesOf(hourMs, hourMs + HOUR, '1h')).toMatchObject([{ count: 9, expected: 55 }])
    await addGap(hourMs + 15 * MINUTE, hourMs + 50 * MINUTE)
    expect(await seriesOf(hourMs, hourMs + HOUR, '1h')).toMatchObject([NO_DATA])
  })

  test('has no count in the time to come, and no expectation beyond a week', async () => {
    const detector = new Detector({ bucketMs: MINUTE, timeZone: 'UTC' })
    const nowMs = hourMs + DAY
    for (let atMs = nowMs - 2 * DAY; atMs < nowMs; atMs += MINUTE) detector.advance(atMs, 1)
    await storage().run(
      `insert into series_state (service_id, region, begun_at, advanced_until, state)
       values (1, 'world', to_timestamp($1::float8 / 1000), now(), $2)`,
      [nowMs - 2 * DAY, detector.serialise()],
    )
    const soon = await seriesOf(nowMs, nowMs + 12 * HOUR, '1h')
    expect(soon[0]!.count).toBe(0)
    for (const { count, expected } of soon.slice(2)) {
      expect(count).toBeNull()
      expect(expected).toBeGreaterThan(10)
    }
    const late = await seriesOf(Date.parse('2098-12-31T00:00:00Z'), Date.parse('2099-01-01T00:00:00Z'), '1h')
    expect(late).toHaveLength(24)
    for (const point of late) expect(point).toMatchObject(NO_DATA)
  })

  test('expects nothing of the time before its first report', async () => {
    const detector = new Detector({ bucketMs: MINUTE, timeZone: 'UTC' })
    const nowMs = hourMs + DAY
    const begunMs = nowMs - 3 * HOUR
    for (let atMs = begunMs; atMs < nowMs; atMs += MINUTE) detector.advance(atMs, 1)
    await storage().run(
      `insert into series_state (service_id, region, begun_at, advanced_until, state)
       values (1, 'world', to_timestamp($1::float8 / 1000), now(), $2)`,
      [begunMs, detector.serialise()],
    )
    const points = await seriesOf(nowMs - 5 * HOUR, nowMs, '1h')
    expect(points.map(({ expected }) => expected !== null)).toEqual([false, false, true, true, true])
  })
})
