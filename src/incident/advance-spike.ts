import type { Reach } from '../detection/localise.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'
import { HOUR, MINUTE } from '../time.ts'
import { isUsual, minutesSinceEnd, RECOVERED_AT, recoveryNats } from './recovery.ts'
import type { Spike, SpikeCause } from './spike.ts'

/** What a tick knows of one series: the detector's word and the counts of the last 15 minutes. */
export interface SeriesFacts {
  service: string
  region: string | null
  cause: SpikeCause
  verdict: { level: 'quiet' | 'suspected' | 'open'; score: number; onsetMs: number | null }
  /** That this is no chance fluctuation, in (0, 1): `confidenceOfEvidence`. */
  confidence: number
  /** Reporters in the last 15 minutes, and what the baseline foresaw for them. */
  observed: number
  expected: number
  /** "It works for me" votes of these minutes. */
  ok: number
  /** Weighted reporters by minute, the finished minutes of late that were listened to without a pause, the newest last. */
  lately: readonly number[]
  /** Where these end. */
  latelyUntil: Date
  /** The last spike of the series where the alarm that raised it still stands. */
  previous: Spike | null
  networks: number
  /** Networks since the rise began, against which diversity is judged. */
  isDiverse: boolean
  errorTypes: ErrorTypeCounts
  regions: { region: string; share: number }[]
  reach: Reach
  /** Part of the excess since the rise began that comes from one network, in [0, 1]; `null` where it was not looked at or cannot be told. */
  largestNetworkShare: number | null
}

export type SpikeChange = { kind: 'opened' | 'updated' | 'resolved' | 'reclassified'; spike: Spike }

/** An unresolved spike is told anew at most this often while only its numbers move. */
const UPDATE_EVERY_MS = 5 * MINUTE

/** Whether a spike is told anew now even if nothing but its numbers moved: the time to look at what is dear to know. */
export function isDueAnew({ updatedAt }: Spike, now: Date): boolean {
  return now.getTime() - updatedAt.getTime() >= UPDATE_EVERY_MS
}

/**
 * The life of a spike, one step: opened as `suspected` or `open`, confirmed once evidence and diversity of networks are
 * there, never demoted, resolved when the detector's alarm ends and reports or votes agree. `null` where nothing is worth telling.
 */
export function advanceSpike(
  current: Spike | null,
  facts: SeriesFacts,
  now: Date,
  make: { id: () => string; methodVersion: string },
): SpikeChange | null {
  const { verdict } = facts
  if (current === null) {
    if (verdict.level === 'quiet' || isOldAlarm(facts)) return null
    const spike: Spike = {
      ...numbers(facts, now),
      id: make.id(),
      service: facts.service,
      region: facts.region,
      status: statusOf(facts),
      cause: facts.cause,
      openedAt: now,
      onsetAt: new Date(Math.min(verdict.onsetMs ?? now.getTime(), now.getTime())),
      resolvedAt: null,
      endedAt: null,
      peak: { observed: facts.observed, at: now },
      incidentId: null,
      spillOverOf: null,
      methodVersion: make.methodVersion,
    }
    return { kind: 'opened', spike }
  }

  const hasEnded = verdict.level === 'quiet' ? isOver(current, facts, now) : hasRecovered(current, facts, now)
  if (hasEnded) {
    const { observed } = facts
    const peak = observed > current.peak.observed ? { observed, at: now } : current.peak
    const last = { observed, ratio: ratioOf(observed, current.expected), peak }
    const ends = { resolvedAt: now, endedAt: endOf(current, facts) }
    return { kind: 'resolved', spike: { ...current, ...last, ...ends, status: 'resolved', updatedAt: now } }
  }

  const status = current.status === 'open' ? 'open' : statusOf(facts)
  const peak = facts.observed > current.peak.observed ? { observed: facts.observed, at: now } : current.peak
  const isNews = status !== current.status || facts.observed >= current.observed * 1.5 + 3 || isDueAnew(current, now)
  if (!isNews) return null
  return { kind: 'updated', spike: { ...current, ...numbers(measured(facts, current), now), status, peak } }
}

/** By then at the latest what lasts is no outage but growth. */
const LONGEST_MS = 72 * HOUR

/**
 * Whether a quiet baseline means that the rise has ended. It may only have got used to the rise: in half a day everywhere, within
 * minutes where it has not yet seen a whole week. So people must agree: the reports have fallen towards what was usual before, or
 * more people say that it works than that it fails.
 */
function isOver({ onsetAt, expected }: Spike, { observed, ok, lately }: SeriesFacts, now: Date): boolean {
  if (now.getTime() - onsetAt.getTime() > LONGEST_MS) return true
  // What nobody listened to says nothing of an end.
  if (lately.length >= WINDOW_MINUTES && (observed <= 2 * expected + 3 || ok > observed)) return true
  return isUsual((2 * expected) / WINDOW_MINUTES, lately, { minutes: quietMinutes(ok), deviations: 2 })
}

/** Minutes that `observed` and `expected` are of. */
const WINDOW_MINUTES = 15

/** Not before it was seen to go on. A shift of the mix ends without a fall of the volume. */
function endOf(
  { cause, openedAt, expected }: Spike,
  { verdict, lately, latelyUntil, ...facts }: SeriesFacts,
): Date | null {
  if (cause !== 'volume') return null
  // What a quiet baseline foresees may be what it got used to.
  const usual = (verdict.level === 'quiet' ? expected : facts.expected) / WINDOW_MINUTES
  const minutes = minutesSinceEnd(usual, lately)
  // It ended before all that was listened to.
  if (minutes === lately.length) return null
  const endMs = latelyUntil.getTime() - minutes * MINUTE
  return new Date(Math.max(openedAt.getTime(), endMs))
}

/** Reports pause for minutes in the middle of an outage; only where people say that it works are five of them enough. */
function quietMinutes(ok: number): number {
  return ok >= SOME_VOTES ? 5 : 10
}

const SOME_VOTES = 3

/** What is told of a spike that goes on. */
function measured(facts: SeriesFacts, current: Spike): SeriesFacts {
  const told = { ...facts }
  // Networks are looked at now and then; in between, what was found holds.
  if (facts.largestNetworkShare === null) {
    told.largestNetworkShare = current.largestNetworkShare
    if (current.reach === 'network') told.reach = 'network'
  }
  // What a quiet baseline foresees while reports go on is no measure of them; its last word before that is.
  if (facts.verdict.level === 'quiet') {
    told.expected = current.expected
    told.confidence = current.confidence
    told.verdict = { ...facts.verdict, score: current.surprise }
  }
  return told
}

/** Counts and votes say that it is over while the detector's chart still remembers. */
function hasRecovered(spike: Spike, { expected, lately, ok }: SeriesFacts, now: Date): boolean {
  if (spike.cause !== 'volume' || now.getTime() - spike.openedAt.getTime() < UPDATE_EVERY_MS) return false
  const usual = expected / WINDOW_MINUTES
  const isQuiet = isUsual(usual, lately, { minutes: quietMinutes(ok), deviations: 2 })
  return isQuiet && recoveryNats(spike.peak.observed / WINDOW_MINUTES, usual, lately, ok) >= RECOVERED_AT
}

/** The spike that ended last, where its alarm still stands: one that began before the spike ended is the same. */
export function ofStandingAlarm(ended: Spike | null, onsetMs: number | null): Spike | null {
  if (ended === null || ended.resolvedAt === null || onsetMs === null) return null
  return onsetMs <= ended.resolvedAt.getTime() ? ended : null
}

/** An alarm whose spike has ended opens another one only when reports rise again. */
function isOldAlarm({ previous, expected, lately }: SeriesFacts): boolean {
  if (previous === null) return false
  const minutes = 5
  return lately.length < minutes || isUsual(expected / WINDOW_MINUTES, lately, { minutes, deviations: 4 })
}

function statusOf({ verdict, isDiverse }: SeriesFacts): 'suspected' | 'open' {
  return verdict.level === 'open' && isDiverse ? 'open' : 'suspected'
}

function ratioOf(observed: number, expected: number): number {
  return observed / Math.max(0.1, expected)
}

function numbers(facts: SeriesFacts, now: Date) {
  const { verdict, confidence, observed, expected, networks, errorTypes, regions, reach, largestNetworkShare } = facts
  return {
    updatedAt: now,
    observed,
    expected,
    ratio: ratioOf(observed, expected),
    surprise: verdict.score,
    confidence,
    networks,
    errorTypes,
    regions,
    reach,
    largestNetworkShare,
  }
}
