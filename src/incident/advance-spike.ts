import type { ErrorTypeCounts } from '../report/error-type.ts'
import { MINUTE } from '../time.ts'
import type { Spike } from './spike.ts'

/** What a tick knows of one series: the detector's word and the counts of the last 15 minutes. */
export interface SeriesFacts {
  service: string
  region: string | null
  verdict: { level: 'quiet' | 'suspected' | 'open'; score: number; onsetMs: number | null }
  /** Reporters in the last 15 minutes, and what the baseline foresaw for them. */
  observed: number
  expected: number
  /** "It works for me" votes of these minutes. */
  ok: number
  networks: number
  /** Networks since the rise began, against which diversity is judged. */
  isDiverse: boolean
  errorTypes: ErrorTypeCounts
  regions: { region: string; share: number }[]
}

export type SpikeChange = { kind: 'opened' | 'updated' | 'resolved'; spike: Spike }

/** An unresolved spike is told anew at most this often while only its numbers move. */
const UPDATE_EVERY_MS = 5 * MINUTE

/**
 * The life of a spike, one step: opened as `suspected` or `open`, confirmed once evidence and diversity of networks are
 * there, never demoted, resolved when the detector's alarm ends. `null` where nothing is worth telling.
 */
export function advanceSpike(
  current: Spike | null,
  facts: SeriesFacts,
  now: Date,
  make: { id: () => string; methodVersion: string },
): SpikeChange | null {
  const { verdict } = facts
  if (current === null) {
    if (verdict.level === 'quiet') return null
    const spike: Spike = {
      ...numbers(facts, now),
      id: make.id(),
      service: facts.service,
      region: facts.region,
      status: statusOf(facts),
      cause: 'volume',
      openedAt: now,
      onsetAt: new Date(Math.min(verdict.onsetMs ?? now.getTime(), now.getTime())),
      resolvedAt: null,
      peak: { observed: facts.observed, at: now },
      incidentId: null,
      spillOverOf: null,
      methodVersion: make.methodVersion,
    }
    return { kind: 'opened', spike }
  }

  if (verdict.level === 'quiet')
    return { kind: 'resolved', spike: { ...current, status: 'resolved', resolvedAt: now, updatedAt: now } }

  const status = current.status === 'open' ? 'open' : statusOf(facts)
  const peak = facts.observed > current.peak.observed ? { observed: facts.observed, at: now } : current.peak
  const isNews =
    status !== current.status ||
    facts.observed >= current.observed * 1.5 + 3 ||
    now.getTime() - current.updatedAt.getTime() >= UPDATE_EVERY_MS
  if (!isNews) return null
  return { kind: 'updated', spike: { ...current, ...numbers(facts, now), status, peak } }
}

function statusOf({ verdict, isDiverse }: SeriesFacts): 'suspected' | 'open' {
  return verdict.level === 'open' && isDiverse ? 'open' : 'suspected'
}

function numbers({ verdict, observed, expected, networks, errorTypes, regions }: SeriesFacts, now: Date) {
  return {
    updatedAt: now,
    observed,
    expected,
    ratio: observed / Math.max(0.1, expected),
    surprise: verdict.score,
    confidence: confidenceOf(verdict.score),
    networks,
    errorTypes,
    regions,
  }
}

/**
 * Probability that a rise is real, for a prior of one outage among 1,000 chance fluctuations of the same evidence:
 * o / (1 + o) with o = 10^(score - 3).
 *
 * @param score evidence in decades
 */
export function confidenceOf(score: number): number {
  const odds = 10 ** (score - 3)
  return Math.min(0.999_999, Math.max(0.000_001, odds / (1 + odds)))
}
