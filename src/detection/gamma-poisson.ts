/** A rate that is foreseen, and how well it is known. */
export interface SlotRate {
  /** Counts per bucket at level 1. */
  rate: number
  /** Shape of its Gamma posterior: one over its relative variance. */
  shape: number
}

/** A factor of which nothing is known but that it is near 1; the step to the finer rate sets how near. */
export const ONE: SlotRate = { rate: 1, shape: Number.POSITIVE_INFINITY }

/** Squared standard deviations that a prior allows for. */
const SURPRISE = 4
/** So few counts do not contradict where none is foreseen: one person's second report says nothing of the hours around it. */
const FEW = 2
const NONE = 1

/**
 * Gamma-Poisson update of a rate whose prior is another rate's posterior, loosened by the step between them. Where the counts
 * contradict the prior by more than it allows for (a weekly event, a day unlike the others), it is loosened until they do not.
 *
 * @param step shape of the prior by which the finer rate departs from the coarser one
 * @param dispersion variance over mean of the counts
 */
export function posterior(
  prior: SlotRate,
  step: number,
  count: number,
  exposure: number,
  dispersion: number,
): SlotRate {
  let shape = 1 / (1 / step + 1 / prior.shape)
  const foreseen = prior.rate * exposure
  const apart = foreseen < NONE ? Math.max(0, count - foreseen - FEW) : count - foreseen
  const surplus = apart * apart - SURPRISE * dispersion * foreseen
  if (surplus * shape > SURPRISE * foreseen * foreseen) shape = (SURPRISE * foreseen * foreseen) / surplus
  const after = shape + Math.max(0, count) / dispersion
  return { rate: after / (shape / prior.rate + Math.max(0, exposure) / dispersion), shape: after }
}
