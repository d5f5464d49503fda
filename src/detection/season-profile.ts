import { HOUR, MINUTE } from '../time.ts'
import type { SlotHistory } from './slot-history.ts'

/**
 * How firmly each step of the chain believes the step before it: the shape of its Gamma prior, one over the relative
 * variance by which the finer rate usually departs from the coarser one.
 */
const STEP_SHAPE = { partOfDay: 4, timeOfDay: 60, day: 20, hours: 60, beside: 120, slot: 300 } as const

/** Half width of what counts as one part of the day, and as the hours around a slot. */
const PART_OF_DAY_MS = 90 * MINUTE
const HOURS_MS = HOUR

/** The rate that the season's shape foresees, and how well it is known. */
export interface SlotRate {
  /** Counts per bucket at level 1. */
  rate: number
  /** Shape of its Gamma posterior: one over its relative variance. */
  shape: number
}

/**
 * The rate of a slot of the season, from a chain of Gamma-Poisson posteriors, each the prior of the next and each from counts
 * that the others have not used: all slots, the part of the day on any day, the time of day, the day, the hours around, the
 * neighbour slots, the slot itself. Thin series so borrow from wherever they have counts.
 *
 * @param dispersion variance over mean of the counts, by which they weigh less than Poisson's
 * @param prior on the rate of all slots together, from outside
 */
export function readSlot(history: SlotHistory, slot: number, dispersion: number, prior: SlotRate): SlotRate {
  const { slots, slotsPerDay, slotMs } = history.clock
  let rate = posterior(prior, Number.POSITIVE_INFINITY, history.totalCount, history.totalExposure, dispersion)
  if (slots === 1) return rate
  if (slotsPerDay > 0) rate = readDays(history, rate, slot, dispersion)

  const widest = (slots - 1) >> 1
  const far = Math.min(widest, slotsPerDay > 0 ? Math.round(HOURS_MS / slotMs) : 4)
  const near = Math.min(widest, 1)
  const [nearCount, nearExposure] = around(history, slot, 1, near)
  const [farCount, farExposure] = around(history, slot, near + 1, far)
  rate = posterior(rate, STEP_SHAPE.hours, farCount, farExposure, dispersion)
  rate = posterior(rate, STEP_SHAPE.beside, nearCount, nearExposure, dispersion)
  return posterior(rate, STEP_SHAPE.slot, history.slotCounts[slot]!, history.slotExposures[slot]!, dispersion)
}

/** What other days say of this time, and this day's other times of this day. */
function readDays(history: SlotHistory, all: SlotRate, slot: number, dispersion: number): SlotRate {
  const { slotsPerDay, slotMs } = history.clock
  const time = slot % slotsPerDay
  const day = (slot - time) / slotsPerDay
  const wide = Math.max(1, Math.round(PART_OF_DAY_MS / slotMs))
  let [partCount, partExposure, timeCount, timeExposure, ownCount, ownExposure] = [0, 0, 0, 0, 0, 0]
  for (let step = -wide; step <= wide; step++) {
    const other = (time + step + slotsPerDay) % slotsPerDay
    const own = day * slotsPerDay + other
    ownCount += history.slotCounts[own]!
    ownExposure += history.slotExposures[own]!
    const count = history.timeCounts[other]! - history.slotCounts[own]!
    const exposure = history.timeExposures[other]! - history.slotExposures[own]!
    if (step >= -1 && step <= 1) {
      timeCount += count
      timeExposure += exposure
    } else {
      partCount += count
      partExposure += exposure
    }
  }
  const part = posterior(all, STEP_SHAPE.partOfDay, partCount, partExposure, dispersion)
  const timed = posterior(part, STEP_SHAPE.timeOfDay, timeCount, timeExposure, dispersion)
  // The day's factor is a rate per count that all days together foresee.
  const foreseen = Math.max(0, history.dayExposures[day]! - ownExposure) * all.rate
  const factor = posterior(ONE, STEP_SHAPE.day, history.dayCounts[day]! - ownCount, foreseen, dispersion)
  return { rate: timed.rate * factor.rate, shape: 1 / (1 / timed.shape + 1 / factor.shape) }
}

/** Counts and exposure of the slots from `from` to `to` steps away on either side. */
function around(history: SlotHistory, slot: number, from: number, to: number): [number, number] {
  const { slots } = history.clock
  let [count, exposure] = [0, 0]
  for (let step = from; step <= to; step++) {
    const before = (slot - step + slots) % slots
    const after = (slot + step) % slots
    count += history.slotCounts[before]! + history.slotCounts[after]!
    exposure += history.slotExposures[before]! + history.slotExposures[after]!
  }
  return [count, exposure]
}

/** A factor of which nothing is known but that it is near 1; the step to the finer rate sets how near. */
const ONE: SlotRate = { rate: 1, shape: Number.POSITIVE_INFINITY }

/** Gamma-Poisson update of a rate whose prior is another rate's posterior, loosened by the step between them. */
function posterior(prior: SlotRate, step: number, count: number, exposure: number, dispersion: number): SlotRate {
  const shape = 1 / (1 / step + 1 / prior.shape)
  const after = shape + Math.max(0, count) / dispersion
  return { rate: after / (shape / prior.rate + Math.max(0, exposure) / dispersion), shape: after }
}
