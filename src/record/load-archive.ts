import { summarise } from '../page/summarise-incidents.ts'
import type { Ports } from '../ports.ts'
import {
  archivedIncidents,
  monthsWithIncidents,
  type RecordKind,
  recordHolders,
  recordSample,
  servicesWithIncidents,
} from './archive-queries.ts'
import type { ArchiveQuery, ArchiveView } from './archive-view.ts'

/** Incidents on one page of the archive. */
const ARCHIVE_PAGE = 50

/** Fewer do not make a record. */
export const LEAST_FOR_RECORDS = 10
const RECORDS_SHOWN = 3

export async function loadArchive(
  ports: Pick<Ports, 'storage' | 'directory'>,
  query: ArchiveQuery,
): Promise<ArchiveView> {
  const { run } = ports.storage
  const services = await ports.directory.all()
  const ofCategory = query.category === null ? null : services.filter(({ category }) => category === query.category)
  const month = query.month === null ? null : monthInterval(query.month)
  const filter = {
    services: query.service !== null ? [query.service] : (ofCategory?.map(({ slug }) => slug) ?? null),
    region: query.region,
    severity: query.severity,
    fromMs: month?.fromMs ?? null,
    untilMs: month?.untilMs ?? null,
  }
  const page = { offset: (query.page - 1) * ARCHIVE_PAGE, limit: ARCHIVE_PAGE }
  const names = new Map(services.map((service) => [service.slug, service]))
  const { incidents, total } = await archivedIncidents(run, filter, page)
  const sample = await recordSample(run)
  const withIncidents = new Set(await servicesWithIncidents(run))
  const holders = async (kind: RecordKind) =>
    (await recordHolders(run, kind, RECORDS_SHOWN)).map((incident) => summarise(incident, names))
  return {
    query,
    incidents: incidents.map((incident) => summarise(incident, names)),
    total,
    hasMore: query.page * ARCHIVE_PAGE < total,
    services: services.filter(({ slug }) => withIncidents.has(slug)).map(({ slug, name }) => ({ slug, name })),
    months: await monthsWithIncidents(run),
    records:
      sample.incidents < LEAST_FOR_RECORDS
        ? null
        : { longest: await holders('longest'), steepest: await holders('steepest'), most: await holders('most') },
    sample,
  }
}

/** @param month as `2025-11` */
export function monthInterval(month: string): { fromMs: number; untilMs: number } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { fromMs: Date.UTC(year, number - 1), untilMs: Date.UTC(year, number) }
}
