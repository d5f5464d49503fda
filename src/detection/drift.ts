/**
 * What wanders about the season's shape: an Ornstein-Uhlenbeck process on the logarithm of the rate, followed by a Kalman
 * filter (Harvey 1989) whose measurement is a count. With `information = mean / dispersion`, the count's Fisher information
 * on the log rate, the gain never divides by a mean, so empty and busy series take the same path.
 */
export interface Drift {
  /** Estimated log rate over the baseline. */
  mean: number
  /** Its variance. */
  variance: number
}

/** Moves the drift over a time in which nothing was seen. @param stationary variance it tends to */
export function relax(drift: Drift, elapsedMs: number, memoryMs: number, stationary: number): void {
  const kept = Math.exp(-elapsedMs / memoryMs)
  drift.mean *= kept
  drift.variance = stationary + (drift.variance - stationary) * kept * kept
}

/**
 * One count's word on a log rate. The innovation is clipped, so that no single block moves the estimate far.
 *
 * @param mean the estimate before
 * @param variance its variance
 * @param count what was seen
 * @param expected what the estimate foresaw for it, above 0
 */
export function correct(mean: number, variance: number, count: number, expected: number, dispersion: number): number {
  const information = expected / dispersion
  const reach = CLIP * Math.sqrt(information + information * information * variance) + 3 / dispersion
  const innovation = Math.min(reach, Math.max(-reach, (count - expected) / dispersion))
  return mean + (variance * innovation) / (1 + variance * information)
}

/** Variance of a log rate after a count of which `expected` were foreseen. */
export function varianceAfter(variance: number, expected: number, dispersion: number): number {
  return variance / (1 + (variance * expected) / dispersion)
}

/** Innovations count up to this many standard deviations. */
const CLIP = 3
