import { forgetDeliveries } from '../alert/delivery-queries.ts'
import { databaseNow } from '../count/queries.ts'
import type { Ports } from '../ports.ts'
import { SUBSCRIPTION_DAYS } from '../push/push.ts'
import { forgetOldSubscriptions } from '../push/queries.ts'
import { settleReporters } from '../record/settle-reporters.ts'
import { oldestUsefulDay } from '../report/identity.ts'
import { dropOldPartitions, ensurePartitions } from '../report/partitions.ts'
import { VOICE_MINUTES } from '../report/store-reports.ts'
import type { Run } from '../storage/database.ts'
import { DAY, HOUR } from '../time.ts'
import { rollUpLate } from './roll-up.ts'

/** The next attempt with an `Idempotency-Key` comes within a day or not at all. */
const IDEMPOTENCY_HOURS = 24
/** A network's decayed count is below a thousandth of a report by then. */
const NETWORK_HOURS = 6
/** So long an owner can see what became of a message. */
const DELIVERY_LOG_DAYS = 30
/** How far back a reader of the event log may have stopped; what happened is kept in incidents and their timelines for good. */
const EVENT_LOG_DAYS = 90
/** Late reports may be a day old. */
const LATE_MS = DAY + HOUR

export interface Maintained {
  droppedPartitions: string[]
  voices: number
  networks: number
  idempotencyKeys: number
  salts: number
  events: number
}

/**
 * Hourly housekeeping, safe from any number of replicas at once: makes partitions ahead, drops those past their retention,
 * forgets who spoke and from where, destroys salts that have served, shortens the event log, and sums hours anew that late reports
 * changed. Counts, expectations and gaps stay for good: a replay begins with a series' first minute, and the archive has every day.
 */
export async function maintain(
  { storage, metrics }: Pick<Ports, 'storage' | 'metrics'>,
  { retentionDays }: { retentionDays: number },
): Promise<Maintained> {
  await ensurePartitions(storage)
  const { run } = storage
  const nowMs = await databaseNow(run)
  // Before raw reports go, what only they can tell is kept.
  await settleReporters({ storage }, { retentionDays })
  const droppedPartitions = await dropOldPartitions(run, retentionDays)
  const voices = await forget(
    run,
    `delete from voices where counted_at < now() - interval '${VOICE_MINUTES * 2} minutes'`,
  )
  const networks = await forget(
    run,
    `delete from network_voices where seen_at < now() - interval '${NETWORK_HOURS} hours'`,
  )
  const idempotencyKeys = await forget(
    run,
    `delete from idempotency_keys where answered_at < now() - interval '${IDEMPOTENCY_HOURS} hours'`,
  )
  const salts = await forget(run, 'delete from reporter_salts where day < $1::date', [oldestUsefulDay(new Date(nowMs))])
  const events = await forget(
    run,
    `delete from events where at < now() - interval '${EVENT_LOG_DAYS} days' and id <= (select last_event_id from outbox_position)`,
  )
  await rollUpLate(run, { fromMs: nowMs - LATE_MS, untilMs: nowMs })
  await forgetDeliveries(run, DELIVERY_LOG_DAYS)
  await forgetOldSubscriptions(run, SUBSCRIPTION_DAYS)
  metrics.count('outcry_maintenance_total')
  return { droppedPartitions, voices, networks, idempotencyKeys, salts, events }
}

async function forget(run: Run, statement: string, parameters: unknown[] = []): Promise<number> {
  const [row] = await run<{ rows: number }>(
    `with gone as (${statement} returning 1) select count(*)::int as rows from gone`,
    parameters,
  )
  return row!.rows
}
