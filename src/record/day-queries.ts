import type { Window } from '../count/queries.ts'
import type { Incident } from '../incident/incident.ts'
import { incidentFrom } from '../incident/queries.ts'
import { ERROR_TYPES, type ErrorType } from '../report/error-type.ts'
import type { Run } from '../storage/database.ts'
import type { QuarterCount } from './day-archive.ts'

const COLUMNS = ['reporters', 'weight', 'networks', 'ok', 'late', ...ERROR_TYPES]
const iso = (ms: number) => new Date(ms).toISOString()

/**
 * Quarters of a window, of all series, ordered by service, region and time. After the last quarter that was summed, minutes are.
 *
 * @param asPublished of final days, as the archive had them before reports were hidden: what is published stays
 */
export async function quartersOf(
  run: Run,
  { fromMs, untilMs }: Window,
  { asPublished = false }: { asPublished?: boolean } = {},
): Promise<QuarterCount[]> {
  const inWindow = 'bucket >= $1::text::timestamptz and bucket < $2::text::timestamptz'
  const summed = `select service_id, region, bucket, ${COLUMNS.join(', ')} from counts_15m c where ${inWindow}`
  const published = `${summed} and not exists (select 1 from published_counts_15m p
      where p.service_id = c.service_id and p.region = c.region and p.bucket = c.bucket)
    union all select service_id, region, bucket, ${COLUMNS.join(', ')} from published_counts_15m where ${inWindow}`
  const rows = await run<
    Record<ErrorType | 'reporters' | 'weight' | 'networks' | 'ok' | 'late' | 't', number> & {
      service: string
      region: string
      mean: number | null
      lower: number | null
      upper: number | null
    }
  >(
    `with quarters as (
       ${asPublished ? published : summed}
       union all
       select service_id, region, date_bin('15 minutes', bucket, 'epoch'), ${COLUMNS.map((name) => `sum(${name})`).join(', ')}
       from counts_1m where bucket < $2::text::timestamptz
         and bucket >= coalesce((select max(bucket) + interval '15 minutes' from counts_15m
           where ${inWindow}), $1::text::timestamptz)
       group by 1, 2, 3)
     select s.slug as service, q.region, (extract(epoch from q.bucket) * 1000)::float8 as t,
       ${COLUMNS.map((name) => `q.${name}::float8 as ${name}`).join(', ')},
       e.expected::float8 as mean, e.lower::float8 as lower, e.upper::float8 as upper
     from quarters q join services s on s.id = q.service_id
     left join expectations_15m e on e.service_id = q.service_id and e.region = q.region and e.bucket = q.bucket
     order by s.slug collate "C", q.region collate "C", q.bucket`,
    [iso(fromMs), iso(untilMs)],
  )
  return rows.map((row) => ({
    service: row.service,
    region: row.region,
    t: iso(row.t),
    reporters: row.reporters,
    ok: row.ok,
    late: row.late,
    networks: row.networks,
    weight: row.weight,
    errorTypes: Object.fromEntries(ERROR_TYPES.filter((type) => row[type] > 0).map((type) => [type, row[type]])),
    expected:
      row.mean === null || row.lower === null || row.upper === null
        ? null
        : { mean: row.mean, lower: row.lower, upper: row.upper },
  }))
}

/** Incidents that began in a window, oldest first. */
export async function incidentsBegunIn(run: Run, { fromMs, untilMs }: Window): Promise<Incident[]> {
  const rows = await run<{ data: string }>(
    `select data::text as data from incidents
     where opened_at >= $1::text::timestamptz and opened_at < $2::text::timestamptz order by opened_at, id`,
    [iso(fromMs), iso(untilMs)],
  )
  return rows.map(({ data }) => incidentFrom(data))
}

/** First and last UTC day with counts, and every day between; newest first. */
export async function daysWithCounts(run: Run): Promise<string[]> {
  return (
    await run<{ day: string }>(
      `with ends as (
         select least((select min(bucket) from counts_15m), (select min(bucket) from counts_1m)) as first,
           greatest((select max(bucket) from counts_15m), (select max(bucket) from counts_1m)) as last)
       select to_char(day, 'YYYY-MM-DD') as day from ends,
         generate_series(date_trunc('day', first at time zone 'UTC'), date_trunc('day', last at time zone 'UTC'), interval '1 day') day
       order by day desc`,
    )
  ).map(({ day }) => day)
}

/** Adds quarters of imported days, and sums their hours anew; what is there is replaced. */
export async function addQuarters(run: Run, counts: readonly QuarterCount[]): Promise<void> {
  if (counts.length === 0) return
  const rows = JSON.stringify(
    counts.map(({ errorTypes, expected, ...count }) => ({
      ...count,
      ...Object.fromEntries(ERROR_TYPES.map((type) => [type, errorTypes[type] ?? 0])),
      ...expected,
    })),
  )
  const fields = COLUMNS.map((name) => `${name} ${name === 'weight' ? 'bigint' : 'int'}`).join(', ')
  const given = `json_to_recordset($1::text::json) as g(service text, region text, t timestamptz, ${fields}, mean real, lower real, upper real)
    join services s on s.slug = g.service`
  const renew = COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')
  await run(
    `insert into counts_15m (service_id, region, bucket, ${COLUMNS.join(', ')})
     select s.id, g.region, g.t, ${COLUMNS.map((name) => `g.${name}`).join(', ')} from ${given}
     on conflict (service_id, region, bucket) do update set ${renew}`,
    [rows],
  )
  await run(
    `insert into expectations_15m (service_id, region, bucket, expected, lower, upper)
     select s.id, g.region, g.t, g.mean, g.lower, g.upper from ${given} where g.mean is not null
     on conflict (service_id, region, bucket) do update set expected = excluded.expected, lower = excluded.lower, upper = excluded.upper`,
    [rows],
  )
}

/** Sums the hours of a window from its quarters. */
export async function sumHours(run: Run, { fromMs, untilMs }: Window): Promise<void> {
  await run(
    `insert into counts_1h (service_id, region, bucket, ${COLUMNS.join(', ')})
     select service_id, region, date_trunc('hour', bucket, 'UTC'), ${COLUMNS.map((name) => `sum(${name})`).join(', ')}
     from counts_15m where bucket >= $1::text::timestamptz and bucket < $2::text::timestamptz group by 1, 2, 3
     on conflict (service_id, region, bucket) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [iso(fromMs), iso(untilMs)],
  )
}

/** Ids of services by slug. */
export async function serviceIds(run: Run): Promise<Map<string, number>> {
  const rows = await run<{ slug: string; id: number }>('select slug, id from services')
  return new Map(rows.map(({ slug, id }) => [slug, id]))
}
