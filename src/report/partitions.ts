import type { Run, Storage } from '../storage/database.ts'

/** The advisory lock under which partitions are made; any fixed number that nothing else here uses. */
const PARTITION_LOCK = 7_231_965

/**
 * Makes the daily partitions of `reports` from yesterday to the day after tomorrow. Safe from several replicas at once; must have run
 * before the first report of a day comes, so it looks ahead.
 */
export async function ensurePartitions(storage: Storage): Promise<void> {
  const missing = await missingPartitions(storage.run)
  if (missing.length === 0) return
  await storage.transaction(async (run) => {
    await run(`select pg_advisory_xact_lock(${PARTITION_LOCK})`)
    for (const { name, day, next } of await missingPartitions(run))
      await run(
        `create table ${name} partition of reports for values from ('${day} 00:00:00+00') to ('${next} 00:00:00+00')`,
      )
  })
}

/** Reads the catalogue's rows: `to_regclass` answers from a cache that may not know yet what another replica made before we got the lock. */
function missingPartitions(run: Run) {
  return run<{ name: string; day: string; next: string }>(
    `select 'reports_' || to_char(d, 'YYYYMMDD') as name, to_char(d, 'YYYY-MM-DD') as day, to_char(d + interval '1 day', 'YYYY-MM-DD') as next
     from generate_series(date_trunc('day', now() at time zone 'UTC') - interval '1 day',
       date_trunc('day', now() at time zone 'UTC') + interval '2 days', interval '1 day') d
     where not exists (select 1 from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'reports'::regclass and c.relname = 'reports_' || to_char(d, 'YYYYMMDD'))`,
  )
}

/** Drops the partitions of days that ended more than `retentionDays` ago; returns their names. */
export async function dropOldPartitions(run: Run, retentionDays: number): Promise<string[]> {
  const old = await run<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'reports'::regclass and c.relname ~ '^reports_[0-9]{8}$'
       and to_date(right(c.relname, 8), 'YYYYMMDD') < (now() at time zone 'UTC')::date - $1::int`,
    [retentionDays],
  )
  for (const { name } of old) await run(`drop table if exists ${name}`)
  return old.map(({ name }) => name)
}
