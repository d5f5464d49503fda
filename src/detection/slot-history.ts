import type { SlotClock } from './slot-clock.ts'
import { readRuns, writeRuns } from './state-text.ts'

/** Occurrences kept of each slot: six weeks of a weekly season. */
export const SEASONS_KEPT = 6

/** Weight of an occurrence against the one a season later: shapes change slowly. */
const SEASON_FADING = 0.88

/** Where nothing was ever seen, half a count is foreseen, so that a first one is no infinite rise. */
const HALF = 0.5
const NOTHING = { count: 0, foreseen: 0 }

/** The bounds are drawn anew when the dispersion has changed by this much. */
const DISPERSION_STEP = 1.25

/**
 * What happened in the last six occurrences of each slot of the season. What is written is never judged: erasing outliers at
 * writing would erase weekly peaks too, which then alarm every week. Reading bounds each occurrence by what its siblings say,
 * so one outage does not foretell itself a week later. All sums follow from the raw counts alone, to the last digit.
 */
export class SlotHistory {
  /** [slot * SEASONS_KEPT + age]: counts, and exposure in buckets at level 1; the newest occurrence first. */
  private readonly counts: Float32Array
  private readonly exposures: Float32Array
  private dispersion = 1.4
  /** Most that is believed of a slot's count, by slot, while nothing else is known of it. */
  private readonly caps = new Map<number, number>()
  /** Bounded and faded sums over the occurrences of each slot. */
  readonly slotCounts: Float64Array
  readonly slotExposures: Float64Array
  /** The same by time of day over all days, and by day over all its times; empty where the season has no days. */
  readonly timeCounts: Float64Array
  readonly timeExposures: Float64Array
  readonly dayCounts: Float64Array
  readonly dayExposures: Float64Array
  totalCount = 0
  totalExposure = 0

  constructor(readonly clock: SlotClock) {
    const { slots, slotsPerDay } = clock
    const days = slotsPerDay > 0 ? slots / slotsPerDay : 0
    this.counts = new Float32Array(slots * SEASONS_KEPT)
    this.exposures = new Float32Array(slots * SEASONS_KEPT)
    this.slotCounts = new Float64Array(slots)
    this.slotExposures = new Float64Array(slots)
    this.timeCounts = new Float64Array(slotsPerDay)
    this.timeExposures = new Float64Array(slotsPerDay)
    this.dayCounts = new Float64Array(days)
    this.dayExposures = new Float64Array(days)
  }

  /**
   * Adds an occurrence of a slot.
   *
   * @param dispersion of the counts, by which occurrences are bounded
   * @param cap most that is believed of the slot until another occurrence tells
   */
  write(slot: number, count: number, exposure: number, dispersion: number, cap = Number.POSITIVE_INFINITY): void {
    if (count > cap) this.caps.set(slot, cap)
    else this.caps.delete(slot)
    const at = slot * SEASONS_KEPT
    this.counts.copyWithin(at + 1, at, at + SEASONS_KEPT - 1)
    this.exposures.copyWithin(at + 1, at, at + SEASONS_KEPT - 1)
    this.counts[at] = count
    this.exposures[at] = exposure
    const change = dispersion / this.dispersion
    if (change > DISPERSION_STEP || change < 1 / DISPERSION_STEP) {
      this.dispersion = dispersion
      this.sumAll()
    } else {
      this.sumSlot(slot)
      this.sumAround(slot)
    }
  }

  /** Whether the newest occurrence of a slot exceeds what is believed of all: what `newest` tells exactly, told at once. */
  hasRisen(slot: number): boolean {
    const at = slot * SEASONS_KEPT
    return this.counts[at]! * this.slotExposures[slot]! > this.exposures[at]! * this.slotCounts[slot]!
  }

  /** The newest occurrence of a slot as it was, and what the older ones foresee for it; nothing where there are none. */
  newest(slot: number): { count: number; foreseen: number } {
    const [count, exposure] = this.sumSince(slot, 1)
    if (exposure === 0) return NOTHING
    const at = slot * SEASONS_KEPT
    return { count: this.counts[at]!, foreseen: (this.exposures[at]! * (count + HALF)) / exposure }
  }

  /** From now on each count is believed as far as its siblings do. */
  liftCaps(): void {
    if (this.caps.size === 0) return
    this.caps.clear()
    this.sumAll()
  }

  /** The same history in a clock whose slots are a whole number of times finer: what a slot held is spread evenly. */
  refined(clock: SlotClock): SlotHistory {
    const finer = new SlotHistory(clock)
    const parts = clock.slots / this.clock.slots
    for (let slot = 0; slot < clock.slots; slot++) {
      const whole = Math.floor(slot / parts)
      const from = whole * SEASONS_KEPT
      const cap = this.caps.get(whole)
      if (cap !== undefined) finer.caps.set(slot, cap / parts)
      for (let age = 0; age < SEASONS_KEPT; age++) {
        finer.counts[slot * SEASONS_KEPT + age] = this.counts[from + age]! / parts
        finer.exposures[slot * SEASONS_KEPT + age] = this.exposures[from + age]! / parts
      }
    }
    finer.dispersion = this.dispersion
    finer.sumAll()
    return finer
  }

  serialise(): string {
    const { slots } = this.clock
    const texts = [this.counts, this.exposures].map((values) => writeRuns(turned(values, slots, SEASONS_KEPT)))
    return [slots, this.dispersion, ...texts, [...this.caps].flat().join(' ')].join(';')
  }

  /** @returns `null` for text of another number of slots */
  static deserialise(text: string, clock: SlotClock): SlotHistory | null {
    const [slots, dispersion, counts, exposures, caps] = text.split(';')
    if (Number(slots) !== clock.slots || counts === undefined || exposures === undefined || caps === undefined)
      return null
    const history = new SlotHistory(clock)
    for (const [text, into] of [
      [counts, history.counts],
      [exposures, history.exposures],
    ] as const) {
      const byAge = new Float32Array(into.length)
      if (!readRuns(text, byAge)) return null
      into.set(turned(byAge, SEASONS_KEPT, clock.slots))
    }
    history.dispersion = Number(dispersion)
    const pairs = caps === '' ? [] : caps.split(' ').map(Number)
    for (let i = 0; i < pairs.length; i += 2) history.caps.set(pairs[i]!, pairs[i + 1]!)
    history.sumAll()
    return history
  }

  private sumAll(): void {
    const { slots, slotsPerDay } = this.clock
    for (let slot = 0; slot < slots; slot++) this.sumSlot(slot)
    for (let time = 0; time < slotsPerDay; time++) this.sumAround(time)
    for (let day = 0; day < this.dayCounts.length; day++) this.sumAround(day * slotsPerDay)
    if (slotsPerDay === 0) this.sumAround(0)
  }

  private sumSlot(slot: number): void {
    const [count, exposure] = this.sumSince(slot, 0)
    this.slotCounts[slot] = count
    this.slotExposures[slot] = exposure
  }

  /** Bounded and faded sums over the occurrences of a slot from one age on. */
  private sumSince(slot: number, youngest: number): [count: number, exposure: number] {
    const at = slot * SEASONS_KEPT
    let known = 0
    while (known < SEASONS_KEPT && this.exposures[at + known]! > 0) known++
    const middle = medianRate(this.counts, this.exposures, at, known)
    const cap = this.caps.get(slot) ?? Number.POSITIVE_INFINITY
    let count = 0
    let exposure = 0
    for (let age = youngest, weight = 1; age < known; age++, weight *= SEASON_FADING) {
      const seen = this.exposures[at + age]!
      count += weight * Math.min(cap, bounded(this.counts[at + age]!, middle * seen, this.dispersion))
      exposure += weight * seen
    }
    return [count, exposure]
  }

  /** The sums that a slot is part of, taken afresh and in one order: running sums would depend on what came before. */
  private sumAround(slot: number): void {
    const { slots, slotsPerDay } = this.clock
    if (slotsPerDay > 0) {
      const time = slot % slotsPerDay
      const day = (slot - time) / slotsPerDay
      this.timeCounts[time] = sum(this.slotCounts, time, slots, slotsPerDay)
      this.timeExposures[time] = sum(this.slotExposures, time, slots, slotsPerDay)
      this.dayCounts[day] = sum(this.slotCounts, slot - time, slot - time + slotsPerDay, 1)
      this.dayExposures[day] = sum(this.slotExposures, slot - time, slot - time + slotsPerDay, 1)
      this.totalCount = sum(this.dayCounts, 0, this.dayCounts.length, 1)
      this.totalExposure = sum(this.dayExposures, 0, this.dayExposures.length, 1)
    } else {
      this.totalCount = sum(this.slotCounts, 0, slots, 1)
      this.totalExposure = sum(this.slotExposures, 0, slots, 1)
    }
  }
}

/** A table of `rows` x `columns` by columns instead: occurrences of one age are alike, so they are written side by side. */
function turned(table: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(table.length)
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = table[i++]!
  }
  return result
}

function sum(values: Float64Array, from: number, until: number, step: number): number {
  let total = 0
  for (let i = from; i < until; i += step) total += values[i]!
  return total
}

/** The lower median of the occurrences' rates: of two that disagree, the smaller one is believed. */
function medianRate(counts: Float32Array, exposures: Float32Array, at: number, known: number): number {
  if (known === 0) return 0
  if (known === 1) return counts[at]! / exposures[at]!
  const rates: number[] = []
  for (let age = 0; age < known; age++) {
    const rate = counts[at + age]! / exposures[at + age]!
    let place = age
    for (; place > 0 && rates[place - 1]! > rate; place--) rates[place] = rates[place - 1]!
    rates[place] = rate
  }
  return rates[(known - 1) >> 1]!
}

/** A count, held within what chance and ordinary wander make of `expected`; a few counts more or less are always chance. */
function bounded(count: number, expected: number, dispersion: number): number {
  const reach = 2.5 * Math.sqrt(dispersion * expected) + 0.1 * expected + 3
  return Math.min(expected + reach, Math.max(expected - reach, count))
}
