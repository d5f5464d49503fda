import type { ErrorType } from '../report/error-type.ts'
import { DAY, HOUR, MINUTE } from '../time.ts'

export const STEPS = ['1m', '5m', '15m', '1h', '1d'] as const

export type Step = (typeof STEPS)[number]

export const STEP_MS: Record<Step, number> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '1d': DAY,
}

/** One step of a series, `[t, t + step)`. */
export interface TimePoint {
  t: Date
  /** Reporters of a problem; `null` where for the most part nobody listened, in the time to come, and where a small regional count is kept back. */
  count: number | null
  /** Whether `count` is `null` because it is small. */
  isHidden: boolean
  /** What the baseline foresaw of the part that was heard, with its 95 % band; `null` where it knew nothing, and for single error types. */
  expected: number | null
  lower: number | null
  upper: number | null
  /** "It works for me" votes. */
  ok: number
  /** Reports that were seen in this step and sent later; never part of `count`. */
  late: number
}

export interface Timeseries {
  service: string
  region: string | null
  errorType: ErrorType | null
  from: Date
  until: Date
  step: Step
  points: TimePoint[]
  /** Database time at which the counts were read. */
  asOf: Date
  /** Sum of the counts. */
  sampleSize: number
  suppressed: number
}

interface Span {
  fromMs: number
  untilMs: number
}

export interface CountRow {
  tMs: number
  count: number
  ok: number
  late: number
}

/** Expected reporters of one quarter of an hour, with its 95 % band. */
export interface Expectation {
  tMs: number
  expected: number
  lower: number
  upper: number
}

/** Fewest people a regional count may show; none at all is kept back as well. */
export const SMALLEST_SHOWN = 3

const QUARTER = 15 * MINUTE
/** Standard normal quantile of a two-sided 95 % band. */
const Z = 1.96

/**
 * Lays counts and expectations on a regular grid; a step without a row is a zero. A step of which for the most part nobody listened, or
 * that is still to come, has no data; where a smaller part is missing, the expectation is of the part that was heard, as the count is.
 * Of a region a zero is kept back as one and two are: who could tell them apart would find, in a total and the counts beside it, which
 * place the one report more is from.
 *
 * @param expectations by quarter of an hour; steps that none covers get `null`
 * @param gaps in which nobody listened
 */
export function layOut(
  grid: { fromMs: number; untilMs: number; stepMs: number },
  rows: readonly CountRow[],
  expectations: readonly Expectation[],
  gaps: readonly Span[],
  { isRegional, nowMs }: { isRegional: boolean; nowMs: number },
): TimePoint[] {
  const counted = new Map(rows.map((row) => [row.tMs, row]))
  const foreseen = new Map(expectations.map((expectation) => [expectation.tMs, expectation]))
  const points: TimePoint[] = []
  for (let t = grid.fromMs; t < grid.untilMs; t += grid.stepMs) {
    const step = { fromMs: t, untilMs: t + grid.stepMs }
    const isToCome = t >= nowMs
    const isUnheard = isToCome || !isMostlyHeard(step, gaps, nowMs)
    const row = isUnheard ? undefined : counted.get(t)
    const count = row?.count ?? 0
    const isSmall = isRegional && !isUnheard && count < SMALLEST_SHOWN
    points.push({
      t: new Date(t),
      count: isUnheard || isSmall ? null : count,
      isHidden: isSmall,
      ...(isUnheard && !isToCome ? UNKNOWN : expectedIn(foreseen, heardParts(step, gaps, step.untilMs), step)),
      ok: isRegional && (row?.ok ?? 0) < SMALLEST_SHOWN ? 0 : (row?.ok ?? 0),
      late: isRegional && (row?.late ?? 0) < SMALLEST_SHOWN ? 0 : (row?.late ?? 0),
    })
  }
  return points
}

const UNKNOWN = { expected: null, lower: null, upper: null }

/** Whether of what has passed of a window at least half was listened to. */
export function isMostlyHeard(window: Span, gaps: readonly Span[], nowMs: number): boolean {
  const passedMs = Math.min(window.untilMs, nowMs) - window.fromMs
  return 2 * lengthOf(heardParts(window, gaps, nowMs)) >= passedMs
}

/** Length of some parts of time together, in milliseconds. */
export function lengthOf(parts: readonly Span[]): number {
  return parts.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0)
}

/**
 * The expectation for the parts of a step that were heard out of those for quarters of an hour: means add up (or divide), and so do
 * variances, since the counts of parts are independent given the rate. The band is the quarters' own where the step is one, and whole.
 */
function expectedIn(
  quarters: ReadonlyMap<number, Expectation>,
  parts: readonly Span[],
  step: Span,
): Pick<TimePoint, 'expected' | 'lower' | 'upper'> {
  let mean = 0
  let variance = 0
  const isQuarter = step.untilMs - step.fromMs === QUARTER
  for (const { tMs, share } of quartersIn(parts)) {
    const found = quarters.get(tMs)
    if (found === undefined) return UNKNOWN
    if (isQuarter && share === 1) return { expected: found.expected, lower: found.lower, upper: found.upper }
    mean += found.expected * share
    variance += ((found.upper - found.lower) / (2 * Z)) ** 2 * share
  }
  const half = Z * Math.sqrt(Math.max(variance, mean))
  return { expected: mean, lower: Math.max(0, Math.floor(mean - half)), upper: Math.ceil(mean + half) }
}

/** Parts of a window in which somebody listened: outside gaps, and not after `nowMs`; ascending. */
export function heardParts(window: Span, gaps: readonly Span[], nowMs: number): Span[] {
  const untilMs = Math.min(window.untilMs, nowMs)
  const parts: Span[] = []
  let fromMs = window.fromMs
  for (const gap of gaps.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (gap.fromMs >= untilMs) break
    if (gap.fromMs > fromMs) parts.push({ fromMs, untilMs: gap.fromMs })
    fromMs = Math.max(fromMs, gap.untilMs)
  }
  if (fromMs < untilMs) parts.push({ fromMs, untilMs })
  return parts
}

/** Quarters of an hour that lie in some parts of time, at least in part, with the share that does; ascending. */
export function quartersIn(parts: readonly Span[]): { tMs: number; share: number }[] {
  const shares = new Map<number, number>()
  for (const { fromMs, untilMs } of parts)
    for (let tMs = Math.floor(fromMs / QUARTER) * QUARTER; tMs < untilMs; tMs += QUARTER) {
      const share = (Math.min(untilMs, tMs + QUARTER) - Math.max(fromMs, tMs)) / QUARTER
      shares.set(tMs, (shares.get(tMs) ?? 0) + share)
    }
  return [...shares].map(([tMs, share]) => ({ tMs, share }))
}

/** What was expected of some parts of time, in reporters; `null` where a quarter of an hour of them is unknown. */
export function sumExpected(expectations: readonly Expectation[], parts: readonly Span[]): number | null {
  const foreseen = new Map(expectations.map(({ tMs, expected }) => [tMs, expected]))
  let sum = 0
  for (const { tMs, share } of quartersIn(parts)) {
    const expected = foreseen.get(tMs)
    if (expected === undefined) return null
    sum += expected * share
  }
  return sum
}
