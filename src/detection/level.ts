import { DAY, HOUR } from '../time.ts'

/**
 * How far a series as a whole has moved since its season was learned: a random walk on the log rate, corrected once a slot
 * (the local-level model of West & Harrison 1997). Its memory follows from the counts: hours for busy series, weeks for thin.
 */
export interface Level {
  /** Log of the level; 0 is where the season was learned. */
  log: number
  variance: number
  /** How long the series has stayed far below what was foreseen: a holiday or a dead collector until proven otherwise. */
  lowMs: number
}

/** Variance that the log level gains in a day: some 4 per cent. */
const DAILY_VARIANCE = 0.0016
/** A fall is believed once it has lasted this long. */
const BELIEVE_FALL_AFTER = 36 * HOUR
const CLIP = 2.5

export function newLevel(): Level {
  return { log: 0, variance: 0.0001, lowMs: 0 }
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
  level.variance = Math.min(0.25, level.variance + (DAILY_VARIANCE * slotMs) / DAY)
  if (!(expected > 0)) return
  const noise = dispersion / expected
  const sd = Math.sqrt(noise + wander)
  const residual = (count - expected) / expected
  const isLow = residual < -CLIP * sd && sd < 0.4
  level.lowMs = isLow ? level.lowMs + slotMs : Math.max(0, level.lowMs - slotMs)
  if (isLow && level.lowMs < BELIEVE_FALL_AFTER) return
  const innovation = Math.min(CLIP * sd, Math.max(-CLIP * sd, residual))
  const gain = level.variance / (level.variance + noise + 2 * wanderSlots * wander)
  level.log += gain * innovation
  level.variance *= 1 - gain
}
