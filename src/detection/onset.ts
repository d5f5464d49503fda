/** When a rise began, as far as its counts tell. */
export interface Onset {
  atMs: number
  /** The interval that holds it; wide where reports are few. */
  fromMs: number
  untilMs: number
}

const MINUTE_MS = 60_000
/** Reports a minute, where the baseline foresees next to nothing. */
const LEAST_RATE = 0.01
/**
 * Minutes that are this many nats less likely than the likeliest are not thought to hold the onset. Two would be the 95 % interval
 * of Poisson counts (Wilks 1938); reports scatter by about half more than those.
 */
const WITHIN_NATS = 3

/**
 * The likeliest begin of a rise and the interval of begins that are nearly as likely: the profile likelihood of a change point, a
 * Poisson rate that is known before and not after (Hinkley 1970). `null` where nothing has risen, or it had before the first minute.
 *
 * @param course reports by minute, oldest first
 * @param usualPerMinute reports a minute that the baseline foresees
 * @param endMs end of the last minute
 */
export function onsetOf(course: readonly number[], usualPerMinute: number, endMs: number): Onset | null {
  const usual = Math.max(LEAST_RATE, usualPerMinute)
  const likelihoods = new Array<number>(course.length).fill(0)
  let [reports, likeliest] = [0, 0]
  for (let minute = course.length - 1; minute >= 0; minute--) {
    reports += course[minute]!
    const foreseen = usual * (course.length - minute)
    if (reports > foreseen) likelihoods[minute] = reports * Math.log(reports / foreseen) - (reports - foreseen)
    if (likelihoods[minute]! >= likelihoods[likeliest]!) likeliest = minute
  }
  const most = likelihoods[likeliest] ?? 0
  if (most === 0 || likeliest === 0) return null
  const isLikely = (likelihood: number) => likelihood >= most - WITHIN_NATS && likelihood > 0
  const startOf = (minute: number) => endMs - (course.length - minute) * MINUTE_MS
  return {
    atMs: startOf(likeliest),
    fromMs: startOf(likelihoods.findIndex(isLikely)),
    untilMs: startOf(likelihoods.findLastIndex(isLikely) + 1),
  }
}

/** Time between two onsets that the intervals leave open at least; 0 where they may be one. */
export function gapBetween(a: Onset, b: Onset): number {
  return Math.max(0, a.fromMs - b.untilMs, b.fromMs - a.untilMs)
}
