import { BAND } from './negative-binomial.ts'

/**
 * Nightly recalibration from what really happened. Rare alarms are too few to measure their own rate; peaks of middling evidence
 * are many, and beyond them the rate falls like exp(-h), so their rate tells what threshold keeps the promise.
 */
export interface PeakCounts {
  /** Time watched, in series-weeks. */
  weeks: number
  /** Peaks of evidence above each level outside known outages, levels ascending in nats. */
  above: readonly { nats: number; peaks: number }[]
}

/** Belief before the data: the peaks of this many weeks at the nominal rate. */
export const PRIOR_WEEKS = 50
/** Peaks above `nats` that a well-behaved series has in a week. */
const NOMINAL_AT_ZERO = 1500

export interface Calibration {
  /** Threshold, in nats, that keeps the wanted rate. */
  openAtNats: number
  /** False alarms a series and week that the threshold in force is estimated to give. */
  realisedPerWeek: number
  /** The same at the ends of its 95 % interval. */
  interval: { lower: number; upper: number }
}

/**
 * @param openAtNats the threshold in force
 * @param wantedPerWeek false alarms a series and week
 * @throws RangeError where nothing was watched
 */
export function recalibrate(counts: PeakCounts, openAtNats: number, wantedPerWeek: number): Calibration {
  if (!(counts.weeks > 0 && wantedPerWeek > 0))
    throw new RangeError('recalibration needs time watched and a wanted rate')
  const level = middlingLevel(counts)
  const nominal = NOMINAL_AT_ZERO * Math.exp(-level.nats)
  const shape = level.peaks + PRIOR_WEEKS * nominal
  const perPeak = Math.exp(level.nats - openAtNats) / (counts.weeks + PRIOR_WEEKS)
  const realisedPerWeek = shape * perPeak
  return {
    openAtNats: openAtNats + Math.log(realisedPerWeek / wantedPerWeek),
    realisedPerWeek,
    interval: { lower: gammaQuantile(-BAND, shape) * perPeak, upper: gammaQuantile(BAND, shape) * perPeak },
  }
}

/**
 * Quantile of the Gamma law of scale 1 by Wilson & Hilferty's cube (1931, PNAS 17:684): within a hundredth for shapes above 5.
 *
 * @param z standard normal quantile
 */
export function gammaQuantile(z: number, shape: number): number {
  return shape * Math.max(0, 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3
}

/** The highest level that still has enough peaks to be measured within a fifth or so; the lowest where none has. */
function middlingLevel({ above }: PeakCounts): { nats: number; peaks: number } {
  const measured = above.filter(({ peaks }) => peaks >= 25)
  const level = measured[measured.length - 1] ?? above[0]
  if (level === undefined) throw new RangeError('recalibration needs at least one level')
  return level
}
