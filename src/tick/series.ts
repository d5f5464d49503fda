import { zoneOfSeries } from '../count/series-zone.ts'
import { Detector, type SeriesOptions, type Verdict } from '../detection/detector.ts'
import { FULL_WEIGHT } from '../detection/network-diversity.ts'
import { levelOf, type Scope, type ScopeLevel } from '../region/scope.ts'
import { MINUTE } from '../time.ts'

export interface SeriesKey {
  serviceId: number
  scope: Scope
}

/** What a minute added to a series; `weight` in thousandths of a reporter. */
export interface MinuteCount {
  atMs: number
  weight: number
}

/** Half open, in milliseconds. */
export interface Span {
  fromMs: number
  untilMs: number
}

/** A quarter of an hour as it was foreseen before its first minute with news was taken in. */
export interface QuarterExpectation {
  atMs: number
  expected: number
  lower: number
  upper: number
}

/** A detector with what it needs to go on from where it stands. */
export interface LiveSeries {
  key: SeriesKey
  options: SeriesOptions
  detector: Detector
  /** Thousandths of a reporter that have not yet made a whole one; below 1000. */
  carry: number
  /** Every minute before it was taken in. */
  advancedMs: number
  /** Start of the last quarter whose expectation was told. */
  quarterMs: number
}

export const QUARTER = 15 * MINUTE

/**
 * Part of the alarm budget of one series. The worldwide series has a false alarm of its own; the regional ones of a service
 * share another, half of it among countries (some 25 have reports) and half among subdivisions (some 250).
 */
const SHARE: Record<ScopeLevel, number> = { world: 1, country: 0.5 / 25, subdivision: 0.5 / 250 }

export const shareOf = (scope: Scope): number => SHARE[levelOf(scope)]

export function seriesOptions(
  scope: Scope,
  countries: readonly string[],
  prior: SeriesOptions['prior'] = null,
): SeriesOptions {
  return { bucketMs: MINUTE, timeZone: zoneOfSeries(scope, countries), share: shareOf(scope), prior }
}

export function beginSeries(key: SeriesKey, options: SeriesOptions, begunMs: number): LiveSeries {
  return {
    key,
    options,
    detector: new Detector(options),
    carry: 0,
    advancedMs: begunMs,
    quarterMs: Number.NEGATIVE_INFINITY,
  }
}

/**
 * Takes in finished minutes: those with news, the quiet ones between them, and none of a gap. It does not matter in how
 * many calls: the detector sees the same minutes in the same order, so a state rebuilt from counts is the live one.
 *
 * @param minutes ascending, from `series.advancedMs` on and before `untilMs`
 * @param gaps ascending, whole minutes
 * @returns expectations of the quarters that had news
 */
export function advanceSeries(
  series: LiveSeries,
  minutes: readonly MinuteCount[],
  gaps: readonly Span[],
  untilMs: number,
): QuarterExpectation[] {
  const told: QuarterExpectation[] = []
  for (const { atMs, weight } of minutes) {
    if (atMs < series.advancedMs) continue
    passQuiet(series, gaps, atMs)
    const quarterMs = Math.floor(atMs / QUARTER) * QUARTER
    if (quarterMs > series.quarterMs) {
      series.quarterMs = quarterMs
      if (series.detector.peek().nextMs !== null)
        told.push({ atMs: quarterMs, ...series.detector.forecast(quarterMs, quarterMs + QUARTER) })
    }
    const total = series.carry + weight
    series.carry = total % FULL_WEIGHT
    series.detector.advance(atMs, Math.floor(total / FULL_WEIGHT))
    series.advancedMs = atMs + MINUTE
  }
  passQuiet(series, gaps, untilMs)
  return told
}

/** Minutes up to `untilMs` in which somebody listened and nobody reported. */
function passQuiet(series: LiveSeries, gaps: readonly Span[], untilMs: number): void {
  const { detector } = series
  let atMs = series.advancedMs
  series.advancedMs = Math.max(atMs, untilMs)
  if (detector.peek().nextMs === null) return
  for (const gap of gaps) {
    if (gap.untilMs <= atMs) continue
    if (gap.fromMs >= untilMs) break
    listenQuietly(detector, atMs, gap.fromMs)
    atMs = gap.untilMs
  }
  listenQuietly(detector, atMs, untilMs)
}

function listenQuietly(detector: Detector, fromMs: number, untilMs: number): void {
  if (fromMs >= untilMs) return
  // The first minute after a gap tells the detector that there was one; a quiet run alone would fill it with zeros.
  detector.advance(fromMs, 0)
  detector.advanceQuiet(untilMs)
}

/**
 * The verdict with the minutes that are still under way. What a minute holds so far is at most what it will hold, and
 * evidence grows with the count: an alarm on it is one that the finished minute would have raised. The series stays as it is.
 *
 * @param minutes ascending, not yet final
 */
export function peekAhead(series: LiveSeries, minutes: readonly MinuteCount[]): Verdict {
  const known = series.detector.peek()
  if (known.level === 'open') return known
  const counts = minutes.filter(({ atMs }) => atMs >= series.advancedMs)
  if (!counts.some(({ weight }) => weight / FULL_WEIGHT > known.upper)) return known
  const ahead = Detector.deserialise(series.detector.serialise(), series.options)
  if (ahead === null) return known
  let { carry } = series
  let verdict: Verdict = known
  for (const { atMs, weight } of counts) {
    const total = carry + weight
    carry = total % FULL_WEIGHT
    if (ahead.peek().nextMs !== null) listenQuietly(ahead, series.advancedMs, atMs)
    verdict = ahead.advance(atMs, Math.floor(total / FULL_WEIGHT))
  }
  return verdict.evidenceNats > known.evidenceNats ? verdict : known
}
