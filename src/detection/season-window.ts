import { DAY, HOUR } from '../time.ts'
import type { SlotRate } from './gamma-poisson.ts'
import { readSlot } from './season-profile.ts'
import { type SlotClock, slotClock, slotWidthFor } from './slot-clock.ts'
import { SlotHistory } from './slot-history.ts'

/**
 * The part of the season that a series is in: its history, and the rates that the history foresees for the present slot and
 * for those before and after it, between whose centres the rate runs straight.
 */
export class SeasonWindow {
  clock: SlotClock
  history: SlotHistory
  before: SlotRate = { rate: 0, shape: 1 }
  here: SlotRate = { rate: 0, shape: 1 }
  after: SlotRate = { rate: 0, shape: 1 }

  constructor(
    private readonly bucketMs: number,
    seasonMs: number,
    timeZone: string | null,
  ) {
    this.clock = slotClock(bucketMs, seasonMs, HOUR, timeZone)
    this.history = new SlotHistory(this.clock)
  }

  /** Whether a slot holds several buckets. */
  get isInterpolated(): boolean {
    return this.clock.slotMs > this.bucketMs
  }

  /** @param prior on the rate of all slots together */
  read(slot: number, dispersion: number, prior: SlotRate): SlotRate {
    return readSlot(this.history, slot, dispersion, prior)
  }

  /** Rates a number of slots away from `slot`, either way around the season. */
  readBeside(slot: number, steps: number, dispersion: number, prior: SlotRate): SlotRate {
    const { slots } = this.clock
    return this.read((slot + steps + slots) % slots, dispersion, prior)
  }

  /** Takes up the rates of a slot. @param keepsBefore the slot before is what was here until now */
  enter(slot: number, keepsBefore: boolean, dispersion: number, prior: SlotRate): void {
    this.before = keepsBefore ? this.here : this.readBeside(slot, -1, dispersion, prior)
    this.here = this.read(slot, dispersion, prior)
    this.after = this.readBeside(slot, 1, dispersion, prior)
  }

  /** Counts per bucket at level 1 at an instant of the slot that began at `slotStartMs`; linear between the centres of slots. */
  rateAt(atMs: number, slotStartMs: number): number {
    if (!this.isInterpolated) return this.here.rate
    const off = (atMs - slotStartMs) / this.clock.slotMs - 0.5
    const beside = off < 0 ? this.before : this.after
    const part = Math.abs(off)
    return this.here.rate * (1 - part) + beside.rate * part
  }

  /**
   * Takes up finer slots once the series has the counts to fill them.
   *
   * @param ageMs how long the series has been seen
   * @param level by which the history's rates are multiplied at present
   * @returns whether the slots changed
   */
  refine(ageMs: number, level: number): boolean {
    const { totalCount, totalExposure } = this.history
    const { seasonMs, slotMs } = this.clock
    if (slotMs <= this.bucketMs || ageMs < DAY) return false
    const perSeason = ((totalCount / totalExposure) * level * seasonMs) / this.bucketMs
    const finer = this.clockOf(slotWidthFor(perSeason))
    if (finer.slotMs >= slotMs || slotMs % finer.slotMs !== 0) return false
    this.history = this.history.refined(finer)
    this.clock = finer
    return true
  }

  /** Takes up a serialised history of hourly or of finer slots. @returns false for one of other slots */
  restore(text: string, finestMs: number): boolean {
    for (const clock of [this.clock, this.clockOf(finestMs)]) {
      const history = SlotHistory.deserialise(text, clock)
      if (history === null) continue
      this.history = history
      this.clock = clock
      return true
    }
    return false
  }

  private clockOf(slotMs: number): SlotClock {
    const { seasonMs, timeZone } = this.clock
    return slotClock(this.bucketMs, seasonMs, slotMs, timeZone)
  }
}
