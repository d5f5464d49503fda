/** What a baseline keeps from bucket to bucket beside level, wander and history: plain numbers, so that they are written as such. */
export interface Scalars {
  /** Begin of the first bucket, and of the next one; `NaN` before any. */
  firstMs: number
  nextMs: number
  /** Gamma prior on the rate of all slots together. */
  rootRate: number
  rootShape: number
  /** The present slot of the season; -1 before any. */
  slot: number
  slotStartMs: number
  slotEndMs: number
  /** Counts, buckets and foreseen counts of the slot so far, silence left out. */
  slotCount: number
  slotBuckets: number
  slotExpected: number
  /** Relative residual of the slot before; `NaN` where there was none to learn from. */
  lastResidual: number
  /** Foreseen reports that did not come since the last one, and for how long. */
  silence: number
  silenceMs: number
  /** Rate of the season an hour beside the present slot, where a clock change is looked for. */
  hourBeside: number
}

export function newScalars(): Scalars {
  return {
    firstMs: Number.NaN,
    nextMs: Number.NaN,
    rootRate: 0,
    rootShape: 0,
    slot: -1,
    slotStartMs: 0,
    slotEndMs: 0,
    slotCount: 0,
    slotBuckets: 0,
    slotExpected: 0,
    lastResidual: Number.NaN,
    silence: 0,
    silenceMs: 0,
    hourBeside: 0,
  }
}
