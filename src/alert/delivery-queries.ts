import { eventsAfter } from '../incident/queries.ts'
import type { Run } from '../storage/database.ts'
import type { OutcryEvent } from './event.ts'
import type { SigningSecret } from './sign-webhook.ts'
import type { Attempt, Delivery, DeliveryState } from './webhook.ts'

/** Attempts kept in the log of a delivery. */
const KEPT_ATTEMPTS = 12

/** Holds the outbox for the transaction. @returns up to which event it was filled; `null` while another replica fills it */
export async function takeOutbox(run: Run): Promise<number | null> {
  const [row] = await run<{ last: number }>(
    'select last_event_id::float8 as last from outbox_position for update skip locked',
  )
  return row?.last ?? null
}

export async function moveOutbox(run: Run, lastEventId: number): Promise<void> {
  await run('update outbox_position set last_event_id = $1::bigint', [lastEventId])
}

/** Whether the event log has grown since the outbox was filled. One look, so that an idle service costs next to nothing. */
export async function isOutboxBehind(run: Run): Promise<boolean> {
  const [row] = await run<{ is_behind: boolean }>(
    `select coalesce((select last_id from event_head), 0) > coalesce((select last_event_id from outbox_position), -1) as is_behind`,
  )
  return row!.is_behind
}

/** Makes the outbox's row where a restored or emptied database has none. */
export async function ensureOutbox(run: Run): Promise<void> {
  await run(
    `insert into outbox_position (last_event_id) select 0 where not exists (select 1 from outbox_position) on conflict do nothing`,
  )
}

export interface NewDelivery {
  webhookId: string
  messageId: string
  type: string
  body: string | null
}

/** Puts messages by for delivery; one that is there already stays as it is. */
export async function insertDeliveries(run: Run, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return
  await run(
    `insert into webhook_deliveries (webhook_id, message_id, type, body)
     select "webhookId", "messageId", type, body
     from json_to_recordset($1::text::json) as d("webhookId" text, "messageId" text, type text, body text, n int) order by n
     on conflict do nothing`,
    [numbered(deliveries)],
  )
}

/** Puts by again what was delivered or given up, and what never was; one that is pending stays as it is. */
export async function replayDeliveries(run: Run, deliveries: readonly NewDelivery[]): Promise<number> {
  const rows = await run(
    `insert into webhook_deliveries as d (webhook_id, message_id, type)
     select "webhookId", "messageId", type
     from json_to_recordset($1::text::json) as g("webhookId" text, "messageId" text, type text, n int) order by n
     on conflict (webhook_id, message_id) do update set state = 'pending', attempts = 0, due_at = now(), settled_at = null
       where d.state <> 'pending'
     returning d.message_id`,
    [numbered(deliveries)],
  )
  return rows.length
}

const numbered = (deliveries: readonly NewDelivery[]) =>
  JSON.stringify(deliveries.map((delivery, n) => ({ ...delivery, n })))

export interface ClaimedDelivery {
  webhookId: string
  messageId: string
  body: string | null
  url: string
  secrets: SigningSecret[]
  /** Which attempt this is, from 1. Also the claim's ticket: a result under an older one is late and changes nothing. */
  attempt: number
}

/**
 * Takes due messages for an attempt, the longest due first, a few of each webhook. Until the lease ends no other sender takes
 * them; a sender that dies leaves them to the next. Each step of the recursion finds one webhook by an index, so that a
 * webhook with a million messages costs no more than one with a single message. Rows are taken by their place in the table: a join by key
 * was planned as a scan of all of them for each, as long as the planner had not seen how the table had grown.
 *
 * @param lane webhooks that answered last time, or those that did not: the latter must not take the room of the former
 * @param skip webhooks that have enough under way
 */
export async function claimDeliveries(
  run: Run,
  {
    lane,
    skip,
    perWebhook,
    most,
    leaseMs,
  }: { lane: 'healthy' | 'failing'; skip: readonly string[]; perWebhook: number; most: number; leaseMs: number },
): Promise<ClaimedDelivery[]> {
  const rows = await run<{
    webhook_id: string
    message_id: string
    body: string | null
    url: string
    secrets: string
    attempts: number
  }>(
    `with recursive waiting as (
       (select webhook_id from webhook_deliveries where state = 'pending' order by webhook_id limit 1)
       union all
       select (select d.webhook_id from webhook_deliveries d where d.state = 'pending' and d.webhook_id > waiting.webhook_id
         order by d.webhook_id limit 1)
       from waiting where waiting.webhook_id is not null
     ), due as (
       select d.webhook_id, d.message_id, d.due_at, d.place, w.url, w.secrets
       from waiting join webhooks w on w.id = waiting.webhook_id and w.state = 'active' and (w.failing_since is not null) = $1::boolean
       cross join lateral (
         select p.*, p.ctid as place from webhook_deliveries p where p.webhook_id = w.id and p.state = 'pending' and p.due_at <= now()
         order by p.due_at limit $2::int) d
       where not exists (select 1 from json_array_elements_text($3::text::json) busy(id) where busy.id = w.id)
       order by d.due_at limit $4::int
     ), taken as (
       select d.ctid as place from webhook_deliveries d join due on due.place = d.ctid
       where d.state = 'pending' and d.due_at <= now()
       for update of d skip locked
     ), claimed as (
       update webhook_deliveries d set attempts = d.attempts + 1, due_at = now() + make_interval(secs => $5::float8 / 1000)
       from taken where taken.place = d.ctid
       returning d.webhook_id, d.message_id, d.body, d.attempts, d.sequence
     )
     select c.webhook_id, c.message_id, c.body, c.attempts, due.url, due.secrets::text as secrets
     from claimed c join due on due.webhook_id = c.webhook_id and due.message_id = c.message_id order by c.sequence`,
    [lane === 'failing', perWebhook, JSON.stringify(skip), most, leaseMs],
  )
  return rows.map(({ webhook_id, message_id, body, url, secrets, attempts }) => ({
    webhookId: webhook_id,
    messageId: message_id,
    body,
    url,
    secrets: JSON.parse(secrets) as SigningSecret[],
    attempt: attempts,
  }))
}

export interface AttemptResult {
  webhookId: string
  messageId: string
  attempt: number
  log: Attempt
  state: DeliveryState
  /** Milliseconds from now; for what stays pending. */
  dueInMs: number | null
}

/** Writes down what became of attempts. A result that comes after its lease ended and the message was taken anew changes nothing. */
export async function settleAttempts(run: Run, results: readonly AttemptResult[]): Promise<void> {
  await run(
    `update webhook_deliveries d set state = r.state,
       due_at = now() + make_interval(secs => coalesce(r."dueInMs", 0) / 1000),
       settled_at = case when r.state = 'pending' then null else now() end,
       log = (case when jsonb_array_length(d.log) >= ${KEPT_ATTEMPTS} then d.log - 0 else d.log end) || r.log
     from json_to_recordset($1::text::json) as r("webhookId" text, "messageId" text, attempt int, log jsonb, state text, "dueInMs" float8)
     where d.webhook_id = r."webhookId" and d.message_id = r."messageId" and d.attempts = r.attempt and d.state = 'pending'`,
    [JSON.stringify(results)],
  )
}

export interface Failing {
  webhookId: string
  failingSince: Date
  failedAttempts: number
}

/** Notes which webhooks answered and which did not. @returns those that did not, and for how long they have not */
export async function noteHealth(
  run: Run,
  health: readonly { webhookId: string; hasDelivered: boolean; failures: number }[],
): Promise<Failing[]> {
  const rows = await run<{ id: string; failing_since: number; failed_attempts: number }>(
    `with told as (select * from json_to_recordset($1::text::json) as h("webhookId" text, "hasDelivered" boolean, failures int)),
     better as (
       update webhooks w set failing_since = null, failed_attempts = 0 from told
       where told."hasDelivered" and w.id = told."webhookId" and w.failing_since is not null)
     update webhooks w set failing_since = coalesce(w.failing_since, now()), failed_attempts = w.failed_attempts + told.failures
     from told where not told."hasDelivered" and w.id = told."webhookId"
     returning w.id, (extract(epoch from w.failing_since) * 1000)::float8 as failing_since, w.failed_attempts`,
    [JSON.stringify(health)],
  )
  return rows.map(({ id, failing_since, failed_attempts }) => ({
    webhookId: id,
    failingSince: new Date(failing_since),
    failedAttempts: failed_attempts,
  }))
}

/** Tells a webhook no more, and gives up what waits for it. */
export async function haltWebhook(run: Run, id: string, state: 'paused' | 'disabled', reason: string): Promise<void> {
  await run(
    `update webhooks set state = $2, state_reason = $3, updated_at = now() where id = $1 and state = 'active'`,
    [id, state, reason],
  )
  await giveUpPending(run, id)
}

export async function giveUpPending(run: Run, webhookId: string): Promise<void> {
  await run(
    `update webhook_deliveries set state = 'failed', settled_at = now() where webhook_id = $1 and state = 'pending'`,
    [webhookId],
  )
}

export interface DeliveryFilter {
  webhookId: string
  state: DeliveryState | null
  /** Sequence of the last one seen. */
  before: number | null
  limit: number
}

/** The delivery log of a webhook, newest first. */
export async function listDeliveries(
  run: Run,
  { webhookId, state, before, limit }: DeliveryFilter,
): Promise<(Delivery & { sequence: number })[]> {
  const rows = await run<{
    message_id: string
    type: string
    state: DeliveryState
    sequence: number
    created: number
    due: number
    settled: number | null
    log: string
  }>(
    `select message_id, type, state, sequence::float8 as sequence, (extract(epoch from created_at) * 1000)::float8 as created,
       (extract(epoch from due_at) * 1000)::float8 as due, (extract(epoch from settled_at) * 1000)::float8 as settled, log::text as log
     from webhook_deliveries
     where webhook_id = $1 and ($2::text is null or state = $2) and ($3::bigint is null or webhook_deliveries.sequence < $3::bigint)
     order by webhook_deliveries.sequence desc limit $4::int`,
    [webhookId, state, before, limit],
  )
  return rows.map((row) => ({
    messageId: row.message_id,
    type: row.type,
    state: row.state,
    sequence: row.sequence,
    createdAt: new Date(row.created),
    dueAt: row.state === 'pending' ? new Date(row.due) : null,
    settledAt: row.settled === null ? null : new Date(row.settled),
    attempts: JSON.parse(row.log) as Attempt[],
  }))
}

/** Settled deliveries of long ago, and what waits for webhooks that are gone. */
export async function forgetDeliveries(run: Run, days: number): Promise<number> {
  const rows = await run(
    `delete from webhook_deliveries d where (d.state <> 'pending' and d.settled_at < now() - make_interval(days => $1::int))
       or not exists (select 1 from webhooks w where w.id = d.webhook_id) returning 1 as gone`,
    [days],
  )
  return rows.length
}

/** Ids of the first event at or after a moment and of the last before another; `null` when there is none between. */
export async function eventRange(run: Run, from: Date, until: Date): Promise<{ first: number; last: number } | null> {
  const [row] = await run<{ first: number | null; last: number | null }>(
    `select min(id)::float8 as first, max(id)::float8 as last from events where at >= $1::text::timestamptz and at < $2::text::timestamptz`,
    [from.toISOString(), until.toISOString()],
  )
  return row?.first == null || row.last == null ? null : { first: row.first, last: row.last }
}

export async function eventById(run: Run, id: string): Promise<OutcryEvent | null> {
  const [event] = await eventsAfter(run, BigInt(id) - 1n, 1)
  return event?.id === id ? event : null
}
