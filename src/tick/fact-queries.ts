import { type Scope, WORLD } from '../region/scope.ts'
import { ERROR_TYPES, type ErrorTypeCounts } from '../report/error-type.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import type { KnownService } from './load-series.ts'
import type { SeriesKey } from './series.ts'

const at = (parameter: string) => `to_timestamp(${parameter} / 1000.0)`
const TYPE_SUMS = ERROR_TYPES.map((type) => `sum(c.${type})::float8 as ${type}`).join(', ')

/** Sums of the counts of a series over a span. */
export interface CountSums {
  reporters: number
  networks: number
  ok: number
  errorTypes: ErrorTypeCounts
}

export const NO_COUNTS: CountSums = { reporters: 0, networks: 0, ok: 0, errorTypes: {} }

interface SumRow extends Record<string, unknown> {
  service_id: number
  region: string
  reporters: number
  networks: number
  ok: number
}

function sumsFrom(row: SumRow): CountSums {
  const errorTypes: ErrorTypeCounts = {}
  for (const type of ERROR_TYPES) {
    const count = Number(row[type] ?? 0)
    if (count > 0) errorTypes[type] = count
  }
  return { reporters: row.reporters, networks: row.networks, ok: row.ok, errorTypes }
}

/** Sums of all series of some services since an instant. */
export async function recentSums(
  run: Run,
  serviceIds: readonly number[],
  fromMs: number,
): Promise<{ key: SeriesKey; sums: CountSums }[]> {
  if (serviceIds.length === 0) return []
  const rows = await run<SumRow>(
    `select c.service_id, c.region, sum(c.reporters)::float8 as reporters, sum(c.networks)::float8 as networks, sum(c.ok)::float8 as ok, ${TYPE_SUMS}
     from json_array_elements_text($1::text::json) k join counts_1m c on c.service_id = k::int and c.bucket >= ${at('$2::float8')}
     group by 1, 2`,
    [JSON.stringify(serviceIds), fromMs],
  )
  return rows.map((row) => ({ key: { serviceId: row.service_id, scope: row.region }, sums: sumsFrom(row) }))
}

/** Sums of series, each since its own instant, in the order asked. */
export async function sumsSince(run: Run, series: readonly { key: SeriesKey; fromMs: number }[]): Promise<CountSums[]> {
  if (series.length === 0) return []
  const rows = await run<SumRow & { n: number }>(
    `select k.n, sum(c.reporters)::float8 as reporters, sum(c.networks)::float8 as networks, sum(c.ok)::float8 as ok, ${TYPE_SUMS}
     from json_to_recordset($1::text::json) as k(n int, s int, r text, f float8)
     join counts_1m c on c.service_id = k.s and c.region = k.r and c.bucket >= date_trunc('minute', ${at('k.f')}, 'UTC')
     group by k.n`,
    [keysSince(series)],
  )
  const sums = series.map(() => NO_COUNTS)
  for (const row of rows) sums[row.n] = sumsFrom(row)
  return sums
}

const keysSince = (series: readonly { key: SeriesKey; fromMs: number }[]) =>
  JSON.stringify(series.map(({ key, fromMs }, n) => ({ n, s: key.serviceId, r: key.scope, f: fromMs })))

/** What is usual for a quarter of an hour now, by region, of some services. */
export async function usualOf(run: Run, serviceIds: readonly number[]): Promise<Map<number, Map<Scope, number>>> {
  const usual = new Map<number, Map<Scope, number>>()
  if (serviceIds.length === 0) return usual
  const rows = await run<{ service_id: number; region: string; expected: number }>(
    `select service_id, region, expected_15m::float8 as expected from json_array_elements_text($1::text::json) k
     join series_state on service_id = k::int`,
    [JSON.stringify(serviceIds)],
  )
  for (const { service_id, region, expected } of rows) {
    const ofService = usual.get(service_id) ?? new Map<Scope, number>()
    usual.set(service_id, ofService.set(region, expected))
  }
  return usual
}

export async function servicesById(run: Run, ids: readonly number[]): Promise<Map<number, KnownService>> {
  if (ids.length === 0) return new Map()
  const rows = await run<{
    id: number
    slug: string
    category: string
    countries: string
    depends_on: string
  }>(
    `select id, slug, category, array_to_json(countries)::text as countries, array_to_json(depends_on)::text as depends_on
     from json_array_elements_text($1::text::json) k join services on id = k::int`,
    [JSON.stringify(ids)],
  )
  return new Map(
    rows.map(({ id, slug, category, countries, depends_on }) => [
      id,
      { id, slug, category, countries: JSON.parse(countries), dependsOn: JSON.parse(depends_on) },
    ]),
  )
}

/** Worldwide reporters by minute, oldest first, of some services over a window that ends with the last whole minute. */
export async function coursesOf(
  run: Run,
  serviceIds: readonly number[],
  fromMs: number,
  untilMs: number,
): Promise<Map<number, number[]>> {
  const first = Math.floor(fromMs / MINUTE)
  const minutes = Math.floor(untilMs / MINUTE) - first
  const rows = await run<{ service_id: number; minute: number; reporters: number }>(
    `select service_id, (extract(epoch from bucket) / 60)::float8 as minute, reporters::float8 as reporters
     from json_array_elements_text($1::text::json) k join counts_1m on service_id = k::int and region = '${WORLD}'
       and bucket >= ${at('$2::float8')} and bucket < ${at('$3::float8')}`,
    [JSON.stringify(serviceIds), first * MINUTE, (first + minutes) * MINUTE],
  )
  const courses = new Map(serviceIds.map((id) => [id, new Array<number>(minutes).fill(0)]))
  for (const { service_id, minute, reporters } of rows) courses.get(service_id)![minute - first] = reporters
  return courses
}
