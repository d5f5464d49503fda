/** Intervals and bucket alignment, in UTC. Instants are `Date`s at the edges and milliseconds since the epoch inside. */

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const WEEK = 7 * DAY

/** Half open: `from` belongs to it, `until` does not. */
export interface Interval {
  from: Date
  until: Date
}

/** Start of the bucket of the given width that contains an instant; buckets are aligned to the epoch. */
export function bucketStart(instant: Date, widthMs: number): Date {
  return new Date(Math.floor(instant.getTime() / widthMs) * widthMs)
}

export function addMs(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms)
}
