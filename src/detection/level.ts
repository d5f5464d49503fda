import { DAY, HOUR } from '../time.ts'

/**
 * How far a series as a whole has moved since its season was learned, and where it is heading: a local linear trend on the
 * log rate with a damped slope (Harvey 1989, West & Harrison 1997), corrected once a slot by a Kalman filter. Its memory
 * follows from the counts: hours for busy series, weeks for thin ones.
 */
export interface Level {
  /** Log of the level; 0 is where the season was learned. */
  log: number
  /** Change of the log in a unit of time. */
  slope: number
  /** Variances of log and slope, and their covariance. */
  variance: number
  slopeVariance: number
  covariance: number
  /** How long the series has stayed far below what was foreseen: a holiday or a dead collector until proven otherwise. */
  lowMs: number
  /** Log of the level that the series may come back to after a fall: it follows a fall within days, a rise at once. */
  ordinary: number
}

/** Variance that the log level and its slope gain in a day, or in 48 buckets where those take longer. */
const VARIANCE_GAIN = 0.0016
const SLOPE_VARIANCE_GAIN = 0.0001
const BUCKETS_OF_A_UNIT = 48
/** A slope is forgotten to 1/e in this time: nothing grows for ever. */
const SLOPE_MEMORY_UNITS = 14
/** A fall is believed once it has lasted this long. */
const BELIEVE_FALL_AFTER = 36 * HOUR
const BELIEVE_FALL_AFTER_SLOTS = 6
/** In this time what was ordinary follows the level down to 1/e. */
const ORDINARY_MEMORY = 2 * DAY
const CLIP = 2.5
const FEW = 4

export function newLevel(): Level {
  return { log: 0, slope: 0, variance: 0.0001, slopeVariance: 0.0001, covariance: 0, lowMs: 0, ordinary: 0 }
}

/** The time in which a series' level moves by some 4 per cent: a day, or 48 buckets where those take longer. */
export function levelUnit(bucketMs: number): number {
  return Math.max(DAY, BUCKETS_OF_A_UNIT * bucketMs)
}

/** The trend over a time in which nothing was learned, in units. */
export function trendOn(level: Level, units: number): void {
  const kept = Math.exp(-units / SLOPE_MEMORY_UNITS)
  level.log += level.slope * units
  level.variance = Math.min(
    0.25,
    level.variance + 2 * units * level.covariance + units * units * level.slopeVariance + VARIANCE_GAIN * units,
  )
  level.covariance = (level.covariance + units * level.slopeVariance) * kept
  level.slopeVariance = Math.min(0.01, level.slopeVariance * kept * kept + SLOPE_VARIANCE_GAIN * units)
  level.slope *= kept
}

/** Lets what is ordinary follow the level. */
export function followOrdinary(level: Level, elapsedMs: number): void {
  const below = Math.max(0, level.ordinary - level.log)
  level.ordinary = level.log + below * Math.exp(-elapsedMs / ORDINARY_MEMORY)
}

/**
 * @param count of a slot
 * @param expected foreseen at the present level
 * @param wander relative variance of the rate within hours
 * @param wanderSlots slots that share one deviation of that kind
 */
export function correctLevel(
  level: Level,
  slotMs: number,
  count: number,
  expected: number,
  dispersion: number,
  wander: number,
  wanderSlots: number,
): void {
  if (!(expected > 0)) return
  const noise = dispersion / expected
  const sd = Math.sqrt(noise + wander)
  const residual = (count - expected) / expected
  const isLow = residual < -CLIP * sd && sd < 0.4
  level.lowMs = isLow ? level.lowMs + slotMs : Math.max(0, level.lowMs - slotMs)
  if (isLow && level.lowMs < Math.max(BELIEVE_FALL_AFTER, BELIEVE_FALL_AFTER_SLOTS * slotMs)) return
  // A few counts too many are ordinary where few are foreseen, and clipping them would hold the level low.
  const innovation = Math.min(Math.max(CLIP * sd, FEW / expected), Math.max(-CLIP * sd, residual))
  const total = level.variance + noise + 2 * wanderSlots * wander
  const gain = level.variance / total
  const slopeGain = level.covariance / total
  level.log += gain * innovation
  level.slope += slopeGain * innovation
  level.slopeVariance -= slopeGain * level.covariance
  level.covariance *= 1 - gain
  level.variance *= 1 - gain
}
