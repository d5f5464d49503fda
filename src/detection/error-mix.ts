import { logGamma } from './log-gamma.ts'

/**
 * A shift in how a service fails, below the threshold of volume: sign-ins fail, and the share of `login` goes from 8 to 60 per
 * cent while the number of reports stays ordinary. One CUSUM (Page 1954) per type, on the share of that type among the
 * reports of each step, against the series' own mix. Both laws are beta-binomial, so that the share's ordinary wander and the
 * thinness of its history are part of the null (Skellam 1948).
 */
export interface ErrorMix {
  /** Discounted reports by type, the memory of the usual mix. */
  usual: Record<string, number>
  charts: Record<string, MixChart>
}

export interface MixChart {
  /** Evidence for a risen share, in nats, by the odds ratios looked for. */
  evidence: number[]
  /** When it began to gather. */
  beganMs: number
  /** Reports of the type, and of all types, since then. */
  reports: number
  all: number
}

export interface MixShift {
  errorType: string
  evidenceNats: number
  isAlarm: boolean
  /** Usual share, and share since the evidence began to gather. */
  usualShare: number
  share: number
  onsetMs: number
}

/** The mix remembers some two weeks of reports, and at most so many. */
const MEMORY_MS = 14 * 24 * 3_600_000
/** Before any report, each type is thought equally likely, worth this many reports in all. */
const PRIOR_REPORTS = 8
/** How far shares wander: beta laws no firmer than so many reports. */
const FIRMNESS = 60
/** The shifts that are looked for, as odds ratios of the share. */
const ODDS_RATIOS = [3, 12] as const
/** Evidence that raises an alarm: about one false alarm a series and year at an alarm's usual pace of reports. */
export const MIX_ALARM_AT = 12
/** With fewer reports of the type since the onset, a shift is anecdote. */
const LEAST_REPORTS = 5
const MAX_EVIDENCE = 30

export function newErrorMix(): ErrorMix {
  return { usual: {}, charts: {} }
}

/**
 * Takes in the reports of one step (a minute or several) and says which shares have risen, the strongest first.
 *
 * @param types all that can occur, in a fixed order
 * @param counts reports by type in this step; absent types count as none
 * @param elapsedMs since the step before
 */
export function advanceErrorMix(
  mix: ErrorMix,
  types: readonly string[],
  counts: Readonly<Partial<Record<string, number>>>,
  atMs: number,
  elapsedMs: number,
): MixShift[] {
  const total = types.reduce((sum, type) => sum + (counts[type] ?? 0), 0)
  const remembered = types.reduce((sum, type) => sum + (mix.usual[type] ?? 0), 0)
  const shifts: MixShift[] = []
  let isCalm = true
  for (const type of types) {
    const usualShare = ((mix.usual[type] ?? 0) + PRIOR_REPORTS / types.length) / (remembered + PRIOR_REPORTS)
    const firmness = Math.min(FIRMNESS, remembered + PRIOR_REPORTS)
    const reports = counts[type] ?? 0
    const chart = mix.charts[type] ?? { evidence: ODDS_RATIOS.map(() => 0), beganMs: atMs, reports: 0, all: 0 }
    mix.charts[type] = chart
    if (total > 0) advanceChart(chart, reports, total, usualShare, firmness, atMs)
    const evidenceNats = Math.max(...chart.evidence)
    if (evidenceNats > DOUBTFUL_AT) isCalm = false
    if (evidenceNats > 0) {
      shifts.push({
        errorType: type,
        evidenceNats,
        isAlarm: evidenceNats >= MIX_ALARM_AT && chart.reports >= LEAST_REPORTS,
        usualShare,
        share: chart.reports / chart.all,
        onsetMs: chart.beganMs,
      })
    }
  }
  // What may be a shift is not learned as usual; after a day of it, it is.
  const kept = Math.exp(-elapsedMs / MEMORY_MS)
  for (const type of types) {
    const { evidence, beganMs } = mix.charts[type]!
    const isOld = Math.max(...evidence) > 0 && atMs - beganMs > ACCEPT_AFTER_MS
    if (isCalm || isOld || remembered < LEARN_BELOW)
      mix.usual[type] = (mix.usual[type] ?? 0) * kept + (counts[type] ?? 0)
  }
  return shifts.sort((a, b) => b.evidenceNats - a.evidenceNats)
}

const DOUBTFUL_AT = 5
const ACCEPT_AFTER_MS = 24 * 3_600_000
/** With fewer reports the usual mix is not known well enough to keep anything out of it. */
const LEARN_BELOW = 30

/**
 * Evidence of a number of reports, taken as a whole, for another share than the usual one: the generalised log likelihood ratio of
 * the binomial law (Wilks 1938), in nats.
 *
 * @param ofType people who named the type; a report counts by its weight
 * @param all people, at least as many
 * @param usualShare in (0, 1)
 */
export function shareEvidence(ofType: number, all: number, usualShare: number): number {
  const term = (people: number, share: number) => (people > 0 ? people * Math.log(people / all / share) : 0)
  return term(ofType, usualShare) + term(all - ofType, 1 - usualShare)
}

function advanceChart(
  chart: MixChart,
  reports: number,
  total: number,
  share: number,
  firmness: number,
  atMs: number,
): void {
  const usual = logBetaBinomial(reports, total, share, firmness)
  const wasQuiet = Math.max(...chart.evidence) === 0
  ODDS_RATIOS.forEach((ratio, i) => {
    const odds = (ratio * share) / (1 - share)
    const gain = logBetaBinomial(reports, total, odds / (1 + odds), firmness) - usual
    chart.evidence[i] = Math.min(MAX_EVIDENCE, Math.max(0, chart.evidence[i]! + gain))
  })
  if (Math.max(...chart.evidence) === 0) {
    chart.reports = 0
    chart.all = 0
    return
  }
  if (wasQuiet) chart.beganMs = atMs
  chart.reports += reports
  chart.all += total
}

/**
 * ln P(X = reports) of a beta-binomial law, without the binomial coefficient, which every ratio loses.
 *
 * @param share mean of the beta law, in (0, 1)
 * @param firmness the sum of its two parameters, above 0
 */
export function logBetaBinomial(reports: number, total: number, share: number, firmness: number): number {
  const a = share * firmness
  const b = firmness - a
  return logBeta(reports + a, total - reports + b) - logBeta(a, b)
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}
