import type { ErrorTypeCounts } from '../report/error-type.ts'

export type Severity = 'minor' | 'major' | 'critical'

/** `suspected` until one of its spikes is confirmed. */
export type IncidentStatus = 'suspected' | 'open' | 'resolved'

/** `outage` of its own, `spill-over` of another service's, or `dismissed` by an operator as no outage. */
export type IncidentClass = 'outage' | 'spill-over' | 'dismissed'

/** All concurrent spikes of one service told as one story. */
export interface Incident {
  id: string
  service: string
  status: IncidentStatus
  class: IncidentClass
  severity: Severity
  /** Estimated begin of the rise, with the interval that holds it. */
  onsetAt: Date
  onsetFrom: Date
  onsetUntil: Date
  openedAt: Date
  /** `null` while suspected. */
  confirmedAt: Date | null
  resolvedAt: Date | null
  updatedAt: Date
  /** Counted problem reports since the onset, worldwide. */
  reports: number
  /** "It works for me" votes since the onset. */
  okVotes: number
  /** Largest 15-minute count of reporters, and when. */
  peak: { observed: number; expected: number; at: Date }
  errorTypes: ErrorTypeCounts
  regions: { region: string; share: number }[]
  isWorldwide: boolean
  spillOverOf: { incidentId: string; service: string } | null
  spikeIds: string[]
  methodVersion: string
}

/** One dated entry of an incident's timeline. */
export interface IncidentUpdate {
  at: Date
  kind: 'opened' | 'confirmed' | 'severity' | 'spread' | 'peak' | 'reclassified' | 'annotated' | 'reopened' | 'resolved'
  /** Facts of the change, as plain data; sentences are made when shown. */
  data: Record<string, string | number | boolean | null | string[]>
}

/** What the provider said, entered by an operator or read from its status page. */
export interface ProviderUpdate {
  at: Date
  status: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  text: string
  sourceUrl: string | null
  /** Cause, if stated. */
  cause: string | null
  workaround: string | null
}
