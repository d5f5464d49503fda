import { ERROR_TYPES } from '../report/error-type.ts'
import { SCOPES, sums } from '../report/store-reports.ts'
import type { Run, Storage } from '../storage/database.ts'
import { rollUpAll } from '../tick/roll-up.ts'
import { DAY } from '../time.ts'

const COLUMNS = ['reporters', 'weight', 'networks', 'ok', 'late', ...ERROR_TYPES]

/** Minutes of the day as its reports tell, `f`, beside what was counted, `c`. Late reports arrive up to a day after; hidden ones do not count. */
const COMPARED = `
fresh as (
  select service_id, scope as region, date_trunc('minute', coalesce(observed_at, received_at), 'UTC') as bucket, ${sums()}
  from reports r, ${SCOPES}
  where scope is not null and not is_hidden and received_at >= $1::date and received_at < $1::date + 2
    and coalesce(observed_at, received_at) >= $1::date and coalesce(observed_at, received_at) < $1::date + 1
  group by 1, 2, 3
), counted as (
  select * from counts_1m where bucket >= $1::date and bucket < $1::date + 1
), differing as (
  select coalesce(f.service_id, c.service_id) as service_id, coalesce(f.region, c.region) as region, coalesce(f.bucket, c.bucket) as bucket,
    ${COLUMNS.map((name) => `coalesce(f.${name}, 0) as ${name}`).join(', ')}
  from fresh f full join counted c using (service_id, region, bucket)
  where (${COLUMNS.map((name) => `coalesce(f.${name}, 0)`).join(', ')}) is distinct from (${COLUMNS.map((name) => `coalesce(c.${name}, 0)`).join(', ')})
)`

/** The same of the features that people named, by quarter. */
const FEATURES_COMPARED = `
fresh as (
  select service_id, feature, date_bin('15 minutes', received_at, 'epoch') as bucket, count(*)::int as reporters from reports
  where received_at >= $1::date and received_at < $1::date + 1
    and kind = 'problem' and observed_at is null and feature is not null and not is_hidden
  group by 1, 2, 3
), counted as (
  select * from feature_counts where bucket >= $1::date and bucket < $1::date + 1
), differing as (
  select coalesce(f.service_id, c.service_id) as service_id, coalesce(f.feature, c.feature) as feature, coalesce(f.bucket, c.bucket) as bucket,
    coalesce(f.reporters, 0) as reporters
  from fresh f full join counted c using (service_id, feature, bucket)
  where coalesce(f.reporters, 0) <> coalesce(c.reporters, 0)
)`

/** Whether the raw reports of a UTC day are still kept. */
export async function hasReportsOf(run: Run, day: string): Promise<boolean> {
  const [row] = await run<{ kept: boolean }>(`select to_regclass('reports_' || $1::text) is not null as kept`, [
    day.replaceAll('-', ''),
  ])
  return row!.kept
}

/** Rows of a day's minutes and features that its reports contradict. @param day `YYYY-MM-DD`, UTC */
export async function differencesOf(run: Run, day: string): Promise<number> {
  let differences = 0
  for (const compared of [FEATURES_COMPARED, COMPARED]) {
    const [row] = await run<{ rows: number }>(`with ${compared} select count(*)::int as rows from differing`, [day])
    differences += row!.rows
  }
  return differences
}

/** Counts a day anew from its reports, and its quarters and hours from that; gives the number of rows that were wrong. */
export async function repairDay(storage: Storage, day: string): Promise<number> {
  return storage.transaction(async (run) => {
    await run(`select set_config('statement_timeout', '0', true), set_config('timezone', 'UTC', true)`)
    const [features] = await run<{ rows: number }>(
      `with ${FEATURES_COMPARED}, repaired as (
         insert into feature_counts (service_id, feature, bucket, reporters)
         select service_id, feature, bucket, reporters from differing order by 1, 2, 3
         on conflict (service_id, bucket, feature) do update set reporters = excluded.reporters
         returning 1)
       select count(*)::int as rows from repaired`,
      [day],
    )
    const [minutes] = await run<{ rows: number }>(
      `with ${COMPARED}, repaired as (
         insert into counts_1m (service_id, region, bucket, ${COLUMNS.join(', ')})
         select service_id, region, bucket, ${COLUMNS.join(', ')} from differing order by 1, 2, 3
         on conflict (service_id, region, bucket) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}
         returning 1)
       select count(*)::int as rows from repaired`,
      [day],
    )
    const fromMs = Date.parse(`${day}T00:00:00Z`)
    if (minutes!.rows > 0) await rollUpAll(run, { fromMs, untilMs: fromMs + DAY })
    return features!.rows + minutes!.rows
  })
}
