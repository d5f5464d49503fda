import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'

/** One bin of a trend. */
export interface TrendPoint {
  /** Start of the bin, milliseconds since the epoch. */
  at: number
  /** Distinct reporters; `null` where nobody was listening (a gap, not a zero), or where it is hidden. */
  count: number | null
  /** A regional count too small to be shown. */
  isHidden: boolean
  /** What the baseline foresees for the bin, with its interval; `null` before there is a baseline. */
  expected: number | null
  lower: number | null
  upper: number | null
  /** "It works for me" votes. */
  ok: number
  /** Reports sent later than they were seen; not part of `count`. */
  late: number
}

/** Counts of a series against time; bins ascend and have one width. */
export interface Trend {
  from: number
  /** End of the axis. */
  until: number
  /** Moment of the numbers; the bin that holds it is unfinished. */
  asOf: number
  stepMs: number
  points: TrendPoint[]
}

export function isUnfinished(
  { asOf, stepMs }: Pick<Trend, 'asOf' | 'stepMs'>,
  { at }: Pick<TrendPoint, 'at'>,
): boolean {
  return at + stepMs > asOf
}

export function isAbove({ count, upper }: Pick<TrendPoint, 'count' | 'upper'>): boolean {
  return count !== null && upper !== null && count > upper
}

/** Fewer reports than this in a bin are no peak, however little was expected. */
const SMALLEST_PEAK = 6

/**
 * Above the band by as much again as the band lies above the mean. Of some hundred bins a few are above their band by
 * chance; to call one of them a peak would cry wolf.
 */
function isFarAbove({ count, expected, upper }: TrendPoint): boolean {
  return count !== null && expected !== null && upper !== null && count >= SMALLEST_PEAK && count > 2 * upper - expected
}

/** The bin with the most reports among those far above their expected band; `null` where all is as usual. */
export function peakOf(trend: Trend): (TrendPoint & { count: number }) | null {
  let peak: (TrendPoint & { count: number }) | null = null
  for (const point of trend.points)
    if (isFarAbove(point) && (peak === null || point.count! > peak.count)) peak = { ...point, count: point.count! }
  return peak
}

export function totalOf(points: readonly TrendPoint[]): number {
  return points.reduce((sum, { count }) => sum + (count ?? 0), 0)
}

/** The trend in one sentence, for those who do not see the drawing. */
export function describeTrend(trend: Trend, locale: Locale): string {
  const words = locale.strings.chart
  const peak = peakOf(trend)
  const slots = { from: locale.dateTime(trend.from), until: locale.dateTime(trend.asOf), zone: locale.zoneName }
  const total = locale.plural(words.total, totalOf(trend.points), slots)
  if (peak === null) return `${total} ${words.neverAbove}`
  const expected = peak.expected === null ? null : locale.multiple(peak.expected)
  return `${total} ${fill(expected === null ? words.peakSentence : words.peakAgainst, {
    count: locale.number(peak.count),
    expected: expected ?? '',
    time: locale.dateTime(peak.at),
  })}`
}
