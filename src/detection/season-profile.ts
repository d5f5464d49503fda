import { HOUR, MINUTE } from '../time.ts'
import { ONE, posterior, type SlotRate } from './gamma-poisson.ts'
import { habitualRise } from './habit.ts'
import type { SlotHistory } from './slot-history.ts'

/**
 * How firmly each step of the chain believes the step before it: the shape of its Gamma prior, one over the relative
 * variance by which the finer rate usually departs from the coarser one.
 */
const STEP_SHAPE = { partOfDay: 4, timeOfDay: 60, day: 20, hours: 60, beside: 120, slot: 300 } as const

/** How firmly a time of day is known that never was before, whatever the hours before it say. */
const FIRST_DAY_SHAPE = 6

/** How firmly a time of day is known that rose on each of the last days. */
const HABIT_SHAPE = 100

/** Half width of what counts as one part of the day, and as the hours around a slot. */
const PART_OF_DAY_MS = 90 * MINUTE
const HOURS_MS = HOUR

/**
 * The rate of a slot of the season, from a chain of Gamma-Poisson posteriors, each the prior of the next and each from counts
 * that the others have not used: all slots, the part of the day on any day, the time of day, the day, the hours around, the
 * neighbour slots, the slot itself. Thin series so borrow from wherever they have counts. What rose at this time of each of the last days
 * multiplies it.
 *
 * @param dispersion variance over mean of the counts, by which they weigh less than Poisson's
 * @param prior on the rate of all slots together, from outside
 */
export function readSlot(history: SlotHistory, slot: number, dispersion: number, prior: SlotRate): SlotRate {
  const { slots, slotsPerDay, slotMs } = history.clock
  const all = posterior(prior, Number.POSITIVE_INFINITY, history.totalCount, history.totalExposure, dispersion)
  if (slots === 1) return all
  let rate = slotsPerDay > 0 ? readDays(history, all, slot, dispersion) : all

  const widest = (slots - 1) >> 1
  const far = Math.min(widest, slotsPerDay > 0 ? Math.round(HOURS_MS / slotMs) : 4)
  const near = Math.min(widest, 1)
  const [nearCount, nearExposure] = around(history, slot, 1, near, all.rate)
  const [farCount, farExposure] = around(history, slot, near + 1, far, all.rate)
  rate = posterior(rate, STEP_SHAPE.hours, farCount, farExposure, dispersion)
  rate = posterior(rate, STEP_SHAPE.beside, nearCount, nearExposure, dispersion)
  rate = posterior(rate, STEP_SHAPE.slot, history.slotCounts[slot]!, history.slotExposures[slot]!, dispersion)
  const isFirstTime = slotsPerDay > 0 && history.timeExposures[slot % slotsPerDay] === 0
  if (isFirstTime) return { rate: rate.rate, shape: Math.min(FIRST_DAY_SHAPE, rate.shape) }
  const rise = slotsPerDay > 0 ? habitualRise(history, slot, dispersion) : 1
  return rise > 1 ? { rate: rate.rate * rise, shape: Math.min(HABIT_SHAPE, rate.shape) } : rate
}

/** What other days say of this time, and this day's other times of this day. */
function readDays(history: SlotHistory, all: SlotRate, slot: number, dispersion: number): SlotRate {
  const { slotsPerDay, slotMs } = history.clock
  const time = slot % slotsPerDay
  const day = (slot - time) / slotsPerDay
  const wide = Math.max(1, Math.round(PART_OF_DAY_MS / slotMs))
  let [partCount, partExposure, timeCount, timeExposure] = [0, 0, 0, 0]
  for (let step = -wide; step <= wide; step++) {
    const other = (time + step + slotsPerDay) % slotsPerDay
    const own = day * slotsPerDay + other
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
  const [dayCount, dayForeseen] = sumDay(history, day, time, wide, all.rate)
  const factor = posterior(ONE, STEP_SHAPE.day, dayCount, dayForeseen, dispersion)
  return { rate: timed.rate * factor.rate, shape: 1 / (1 / timed.shape + 1 / factor.shape) }
}

/** Counts of a day outside the part around `time`, and what all days together foresee for those same times. */
function sumDay(history: SlotHistory, day: number, time: number, wide: number, rate: number): [number, number] {
  const { slotsPerDay } = history.clock
  let [count, foreseen] = [0, 0]
  for (let other = 0; other < slotsPerDay; other++) {
    const apart = Math.abs(other - time)
    if (Math.min(apart, slotsPerDay - apart) <= wide) continue
    const slot = day * slotsPerDay + other
    const exposure = history.slotExposures[slot]!
    if (exposure === 0) continue
    const known = history.timeExposures[other]!
    count += history.slotCounts[slot]!
    foreseen += exposure * (known > 0 ? history.timeCounts[other]! / known : rate)
  }
  return [count, foreseen]
}

/**
 * Counts of the slots from `from` to `to` steps away on either side, and the exposure of this slot in which as many would be
 * foreseen by what other days say of those times: on a slope, or where only one side is known, plain neighbours would mislead.
 */
function around(history: SlotHistory, slot: number, from: number, to: number, rate: number): [number, number] {
  const { slots } = history.clock
  const here = rateOfOtherDays(history, slot, rate)
  let [count, exposure] = [0, 0]
  for (let step = from; step <= to; step++) {
    for (const other of [(slot - step + slots) % slots, (slot + step) % slots]) {
      const seen = history.slotExposures[other]!
      if (seen === 0) continue
      count += history.slotCounts[other]!
      exposure += (seen * rateOfOtherDays(history, other, rate)) / here
    }
  }
  return [count, exposure]
}

/** The rate at a slot's time on all other days, shrunk to the rate of all; that rate where the season has no days. */
function rateOfOtherDays(history: SlotHistory, slot: number, rate: number): number {
  const { slotsPerDay } = history.clock
  if (slotsPerDay === 0) return rate
  const time = slot % slotsPerDay
  const count = history.timeCounts[time]! - history.slotCounts[slot]!
  const exposure = history.timeExposures[time]! - history.slotExposures[slot]!
  return (SHRINKING + Math.max(0, count)) / (SHRINKING / rate + Math.max(0, exposure))
}

/** Counts that the rate of all is worth against that of a time of day. */
const SHRINKING = 30
