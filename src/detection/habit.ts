import { ONE, posterior } from './gamma-poisson.ts'
import type { SlotHistory } from './slot-history.ts'

/** A rise at the same time of so many days in a row has become a habit. */
const DAYS = 3
/** A habit is no more than this many times what was usual before: who fails every night does not become usual. */
const GREATEST = 3
/** Below this the wander explains a rise. */
const LEAST = 1.1
/** How firmly a time of day is believed to be what it was: 5 per cent, and as much for the wander of each day. */
const USUAL_SHAPE = 400
const WANDER = 0.0025
/** Reports foreseen from which a slot speaks without its neighbours. */
const ENOUGH = 60

/**
 * By how much a time of day has risen on each of the last days against its own weeks before. A new nightly event would alarm for
 * weeks, until most occurrences of its slots have seen it; a median of weeks does not learn what is new since Monday.
 *
 * @returns the least of these factors; 1 where a day has none, or where less than a season of such days is known
 */
export function habitualRise(history: SlotHistory, slot: number, dispersion: number): number {
  const { slots, slotsPerDay } = history.clock
  if (slots <= DAYS * slotsPerDay) return 1
  for (let day = 1; day <= DAYS; day++) {
    if (!history.hasRisen((slot - day * slotsPerDay + slots) % slots)) return 1
  }
  let rise = GREATEST
  for (let day = 1; day <= DAYS; day++) {
    rise = Math.min(rise, riseOf(history, (slot - day * slotsPerDay + slots) % slots, dispersion))
    if (rise <= LEAST) return 1
  }
  return rise
}

/** By how much the newest occurrence of a slot exceeded the older ones, with its neighbours where it has few counts. */
function riseOf(history: SlotHistory, slot: number, dispersion: number): number {
  const { slots } = history.clock
  let [count, foreseen] = [0, 0]
  for (const step of [0, -1, 1]) {
    const newest = history.newest((slot + step + slots) % slots)
    count += newest.count
    foreseen += newest.foreseen
    if (foreseen > ENOUGH) break
  }
  if (!(foreseen > 0 && count > foreseen)) return 1
  return posterior(ONE, USUAL_SHAPE, count, foreseen, dispersion + foreseen * WANDER).rate
}
