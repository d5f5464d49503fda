import type { VerdictLevel } from './verdict.ts'

/** Evidence at which the alarm of a series with the whole budget opens, in nats. */
export const OPEN_AT = 12
const SUSPECT_BELOW_OPEN = 3
/** Nats from which a rise is suspected. */
export const SUSPECT_AT = OPEN_AT - SUSPECT_BELOW_OPEN
/** A suspicion is dropped only when evidence is this far below where it began: it does not flicker. */
const SUSPICION_KEPT = 2
/** An alarm closes when its chart has given back this much. */
const GIVE_BACK = 6

/** What an alarm keeps from bucket to bucket. */
export interface AlarmMemory {
  /** Highest evidence of the present alarm, in nats. */
  peakEvidence: number
  /** When it opened. */
  openedMs: number
}

/**
 * The level after a bucket: opens at a threshold, closes when the evidence has given back 6 nats of its peak, or all of it.
 *
 * @param level after the bucket before
 * @param memory takes up when the alarm opened and its peak
 * @param evidence of the leading chart, in nats
 * @param openAt evidence that opens an alarm of this series
 * @param atMs begin of the bucket
 */
export function nextLevel(
  level: VerdictLevel,
  memory: AlarmMemory,
  evidence: number,
  openAt: number,
  atMs: number,
): VerdictLevel {
  if (level === 'open') {
    memory.peakEvidence = Math.max(memory.peakEvidence, evidence)
    return evidence <= Math.max(0, memory.peakEvidence - GIVE_BACK) ? 'quiet' : 'open'
  }
  if (evidence >= openAt) {
    memory.openedMs = atMs
    memory.peakEvidence = evidence
    return 'open'
  }
  const suspectAt = openAt - SUSPECT_BELOW_OPEN
  if (evidence >= suspectAt) return 'suspected'
  return evidence < suspectAt - SUSPICION_KEPT ? 'quiet' : level
}
