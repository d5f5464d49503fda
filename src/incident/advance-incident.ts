import type { Reach } from '../detection/localise.ts'
import type { Onset } from '../detection/onset.ts'
import { levelOf, WORLD } from '../region/scope.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'
import { MINUTE } from '../time.ts'
import type { Incident, IncidentClass, IncidentLink, IncidentUpdate, Severity, SpillOverOf } from './incident.ts'
import type { Spike } from './spike.ts'

/** A rise within this long of an incident's end is the same incident, re-opened. */
export const REOPEN_MS = 30 * MINUTE

/** An incident is told anew at most this often while only its numbers move. */
const UPDATE_EVERY_MS = MINUTE

/** How many of the excess reports the two leading countries may carry before an incident is regional. */
const WORLDWIDE_SHARE = 0.8

export interface IncidentFacts {
  service: string
  /** Unresolved spikes of the service; empty once all have ended. */
  spikes: Spike[]
  /** Counted since the onset, worldwide. */
  reports: number
  okVotes: number
  networks: number
  errorTypes: ErrorTypeCounts
  /** The last 15 minutes, worldwide. */
  observed: number
  expected: number
  /** "It works for me" votes of these minutes. */
  okNow: number
  /** When the counts say that it began; `null` where they do not show it any more. */
  onset: Onset | null
  /** Another incident that explains this rise, as far as can be told now. */
  spillOver: SpillOverOf | null
  related: IncidentLink[]
  /** Countries and subdivisions by their part of the worldwide excess. */
  regions: { region: string; share: number }[]
  /** When the last of its spikes ended, where all have and that is known. */
  endedAt: Date | null
}

export interface IncidentChange {
  kind: 'opened' | 'updated' | 'resolved'
  incident: Incident
  entries: IncidentUpdate[]
}

/**
 * Severity by the published rule, from the worldwide 15-minute window: `critical` from 200 reporters at 20 times the usual,
 * `major` from 50 reporters at 5 times the usual, else `minor`. An incident's severity is the highest it has had.
 */
export function severityOf(observed: number, expected: number): Severity {
  const ratio = observed / Math.max(0.1, expected)
  if (observed >= 200 && ratio >= 20) return 'critical'
  if (observed >= 50 && ratio >= 5) return 'major'
  return 'minor'
}

const RANK: Record<Severity, number> = { minor: 0, major: 1, critical: 2 }

/** One incident a service at a time: one step of its life. `current` is unresolved, or ended less than `REOPEN_MS` ago. */
export function advanceIncident(
  current: Incident | null,
  facts: IncidentFacts,
  now: Date,
  make: { id: () => string; methodVersion: string },
): IncidentChange | null {
  const { spikes, endedAt } = facts
  if (spikes.length === 0) {
    if (current === null || current.status === 'resolved') return null
    const incident: Incident = { ...current, status: 'resolved', resolvedAt: now, endedAt, updatedAt: now }
    const { observed, expected, okNow } = facts
    const data = { reports: incident.reports, observed, expected: Math.round(expected * 10) / 10, ok: okNow }
    return { kind: 'resolved', incident, entries: [{ at: now, kind: 'resolved', data }] }
  }

  const isConfirmed = spikes.some(({ status }) => status === 'open')
  const told = story(facts, now, current)
  if (current === null) {
    const incident: Incident = {
      ...told,
      ...onsetTold(facts, now),
      id: make.id(),
      service: facts.service,
      status: isConfirmed ? 'open' : 'suspected',
      class: facts.spillOver === null ? 'outage' : 'spill-over',
      severity: severityOf(facts.observed, facts.expected),
      openedAt: now,
      confirmedAt: isConfirmed ? now : null,
      resolvedAt: null,
      endedAt: null,
      peak: { observed: facts.observed, expected: facts.expected, at: now },
      spillOverOf: facts.spillOver,
      related: facts.related,
      spikeIds: spikes.map(({ id }) => id),
      methodVersion: make.methodVersion,
    }
    const entries: IncidentUpdate[] = [{ at: now, kind: 'opened', data: { observed: facts.observed } }]
    if (facts.spillOver !== null) entries.push(reclassified(now, facts.spillOver))
    entries.push(...linked(now, [], facts.related))
    return { kind: 'opened', incident, entries }
  }

  const entries: IncidentUpdate[] = []
  const isReopened = current.status === 'resolved'
  if (isReopened) entries.push({ at: now, kind: 'reopened', data: { observed: facts.observed } })
  const becomesConfirmed = isConfirmed && current.confirmedAt === null
  if (becomesConfirmed)
    entries.push({ at: now, kind: 'confirmed', data: { observed: facts.observed, networks: facts.networks } })
  const severity = severityOf(facts.observed, facts.expected)
  const isWorse = RANK[severity] > RANK[current.severity]
  if (isWorse) entries.push({ at: now, kind: 'severity', data: { severity } })
  const known = new Set(current.spikeIds)
  const spread = spikes.filter(({ id, region }) => !known.has(id) && region !== null).map(({ region }) => region!)
  if (spread.length > 0) entries.push({ at: now, kind: 'spread', data: { regions: spread } })

  const spillOver = explanationOf(current, facts.spillOver)
  if (spillOver.isNews) entries.push(reclassified(now, spillOver.of))
  const links = mergeLinks(current.related, facts.related)
  entries.push(...linked(now, current.related, links))
  const hasNewSpike = spikes.some(({ id }) => !known.has(id))
  const hasNumbers = facts.reports !== current.reports || facts.okVotes !== current.okVotes
  const isDue = now.getTime() - current.updatedAt.getTime() >= UPDATE_EVERY_MS
  const isMuchLarger = facts.observed >= current.peak.observed * 1.5 + 3
  if (entries.length === 0 && !hasNewSpike && !(hasNumbers && (isDue || isMuchLarger))) return null
  const isYoung = now.getTime() - current.openedAt.getTime() < ONSET_SETTLES_MS
  const incident: Incident = {
    ...current,
    ...told,
    ...(isYoung && facts.onset !== null ? onsetTold(facts, current.openedAt) : {}),
    status: isConfirmed || current.confirmedAt !== null ? 'open' : 'suspected',
    confirmedAt: becomesConfirmed ? now : current.confirmedAt,
    resolvedAt: null,
    endedAt: null,
    severity: isWorse ? severity : current.severity,
    peak:
      facts.observed > current.peak.observed
        ? // Where the worldwide spike has ended, what is usual may not be known any more.
          { observed: facts.observed, expected: facts.expected || current.peak.expected, at: now }
        : current.peak,
    class: spillOver.class,
    spillOverOf: spillOver.of,
    related: links,
    spikeIds: [...new Set([...current.spikeIds, ...spikes.map(({ id }) => id)])],
  }
  return { kind: 'updated', incident, entries }
}

/** The first minutes after a rise are what tells when it began; after that its onset is not told anew. */
const ONSET_SETTLES_MS = 15 * MINUTE

/** The onset with the interval that holds it, before the alarm; the detector's word where the counts show none. */
function onsetTold({ onset, spikes }: IncidentFacts, openedAt: Date) {
  const detectedMs = Math.min(...spikes.map(({ onsetAt }) => onsetAt.getTime()))
  const { atMs, fromMs, untilMs } = onset ?? {
    atMs: detectedMs,
    fromMs: detectedMs - 2 * MINUTE,
    untilMs: detectedMs + 2 * MINUTE,
  }
  const begun = (ms: number) => new Date(Math.min(openedAt.getTime(), ms))
  return { onsetAt: begun(atMs), onsetFrom: begun(fromMs), onsetUntil: begun(untilMs) }
}

/** Where it is, is told at its height; what lags behind in one country after the worldwide spike has ended is no longer the whole. */
function story(
  { spikes, observed, reports, okVotes, errorTypes, regions: ofWhole }: IncidentFacts,
  now: Date,
  current: Incident | null,
) {
  const world = spikes.find(({ region }) => region === null)
  const numbers = { updatedAt: now, reports, okVotes, errorTypes }
  if (world === undefined && current !== null && observed < current.peak.observed / 2) {
    const { regions, reach, largestNetworkShare, isWorldwide } = current
    return { ...numbers, regions, reach, largestNetworkShare, isWorldwide }
  }
  const regions = world?.regions ?? ofWhole
  const countries = regions.filter(({ region }) => levelOf(region) === 'country')
  const leading = countries.slice(0, 2).reduce((sum, { share }) => sum + share, 0)
  const reach = world?.reach ?? reachWithoutWorld(spikes)
  const isEverywhere = reach !== 'regional' && reach !== 'network'
  return {
    ...numbers,
    regions,
    reach,
    largestNetworkShare: (world ?? spikes[0]!).largestNetworkShare,
    isWorldwide: isEverywhere && world !== undefined && countries.length >= 5 && leading < WORLDWIDE_SHARE,
  }
}

/** Where some regions stand out and the whole world does not, the failure is theirs, or one network's in them. */
function reachWithoutWorld(spikes: readonly Spike[]): Reach {
  return spikes.every(({ reach }) => reach === 'network') ? 'network' : 'regional'
}

/**
 * Spill-over is said as soon as another rise explains this one, and taken back only while both go on and it no longer does:
 * by then this one has grown into trouble of its own. What an operator decided stays.
 */
function explanationOf(current: Incident, found: SpillOverOf | null) {
  if (current.class === 'dismissed' || current.isClassFixed)
    return { class: current.class, of: current.spillOverOf, isNews: false }
  const isNews = (found === null) !== (current.spillOverOf === null)
  const kind: IncidentClass = found === null ? 'outage' : 'spill-over'
  return { class: kind, of: found, isNews }
}

function reclassified(at: Date, of: SpillOverOf | null): IncidentUpdate {
  if (of === null) return { at, kind: 'reclassified', data: { class: 'outage' } }
  const { service, incidentId, evidence } = of
  const numbers = evidence && {
    excessRatio: Math.round(evidence.excessRatio * 10) / 10,
    leadMinutes: Math.round(evidence.leadMs / MINUTE),
    overlap: Math.round(evidence.overlap * 100) / 100,
  }
  const data = { class: 'spill-over', service, incidentId, ...numbers }
  return { at, kind: 'reclassified', data }
}

const MOST_LINKS = 24

function mergeLinks(known: readonly IncidentLink[], found: readonly IncidentLink[]): IncidentLink[] {
  const merged = new Map([...known, ...found].map((link) => [link.incidentId, link]))
  return [...merged.values()].slice(0, MOST_LINKS)
}

function linked(at: Date, known: readonly IncidentLink[], links: readonly IncidentLink[]): IncidentUpdate[] {
  const had = new Set(known.map(({ incidentId }) => incidentId))
  const added = links.filter(({ incidentId }) => !had.has(incidentId))
  if (added.length === 0) return []
  return [{ at, kind: 'related', data: { services: added.map(({ service }) => service) } }]
}

/** Scope of a spike as the counts know it. */
export function scopeOf(spike: Pick<Spike, 'region'>): string {
  return spike.region ?? WORLD
}
