import { DAY, HOUR } from '../time.ts'

/**
 * Clock changes where nobody told the time zone. A zone moves its clock by an hour on a known Sunday, in a known direction; on
 * such weekends, and only then, the shape of the counts is compared with the season's shape an hour beside. The comparison is of
 * the shape within each day alone (a multinomial likelihood ratio, free of the day's level), tempered by what is not known of the
 * season and by the series' wander, and takes at least half a day: rules that are quicker shift healthy series.
 */
export interface ClockShift {
  /** Added to an instant before its slot is looked up. */
  shiftMs: number
  /** Since when shapes are compared; `NaN` outside the weekends on which clocks change. */
  watchedSinceMs: number
  /** 1 where the clock was moved on this weekend, and is watched for having been moved in error; else 0. */
  moved: number
  /** Log likelihood ratio of a move from the days that are over, in nats. */
  past: number
  /** When the present day of the comparison ends, and its sums. */
  dayEndMs: number
  logSum: number
  count: number
  expected: number
  expectedShifted: number
}

const MIN_WATCH_MS = 12 * HOUR
const WATCH_MS = 4 * DAY
/** So long after Saturday noon UTC every clock that changes has done so; until then, what speaks against a change says nothing. */
const CHANGED_AFTER_MS = 22 * HOUR
/** Evidence that moves the clock, in nats. */
const ADOPT_AT = 7
/** Evidence below which a shift need no longer be reckoned with. */
const DISMISS_AT = -2

export function newClockShift(): ClockShift {
  const day = { dayEndMs: 0, logSum: 0, count: 0, expected: 0, expectedShifted: 0 }
  return { shiftMs: 0, watchedSinceMs: Number.NaN, moved: 0, past: 0, ...day }
}

/**
 * Which way clocks may move around this instant, 1 for forward: from Saturday noon UTC to the Wednesday after the second Sunday of
 * March (America), the last of March (Europe), the last of September and the first of October (southern hemisphere) forward; after
 * the first of April (southern hemisphere), the last of October (Europe) and the first of November (America) back. Else 0.
 */
export function clockChangeAt(atMs: number): -1 | 0 | 1 {
  const since = sinceSaturdayNoon(atMs)
  if (since > WATCH_MS) return 0
  const sunday = new Date(atMs - since + 12 * HOUR)
  const day = sunday.getUTCDate()
  switch (sunday.getUTCMonth()) {
    case 2:
      return (day >= 8 && day <= 14) || day >= 25 ? 1 : 0
    case 3:
      return day <= 7 ? -1 : 0
    case 8:
      return day >= 24 ? 1 : 0
    case 9:
      return day <= 7 ? 1 : day >= 25 ? -1 : 0
    case 10:
      return day <= 7 ? -1 : 0
    default:
      return 0
  }
}

function sinceSaturdayNoon(atMs: number): number {
  return (new Date(atMs).getUTCDay() * DAY + (atMs % DAY) + 12 * HOUR) % (7 * DAY)
}

/** How many hours beside a slot of the season the counts would lie, had the clock moved as is being watched for. */
export function watchedHours(shift: ClockShift, atMs: number): number {
  const direction = clockChangeAt(atMs)
  return !Number.isNaN(shift.watchedSinceMs) && shift.moved === 1 ? -direction : direction
}

/**
 * How much of the wander could imitate a clock change, which repeats daily: the spectral density of an Ornstein-Uhlenbeck process
 * at the frequency of a day (Uhlenbeck & Ornstein 1930), over that of slots that are independent of one another.
 *
 * @param variance of the log rate
 * @param memoryMs after which the wander is forgotten to 1/e
 */
export function dailyPower(variance: number, memoryMs: number, slotMs: number): number {
  const turned = (2 * Math.PI * memoryMs) / DAY
  return (2 * variance * Math.max(1, memoryMs / slotMs)) / (1 + turned * turned)
}

/**
 * Takes in a slot.
 *
 * @param count of the slot
 * @param here foreseen by the season as it stands
 * @param beside foreseen by the season `watchedHours` beside the slot
 * @param temper how much wider than Poisson sums of such slots are
 */
export function watchShapes(
  shift: ClockShift,
  atMs: number,
  count: number,
  here: number,
  beside: number,
  temper: number,
): void {
  const direction = clockChangeAt(atMs)
  if (direction === 0) {
    shift.watchedSinceMs = Number.NaN
    return
  }
  if (Number.isNaN(shift.watchedSinceMs)) {
    shift.moved = 0
    begin(shift, atMs)
  } else if (atMs >= shift.dayEndMs) beginDay(shift, evidenceOf(shift))
  const bounded = Math.min(count, 2 * here + 3)
  shift.logSum += (bounded / temper) * Math.log(beside / here)
  shift.count += bounded / temper
  shift.expected += here / temper
  shift.expectedShifted += beside / temper
  const evidence = evidenceOf(shift)
  const mayBeStillToCome = shift.moved === 0 && sinceSaturdayNoon(atMs) < CHANGED_AFTER_MS
  if (mayBeStillToCome && evidence < 0) begin(shift, atMs)
  if (evidence < ADOPT_AT || atMs - shift.watchedSinceMs < MIN_WATCH_MS) return
  shift.shiftMs += (shift.moved === 1 ? -direction : direction) * HOUR
  shift.moved = 1 - shift.moved
  begin(shift, atMs)
}

function begin(shift: ClockShift, atMs: number): void {
  shift.watchedSinceMs = atMs
  shift.dayEndMs = atMs
  beginDay(shift, 0)
}

function beginDay(shift: ClockShift, past: number): void {
  shift.past = past
  shift.dayEndMs += DAY
  shift.logSum = 0
  shift.count = 0
  shift.expected = 0
  shift.expectedShifted = 0
}

/** Log of the factor by which the rate may exceed the season's because a clock may have changed; on such weekends only. */
export function logAllowance(shift: ClockShift, here: number, beside: number): number {
  const isPossible = Number.isNaN(shift.watchedSinceMs) || evidenceOf(shift) > DISMISS_AT
  return isPossible ? Math.log(Math.max(1, beside / here)) : 0
}

function evidenceOf({ past, count, logSum, expected, expectedShifted }: ClockShift): number {
  return count > 0 ? past + logSum - count * Math.log(expectedShifted / expected) : past
}
