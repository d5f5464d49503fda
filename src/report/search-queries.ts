import type { Run } from '../storage/database.ts'

/** Which reports are meant; `null` where a field does not matter. */
export interface ReportFilter {
  serviceId: number | null
  /** Half open, by when the report came. */
  from: string
  until: string | null
  kind: 'problem' | 'ok' | null
  errorType: string | null
  /** With everything that lies in it. */
  region: string | null
  /** Id of the key that a partner reported with. */
  source: string | null
  network: string | null
  /** Words that all stand in the comment, in any case. */
  words: readonly string[]
  isHidden: boolean | null
}

/** A report as the administration sees it; who sent it is not there. */
export interface FoundReport {
  id: string
  service: string
  /** With microseconds, as it is stored. */
  receivedAt: string
  observedAtMs: number | null
  kind: 'problem' | 'ok'
  errorType: string | null
  region: string | null
  feature: string | null
  comment: string | null
  network: string
  asn: number | null
  /** In thousandths of a person. */
  weight: number
  source: string | null
  isHidden: boolean
}

/** Where a search goes on: the last report that was looked at. */
export interface ReportPosition {
  receivedAt: string
  id: string
}

/** Reports that a page looks at for what few of them have; then it ends, and the next one goes on. */
export const MOST_LOOKED_AT = 50_000

/** Collects the parameters of a statement; gives each one's place in it. */
export class Parameters {
  readonly values: unknown[] = []

  place(value: unknown): string {
    return `$${this.values.push(value)}`
  }

  time(value: string): string {
    return `${this.place(value)}::text::timestamptz`
  }
}

/** What an index finds: service and time. */
export function isPlaced({ serviceId, from, until }: ReportFilter, parameters: Parameters): string {
  const conditions = [`r.received_at >= ${parameters.time(from)}`]
  if (serviceId !== null) conditions.push(`r.service_id = ${parameters.place(serviceId)}::int`)
  if (until !== null) conditions.push(`r.received_at < ${parameters.time(until)}`)
  return conditions.join(' and ')
}

/** What must be looked for report by report; empty where everything is meant. */
export function isDescribed(filter: ReportFilter, parameters: Parameters): string {
  const { kind, errorType, region, source, network, words, isHidden } = filter
  const conditions = Object.entries({ kind, error_type: errorType, source, network })
    .filter(([, value]) => value !== null)
    .map(([column, value]) => `r.${column} = ${parameters.place(value)}`)
  if (region !== null) {
    const place = parameters.place(region)
    conditions.push(`(r.region = ${place} or r.region like ${place} || '-%')`)
  }
  for (const word of words)
    conditions.push(`r.comment ilike ${parameters.place(`%${word.replace(/[\\%_]/g, '\\$&')}%`)}`)
  if (isHidden !== null) conditions.push(`r.is_hidden = ${parameters.place(isHidden)}::boolean`)
  return conditions.join(' and ')
}

const AT = `to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

interface FoundRow extends Record<string, unknown> {
  id: string | null
  looked: number
  lastAt: string
  lastId: string
}

/**
 * A page of reports, newest first. However rare what is asked for may be, only so many reports are looked at: a page may hold fewer
 * than asked for, or none, and still go on.
 */
export async function searchReports(
  run: Run,
  filter: ReportFilter,
  { after, limit }: { after: ReportPosition | null; limit: number },
): Promise<{ reports: FoundReport[]; next: ReportPosition | null }> {
  const parameters = new Parameters()
  const placed = [isPlaced(filter, parameters)]
  if (after !== null) {
    const [at, id] = [parameters.time(after.receivedAt), parameters.place(after.id)]
    // The first is for the index of a service, which knows no ids.
    placed.push(`r.received_at <= ${at}`, `(r.received_at, r.id) < (${at}, ${id})`)
  }
  const described = isDescribed(filter, parameters)
  const mostLookedAt = described === '' ? limit + 1 : Math.max(MOST_LOOKED_AT, limit + 1)
  const rows = await run<FoundRow>(
    `with looked as materialized (
       select * from reports r where ${placed.join(' and ')}
       order by r.received_at desc, r.id desc limit ${parameters.place(mostLookedAt)}::int
     ), matching as (
       select * from looked r where ${described || 'true'}
       order by r.received_at desc, r.id desc limit ${parameters.place(limit + 1)}::int
     ), last as (
       select ${AT} as at, r.id, (select count(*) from looked)::int as looked from looked r order by r.received_at, r.id limit 1
     )
     select last.looked, last.at as "lastAt", last.id as "lastId", r.id, s.slug as service, ${AT} as "receivedAt",
       (extract(epoch from r.observed_at) * 1000)::float8 as "observedAtMs", r.kind, r.error_type as "errorType", r.region, r.feature,
       r.comment, r.network, r.asn, r.weight, r.source, r.is_hidden as "isHidden"
     from last left join matching r on true left join services s on s.id = r.service_id
     order by r.received_at desc, r.id desc`,
    parameters.values,
  )
  if (rows.length === 0) return { reports: [], next: null }
  const { looked, lastAt, lastId } = rows[0]!
  const found = rows
    .filter(({ id }) => id !== null)
    .map(({ looked, lastAt, lastId, ...row }) => row as unknown as FoundReport)
  const reports = found.slice(0, limit)
  if (found.length > limit) {
    const { receivedAt, id } = reports.at(-1)!
    return { reports, next: { receivedAt, id } }
  }
  return { reports, next: looked === mostLookedAt ? { receivedAt: lastAt, id: lastId } : null }
}
