import { wilsonInterval } from '../count/wilson.ts'
import type {
  Incident,
  IncidentClass,
  IncidentStatus,
  IncidentUpdate,
  ProviderUpdate,
  Severity,
} from '../incident/incident.ts'
import { levelOf } from '../region/scope.ts'
import { ERROR_TYPES, type ErrorType } from '../report/error-type.ts'
import { DAY, MINUTE } from '../time.ts'

/** A correction or remark that came after the fact; shown beside what it corrects. */
export type Correction =
  | { kind: 'reclassified'; at: number; from: IncidentClass; to: IncidentClass; note: string | null }
  | { kind: 'annotated'; at: number; text: string }

/**
 * Everything on record about an incident, as plain data: what pages, briefs, snapshots and archives are written from.
 * Instants are milliseconds since the epoch.
 */
export interface IncidentRecord {
  id: string
  service: { slug: string; name: string }
  status: IncidentStatus
  class: IncidentClass
  severity: Severity
  /** Moment of the numbers. */
  asOf: number
  /** Estimated begin of the rise, with the interval that holds it. */
  onset: { at: number; from: number; until: number }
  /** When the rise stood out from the usual level. */
  noticedAt: number
  confirmedAt: number | null
  /** Estimated, like the onset. */
  endedAt: number | null
  /** Counted problem reports since the onset, worldwide. */
  reports: number
  /** Distinct reporters; an upper bound where the incident spans several days, since nobody can be told again the next day. */
  reporters: { count: number; isUpperBound: boolean } | null
  /** "It works for me" votes. */
  okVotes: number
  /** Share of problems among votes, with its 95 % interval; `null` while nobody voted that it works. */
  affected: { share: number; lower: number; upper: number; votes: number } | null
  /** Largest count of 15 minutes, up to `at`, and what is usual then. */
  peak: { observed: number; expected: number; at: number }
  /** Another rise of its own after the counts had fallen to less than half. */
  secondPeak: { observed: number; at: number } | null
  /** Most first; types without reports are absent. */
  errorTypes: { type: ErrorType; count: number }[]
  /** Countries (or, where only one is concerned, its subdivisions) that carry the excess; shares of the excess. */
  regions: { region: string; share: number }[]
  isWorldwide: boolean
  /** Where reports stayed within the usual range although enough are usual there to see a rise; most usual reports first. */
  quietRegions: string[]
  /** Share of reports whose place is not known; `null` where that is not on record. */
  unplacedShare: number | null
  providerUpdates: RecordedUpdate[]
  spillOverOf: { incidentId: string; service: string; name: string } | null
  /** When reports rose again after an end. */
  reopenedAt: number[]
  corrections: Correction[]
  methodVersion: string
}

export type RecordedUpdate = Omit<ProviderUpdate, 'at'> & { at: number }

/** What the counts and the catalogue add to an incident as it is stored. */
export interface RecordSupplement {
  asOf: number
  serviceName: string
  spillOverName: string | null
  reporters: number | null
  /** Worldwide counts by quarter of an hour, oldest first, over the incident. */
  quarters: { at: number; count: number | null }[]
  quietRegions: string[]
  unplacedShare: number | null
}

/** Puts a record together. */
export function recordOf(
  incident: Incident,
  timeline: readonly IncidentUpdate[],
  updates: readonly ProviderUpdate[],
  supplement: RecordSupplement,
): IncidentRecord {
  const votes = incident.reports + incident.okVotes
  const interval = incident.okVotes > 0 ? wilsonInterval(incident.reports, votes) : null
  const onsetAt = incident.onsetAt.getTime()
  const until = incident.resolvedAt?.getTime() ?? supplement.asOf
  const spansDays = Math.floor(onsetAt / DAY) !== Math.floor(until / DAY)
  const peak = { ...incident.peak, at: incident.peak.at.getTime() }
  return {
    id: incident.id,
    service: { slug: incident.service, name: supplement.serviceName },
    status: incident.status,
    class: incident.class,
    severity: incident.severity,
    asOf: supplement.asOf,
    onset: { at: onsetAt, from: incident.onsetFrom.getTime(), until: incident.onsetUntil.getTime() },
    noticedAt: incident.openedAt.getTime(),
    confirmedAt: incident.confirmedAt?.getTime() ?? null,
    endedAt: endOf(incident),
    reports: incident.reports,
    reporters: supplement.reporters === null ? null : { count: supplement.reporters, isUpperBound: spansDays },
    okVotes: incident.okVotes,
    affected: interval === null ? null : { share: incident.reports / votes, ...interval, votes },
    peak,
    secondPeak: secondPeakOf(supplement.quarters, peak.at),
    errorTypes: ERROR_TYPES.map((type) => ({ type, count: incident.errorTypes[type] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    regions: leadingRegions(incident.regions),
    isWorldwide: incident.isWorldwide,
    quietRegions: supplement.quietRegions,
    unplacedShare: supplement.unplacedShare,
    providerUpdates: updates.map((update) => ({ ...update, at: update.at.getTime() })).sort((a, b) => a.at - b.at),
    spillOverOf:
      incident.spillOverOf === null
        ? null
        : { ...incident.spillOverOf, name: supplement.spillOverName ?? incident.spillOverOf.service },
    reopenedAt: timeline.filter(({ kind }) => kind === 'reopened').map(({ at }) => at.getTime()),
    corrections: timeline.flatMap(correctionOf),
    methodVersion: incident.methodVersion,
  }
}

/** The estimated end; where that cannot be told, the moment at which it was told. */
export function endOf({ endedAt, resolvedAt }: Pick<Incident, 'endedAt' | 'resolvedAt'>): number | null {
  return (endedAt ?? resolvedAt)?.getTime() ?? null
}

/** Countries and subdivisions would count the same excess twice, so one level is told. */
export function leadingRegions(regions: Incident['regions']): Incident['regions'] {
  const sorted = regions.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share)
  const countries = sorted.filter(({ region }) => levelOf(region) === 'country')
  return countries.length > 0 ? countries : sorted
}

export function correctionOf({ at, kind, data }: IncidentUpdate): Correction[] {
  if (kind === 'reclassified')
    return [
      {
        kind,
        at: at.getTime(),
        from: data.from as IncidentClass,
        to: data.to as IncidentClass,
        note: typeof data.note === 'string' ? data.note : null,
      },
    ]
  if (kind === 'annotated' && typeof data.text === 'string') return [{ kind, at: at.getTime(), text: data.text }]
  return []
}

/** A second rise is told from half of the first peak on, at least this many reports. */
const SECOND_PEAK_LEAST = 10

/**
 * The highest quarter of an hour that is parted from the highest by a fall to less than half of itself.
 *
 * @param quarters counts by quarter of an hour, oldest first
 * @param peakAt end of the 15 minutes of the main peak
 * @returns with the end of that quarter, `null` where there is one peak only
 */
export function secondPeakOf(
  quarters: readonly { at: number; count: number | null }[],
  peakAt: number,
): { observed: number; at: number } | null {
  const largest = quarters.reduce((most, { count }) => Math.max(most, count ?? 0), 0)
  const main = quarters.findLastIndex(({ at }) => at < peakAt)
  let best: { observed: number; at: number } | null = null
  for (const step of [1, -1]) {
    let lowest = Number.POSITIVE_INFINITY
    for (let index = main + step; index >= 0 && index < quarters.length; index += step) {
      const count = quarters[index]!.count ?? 0
      lowest = Math.min(lowest, count)
      const isParted = lowest < count / 2
      if (isParted && count >= SECOND_PEAK_LEAST && count >= largest / 2 && count > (best?.observed ?? 0))
        best = { observed: count, at: quarters[index]!.at + 15 * MINUTE }
    }
  }
  return best
}
