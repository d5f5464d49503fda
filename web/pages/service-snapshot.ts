import type { Hidden } from '../../src/count/suppress.ts'
import type { IncidentStatus, ProviderUpdate, Severity } from '../../src/incident/incident.ts'
import type { ErrorTypeCounts } from '../../src/report/error-type.ts'
import type { Trend } from '../charts/trend.ts'
import type { ServiceState } from './state-pill.tsx'

/** Reporters in a window and what the baseline foresees for it. */
export interface WindowCount {
  count: number
  /** `null` before there is a baseline. */
  expected: number | null
}

/** One region in a window, as the heatmap gives it. */
export interface PlaceCount {
  region: string
  /** `null` where suppressed, and where nobody listened. */
  count: number | null
  /** Why it is suppressed; `null` where it is not. */
  hidden: Hidden | null
  expected: number | null
  /** count / expected. */
  ratio: number | null
  /** `null` where the population is unknown or too small. */
  perMillion: number | null
}

/** Where the reports of one window come from: countries, or one country's subdivisions. */
export interface PlaceCounts {
  from: number
  until: number
  /** `null` for the world by country. */
  country: string | null
  rows: PlaceCount[]
  /** All reports of the scope in the window, those from unknown and hidden places too; `null` as for a place. */
  total: number | null
  totalHidden: Hidden | null
  /** Smaller counts are hidden. */
  suppressBelow: number
}

/** Votes of a window, and the share of those with a problem with its 95 % Wilson interval; `null` from too few votes. */
export interface Votes {
  problems: number
  works: number
  affected: { share: number; lower: number; upper: number } | null
}

export interface IncidentSummary {
  id: string
  service: string
  serviceName: string
  status: IncidentStatus
  severity: Severity
  onsetAt: number
  endedAt: number | null
  /** Largest 15-minute count and what was expected for it. */
  peak: { observed: number; expected: number }
  /** Regions that carry most of it, largest first; empty when worldwide. */
  regions: string[]
  isWorldwide: boolean
  spillOverOf: { id: string; service: string; name: string } | null
}

/**
 * Everything that a service page says, read at one moment: headline, chart, map and table all come from here, so they cannot
 * contradict each other.
 */
export interface ServiceSnapshot {
  asOf: number
  /** Since the counts were last compared with what is usual; the counts themselves are of `asOf`. */
  judgedSecondsAgo: number
  /** Whether anybody listens, and has for long enough that silence says something. */
  isWatched: boolean
  methodVersion: string
  service: {
    slug: string
    name: string
    homepage: string
    statusPage: string | null
    features: string[]
  }
  state: ServiceState
  /** The scope of the trend; `null` is the world, of which the headline always speaks. */
  region: string | null
  lastHour: WindowCount
  /** The incident that is going on, if any. */
  incident: IncidentSummary | null
  /** What the provider said on it, newest first. */
  providerUpdates: ProviderUpdate[]
  trend: Trend
  places: PlaceCounts
  /** The subdivisions of the country that has most reports: where a phone begins. */
  focus: PlaceCounts | null
  /** Trends of the places that rose most, on the bins of `trend`. */
  multiples: { region: string; trend: Trend }[]
  errorTypes: ErrorTypeCounts
  features: { feature: string; count: number }[]
  votes: Votes
  pastIncidents: IncidentSummary[]
}

/** count / expected; `null` where next to nothing is expected, since a multiple of almost nothing says nothing. */
export function timesUsual({ count, expected }: WindowCount): number | null {
  return expected === null || expected < 1 ? null : count / expected
}
