import { ERROR_TYPES, type ErrorType } from '../report/error-type.ts'
import type { Run } from '../storage/database.ts'
import { HOUR, MINUTE } from '../time.ts'
import type { CountRow, Expectation } from './timeseries.ts'

/** Time of the database, which decides; milliseconds since the epoch. */
export async function databaseNow(run: Run): Promise<number> {
  const [row] = await run<{ at: number }>('select (extract(epoch from now()) * 1000)::float8 as at')
  return row!.at
}

export interface SeriesKey {
  serviceId: number
  /** `world`, a country or a subdivision. */
  scope: string
}

export interface Window {
  fromMs: number
  untilMs: number
}

/** From here on only minutes are sure to be complete; before it, quarters and hours are. */
const ROLLED_UNTIL = `(select coalesce(least(max(watermark), now() - interval '2 hours'), '-infinity') from tick_state where name = 'roll-up')`

/** Rows of one series by steps of a width, oldest first; a step without reports has no row. */
export async function countsByStep(
  run: Run,
  { serviceId, scope }: SeriesKey,
  { fromMs, untilMs }: Window,
  stepMs: number,
  errorType: ErrorType | null,
): Promise<CountRow[]> {
  const column = errorType === null ? 'reporters' : errorType
  if (errorType !== null && !ERROR_TYPES.includes(errorType)) throw new RangeError(`no error type ${errorType}`)
  const rows = await run<{ t: number; count: number; ok: number; late: number }>(
    `select (extract(epoch from date_bin(make_interval(secs => $5::float8), bucket, 'epoch')) * 1000)::float8 as t,
       sum(${column})::float8 as count, sum(ok)::float8 as ok, sum(late)::float8 as late
     from (${bucketsOf(stepMs)}) buckets group by 1 order by 1`,
    [serviceId, scope, iso(fromMs), iso(untilMs), stepMs / 1000],
  )
  return rows.map(({ t, count, ok, late }) => ({ tMs: t, count, ok, late }))
}

/** The narrowest table that still answers in steps of this width, completed by minutes where it is not yet complete. */
function bucketsOf(stepMs: number): string {
  const own = `service_id = $1 and region = $2 and bucket >= $3::text::timestamptz and bucket < $4::text::timestamptz`
  if (stepMs < 15 * MINUTE) return `select * from counts_1m where ${own}`
  const table = stepMs < HOUR ? 'counts_15m' : 'counts_1h'
  const rolledUntil = `date_trunc('hour', ${ROLLED_UNTIL}, 'UTC')`
  return `select * from ${table} where ${own} and bucket < ${rolledUntil}
    union all select * from counts_1m where ${own} and bucket >= ${rolledUntil}`
}

/** What was foreseen, by quarters of an hour, as frozen when the minutes became final. */
export async function expectationsOf(
  run: Run,
  { serviceId, scope }: SeriesKey,
  { fromMs, untilMs }: Window,
): Promise<Expectation[]> {
  const rows = await run<{ t: number; expected: number; lower: number; upper: number }>(
    `select (extract(epoch from bucket) * 1000)::float8 as t, expected::float8 as expected, lower::float8 as lower, upper::float8 as upper
     from expectations_15m where service_id = $1 and region = $2
       and bucket > $3::text::timestamptz - interval '15 minutes' and bucket < $4::text::timestamptz order by 1`,
    [serviceId, scope, iso(fromMs), iso(untilMs)],
  )
  return rows.map(({ t, expected, lower, upper }) => ({ tMs: t, expected, lower, upper }))
}

/** What a series' baseline knows, and since when there is one. */
export interface KnownSeries {
  /** Of the detector, as text; empty before its first checkpoint. */
  state: string
  /** Minute of the first report. */
  begunMs: number
}

/** The series of a service in some scopes, by scope; one that nobody ever reported from has none. */
export async function seriesIn(
  run: Run,
  serviceId: number,
  scopes: readonly string[],
): Promise<Map<string, KnownSeries>> {
  const rows = await run<{ region: string; state: string; begun: number }>(
    `select region, state, (extract(epoch from begun_at) * 1000)::float8 as begun from series_state
     where service_id = $1 and region in (select json_array_elements_text($2::text::json))`,
    [serviceId, JSON.stringify(scopes)],
  )
  return new Map(rows.map(({ region, state, begun }) => [region, { state, begunMs: begun }]))
}

/** What was foreseen in many scopes, as {@link expectationsOf}, by scope: pairs of quarter and expected reporters, one row a scope. */
export async function expectationsIn(
  run: Run,
  serviceId: number,
  scopes: readonly string[],
  { fromMs, untilMs }: Window,
): Promise<Map<string, Map<number, number>>> {
  const rows = await run<{ region: string; told: string }>(
    `select region, json_agg(json_build_array((extract(epoch from bucket) * 1000)::float8, expected))::text as told
     from expectations_15m where service_id = $1 and region in (select json_array_elements_text($2::text::json))
       and bucket > $3::text::timestamptz - interval '15 minutes' and bucket < $4::text::timestamptz group by region`,
    [serviceId, JSON.stringify(scopes), iso(fromMs), iso(untilMs)],
  )
  return new Map(rows.map(({ region, told }) => [region, new Map(JSON.parse(told) as [number, number][])]))
}

/** A quarter of an hour, or the share of it that counts. */
export interface QuarterShare {
  tMs: number
  share: number
}

/**
 * What was foreseen in many scopes for all services together. In quarters without news a series is taken to have expected what it was
 * last told before the window's end: to ask the baselines of all services would be thousands of states. A series that was never told
 * anything adds nothing.
 *
 * @param shares the quarters of the window that were listened to, ascending
 */
export async function expectedOfAll(
  run: Run,
  scopes: readonly string[],
  shares: readonly QuarterShare[],
): Promise<Map<string, number>> {
  if (shares.length === 0) return new Map()
  const fromMs = shares[0]!.tMs
  const untilMs = shares.at(-1)!.tMs + 15 * MINUTE
  const heard = new Map(shares.map(({ tMs, share }) => [tMs, share]))
  const partial: { t: number; w: number }[] = []
  for (let tMs = fromMs; tMs < untilMs; tMs += 15 * MINUTE) {
    const share = heard.get(tMs) ?? 0
    if (share < 1) partial.push({ t: tMs, w: share })
  }
  const total = shares.reduce((sum, { share }) => sum + share, 0)
  const rows = await run<{ region: string; expected: number }>(
    `with partial as materialized (
       select to_timestamp(t / 1000) as bucket, w from json_to_recordset($4::text::json) as p(t float8, w float8)),
     known as (
       select service_id, region, expected_15m,
         $5::float8 * least(1, extract(epoch from $3::text::timestamptz - begun_at) / extract(epoch from $3::text::timestamptz - $2::text::timestamptz))::float8 as quarters
       from series_state where begun_at < $3::text::timestamptz and region in (select json_array_elements_text($1::text::json)))
     select k.region, sum(told.expected + greatest(0, k.quarters - told.quarters) * coalesce(
       (select e.expected from expectations_15m e where e.service_id = k.service_id and e.region = k.region
          and e.bucket < $3::text::timestamptz order by e.bucket desc limit 1), k.expected_15m))::float8 as expected
     from known k cross join lateral (
       select coalesce(sum(e.expected * coalesce(p.w, 1)), 0)::float8 as expected, coalesce(sum(coalesce(p.w, 1)), 0)::float8 as quarters
       from expectations_15m e left join partial p on p.bucket = e.bucket
       where e.service_id = k.service_id and e.region = k.region
         and e.bucket >= $2::text::timestamptz and e.bucket < $3::text::timestamptz) told
     group by k.region`,
    [JSON.stringify(scopes), iso(fromMs), iso(untilMs), JSON.stringify(partial), total],
  )
  // Nothing at all is what a series says that was never told anything.
  return new Map(rows.flatMap(({ region, expected }) => (expected > 0 ? [[region, expected] as const] : [])))
}

/** When the first worldwide series of a service, or of any, began; `null` before. */
export async function knownSince(run: Run, serviceId: number | null): Promise<number | null> {
  const [row] = await run<{ begun: number | null }>(
    `select (extract(epoch from min(begun_at)) * 1000)::float8 as begun from series_state
     where region = 'world' and ($1::int is null or service_id = $1)`,
    [serviceId],
  )
  return row!.begun
}

/** Intervals in which nobody was listening, that touch a window. */
export async function gapsIn(run: Run, { fromMs, untilMs }: Window): Promise<Window[]> {
  const rows = await run<{ from_ms: number; until_ms: number }>(
    `select (extract(epoch from from_at) * 1000)::float8 as from_ms, (extract(epoch from until_at) * 1000)::float8 as until_ms
     from collector_gaps where from_at < $2::text::timestamptz and until_at > $1::text::timestamptz order by 1`,
    [iso(fromMs), iso(untilMs)],
  )
  return rows.map(({ from_ms, until_ms }) => ({ fromMs: from_ms, untilMs: until_ms }))
}

export interface ScopeCounts {
  scope: string
  reporters: number
  ok: number
  byErrorType: Record<ErrorType, number>
}

/** Sums of a window by scope, of one service or of all. */
export async function countsByScope(
  run: Run,
  serviceId: number | null,
  { fromMs, untilMs }: Window,
): Promise<ScopeCounts[]> {
  const wide = untilMs - fromMs > 6 * HOUR
  const own = `($1::int is null or service_id = $1) and bucket >= $2::text::timestamptz and bucket < $3::text::timestamptz`
  const rolledUntil = `date_trunc('hour', ${ROLLED_UNTIL}, 'UTC')`
  const buckets = wide
    ? `select * from counts_15m where ${own} and bucket < ${rolledUntil} union all select * from counts_1m where ${own} and bucket >= ${rolledUntil}`
    : `select * from counts_1m where ${own}`
  const rows = await run<{ region: string; reporters: number; ok: number } & Record<ErrorType, number>>(
    `select region, sum(reporters)::float8 as reporters, sum(ok)::float8 as ok,
       ${ERROR_TYPES.map((type) => `sum(${type})::float8 as ${type}`).join(', ')}
     from (${buckets}) buckets group by region`,
    [serviceId, iso(fromMs), iso(untilMs)],
  )
  return rows.map((row) => ({
    scope: row.region,
    reporters: row.reporters,
    ok: row.ok,
    byErrorType: Object.fromEntries(ERROR_TYPES.map((type) => [type, row[type]])) as Record<ErrorType, number>,
  }))
}

/** What the baselines foresee for the quarter of an hour now, by scope, of one service or summed over all. */
export async function expectedNow(run: Run, serviceId: number | null): Promise<Map<string, number>> {
  const rows = await run<{ region: string; expected: number }>(
    `select region, sum(expected_15m)::float8 as expected from series_state where ($1::int is null or service_id = $1) group by region`,
    [serviceId],
  )
  return new Map(rows.map(({ region, expected }) => [region, expected]))
}

/** Reporters by the feature they named, most first. */
export async function countsByFeature(
  run: Run,
  serviceId: number,
  { fromMs, untilMs }: Window,
): Promise<{ feature: string; reporters: number }[]> {
  return run<{ feature: string; reporters: number }>(
    `select feature, sum(reporters)::float8 as reporters from feature_counts
     where service_id = $1 and bucket >= date_bin('15 minutes', $2::text::timestamptz, 'epoch') and bucket < $3::text::timestamptz
     group by feature having sum(reporters) > 0 order by 2 desc, 1 limit 20`,
    [serviceId, iso(fromMs), iso(untilMs)],
  )
}

export interface WorldCount {
  serviceId: number
  reporters: number
  ok: number
}

/** The last quarter of an hour, worldwide, of each service that has a report in it: the price is what happened. */
export async function recentWorldCounts(run: Run): Promise<WorldCount[]> {
  const rows = await run<{ service_id: number; reporters: number; ok: number }>(
    `select service_id, sum(reporters)::float8 as reporters, sum(ok)::float8 as ok from counts_1m
     where region = 'world' and bucket > now() - interval '15 minutes' and bucket <= now() group by service_id`,
  )
  return rows.map(({ service_id, reporters, ok }) => ({ serviceId: service_id, reporters, ok }))
}

/** So long a service is watched before it is told what is usual: until then even its hours of the day are not known. */
export const HOURS_UNTIL_KNOWN = 24

/** Worldwide expectations of the quarter of an hour now; a service that is not listed has not enough history yet. */
export async function worldExpectations(run: Run): Promise<Map<number, number>> {
  const rows = await run<{ service_id: number; expected: number }>(
    `select service_id, expected_15m::float8 as expected from series_state
     where region = 'world' and begun_at <= now() - interval '${HOURS_UNTIL_KNOWN} hours'`,
  )
  return new Map(rows.map(({ service_id, expected }) => [service_id, expected]))
}

/** Reporters in a scope by quarters of an hour over the last hours, of some services: the lines in lists. */
export async function recentLines(
  run: Run,
  serviceIds: readonly number[],
  hours: number,
  scope: string,
): Promise<Map<number, CountRow[]>> {
  if (serviceIds.length === 0) return new Map()
  const rows = await run<{ service_id: number; t: number; count: number; ok: number; late: number }>(
    `select service_id, (extract(epoch from date_bin('15 minutes', bucket, 'epoch')) * 1000)::float8 as t,
       sum(reporters)::float8 as count, sum(ok)::float8 as ok, sum(late)::float8 as late
     from counts_1m where service_id in (select json_array_elements_text($1::text::json)::int) and region = $3
       and bucket > now() - make_interval(hours => $2::int) group by 1, 2 order by 1, 2`,
    [JSON.stringify(serviceIds), hours, scope],
  )
  const lines = new Map<number, CountRow[]>()
  for (const { service_id, t, count, ok, late } of rows) {
    const line = lines.get(service_id) ?? []
    line.push({ tMs: t, count, ok, late })
    lines.set(service_id, line)
  }
  return lines
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** Services with reports from a region in a window, most first. */
export async function servicesIn(
  run: Run,
  scope: string,
  { fromMs, untilMs }: Window,
  limit: number,
): Promise<Set<number>> {
  const rows = await run<{ service_id: number }>(
    `select service_id from counts_1m where region = $1 and bucket >= $2::text::timestamptz and bucket < $3::text::timestamptz
     group by service_id having sum(reporters) >= 3 order by sum(reporters) desc limit $4::int`,
    [scope, iso(fromMs), iso(untilMs), limit],
  )
  return new Set(rows.map(({ service_id }) => service_id))
}
