import type { Incident, Severity } from '../incident/incident.ts'
import { incidentFrom } from '../incident/queries.ts'
import type { Run } from '../storage/database.ts'

export interface ArchiveFilter {
  /** Slugs; `null` for all. */
  services: readonly string[] | null
  /** A country or subdivision that carried the rise. */
  region: string | null
  severity: Severity | null
  fromMs: number | null
  untilMs: number | null
}

const MATCHES = `($1::text is null or service in (select json_array_elements_text($1::text::json)))
  and ($2::text is null or data->'regions' @> jsonb_build_array(jsonb_build_object('region', $2::text)))
  and ($3::text is null or severity = $3)
  and ($4::text is null or opened_at >= $4::text::timestamptz) and ($5::text is null or opened_at < $5::text::timestamptz)`

function parametersOf({ services, region, severity, fromMs, untilMs }: ArchiveFilter): unknown[] {
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return [services === null ? null : JSON.stringify(services), region, severity, iso(fromMs), iso(untilMs)]
}

/** A page of incidents, newest first. */
export async function archivedIncidents(
  run: Run,
  filter: ArchiveFilter,
  page: { offset: number; limit: number },
): Promise<{ incidents: Incident[]; total: number }> {
  const [count] = await run<{ total: number }>(
    `select count(*)::float8 as total from incidents where ${MATCHES}`,
    parametersOf(filter),
  )
  const rows = await run<{ data: string }>(
    `select data::text as data from incidents where ${MATCHES} order by opened_at desc, id desc limit $6::int offset $7::int`,
    [...parametersOf(filter), page.limit, page.offset],
  )
  return { incidents: rows.map(({ data }) => incidentFrom(data)), total: count!.total }
}

/** Months with incidents, newest first, as `2025-11` in UTC. */
export async function monthsWithIncidents(run: Run): Promise<{ month: string; incidents: number }[]> {
  return run<{ month: string; incidents: number }>(
    `select to_char(opened_at at time zone 'UTC', 'YYYY-MM') as month, count(*)::float8 as incidents
     from incidents group by 1 order by 1 desc limit 240`,
  )
}

export async function servicesWithIncidents(run: Run): Promise<string[]> {
  const rows = await run<{ service: string }>('select distinct service from incidents order by service')
  return rows.map(({ service }) => service)
}

export type RecordKind = 'longest' | 'steepest' | 'most'

const ORDER: Record<RecordKind, string> = {
  longest: `coalesce(data->>'endedAt', data->>'resolvedAt')::timestamptz - (data->>'onsetAt')::timestamptz`,
  // A multiple of less than one usual report says nothing.
  steepest: `case when (data->'peak'->>'expected')::float8 >= 1
    then (data->'peak'->>'observed')::float8 / (data->'peak'->>'expected')::float8 else 0 end`,
  most: `(data->'peak'->>'observed')::float8`,
}

/** Only confirmed outages that are over compete. */
const COMPETES = `status = 'resolved' and class = 'outage' and data->>'confirmedAt' is not null`

export async function recordHolders(run: Run, kind: RecordKind, limit: number): Promise<Incident[]> {
  const rows = await run<{ data: string }>(
    `select data::text as data from incidents where ${COMPETES} order by ${ORDER[kind]} desc, opened_at desc limit $1::int`,
    [limit],
  )
  return rows.map(({ data }) => incidentFrom(data))
}

/** How many incidents compete, and since when; what every record must be read against. */
export async function recordSample(run: Run): Promise<{ incidents: number; since: number | null }> {
  const [row] = await run<{ incidents: number; since: number | null }>(
    `select count(*)::float8 as incidents, (extract(epoch from min(opened_at)) * 1000)::float8 as since
     from incidents where ${COMPETES}`,
  )
  return row!
}
