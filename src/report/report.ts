import { AppError } from '../errors.ts'
import { firstLevelOf } from '../region/region.ts'
import { addMs, DAY, MINUTE } from '../time.ts'

/** How far back a report may say that it was seen. */
export const LATE_REPORT_MS = DAY

/** Ahead of ours by this much, a client's clock is still believed to mean "now". */
const CLOCK_SKEW_MS = 5 * MINUTE

/**
 * When a report was seen, if that is not now. A moment within the last minute is now; the future and more than a day back
 * are refused.
 */
export function lateObservation(observedAt: Date | null, now: Date): Date | null {
  if (observedAt === null) return null
  if (observedAt > addMs(now, CLOCK_SKEW_MS)) throw refused('must not lie in the future')
  if (observedAt < addMs(now, -LATE_REPORT_MS)) throw refused('must lie within the last 24 hours')
  return observedAt > addMs(now, -MINUTE) ? null : observedAt
}

function refused(message: string): AppError {
  return new AppError('invalid-request', `observedAt ${message}.`, { errors: [{ field: 'observedAt', message }] })
}

/** Where a platform believes somebody to be; both `null` when it does not know. */
export interface Place {
  country: string | null
  /** ISO 3166-2, of that country. */
  subdivision: string | null
}

export const NOWHERE: Place = { country: null, subdivision: null }

/** @param region a code in force; the heir of a subdivision may be a country of its own (`US-PR` is `PR`) */
export const placeIn = (region: string): Place => ({
  country: region.slice(0, 2),
  subdivision: region.includes('-') ? region : null,
})

/**
 * The region a report counts in. The platform's word on the country wins, since it cannot be chosen; inside that country
 * the person's own choice wins over the guess. Without the platform's word the choice stands. Deeper subdivisions count in
 * the first level, which is what maps draw.
 */
export function placeReport(chosen: string | null, platform: Place): string | null {
  const isOwnCountry = platform.country === null || chosen?.slice(0, 2) === platform.country
  const region =
    chosen !== null && isOwnCountry && (chosen.length > 2 || platform.country === null)
      ? chosen
      : (platform.subdivision ?? platform.country)
  return region === null ? null : firstLevelOf(region)
}
