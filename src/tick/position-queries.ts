import type { Run } from '../storage/database.ts'
import type { Span } from './series.ts'

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const at = (parameter: string) => `to_timestamp(${parameter} / 1000.0)`

/** Where the tick stands. */
export interface TickPosition {
  /** Minutes before it are final and were taken in. */
  watermarkMs: number
  ranMs: number
  /** How often minutes that were taken in have changed since: whoever remembers them from before is wrong. */
  recounts: number
}

const POSITION = `${ms('watermark')} as "watermarkMs", ${ms('ran_at')} as "ranMs", coalesce((data->>'recounts')::int, 0) as recounts`

interface PositionRow extends Record<string, unknown>, TickPosition {}

/** Makes the row that is the leader's lock; before it, detection begins with the hour in which the first tick ran, which it notes. */
export async function ensureTickState(run: Run, nowMs: number): Promise<void> {
  await run(
    `insert into tick_state (name, watermark, ran_at, data)
     values ('tick', date_trunc('hour', ${at('$1::float8')}, 'UTC'), ${at('$1::float8')}, jsonb_build_object('watchedSince', ${at('$1::float8')}))
     on conflict do nothing`,
    [nowMs],
  )
}

/** Takes the leader's lock for this transaction; `null` where another replica has it. */
export async function takeLead(run: Run): Promise<TickPosition | null> {
  const [row] = await run<PositionRow>(`select ${POSITION} from tick_state where name = 'tick' for update skip locked`)
  return row ?? null
}

/** Takes the leader's lock for this transaction as soon as it is free. */
export async function waitForLead(run: Run): Promise<TickPosition> {
  const [row] = await run<PositionRow>(`select ${POSITION} from tick_state where name = 'tick' for update`)
  return row!
}

/** Tells every leader that minutes have changed which it may have taken in. Needs its lock. */
export async function noteRecount(run: Run): Promise<void> {
  await run(
    `update tick_state set data = data || jsonb_build_object('recounts', coalesce((data->>'recounts')::int, 0) + 1) where name = 'tick'`,
  )
}

/** A leader that falls asleep loses its connection, and the lock with it. */
export async function boundTransaction(run: Run): Promise<void> {
  await run(
    `select set_config('idle_in_transaction_session_timeout', '10000', true), set_config('statement_timeout', '20000', true)`,
  )
}

export async function savePosition(run: Run, { watermarkMs, ranMs }: Omit<TickPosition, 'recounts'>): Promise<void> {
  await run(`update tick_state set watermark = ${at('$1::float8')}, ran_at = ${at('$2::float8')} where name = 'tick'`, [
    watermarkMs,
    ranMs,
  ])
}

/** First and last minute with news of any series in a span. */
export async function newsBetween(run: Run, { fromMs, untilMs }: Span) {
  const [row] = await run<{ first: number | null; last: number | null }>(
    `select ${ms('min(bucket)')} as first, ${ms('max(bucket)')} as last from counts_1m
     where bucket >= ${at('$1::float8')} and bucket < ${at('$2::float8')} and (weight > 0 or ok > 0)`,
    [fromMs, untilMs],
  )
  return row && row.first !== null && row.last !== null ? { firstMs: row.first, lastMs: row.last } : null
}

export async function saveGaps(run: Run, gaps: readonly Span[]): Promise<void> {
  for (const { fromMs, untilMs } of gaps)
    await run(
      `insert into collector_gaps (from_at, until_at) values (${at('$1::float8')}, ${at('$2::float8')})
       on conflict (from_at) do update set until_at = greatest(collector_gaps.until_at, excluded.until_at)`,
      [fromMs, untilMs],
    )
}

export async function gapsSince(run: Run, fromMs: number): Promise<Span[]> {
  const rows = await run<{ from_ms: number; until_ms: number }>(
    `select ${ms('from_at')} as from_ms, ${ms('until_at')} as until_ms from collector_gaps
     where until_at > ${at('$1::float8')} order by from_at`,
    [fromMs],
  )
  return rows.map(({ from_ms, until_ms }) => ({ fromMs: from_ms, untilMs: until_ms }))
}

/** The database's clock stood ahead of its time: what was learned from the future is forgotten and will be rebuilt. */
export async function forgetFuture(run: Run, untilMs: number): Promise<void> {
  await run(
    `update series_state set state = '', mix = null, method_version = '', carry = 0, advanced_until = begun_at
     where advanced_until > ${at('$1::float8')}`,
    [untilMs],
  )
  await run(`delete from series_state where begun_at >= ${at('$1::float8')}`, [untilMs])
  await run(`delete from collector_gaps where until_at > ${at('$1::float8')}`, [untilMs])
}
