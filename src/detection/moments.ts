/**
 * Two properties a series teaches about itself, each a shrunken moment estimate: how much wider than Poisson its counts are,
 * and how far its rate wanders about the baseline within hours.
 */
export interface Moments {
  dispersionSum: number
  dispersionWeight: number
  wanderSum: number
  wanderWeight: number
}

/** Belief before any count, and its worth in reports. */
const PRIOR_DISPERSION = 1.4
const PRIOR_DISPERSION_WEIGHT = 150
/** No more weight than this is kept, so that a series may change. */
const MAX_DISPERSION_WEIGHT = 6000

/** Relative variance of the rate over hours: 5 per cent, with the weight of a few days of a busy series. */
const PRIOR_WANDER = 0.005
const PRIOR_WANDER_WEIGHT = 80_000
/** The last thousand slots or so are remembered. */
const WANDER_KEPT = 1 - 1 / 1000

export function newMoments(): Moments {
  return { dispersionSum: 0, dispersionWeight: 0, wanderSum: 0, wanderWeight: 0 }
}

/** Variance over mean of the counts; at least 1. */
export function dispersionOf({ dispersionSum, dispersionWeight }: Moments): number {
  const estimate =
    (PRIOR_DISPERSION * PRIOR_DISPERSION_WEIGHT + dispersionSum) / (PRIOR_DISPERSION_WEIGHT + dispersionWeight)
  return Math.max(1.01, estimate)
}

/**
 * Learns the dispersion from the buckets of a block that shared one mean (Pearson's statistic, McCullagh & Nelder 1989).
 *
 * @param squares sum of squared deviations, counts winsorised
 * @param count sum of the counts
 * @param foreseen mean of a bucket by which busy blocks weigh less: what was seen would favour blocks that happened to be low
 */
export function learnDispersion(moments: Moments, squares: number, count: number, foreseen: number): void {
  const scale = Math.max(1, foreseen)
  moments.dispersionSum += squares / scale
  moments.dispersionWeight += count / scale
  if (moments.dispersionWeight > MAX_DISPERSION_WEIGHT) {
    const kept = MAX_DISPERSION_WEIGHT / moments.dispersionWeight
    moments.dispersionSum *= kept
    moments.dispersionWeight *= kept
  }
}

/** Variance of the log rate about the baseline. */
export function wanderOf({ wanderSum, wanderWeight }: Moments): number {
  const estimate = (PRIOR_WANDER * PRIOR_WANDER_WEIGHT + wanderSum) / (PRIOR_WANDER_WEIGHT + wanderWeight)
  return Math.max(0.0004, estimate)
}

/**
 * Learns the wander from two slots in succession: counting noise is independent between them, so the product of their
 * relative residuals estimates the wander alone. Each pair weighs by its own precision.
 *
 * @param residual (count - mean) / mean of a slot
 * @param previous the same of the slot before
 * @param noise relative variance that counting adds to each
 */
export function learnWander(moments: Moments, residual: number, previous: number, noise: number): void {
  const spread = wanderOf(moments) + noise
  const reach = 3 * Math.sqrt(spread)
  const clip = (value: number) => Math.min(reach, Math.max(-reach, value))
  const weight = 1 / (spread * spread)
  moments.wanderSum = WANDER_KEPT * moments.wanderSum + weight * clip(residual) * clip(previous)
  moments.wanderWeight = WANDER_KEPT * moments.wanderWeight + weight
}
