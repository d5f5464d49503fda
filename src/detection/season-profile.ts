import { HOUR, MINUTE } from '../time.ts'
import type { SlotClock } from './slot-clock.ts'
import { readFloats, writeFloats } from './state-text.ts'

/** Occurrences kept of each slot: six weeks of a weekly season. */
export const SEASONS_KEPT = 6

/** Weight of an occurrence against the one a season later: shapes change slowly. */
const SEASON_FADING = 0.88

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
 * The season's shape: raw counts of the last six occurrences of each slot, read robustly. What is written is never judged:
 * erasing outliers at writing would erase weekly peaks too, which then alarm every week. Reading bounds each occurrence by
 * what its siblings say, so one outage does not foretell itself a week later.
 *
 * Rates come from a chain of Gamma-Poisson posteriors, each the prior of the next and each from counts the others have not
 * used: all slots, same time on any day, the hours around, the neighbour slots, the slot itself.
 */
export class SeasonProfile {
  /** [slot * SEASONS_KEPT + age]: counts, and exposure in buckets at level 1. */
  readonly counts: Float32Array
  readonly exposures: Float32Array
  private readonly robustCounts: Float64Array
  private readonly robustExposures: Float64Array
  /** Robust sums by time of day over all days, and by day over all its times; empty where the season has no days. */
  private readonly timeCounts: Float64Array
  private readonly timeExposures: Float64Array
  private readonly dayCounts: Float64Array
  private readonly dayExposures: Float64Array
  private totalCount = 0
  private totalExposure = 0

  constructor(readonly clock: SlotClock) {
    this.counts = new Float32Array(clock.slots * SEASONS_KEPT)
    this.exposures = new Float32Array(clock.slots * SEASONS_KEPT)
    this.robustCounts = new Float64Array(clock.slots)
    this.robustExposures = new Float64Array(clock.slots)
    const days = clock.slotsPerDay > 0 ? clock.slots / clock.slotsPerDay : 0
    this.timeCounts = new Float64Array(clock.slotsPerDay)
    this.timeExposures = new Float64Array(clock.slotsPerDay)
    this.dayCounts = new Float64Array(days)
    this.dayExposures = new Float64Array(days)
  }

  /** Adds an occurrence of a slot, the newest first. */
  write(slot: number, count: number, exposure: number, dispersion: number): void {
    const at = slot * SEASONS_KEPT
    this.counts.copyWithin(at + 1, at, at + SEASONS_KEPT - 1)
    this.exposures.copyWithin(at + 1, at, at + SEASONS_KEPT - 1)
    this.counts[at] = count
    this.exposures[at] = exposure
    this.refresh(slot, dispersion)
  }

  /** Exposure seen of a slot, over the occurrences kept. */
  exposureOf(slot: number): number {
    return this.robustExposures[slot]!
  }

  serialise(): string {
    return `${writeFloats(this.counts)};${writeFloats(this.exposures)}`
  }

  /** @returns false where the text is of another number of slots */
  restore(text: string, dispersion: number): boolean {
    const [first = '', second = ''] = text.split(';')
    const counts = readFloats(first, this.counts.length)
    const exposures = readFloats(second, this.exposures.length)
    if (counts === null || exposures === null) return false
    this.counts.set(counts)
    this.exposures.set(exposures)
    for (let slot = 0; slot < this.clock.slots; slot++) this.refresh(slot, dispersion)
    return true
  }

  private refresh(slot: number, dispersion: number): void {
    const at = slot * SEASONS_KEPT
    let known = 0
    while (known < SEASONS_KEPT && this.exposures[at + known]! > 0) known++
    const middle = medianRate(this.counts, this.exposures, at, known)
    let count = 0
    let exposure = 0
    for (let age = 0, weight = 1; age < known; age++, weight *= SEASON_FADING) {
      const seen = this.exposures[at + age]!
      count += weight * bounded(this.counts[at + age]!, middle * seen, dispersion)
      exposure += weight * seen
    }
    this.addToSums(slot, count - this.robustCounts[slot]!, exposure - this.robustExposures[slot]!)
    this.robustCounts[slot] = count
    this.robustExposures[slot] = exposure
  }

  private addToSums(slot: number, count: number, exposure: number): void {
    this.totalCount += count
    this.totalExposure += exposure
    const { slotsPerDay } = this.clock
    if (slotsPerDay === 0) return
    const time = slot % slotsPerDay
    const day = (slot - time) / slotsPerDay
    this.timeCounts[time] = this.timeCounts[time]! + count
    this.timeExposures[time] = this.timeExposures[time]! + exposure
    this.dayCounts[day] = this.dayCounts[day]! + count
    this.dayExposures[day] = this.dayExposures[day]! + exposure
  }

  /** The rate of a slot. @param prior a Gamma prior on the rate of all slots together, from outside */
  read(slot: number, dispersion: number, prior: SlotRate): SlotRate {
    const { slots, slotsPerDay, slotMs } = this.clock
    let rate = posterior(prior, Number.POSITIVE_INFINITY, this.totalCount, this.totalExposure, dispersion)
    if (slots === 1) return rate
    if (slotsPerDay > 0) rate = this.readDays(rate, slot, dispersion)

    const widest = (slots - 1) >> 1
    const far = Math.min(widest, slotsPerDay > 0 ? Math.round(HOURS_MS / slotMs) : 4)
    const near = Math.min(widest, 1)
    const [nearCount, nearExposure] = this.around(slot, 1, near)
    const [farCount, farExposure] = this.around(slot, near + 1, far)
    rate = posterior(rate, STEP_SHAPE.hours, farCount, farExposure, dispersion)
    rate = posterior(rate, STEP_SHAPE.beside, nearCount, nearExposure, dispersion)
    return posterior(rate, STEP_SHAPE.slot, this.robustCounts[slot]!, this.robustExposures[slot]!, dispersion)
  }

  /** What other days say of this time, and this day's other times of this day. */
  private readDays(all: SlotRate, slot: number, dispersion: number): SlotRate {
    const { slotsPerDay, slotMs } = this.clock
    const time = slot % slotsPerDay
    const day = (slot - time) / slotsPerDay
    const wide = Math.max(1, Math.round(PART_OF_DAY_MS / slotMs))
    let [partCount, partExposure, timeCount, timeExposure, ownCount, ownExposure] = [0, 0, 0, 0, 0, 0]
    for (let step = -wide; step <= wide; step++) {
      const other = (time + step + slotsPerDay) % slotsPerDay
      const own = day * slotsPerDay + other
      ownCount += this.robustCounts[own]!
      ownExposure += this.robustExposures[own]!
      const count = this.timeCounts[other]! - this.robustCounts[own]!
      const exposure = this.timeExposures[other]! - this.robustExposures[own]!
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
    const foreseen = Math.max(0, this.dayExposures[day]! - ownExposure) * all.rate
    const factor = posterior(ONE, STEP_SHAPE.day, this.dayCounts[day]! - ownCount, foreseen, dispersion)
    return { rate: timed.rate * factor.rate, shape: 1 / (1 / timed.shape + 1 / factor.shape) }
  }

  /** Counts and exposure of the slots from `from` to `to` steps away on either side. */
  private around(slot: number, from: number, to: number): [number, number] {
    const { slots } = this.clock
    let [count, exposure] = [0, 0]
    for (let step = from; step <= to; step++) {
      const before = (slot - step + slots) % slots
      const after = (slot + step) % slots
      count += this.robustCounts[before]! + this.robustCounts[after]!
      exposure += this.robustExposures[before]! + this.robustExposures[after]!
    }
    return [count, exposure]
  }
}

/** A factor of which nothing is known but that it is near 1; the step to the finer rate sets how near. */
const ONE: SlotRate = { rate: 1, shape: Number.POSITIVE_INFINITY }

/** Gamma-Poisson update of a rate whose prior is another rate's posterior, loosened by the step between them. */
function posterior(prior: SlotRate, step: number, count: number, exposure: number, dispersion: number): SlotRate {
  const shape = 1 / (1 / step + 1 / prior.shape)
  const after = shape + Math.max(0, count) / dispersion
  return { rate: after / (shape / prior.rate + Math.max(0, exposure) / dispersion), shape: after }
}

/** The lower median of the occurrences' rates: of two that disagree, the smaller one is believed. */
function medianRate(counts: Float32Array, exposures: Float32Array, at: number, known: number): number {
  if (known === 0) return 0
  const rates: number[] = []
  for (let age = 0; age < known; age++) rates.push(counts[at + age]! / exposures[at + age]!)
  rates.sort((a, b) => a - b)
  return rates[(known - 1) >> 1]!
}

/** A count, held within what chance and ordinary wander make of `expected`; a few counts more or less are always chance. */
function bounded(count: number, expected: number, dispersion: number): number {
  const reach = 2.5 * Math.sqrt(dispersion * expected) + 0.1 * expected + 3
  return Math.min(expected + reach, Math.max(expected - reach, count))
}
