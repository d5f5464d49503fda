import { HOUR } from '../time.ts'
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
const STEP_SHAPE = { timeOfDay: 5, hourOfSeason: 25, aroundSlot: 90, slot: 300 } as const

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
  private totalCount = 0
  private totalExposure = 0

  constructor(readonly clock: SlotClock) {
    this.counts = new Float32Array(clock.slots * SEASONS_KEPT)
    this.exposures = new Float32Array(clock.slots * SEASONS_KEPT)
    this.robustCounts = new Float64Array(clock.slots)
    this.robustExposures = new Float64Array(clock.slots)
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
    this.totalCount += count - this.robustCounts[slot]!
    this.totalExposure += exposure - this.robustExposures[slot]!
    this.robustCounts[slot] = count
    this.robustExposures[slot] = exposure
  }

  /** The rate of a slot. @param prior a Gamma prior on the rate of all slots together, from outside */
  read(slot: number, dispersion: number, prior: SlotRate): SlotRate {
    const { slots, slotsPerDay, slotMs } = this.clock
    const around = Math.min((slots - 1) >> 1, Math.max(slotsPerDay > 0 ? Math.round(HOUR / slotMs) : 4, 2))
    const near = Math.min((slots - 1) >> 1, 1)

    const [ownCount, ownExposure] = [this.robustCounts[slot]!, this.robustExposures[slot]!]
    let nearCount = 0
    let nearExposure = 0
    let aroundCount = 0
    let aroundExposure = 0
    for (let step = 1; step <= around; step++) {
      const before = (slot - step + slots) % slots
      const after = (slot + step) % slots
      const count = this.robustCounts[before]! + this.robustCounts[after]!
      const exposure = this.robustExposures[before]! + this.robustExposures[after]!
      if (step <= near) {
        nearCount += count
        nearExposure += exposure
      } else {
        aroundCount += count
        aroundExposure += exposure
      }
    }
    let dayCount = 0
    let dayExposure = 0
    if (slotsPerDay > 0) {
      for (let other = (slot + slotsPerDay) % slots; other !== slot; other = (other + slotsPerDay) % slots) {
        for (let step = -near; step <= near; step++) {
          const neighbour = (other + step + slots) % slots
          dayCount += this.robustCounts[neighbour]!
          dayExposure += this.robustExposures[neighbour]!
        }
      }
    }

    const rate = posterior(prior, Number.POSITIVE_INFINITY, this.totalCount, this.totalExposure, dispersion)
    if (slots === 1) return rate
    const timeOfDay = posterior(rate, STEP_SHAPE.timeOfDay, dayCount, dayExposure, dispersion)
    const hour = posterior(timeOfDay, STEP_SHAPE.hourOfSeason, aroundCount, aroundExposure, dispersion)
    const beside = posterior(hour, STEP_SHAPE.aroundSlot, nearCount, nearExposure, dispersion)
    return posterior(beside, STEP_SHAPE.slot, ownCount, ownExposure, dispersion)
  }
}

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

/** A count, held within what chance and ordinary wander make of `expected`. */
function bounded(count: number, expected: number, dispersion: number): number {
  const reach = 3 * Math.sqrt(dispersion * Math.max(1, expected)) + 0.3 * expected + 1
  return Math.min(expected + reach, Math.max(expected - reach, count))
}
