import { Detector } from '../detection/detector.ts'
import { WORLD } from '../region/scope.ts'
import type { ErrorType } from '../report/error-type.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { countsByStep, databaseNow, expectationsOf, gapsIn, statesOf, type Window } from './queries.ts'
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
  const expectations = errorType === null ? await readExpected(run, service, key.scope, window) : []
  const gaps = await gapsIn(run, window)
  const points = layOut({ ...window, stepMs }, rows, expectations, gaps, region !== null)
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
): Promise<Expectation[]> {
  const frozen = await expectationsOf(run, { serviceId: service.id, scope }, { fromMs, untilMs })
  const known = new Map(frozen.map((expectation) => [expectation.tMs, expectation]))
  const first = Math.floor(fromMs / QUARTER) * QUARTER
  if (known.size >= Math.ceil((untilMs - first) / QUARTER)) return frozen
  const state = (await statesOf(run, service.id, [scope])).get(scope)
  const detector = state
    ? Detector.deserialise(state, { bucketMs: MINUTE, timeZone: zoneOfSeries(scope, service.countries) })
    : null
  if (detector === null) return frozen
  const oldest = frozen[0]?.tMs ?? Number.NEGATIVE_INFINITY
  const all: Expectation[] = []
  for (let tMs = first; tMs < untilMs; tMs += QUARTER) {
    const found = known.get(tMs)
    if (found) all.push(found)
    // Before the first frozen quarter the series was not known: silence there is no expectation of nothing.
    else if (tMs > oldest) all.push({ tMs, ...detector.forecast(tMs, tMs + QUARTER) })
  }
  return all
}
