import type { IncidentSummary } from '../../web/pages/service-snapshot.ts'
import type { Severity } from '../incident/incident.ts'
import type { Category } from '../service/service.ts'
import type { RecordKind } from './archive-queries.ts'

export interface ArchiveQuery {
  service: string | null
  category: Category | null
  region: string | null
  severity: Severity | null
  /** `2025-11`, UTC. */
  month: string | null
  page: number
}

/** Everything that the archive's page shows. */
export interface ArchiveView {
  query: ArchiveQuery
  incidents: IncidentSummary[]
  total: number
  /** Whether older ones follow on the next page. */
  hasMore: boolean
  /** Those with incidents, to choose from. */
  services: { slug: string; name: string }[]
  months: { month: string; incidents: number }[]
  records: Record<RecordKind, IncidentSummary[]> | null
  sample: { incidents: number; since: number | null }
}
