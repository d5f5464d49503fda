import { DAY, HOUR } from '../time.ts'

/**
 * Clock changes where nobody told the time zone. A zone moves its clock by an hour on known Sundays; on those weekends, and
 * only then, the shape of the counts is compared with the season's shape an hour earlier and later. The comparison is of
 * shapes alone (a multinomial likelihood ratio, free of the level), tempered by the series' wander, and takes at least half
 * a day: rules that are quicker shift healthy series.
 */
export interface ClockShift {
  /** Added to an instant before its slot is looked up. */
  shiftMs: number
  /** Since when shapes are compared; `NaN` outside the weekends on which clocks change. */
  watchedSinceMs: number
  /** Log likelihoods over the null of the season an hour earlier and an hour later, and what they are made of. */
  later: ShapeFit
  earlier: ShapeFit
}

interface ShapeFit {
  logSum: number
  count: number
  expected: number
  expectedShifted: number
}

const MIN_WATCH_MS = 12 * HOUR
const WATCH_MS = 4 * DAY
/** Evidence that moves the clock, in nats. */
const ADOPT_AT = 5
/** Evidence below which a shift need no longer be reckoned with. */
const DISMISS_AT = -3

export function newClockShift(): ClockShift {
  return { shiftMs: 0, watchedSinceMs: Number.NaN, later: newFit(), earlier: newFit() }
}

function newFit(): ShapeFit {
  return { logSum: 0, count: 0, expected: 0, expectedShifted: 0 }
}

/**
 * Whether clocks change somewhere around this instant: from Saturday noon UTC to the Wednesday after the second Sunday of
 * March (America), the last of March and October (Europe), the first of April and October and the last of September
 * (southern hemisphere), and the first of November (America).
 */
export function isClockChange(atMs: number): boolean {
  const at = new Date(atMs)
  const sinceSunday = (at.getUTCDay() * DAY + (atMs % DAY) + 12 * HOUR) % (7 * DAY)
  if (sinceSunday > WATCH_MS) return false
  const sunday = new Date(atMs - sinceSunday + 12 * HOUR)
  const day = sunday.getUTCDate()
  switch (sunday.getUTCMonth()) {
    case 2:
      return (day >= 8 && day <= 14) || day >= 25
    case 3:
      return day <= 7
    case 8:
      return day >= 24
    case 9:
      return day <= 7 || day >= 25
    case 10:
      return day <= 7
    default:
      return false
  }
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
 * @param before foreseen by the season an hour before the slot, `after` an hour after it
 * @param temper how much wider than Poisson sums of such slots are
 */
export function watchShapes(
  shift: ClockShift,
  atMs: number,
  count: number,
  here: number,
  before: number,
  after: number,
  temper: number,
): void {
  if (!isClockChange(atMs)) {
    shift.watchedSinceMs = Number.NaN
    return
  }
  if (Number.isNaN(shift.watchedSinceMs)) {
    shift.watchedSinceMs = atMs
    shift.later = newFit()
    shift.earlier = newFit()
  }
  const bounded = Math.min(count, 2 * here + 3)
  addSlot(shift.later, bounded, here, before, temper)
  addSlot(shift.earlier, bounded, here, after, temper)
  if (atMs - shift.watchedSinceMs < MIN_WATCH_MS) return
  const [later, earlier] = [evidenceOf(shift.later), evidenceOf(shift.earlier)]
  if (Math.max(later, earlier) < ADOPT_AT) return
  shift.shiftMs += later > earlier ? -HOUR : HOUR
  shift.later = newFit()
  shift.earlier = newFit()
  shift.watchedSinceMs = atMs
}

/** Log of the factor by which the rate may exceed the season's because a clock may have changed; on such weekends only. */
export function logAllowance(shift: ClockShift, here: number, before: number, after: number): number {
  const isLater = Number.isNaN(shift.watchedSinceMs) || evidenceOf(shift.later) > DISMISS_AT
  const isEarlier = Number.isNaN(shift.watchedSinceMs) || evidenceOf(shift.earlier) > DISMISS_AT
  return Math.log(Math.max(1, isLater ? before / here : 1, isEarlier ? after / here : 1))
}

function addSlot(fit: ShapeFit, count: number, here: number, shifted: number, temper: number): void {
  fit.logSum += (count / temper) * Math.log(shifted / here)
  fit.count += count / temper
  fit.expected += here / temper
  fit.expectedShifted += shifted / temper
}

function evidenceOf(fit: ShapeFit): number {
  return fit.count > 0 ? fit.logSum - fit.count * Math.log(fit.expectedShifted / fit.expected) : 0
}
