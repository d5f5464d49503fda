import { STEP_MS, type Step } from '../count/timeseries.ts'
import { DAY, HOUR } from '../time.ts'
import type { IncidentRecord } from './incident-record.ts'

export interface ChartWindow {
  from: Date
  until: Date
  step: Step
}

/** At least so much of the usual level is shown before and after. */
const LEAST_MARGIN = 2 * HOUR

/** The stretch that tells an incident whole: a third of its length of the usual level on both sides, in steps that show its shape. */
export function windowOfIncident({
  onset,
  endedAt,
  asOf,
}: Pick<IncidentRecord, 'onset' | 'endedAt' | 'asOf'>): ChartWindow {
  const end = endedAt ?? asOf
  const margin = Math.max(LEAST_MARGIN, (end - onset.at) / 3)
  const until = Math.min(end + margin, asOf)
  const from = onset.at - margin
  const step = stepFor(until - from)
  const width = STEP_MS[step]
  return {
    from: new Date(Math.floor(from / width) * width),
    until: new Date(Math.ceil(Math.max(until, from + width) / width) * width),
    step,
  }
}

/** Steps of five minutes for a day, a quarter of an hour for four, an hour for a month. */
export function stepFor(spanMs: number): Step {
  if (spanMs <= 1.5 * DAY) return '5m'
  if (spanMs <= 4 * DAY) return '15m'
  return spanMs <= 32 * DAY ? '1h' : '1d'
}
