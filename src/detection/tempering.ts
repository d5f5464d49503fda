import { WEEK } from '../time.ts'

/**
 * How literally a series' likelihoods may be taken. Where counts have heavier tails than any negative binomial (mentions that
 * spread, clients that retry), evidence grows too fast; raising the likelihood to a power below 1 (generalised Bayes: Grünwald
 * 2012; Holmes & Walker 2017) makes chance as rare as it claims to be. The power is learned from the series' own peaks of
 * evidence, so that those above 7 nats come about as often as tolerated (stochastic approximation, Robbins & Monro 1951); the
 * few of a well-behaved series and its real outages stay within that.
 */
export interface Tempering {
  /** The power, in (0, 1]. */
  power: number
  /** Highest evidence since it was last near nothing, in nats. */
  peak: number
  /** High peaks still tolerated; they gather while none come. */
  tolerated: number
}

const HIGH = 7
/** A peak is over when evidence has fallen to this. */
const OVER = 1
const LOWEST_POWER = 0.02
const TOLERATED_A_WEEK = 2.5
const MOST_TOLERATED = 4
/** Peaks too many are paid back before the power recovers. */
const DEEPEST_DEBT = -3
/** Buckets wider than some 20 minutes are fewer a week, and so are their peaks. */
const BUCKETS_A_WEEK = 500
/** Change of the power's logarithm for a peak too many. */
const STEP = 0.15

export function newTempering(): Tempering {
  return { power: 1, peak: 0, tolerated: MOST_TOLERATED }
}

/** Lets the power recover over a time in which no high peak ended. */
export function recover(tempering: Tempering, elapsedMs: number, bucketMs: number): void {
  const earned = (TOLERATED_A_WEEK * elapsedMs) / Math.max(WEEK, BUCKETS_A_WEEK * bucketMs)
  tempering.tolerated += earned
  if (tempering.tolerated <= MOST_TOLERATED) return
  tempering.tolerated = MOST_TOLERATED
  tempering.power = Math.min(1, tempering.power * Math.exp(STEP * earned))
}

/** Once the season is known, peaks that came of not knowing it count for less. */
export function forgetColdStart(tempering: Tempering): void {
  tempering.tolerated = MOST_TOLERATED
}

/** Follows the evidence, bucket by bucket; learns when a peak is over. */
export function followPeak(tempering: Tempering, evidence: number): void {
  if (evidence > tempering.peak) tempering.peak = evidence
  else if (evidence <= OVER) {
    if (tempering.peak > HIGH) endHighPeak(tempering)
    tempering.peak = 0
  }
}

function endHighPeak(tempering: Tempering): void {
  tempering.tolerated = Math.max(DEEPEST_DEBT, tempering.tolerated - 1)
  if (tempering.tolerated < 0) tempering.power = Math.max(LOWEST_POWER, tempering.power * Math.exp(-STEP))
}
