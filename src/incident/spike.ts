import type { Reach } from '../detection/localise.ts'
import type { Scope } from '../region/scope.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'

/** `suspected` while the evidence is middling or lacks diversity of networks; `open` once confirmed; `resolved` for good. */
export type SpikeStatus = 'suspected' | 'open' | 'resolved'

/** What made the series stand out: its volume, or a shift in the mix of error types below the volume threshold. */
export type SpikeCause = 'volume' | 'error-mix'

/** A series above what its baseline explains, from `openedAt` to `resolvedAt`. */
export interface Spike {
  id: string
  /** Slug of the service. */
  service: string
  /** `null` for the whole world. */
  region: Exclude<Scope, 'world'> | null
  status: SpikeStatus
  cause: SpikeCause
  /** When the alarm was raised, server time. */
  openedAt: Date
  /** When the rise probably began; at or before `openedAt`. */
  onsetAt: Date
  /** When it was told that it is over. */
  resolvedAt: Date | null
  /** When reports were probably usual again, at or before `resolvedAt`; `null` while it goes on, and where that cannot be told. */
  endedAt: Date | null
  updatedAt: Date
  /** Distinct reporters in the 15 minutes up to `updatedAt`; people, not weighted. */
  observed: number
  /** What the baseline foresees for those 15 minutes, weighted reporters. */
  expected: number
  /** observed / expected, with expected held at 0.1 or more. */
  ratio: number
  /** Evidence against the baseline in decades (-log10 of a tail probability). */
  surprise: number
  /** Probability that this is no chance fluctuation, from the evidence; in (0, 1). */
  confidence: number
  /** Largest `observed` so far and when. */
  peak: { observed: number; at: Date }
  errorTypes: ErrorTypeCounts
  /** Countries and subdivisions that carry the excess, largest share first; those of one level sum to at most about 1. */
  regions: { region: string; share: number }[]
  /** Whether all places rose alike, some alone, or one network's customers. */
  reach: Reach
  /** Part of the excess since `onsetAt` that comes from one network, in [0, 1]; which one is not kept. `null` where it cannot be told. */
  largestNetworkShare: number | null
  /** Distinct networks among the reporters since `onsetAt`. */
  networks: number
  incidentId: string | null
  /** The spike of another service that explains this one. */
  spillOverOf: string | null
  methodVersion: string
}
