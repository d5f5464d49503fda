import { ERROR_TYPES } from '../report/error-type.ts'
import type { Run } from '../storage/database.ts'
import { HOUR } from '../time.ts'
import { QUARTER, type SeriesKey, type Span } from './series.ts'

const COLUMNS = ['reporters', 'weight', 'networks', 'ok', 'late', ...ERROR_TYPES]
const SUMS = COLUMNS.map((name) => `sum(${name}) as ${name}`).join(', ')
const RENEW = COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')
const CHANGED = `(${COLUMNS.map((name) => `c.${name}`).join(', ')}) is distinct from (${COLUMNS.map((name) => `excluded.${name}`).join(', ')})`

const at = (parameter: string) => `to_timestamp(${parameter} / 1000.0)`

/**
 * Sums the quarters of an hour and the hours that ended within a span. Sums replace what was there, so that doing it again
 * changes nothing.
 */
export async function rollUp(run: Run, { fromMs, untilMs }: Span): Promise<void> {
  const quarters = wholeWithin({ fromMs, untilMs }, QUARTER)
  if (quarters === null) return
  await sumInto(run, 'counts_15m', 'counts_1m', '15 minutes', quarters)
  const hours = wholeWithin({ fromMs, untilMs }, HOUR)
  if (hours !== null) await sumInto(run, 'counts_1h', 'counts_15m', '1 hour', hours)
  await run(
    `insert into tick_state (name, watermark, ran_at) values ('roll-up', ${at('$1::float8')}, now())
     on conflict (name) do update set watermark = greatest(tick_state.watermark, excluded.watermark), ran_at = now()`,
    [quarters.untilMs],
  )
}

/** Sums anew whatever lies in a span, ended or not: for imported history. */
export async function rollUpAll(run: Run, { fromMs, untilMs }: Span): Promise<void> {
  const wide = { fromMs: Math.floor(fromMs / HOUR) * HOUR, untilMs: Math.ceil(untilMs / HOUR) * HOUR }
  await sumInto(run, 'counts_15m', 'counts_1m', '15 minutes', wide)
  await sumInto(run, 'counts_1h', 'counts_15m', '1 hour', wide)
}

/** Late reports change minutes that were summed long ago: sums the hours anew that hold any. */
export async function rollUpLate(run: Run, { fromMs, untilMs }: Span): Promise<void> {
  const rows = await run<{ hour: number }>(
    `select distinct (extract(epoch from date_trunc('hour', bucket, 'UTC')) * 1000)::float8 as hour from counts_1m
     where late > 0 and bucket >= ${at('$1::float8')} and bucket < ${at('$2::float8')} order by 1`,
    [fromMs, Math.floor(untilMs / HOUR) * HOUR],
  )
  for (const { hour } of rows) await rollUpAll(run, { fromMs: hour, untilMs: hour + HOUR })
}

/**
 * Sums anew, of hours whose minutes have changed, what was summed before; what was not will be. Rows go in key order through each
 * table, as in every sum.
 */
export async function rollUpHours(run: Run, hours: readonly (SeriesKey & { hourMs: number })[]): Promise<void> {
  const keys = JSON.stringify(hours.map(({ serviceId, scope, hourMs }) => ({ s: serviceId, r: scope, h: hourMs })))
  for (const { target, source, width } of [
    { target: 'counts_15m', source: 'counts_1m', width: '15 minutes' },
    { target: 'counts_1h', source: 'counts_15m', width: '1 hour' },
  ])
    await run(
      `insert into ${target} as c (service_id, region, bucket, ${COLUMNS.join(', ')})
       select m.service_id, m.region, date_bin('${width}', m.bucket, 'epoch'), ${COLUMNS.map((name) => `sum(m.${name})`).join(', ')}
       from json_to_recordset($1::text::json) as k(s int, r text, h float8)
       join ${source} m on m.service_id = k.s and m.region = k.r and m.bucket >= ${at('k.h')} and m.bucket < ${at('k.h')} + interval '1 hour'
       where date_bin('${width}', m.bucket, 'epoch') + interval '${width}' <= (select watermark from tick_state where name = 'roll-up')
         or exists (select 1 from ${target} t where t.service_id = m.service_id and t.region = m.region
           and t.bucket = date_bin('${width}', m.bucket, 'epoch'))
       group by 1, 2, 3 order by 1, 2, 3
       on conflict (service_id, region, bucket) do update set ${RENEW} where ${CHANGED}`,
      [keys],
    )
}

/** The buckets that ended in `(fromMs, untilMs]`; `null` without one. */
function wholeWithin({ fromMs, untilMs }: Span, widthMs: number): Span | null {
  const first = Math.floor(fromMs / widthMs) * widthMs
  const last = Math.floor(untilMs / widthMs) * widthMs
  return last > first ? { fromMs: first, untilMs: last } : null
}

function sumInto(
  run: Run,
  target: 'counts_15m' | 'counts_1h',
  source: 'counts_1m' | 'counts_15m',
  width: string,
  { fromMs, untilMs }: Span,
) {
  return run(
    `insert into ${target} as c (service_id, region, bucket, ${COLUMNS.join(', ')})
     select service_id, region, date_bin('${width}', bucket, 'epoch'), ${SUMS} from ${source}
     where bucket >= ${at('$1::float8')} and bucket < ${at('$2::float8')} group by 1, 2, 3 order by 1, 2, 3
     on conflict (service_id, region, bucket) do update set ${RENEW} where ${CHANGED}`,
    [fromMs, untilMs],
  )
}
