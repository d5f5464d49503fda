/**
 * Evidence that a rise has ended, in nats: the log likelihood ratio of "back to what is usual" against "still failing at half
 * its height", Poisson counts (Wald 1945), over whichever of the last 5, 10 and 20 minutes says most. A thin region's chart
 * takes hours to forget what a few quiet minutes disprove. Each "it works for me" adds a nat.
 *
 * @param peakPerMinute reports a minute at the height of the rise
 * @param usualPerMinute reports a minute that the baseline foresees
 * @param lately reports by minute, the newest last
 * @returns above 0 for the end, below 0 for a rise that goes on; 0 where the height is too near the usual to tell
 */
export function recoveryNats(
  peakPerMinute: number,
  usualPerMinute: number,
  lately: readonly number[],
  okVotes: number,
): number {
  const usual = Math.max(LEAST_RATE, usualPerMinute)
  const failing = peakPerMinute / 2
  if (failing < LEAST_RATIO * usual || lately.length < WINDOWS[0]) return 0
  let most = Number.NEGATIVE_INFINITY
  for (const minutes of WINDOWS) {
    if (lately.length < minutes) break
    const reports = lately.slice(-minutes).reduce((sum, count) => sum + count, 0)
    most = Math.max(most, (failing - usual) * minutes - reports * Math.log(failing / usual))
  }
  return most + Math.min(okVotes, MOST_VOTES)
}

const WINDOWS = [5, 10, 20] as const
/** Reports a minute, where the baseline foresees next to nothing. */
const LEAST_RATE = 0.01
const LEAST_RATIO = 2
/** Votes alone end nothing. */
const MOST_VOTES = 4

/**
 * Since how many minutes the reports have been usual again: the most likely point at which the rate fell from "still twice the
 * usual" to the usual (Hinkley 1970, Biometrika 57:1), Poisson counts.
 *
 * @param lately reports by minute, the newest last
 * @returns 0 while the rise goes on, at most as many as there are minutes
 */
export function minutesSinceEnd(usualPerMinute: number, lately: readonly number[]): number {
  const usual = Math.max(LEAST_RATE, usualPerMinute)
  const failing = Math.max(2 * usual, usual + LEAST_RISE)
  let [nats, most, minutes] = [0, 0, 0]
  for (let n = 1; n <= lately.length; n++) {
    nats += failing - usual - lately[lately.length - n]! * Math.log(failing / usual)
    if (nats > most) [most, minutes] = [nats, n]
  }
  return minutes
}

/** Reports a minute: three in a quarter of an hour are no outage. */
const LEAST_RISE = 0.2

/** Evidence at which a rise is over; as much as the detector's charts must give back. */
export const RECOVERED_AT = 6

/**
 * Whether the last minutes hold no more than chance makes of what is usual; not where fewer of them were heard.
 *
 * @param deviations of Poisson's law that chance may make
 */
export function isUsual(
  usualPerMinute: number,
  lately: readonly number[],
  { minutes, deviations }: { minutes: number; deviations: number },
): boolean {
  if (lately.length < minutes) return false
  const expected = usualPerMinute * minutes
  const reports = lately.slice(-minutes).reduce((sum, count) => sum + count, 0)
  return reports <= expected + deviations * Math.sqrt(expected) + 1
}
