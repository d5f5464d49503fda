import { HOUR, MINUTE, WEEK } from '../time.ts'

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
  /** Peaks too many so far: the more, the finer the steps. */
  learned: number
  /** Highest evidence of the present run of peaks, in nats, and how long it has been near nothing since. */
  peak: number
  calmMs: number
  /** High peaks still tolerated; they gather while none come. */
  tolerated: number
}

const HIGH = 7
/** A peak is over when evidence has fallen to this. */
const OVER = 1
/** Peaks of minutes that follow one another within this are one event: an outage that comes back, an alarm that closed early. */
const RUN_MS = 2 * HOUR
const LOWEST_POWER = 0.01
/** Tolerated of a series whose likelihoods hold, and how few of one whose never do: beyond 7 nats its tail is heavy too. */
const TOLERATED_A_WEEK = 1.8
const TOLERATED_LEAST = 0.4
const MOST_TOLERATED = 4
/** Peaks too many are paid back before the power recovers. */
const DEEPEST_DEBT = -3
/** Buckets wider than some 20 minutes are fewer a week, and so are their peaks. */
const BUCKETS_A_WEEK = 500
/** Change of the power's logarithm for a peak too many. */
const STEP = 0.15
const LEAST_STEP = 0.03
/**
 * In minutes a high peak is an outage more often than not, however high. From buckets of five minutes on it mostly is one that
 * no negative binomial would have, and the higher it is the more it says: steps grow with the logarithm of its height.
 */
const STEP_BY_HEIGHT = 2.3
const WIDE_MS = 5 * MINUTE

export function newTempering(): Tempering {
  return { power: 1, learned: 0, peak: 0, calmMs: 0, tolerated: MOST_TOLERATED }
}

/** Lets the power recover over a time in which no high peak ended. */
export function recover(tempering: Tempering, elapsedMs: number, bucketMs: number): void {
  const tolerance = TOLERATED_LEAST + (TOLERATED_A_WEEK - TOLERATED_LEAST) * Math.min(1, 1.25 * tempering.power)
  const earned = (tolerance * elapsedMs) / Math.max(WEEK, BUCKETS_A_WEEK * bucketMs)
  tempering.tolerated += earned
  if (tempering.tolerated <= MOST_TOLERATED) return
  tempering.tolerated = MOST_TOLERATED
  tempering.power = Math.min(1, tempering.power * Math.exp(stepOf(tempering) * earned))
}

/** Once the season is known, peaks that came of not knowing it count for less. */
export function forgetColdStart(tempering: Tempering): void {
  tempering.tolerated = MOST_TOLERATED
}

/**
 * Nats that an alarm must show beyond its threshold: even tempered, the far tail of such a series is heavier than it claims. Wide
 * buckets have their own past to tell.
 */
export function extraDoubt({ power }: Tempering, bucketMs: number): number {
  return -2 * Math.log(power) * (1 - tailWeight(bucketMs))
}

function stepOf({ learned }: Tempering): number {
  return Math.max(LEAST_STEP, STEP / (1 + learned / 20))
}

/** Follows the evidence, bucket by bucket; learns when a peak, or a run of them, is over. */
export function followPeak(tempering: Tempering, evidence: number, bucketMs: number): void {
  if (evidence > OVER) {
    tempering.peak = Math.max(tempering.peak, evidence)
    tempering.calmMs = 0
    return
  }
  if (tempering.peak === 0) return
  const width = tailWeight(bucketMs)
  tempering.calmMs += bucketMs
  if (tempering.peak > HIGH) {
    if (tempering.calmMs < RUN_MS * (1 - width)) return
    endHighPeak(tempering, width)
  }
  tempering.peak = 0
}

/** How much of a bucket's tail is its own, whatever its likelihoods say: from 0 for minutes to 1 for five minutes and more. */
export function tailWeight(bucketMs: number): number {
  return Math.min(1, Math.max(0, Math.log(bucketMs / MINUTE) / Math.log(WIDE_MS / MINUTE)))
}

function endHighPeak(tempering: Tempering, width: number): void {
  tempering.tolerated = Math.max(DEEPEST_DEBT, tempering.tolerated - 1)
  if (tempering.tolerated >= 0) return
  const height = 1 + STEP_BY_HEIGHT * width * Math.log(tempering.peak / HIGH)
  tempering.power = Math.max(LOWEST_POWER, tempering.power * Math.exp(-stepOf(tempering) * height))
  tempering.learned++
}
