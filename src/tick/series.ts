import { zoneOfSeries } from '../count/series-zone.ts'
import { budgetShares, shareCost } from '../detection/budget.ts'
import { Detector, type SeriesOptions, type Verdict } from '../detection/detector.ts'
import { advanceErrorMix, type ErrorMix, type MixShift, newErrorMix } from '../detection/error-mix.ts'
import { FULL_WEIGHT } from '../detection/network-diversity.ts'
import { countryCodes, populationOf, subdivisionsOf } from '../region/region.ts'
import { type Scope, WORLD } from '../region/scope.ts'
import { ERROR_TYPES, type ErrorType } from '../report/error-type.ts'
import { MINUTE, SECOND } from '../time.ts'

export interface SeriesKey {
  serviceId: number
  scope: Scope
}

/** What a minute added to a series; `weight` in thousandths of a reporter. */
export interface MinuteCount {
  atMs: number
  weight: number
  /** People by error type, in the order of `ERROR_TYPES`; of worldwide series alone. */
  types?: readonly number[] | null
}

/** How the mix of error types of a worldwide series stands. */
export interface SeriesMix {
  mix: ErrorMix
  /** Last minute that it took in. */
  atMs: number
  /** People by error type, in the order of `ERROR_TYPES`, forgotten within a quarter of an hour or so. */
  recent: number[]
  /** The share that rose most, if one did and still does. */
  shift: MixShift | null
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
  /** `null` for regions. */
  mix: SeriesMix | null
  /** Thousandths of a reporter that have not yet made a whole one; below 1000. */
  carry: number
  /** Every minute before it was taken in. */
  advancedMs: number
  /** Start of the last quarter whose expectation was told. */
  quarterMs: number
}

export const QUARTER = 15 * MINUTE

/** A minute is final this long after its end: statements that count end within eight seconds or fail. */
export const FINAL_AFTER_MS = 10 * SECOND

/** Shares of the alarm budget among all scopes that a service can have, by the countries it is for. */
const budgets = new Map<string, ReadonlyMap<Scope, number>>()

/**
 * Part of its service's alarm budget that a series has. The scopes that share it are those that could have reports, not those
 * that had some so far: a state rebuilt later must meet the same threshold.
 *
 * @param countries that the service is for; none means all
 */
export function shareOf(scope: Scope, countries: readonly string[]): number {
  if (scope === WORLD) return 1
  const isForeign = countries.length > 0 && !countries.includes(scope.slice(0, 2))
  const sharers = isForeign || countries.length === 0 ? countryCodes() : countries
  const name = sharers.length > 40 ? 'all' : sharers.join()
  let budget = budgets.get(name)
  if (budget === undefined) {
    budget = budgetShares(
      sharers.flatMap((country) => [country, ...subdivisionsOf(country)]),
      populationOf,
    )
    budgets.set(name, budget)
  }
  return budget.get(scope) ?? LEAST_SHARE
}

/** Of a scope that is on no list. */
const LEAST_SHARE = 1e-4

export function seriesOptions(
  scope: Scope,
  countries: readonly string[],
  prior: SeriesOptions['prior'] = null,
): SeriesOptions {
  return { bucketMs: MINUTE, timeZone: zoneOfSeries(scope, countries), share: shareOf(scope, countries), prior }
}

export function beginSeries(key: SeriesKey, options: SeriesOptions, begunMs: number): LiveSeries {
  return {
    key,
    options,
    detector: new Detector(options),
    mix: key.scope === WORLD ? newMix(begunMs) : null,
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
  for (const { atMs, weight, types } of minutes) {
    if (atMs < series.advancedMs) continue
    if (series.mix !== null && types) {
      if (series.detector.peek().level === 'open') restartMix(series.mix, atMs)
      else advanceMix(series.mix, types, atMs)
    }
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

function newMix(begunMs: number): SeriesMix {
  return { mix: newErrorMix(), atMs: begunMs, recent: ERROR_TYPES.map(() => 0), shift: null }
}

/** Reports from which the usual mix is known well enough to be departed from. */
const MIX_KNOWN_FROM = 60
/** A share must rise by this much to be worth telling: where nearly all say the same, every further one is evidence. */
export const LEAST_SHIFT = 0.2

function advanceMix(series: SeriesMix, types: readonly number[], atMs: number): void {
  const counts = Object.fromEntries(ERROR_TYPES.map((type, n) => [type, types[n] ?? 0]))
  const elapsedMs = Math.max(0, atMs - series.atMs)
  const shifts = advanceErrorMix(series.mix, ERROR_TYPES, counts, atMs, elapsedMs)
  const kept = Math.exp(-elapsedMs / QUARTER)
  series.recent = ERROR_TYPES.map((_, n) => series.recent[n]! * kept + (types[n] ?? 0))
  series.atMs = atMs
  series.shift = shifts.find((shift) => isTelling(series, shift)) ?? null
}

/**
 * While the volume tells the story, how people say it fails is no news beside it and no usual mix. Kept, it would be told as a
 * failure of its own once the volume has fallen, and hold the incident open.
 */
function restartMix(series: SeriesMix, atMs: number): void {
  series.mix.charts = {}
  series.recent = ERROR_TYPES.map(() => 0)
  series.atMs = atMs
  series.shift = null
}

/** Whether a share rose by much, and is still nearer to where it rose than to where it was. */
function isTelling({ mix, recent }: SeriesMix, { errorType, usualShare, share }: MixShift): boolean {
  const remembered = Object.values(mix.usual).reduce((sum, reports) => sum + reports, 0)
  const all = recent.reduce((sum, reports) => sum + reports, 0)
  const recentShare = recent[ERROR_TYPES.indexOf(errorType as ErrorType)]! / all
  return remembered >= MIX_KNOWN_FROM && share - usualShare >= LEAST_SHIFT && recentShare >= (share + usualShare) / 2
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

/** What a bucket with few reports says at most, and the evidence below which no series is suspected; in nats, with some room. */
const FEW_REPORTS = 16
const MOST_OF_FEW = 7
const SUSPECT_FROM = 8

/** Whether a few minutes could raise an alarm: asking costs less than looking ahead. */
function canAlarm({ options, detector }: LiveSeries, minutes: readonly MinuteCount[]): boolean {
  const { evidenceNats, expected } = detector.peek()
  const isMany = minutes.some(({ weight }) => weight / FULL_WEIGHT > FEW_REPORTS + expected)
  return isMany || evidenceNats + MOST_OF_FEW * minutes.length >= SUSPECT_FROM + shareCost(options.share ?? 1)
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
  if (!counts.some(({ weight }) => weight / FULL_WEIGHT > known.upper) || !canAlarm(series, counts)) return known
  const ahead = Detector.deserialise(series.detector.serialise(), series.options)
  if (ahead === null) return known
  let { carry } = series
  let best: Verdict = known
  for (const { atMs, weight } of counts) {
    const total = carry + weight
    carry = total % FULL_WEIGHT
    if (ahead.peek().nextMs !== null) listenQuietly(ahead, series.advancedMs, atMs)
    const verdict = ahead.advance(atMs, Math.floor(total / FULL_WEIGHT))
    // A minute that has only begun says nothing against the one before it.
    if (verdict.evidenceNats > best.evidenceNats) best = verdict
  }
  return best
}
