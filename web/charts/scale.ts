import { DAY, HOUR, MINUTE } from '../../src/time.ts'

/**
 * A zero-based scale of counts with three or four steps of 1, 2 or 5 times a power of ten.
 *
 * @param largest largest value to be shown; 0 or more
 * @returns the values at which a line is drawn, from 0; the last is the top of the chart
 */
export function countTicks(largest: number): number[] {
  const rough = Math.max(largest, 1) / 3.5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power)
  const count = Math.max(2, Math.ceil(Math.max(largest, 1) / step))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

export interface TimeTick {
  at: number
  /** What is written there: the time of day, the day (bold at midnight), or the month. */
  label: 'time' | 'day' | 'month'
  /** Kept where there is little room. */
  isMajor: boolean
}

/** Where an axis of time is labelled: every three hours of a day (more often in less), days of a week, each fifth day of a month, months of a year. */
export function timeTicks(from: number, until: number, timeZone: string): TimeTick[] {
  const span = until - from
  const local = localClock(timeZone)
  const ticks: TimeTick[] = []
  const stride = span <= 32 * DAY ? 30 * MINUTE : 12 * HOUR
  let lastMonth = local(from).month
  for (let at = Math.ceil(from / stride) * stride; at < until; at += stride) {
    const { minutes, day, month } = local(at)
    if (span <= 2 * DAY) {
      const every = span <= 3 * HOUR ? 30 : span <= 9 * HOUR ? 60 : 180
      if (minutes % every !== 0) continue
      ticks.push({ at, label: minutes === 0 ? 'day' : 'time', isMajor: minutes % (2 * every) === 0 })
    } else if (span <= 32 * DAY) {
      if (minutes !== 0) continue
      if (span <= 8 * DAY) ticks.push({ at, label: 'day', isMajor: day % 2 === 0 })
      else if (day % 5 === 1 && day < 31) ticks.push({ at, label: 'day', isMajor: day % 10 === 1 })
    } else if (month !== lastMonth) {
      lastMonth = month
      ticks.push({ at, label: 'month', isMajor: month % 3 === 1 })
    }
  }
  return ticks
}

/** Minutes since local midnight, day of the month, and month, without `Intl` where the zone is UTC. */
function localClock(timeZone: string): (at: number) => { minutes: number; day: number; month: number } {
  if (timeZone === 'UTC')
    return (at) => {
      const date = new Date(at)
      return {
        minutes: date.getUTCHours() * 60 + date.getUTCMinutes(),
        day: date.getUTCDate(),
        month: date.getUTCMonth() + 1,
      }
    }
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    day: 'numeric',
    month: 'numeric',
  })
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return { minutes: part.hour! * 60 + part.minute!, day: part.day!, month: part.month! }
  }
}
