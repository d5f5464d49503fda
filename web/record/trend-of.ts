import { STEP_MS, type Timeseries } from '../../src/count/timeseries.ts'
import type { Trend } from '../charts/trend.ts'

/** A series as drawings take it. */
export function trendOf({ from, until, step, points, asOf }: Timeseries): Trend {
  return {
    from: from.getTime(),
    until: until.getTime(),
    asOf: asOf.getTime(),
    stepMs: STEP_MS[step],
    points: points.map(({ t, ...values }) => ({ at: t.getTime(), ...values })),
  }
}
