import { AppError } from '../errors.ts'
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

/**
 * The region a report counts in. The platform's word on the country wins, since it cannot be chosen; inside that country
 * the person's own choice wins over the guess. Without the platform's word the choice stands.
 */
export function placeReport(
  chosen: string | null,
  platform: { country: string | null; subdivision: string | null },
): string | null {
  if (platform.country === null) return chosen
  if (chosen !== null && chosen.slice(0, 2) === platform.country && chosen.length > 2) return chosen
  return platform.subdivision ?? platform.country
}
