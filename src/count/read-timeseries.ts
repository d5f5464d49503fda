import { Detector } from '../detection/detector.ts'
import { WORLD } from '../region/scope.ts'
import type { ErrorType } from '../report/error-type.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE, WEEK } from '../time.ts'
import {
  countsByStep,
  databaseNow,
  expectationsIn,
  expectationsOf,
  gapsIn,
  type KnownSeries,
  seriesIn,
  type Window,
} from './queries.ts'
import { zoneOfSeries } from './series-zone.ts'
import { type Expectation, layOut, STEP_MS, type Step, type Timeseries } from './timeseries.ts'

export interface TimeseriesRequest {
  region: string | null
  errorType: ErrorType | null
  /** Aligned to the step. */
  from: Date
  until: Date
  step: Step
}

const QUARTER = 15 * MINUTE
/** How far ahead a rhythm of a week can be told. */
const FORESEEN_MS = WEEK

/** The counts of a series against what was expected of it. */
export async function readTimeseries(
  run: Run,
  service: Pick<ServiceRow, 'id' | 'slug' | 'countries'>,
  { region, errorType, from, until, step }: TimeseriesRequest,
): Promise<Timeseries> {
  const key = { serviceId: service.id, scope: region ?? WORLD }
  const window: Window = { fromMs: from.getTime(), untilMs: until.getTime() }
  const stepMs = STEP_MS[step]
  const nowMs = await databaseNow(run)
  const rows = await countsByStep(run, key, window, stepMs, errorType)
  const expectations = errorType === null ? await readExpected(run, service, key.scope, window, nowMs) : []
  const gaps = await gapsIn(run, window)
  const points = layOut({ ...window, stepMs }, rows, expectations, gaps, { isRegional: region !== null, nowMs })
  return {
    service: service.slug,
    region,
    errorType,
    from,
    until,
    step,
    points,
    asOf: new Date(nowMs),
    sampleSize: points.reduce((sum, { count }) => sum + (count ?? 0), 0),
    suppressed: points.filter(({ isHidden }) => isHidden).length,
  }
}

/** Frozen expectations where there are any; for quarters in which the series had no news, and for the time to come, the baseline's own word. */
export async function readExpected(
  run: Run,
  service: Pick<ServiceRow, 'id' | 'countries'>,
  scope: string,
  { fromMs, untilMs }: Window,
  nowMs: number = untilMs,
): Promise<Expectation[]> {
  const frozen = await expectationsOf(run, { serviceId: service.id, scope }, { fromMs, untilMs })
  const known = new Map(frozen.map((expectation) => [expectation.tMs, expectation]))
  const first = Math.floor(fromMs / QUARTER) * QUARTER
  if (known.size >= Math.ceil((untilMs - first) / QUARTER)) return frozen
  const series = (await seriesIn(run, service.id, [scope])).get(scope)
  const baseline = series ? baselineOf(series, scope, service.countries) : null
  if (baseline === null) return frozen
  const all: Expectation[] = []
  for (let tMs = first; tMs < untilMs; tMs += QUARTER) {
    const found = known.get(tMs)
    if (found) all.push(found)
    else if (isForeseen(series!, tMs, nowMs)) all.push({ tMs, ...baseline.forecast(tMs, tMs + QUARTER) })
  }
  return all
}

/**
 * What was expected in many scopes of a service, as {@link readExpected} tells it of one; in the same two statements whatever their
 * number.
 *
 * @param quarters of the window, with the share of each that counts; ascending
 * @returns sums by scope; a scope of which a quarter is unknown is not listed
 */
export async function readExpectedIn(
  run: Run,
  service: Pick<ServiceRow, 'id' | 'countries'>,
  scopes: readonly string[],
  quarters: readonly { tMs: number; share: number }[],
  nowMs: number,
): Promise<Map<string, number>> {
  if (quarters.length === 0) return new Map()
  const window = { fromMs: quarters[0]!.tMs, untilMs: quarters.at(-1)!.tMs + QUARTER }
  const frozen = await expectationsIn(run, service.id, scopes, window)
  const known = await seriesIn(run, service.id, scopes)
  const sums = new Map<string, number>()
  for (const scope of scopes) {
    const series = known.get(scope)
    const told = frozen.get(scope)
    if (series === undefined && told === undefined) continue
    const sum = sumOf(quarters, told, series, () => baselineOf(series!, scope, service.countries), nowMs)
    if (sum !== null) sums.set(scope, sum)
  }
  return sums
}

function sumOf(
  quarters: readonly { tMs: number; share: number }[],
  told: ReadonlyMap<number, number> | undefined,
  series: KnownSeries | undefined,
  wake: () => Detector | null,
  nowMs: number,
): number | null {
  let sum = 0
  const missing: Window[] = []
  for (const { tMs, share } of quarters) {
    const expected = told?.get(tMs)
    if (expected !== undefined) sum += expected * share
    else if (series === undefined || !isForeseen(series, tMs, nowMs)) return null
    else {
      const last = missing.at(-1)
      // What the baseline says of its past is the same quarter by quarter and at once, and at once is ten times as fast.
      if (share === 1 && last?.untilMs === tMs) last.untilMs += QUARTER
      else missing.push({ fromMs: tMs, untilMs: tMs + QUARTER * share })
    }
  }
  if (missing.length === 0) return sum
  const baseline = wake()
  if (baseline === null) return null
  for (const { fromMs, untilMs } of missing) sum += expectedBetween(baseline, fromMs, untilMs)
  return sum
}

/** Of a part of a quarter the part of its expectation, and after the last minute taken in quarter by quarter, as charts have it. */
function expectedBetween(baseline: Detector, fromMs: number, untilMs: number): number {
  const seenMs = Math.floor((baseline.peek().nextMs ?? fromMs) / QUARTER) * QUARTER
  const pastMs = Math.min(Math.floor(untilMs / QUARTER) * QUARTER, seenMs)
  let sum = pastMs > fromMs ? baseline.forecast(fromMs, pastMs).expected : 0
  for (let tMs = Math.max(fromMs, pastMs); tMs < untilMs; tMs += QUARTER)
    sum += (baseline.forecast(tMs, tMs + QUARTER).expected * Math.min(QUARTER, untilMs - tMs)) / QUARTER
  return sum
}

function baselineOf({ state }: KnownSeries, scope: string, countries: readonly string[]): Detector | null {
  return Detector.deserialise(state, { bucketMs: MINUTE, timeZone: zoneOfSeries(scope, countries) })
}

/** Before its first report a series was not known, and silence is no expectation of nothing; and none sees further than its rhythm. */
function isForeseen({ begunMs }: KnownSeries, tMs: number, nowMs: number): boolean {
  return tMs >= begunMs && tMs < nowMs + FORESEEN_MS
}
