import type { Reach } from '../detection/localise.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'

export type Severity = 'minor' | 'major' | 'critical'

/** `suspected` until one of its spikes is confirmed. */
export type IncidentStatus = 'suspected' | 'open' | 'resolved'

/** `outage` of its own, `spill-over` of another service's, or `dismissed` by an operator as no outage. */
export type IncidentClass = 'outage' | 'spill-over' | 'dismissed'

/** Another service's incident that explains this one. */
export interface SpillOverOf {
  incidentId: string
  service: string
  /** The numbers that say so; absent where an operator did. */
  evidence?: {
    /** The other's excess over this one's. */
    excessRatio: number
    /** How much earlier the other began, in ms. */
    leadMs: number
    /** Part of this excess that lies where the other's does, in [0, 1]. */
    overlap: number
    /** Correlation of the two courses, in [-1, 1]. */
    likeness: number
    /** In [0, 1]; spill-over from 0.5. */
    score: number
  }
}

/** An incident of another service that belongs to the same story. */
export interface IncidentLink {
  incidentId: string
  service: string
  /** This service runs on the other, the other on this one, or both rose at once, in the same places, for no listed reason. */
  relation: 'depends-on' | 'carries' | 'rose-together'
}

/** All concurrent spikes of one service told as one story. */
export interface Incident {
  id: string
  service: string
  status: IncidentStatus
  class: IncidentClass
  /** Set where an operator decided the class; then it is not judged any more. */
  isClassFixed?: boolean
  severity: Severity
  /** Estimated begin of the rise, with the interval that holds it. */
  onsetAt: Date
  onsetFrom: Date
  onsetUntil: Date
  openedAt: Date
  /** `null` while suspected. */
  confirmedAt: Date | null
  /** When it was told that it is over. */
  resolvedAt: Date | null
  /** Estimated end: when the reports of its last spike were usual again; `null` while it goes on, and where that cannot be told. */
  endedAt: Date | null
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
  /** Where the excess sits, seen from the whole world. */
  reach: Reach
  /** Part of the excess that comes from one network, in [0, 1]; `null` where it cannot be told. */
  largestNetworkShare: number | null
  spillOverOf: SpillOverOf | null
  related: IncidentLink[]
  spikeIds: string[]
  methodVersion: string
}

/** One dated entry of an incident's timeline. */
export interface IncidentUpdate {
  at: Date
  kind:
    | 'opened'
    | 'confirmed'
    | 'severity'
    | 'spread'
    | 'peak'
    | 'reclassified'
    | 'related'
    | 'annotated'
    | 'reopened'
    | 'resolved'
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
