import type { Run } from '../storage/database.ts'
import { ERROR_TYPES } from './error-type.ts'
import { isDescribed, isPlaced, Parameters, type ReportFilter } from './search-queries.ts'
import { SCOPES, sums } from './store-reports.ts'

const COLUMNS = ['reporters', 'weight', 'networks', 'ok', 'late', ...ERROR_TYPES]
const at = (parameter: string) => `to_timestamp(${parameter} / 1000.0)`

/** Reports by their ids, with the span of time they came in; those that are no longer kept are not there. */
export async function placesOfReports(run: Run, ids: readonly string[]): Promise<{ id: string; receivedAt: string }[]> {
  return run<{ id: string; receivedAt: string }>(
    `select r.id, to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "receivedAt"
     from json_array_elements_text($1::text::json) as asked(id) join reports r on r.id = asked.id order by r.received_at`,
    [JSON.stringify(ids)],
  )
}

/** What hiding or showing reports changed in an hour of a series; the world's series has every report. */
export interface SeriesHour {
  serviceId: number
  scope: string
  hourMs: number
  reports: number
  /** First minute whose live problem reports changed; `null` where none did, since detection reads nothing else. */
  firstLiveMs: number | null
}

/**
 * Takes reports for this transaction that are to change, in key order as whoever adds to them; gives their ids.
 *
 * @param only of what the filter means, those that are named
 * @param isHidden what they are to be, and are not yet
 * @param most one id more tells that there are more
 */
export async function holdReports(
  run: Run,
  filter: ReportFilter,
  { only, isHidden, most }: { only: readonly string[] | null; isHidden: boolean; most: number },
): Promise<string[]> {
  const parameters = new Parameters()
  const conditions = [isPlaced(filter, parameters), isDescribed({ ...filter, isHidden: !isHidden }, parameters)]
  if (only !== null) conditions.push(isNamed(only, parameters))
  const rows = await run<{ id: string }>(
    `select r.id from reports r where ${conditions.join(' and ')}
     order by r.service_id, r.received_at, r.id limit ${parameters.place(most + 1)}::int for update`,
    parameters.values,
  )
  return rows.map(({ id }) => id)
}

const isNamed = (ids: readonly string[], parameters: Parameters) =>
  `r.id in (select json_array_elements_text(${parameters.place(JSON.stringify(ids))}::text::json))`

/**
 * Hides reports or shows them again, and takes out of the minutes and of the features exactly what these reports had put in, or puts it
 * back, in one statement. It adds what it changes, as intake does, and so needs no moment at which nothing else is counted; and it has the
 * shape of the statement of intake, so that both take the rows of a table, and the tables, in the same order.
 *
 * @param ids reports that are held, and so were counted before this statement began
 */
export async function switchReports(
  run: Run,
  filter: ReportFilter,
  { ids, isHidden }: { ids: readonly string[]; isHidden: boolean },
): Promise<SeriesHour[]> {
  const parameters = new Parameters()
  const change = (row: string, name: string) =>
    isHidden
      ? `${name} = greatest(0, ${row}.${name} - excluded.${name})`
      : `${name} = ${row}.${name} + excluded.${name}`
  const remember = (name: string) =>
    isHidden ? `${name} = h.${name} + excluded.${name}` : `${name} = greatest(0, h.${name} - excluded.${name})`
  // What is taken out must be there: a row that is not would be made anew, and count what was hidden.
  const known = (table: string, keys: string) => (isHidden ? `join ${table} known using (${keys})` : '')
  const rows = await run<{ service_id: number; scope: string; hour: number; reports: number; first: number | null }>(
    `with switched as (
       update reports r set is_hidden = ${parameters.place(isHidden)}::boolean where ${isPlaced(filter, parameters)} and ${isNamed(ids, parameters)}
       returning r.*, date_trunc('minute', coalesce(r.observed_at, r.received_at), 'UTC') as bucket
     ), scoped as (
       select r.*, scope from switched r, ${SCOPES} where scope is not null
     ), minutes as (
       select service_id, scope as region, bucket, ${sums()} from scoped group by 1, 2, 3
     ), features as (
       select service_id, feature, date_bin('15 minutes', bucket, 'epoch') as bucket, count(*) as reporters
       from switched where feature is not null and kind = 'problem' and observed_at is null group by 1, 2, 3
     ), remembering as (
       insert into hidden_counts_1m as h (service_id, region, bucket, ${COLUMNS.join(', ')})
       select service_id, region, bucket, ${COLUMNS.map((name) => `minutes.${name}`).join(', ')}
       from minutes ${isHidden ? '' : 'join hidden_counts_1m known using (service_id, region, bucket)'} order by 1, 2, 3
       on conflict (service_id, region, bucket) do update
         set ${COLUMNS.map(remember).join(', ')}${isHidden ? ', hidden_at = excluded.hidden_at' : ''}
     ), counting as (
       insert into counts_1m as c (service_id, region, bucket, ${COLUMNS.join(', ')})
       select service_id, region, bucket, ${COLUMNS.map((name) => `minutes.${name}`).join(', ')}
       from minutes ${known('counts_1m', 'service_id, region, bucket')} order by 1, 2, 3
       on conflict (service_id, region, bucket) do update set ${COLUMNS.map((name) => change('c', name)).join(', ')}
     ), featured as (
       insert into feature_counts as f (service_id, feature, bucket, reporters)
       select service_id, feature, bucket, features.reporters
       from features ${known('feature_counts', 'service_id, feature, bucket')} order by 1, 2, 3
       on conflict (service_id, bucket, feature) do update set ${change('f', 'reporters')}
     )
     select service_id, scope, (extract(epoch from date_trunc('hour', bucket, 'UTC')) * 1000)::float8 as hour, count(*)::int as reports,
       (extract(epoch from min(bucket) filter (where kind = 'problem' and observed_at is null)) * 1000)::float8 as first
     from scoped group by 1, 2, date_trunc('hour', bucket, 'UTC')`,
    parameters.values,
  )
  return rows.map(({ service_id, scope, hour, reports, first }) => ({
    serviceId: service_id,
    scope,
    hourMs: hour,
    reports,
    firstLiveMs: first,
  }))
}

const hoursJson = (hours: readonly SeriesHour[]) =>
  JSON.stringify(hours.map(({ serviceId, scope, hourMs }) => ({ s: serviceId, r: scope, h: hourMs })))

const HOURS = 'json_to_recordset($1::text::json) as k(s int, r text, h float8)'
const isInHour = (row: string) =>
  `${row}.service_id = k.s and ${row}.region = k.r and ${row}.bucket >= ${at('k.h')} and ${row}.bucket < ${at('k.h')} + interval '1 hour'`

/** Keeps quarters as they are now for the archive, unless they are kept already: their day was published with them. */
export async function keepPublished(run: Run, hours: readonly SeriesHour[]): Promise<void> {
  if (hours.length === 0) return
  await run(
    `insert into published_counts_15m (service_id, region, bucket, ${COLUMNS.join(', ')})
     select c.service_id, c.region, c.bucket, ${COLUMNS.map((name) => `c.${name}`).join(', ')}
     from ${HOURS} join counts_15m c on ${isInHour('c')} order by 1, 2, 3 on conflict do nothing`,
    [hoursJson(hours)],
  )
}

/** Forgets words that nobody says any more, and what is no longer hidden: a row without a count says nothing. */
export async function forgetEmptyRows(
  run: Run,
  { serviceIds, fromMs, untilMs }: { serviceIds: readonly number[]; fromMs: number; untilMs: number },
): Promise<void> {
  const own = `service_id in (select json_array_elements_text($1::text::json)::int)
    and bucket >= ${at('$2::float8')} and bucket < ${at('$3::float8')}`
  const parameters = [JSON.stringify(serviceIds), fromMs, untilMs]
  await run(`delete from feature_counts where ${own} and reporters = 0`, parameters)
  await run(
    `delete from hidden_counts_1m where ${own} and reporters = 0 and ok = 0 and late = 0 and weight = 0`,
    parameters,
  )
}

/** Detection forgets series that had taken in minutes which have changed since: they are rebuilt from the counts as they are. */
export async function forgetStates(
  run: Run,
  series: readonly { serviceId: number; scope: string; firstMs: number }[],
): Promise<void> {
  if (series.length === 0) return
  await run(
    // Reports that come back may be older than the first one known.
    `update series_state set state = '', mix = null, carry = 0, begun_at = least(begun_at, ${at('k.f')}), advanced_until = least(begun_at, ${at('k.f')})
     from json_to_recordset($1::text::json) as k(s int, r text, f float8)
     where service_id = k.s and region = k.r and advanced_until > ${at('k.f')}`,
    [JSON.stringify(series.map(({ serviceId, scope, firstMs }) => ({ s: serviceId, r: scope, f: firstMs })))],
  )
}

export async function slugsOf(run: Run, serviceIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await run<{ id: number; slug: string }>(
    'select id, slug from services where id in (select json_array_elements_text($1::text::json)::int)',
    [JSON.stringify(serviceIds)],
  )
  return new Map(rows.map(({ id, slug }) => [id, slug]))
}

/** Incidents of some services that went on in a span, oldest first: what they told was told with the reports of that time. */
export async function incidentsWithin(
  run: Run,
  { serviceIds, fromMs, untilMs }: { serviceIds: readonly number[]; fromMs: number; untilMs: number },
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    `select id from incidents where service_id in (select json_array_elements_text($1::text::json)::int)
       and (data->>'onsetAt')::timestamptz < ${at('$3::float8')} and (resolved_at is null or resolved_at >= ${at('$2::float8')})
     order by opened_at, id limit 100`,
    [JSON.stringify(serviceIds), fromMs, untilMs],
  )
  return rows.map(({ id }) => id)
}
