import { DAY, HOUR, MINUTE, WEEK } from '../time.ts'

/** Which part of the season an instant falls in, by the clock on the wall of a time zone. */
export interface SlotClock {
  seasonMs: number
  slotMs: number
  /** Slots in a season. */
  slots: number
  /** Slots in a day where days repeat within the season; 0 where there is no such rhythm to borrow from. */
  slotsPerDay: number
  timeZone: string | null
}

/** No season is cut finer than into quarter hours of a week. */
const MAX_SLOTS = 672

/** Slots of `minSlotMs`, made wider until they hold whole buckets, fill hours where any do, and a season has at most 672 of them. */
export function slotClock(bucketMs: number, seasonMs: number, minSlotMs: number, timeZone: string | null): SlotClock {
  const wanted = Math.max(bucketMs, minSlotMs, seasonMs / MAX_SLOTS)
  const narrowest = Math.ceil(wanted / bucketMs - 1e-9) * bucketMs
  const slotMs = widthThatFillsHours(bucketMs, narrowest) ?? narrowest
  const slots = Math.max(1, Math.round(seasonMs / slotMs))
  const hasDays = seasonMs > DAY && seasonMs % DAY === 0 && DAY % slotMs === 0 && slotMs <= DAY / 4
  return { seasonMs, slotMs, slots, slotsPerDay: hasDays ? DAY / slotMs : 0, timeZone }
}

/** Coarser slots of an hour can be cut into finer ones only where these fill it. */
function widthThatFillsHours(bucketMs: number, narrowestMs: number): number | null {
  for (let width = narrowestMs; width <= HOUR; width += bucketMs) if (HOUR % width === 0) return width
  return null
}

/** Milliseconds into the season, by the local clock; weeks begin on Monday at local midnight. */
export function seasonPhase(clock: SlotClock, atMs: number): number {
  const local = atMs + (clock.timeZone === null ? 0 : zoneOffset(clock.timeZone, atMs)) - MONDAY
  return ((local % clock.seasonMs) + clock.seasonMs) % clock.seasonMs
}

/** 1970-01-05, the epoch's first Monday. */
const MONDAY = 4 * DAY

export function slotOf(clock: SlotClock, phaseMs: number): number {
  return Math.min(clock.slots - 1, Math.floor(phaseMs / clock.slotMs))
}

/** The default season: a week. */
export const DEFAULT_SEASON = WEEK

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

/**
 * Offset of a zone's wall clock from UTC, from the time-zone database of the platform; positive east of Greenwich.
 *
 * @throws RangeError for a zone the platform does not know
 */
export function zoneOffset(timeZone: string, atMs: number): number {
  if (timeZone === 'UTC') return 0
  // Zones change their clocks on full quarter hours, so one answer serves a quarter of an hour.
  const quarter = Math.floor(atMs / (15 * MINUTE))
  let known = offsets.get(timeZone)
  if (known === undefined) {
    known = new Map()
    offsets.set(timeZone, known)
  }
  let offset = known.get(quarter)
  if (offset === undefined) {
    if (known.size > 5000) known.clear()
    offset = readOffset(timeZone, quarter * 15 * MINUTE)
    known.set(quarter, offset)
  }
  return offset
}

function readOffset(timeZone: string, atMs: number): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    formats.set(timeZone, format)
  }
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value)
  const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!)
  return Math.round((wall - atMs) / MINUTE) * MINUTE
}

/** Counts in a season from which on quarter hours are worth telling apart. */
const ENOUGH_FOR_QUARTERS = 1500

/** The finest slots that a series with so many counts in a season can fill. */
export function slotWidthFor(countsPerSeason: number): number {
  return countsPerSeason >= ENOUGH_FOR_QUARTERS ? 15 * MINUTE : HOUR
}
