import type { Run } from '../storage/database.ts'
import type { EventFilter } from './event-filter.ts'
import type { SigningSecret } from './sign-webhook.ts'
import type { Webhook, WebhookState } from './webhook.ts'

const COLUMNS = `id, key_id, url, name, secrets::text as secrets, filter::text as filter, state, state_reason,
  (extract(epoch from failing_since) * 1000)::float8 as failing_since, (extract(epoch from created_at) * 1000)::float8 as created_ms,
  (extract(epoch from updated_at) * 1000)::float8 as updated_ms`

interface WebhookRow extends Record<string, unknown> {
  id: string
  key_id: string
  url: string
  name: string | null
  secrets: string
  filter: string
  state: WebhookState
  state_reason: string | null
  failing_since: number | null
  created_ms: number
  updated_ms: number
}

function webhookFrom(row: WebhookRow): Webhook {
  return {
    id: row.id,
    keyId: row.key_id,
    url: row.url,
    name: row.name,
    secrets: JSON.parse(row.secrets) as SigningSecret[],
    filter: JSON.parse(row.filter) as EventFilter,
    state: row.state,
    stateReason: row.state_reason,
    failingSince: row.failing_since === null ? null : new Date(row.failing_since),
    createdAt: new Date(row.created_ms),
    updatedAt: new Date(row.updated_ms),
  }
}

/** It is told of what happens from now on. @returns `null` when the key has `most` already */
export async function insertWebhook(
  run: Run,
  webhook: Pick<Webhook, 'id' | 'keyId' | 'url' | 'name' | 'secrets' | 'filter'>,
  most: number,
): Promise<Webhook | null> {
  const [row] = await run<WebhookRow>(
    `insert into webhooks (id, key_id, url, name, secrets, filter, state, since_event)
     select $1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb, 'active', coalesce((select last_id from event_head), 0)
     where (select count(*) from webhooks where key_id = $2) < $7::int
     returning ${COLUMNS}`,
    [
      webhook.id,
      webhook.keyId,
      webhook.url,
      webhook.name,
      JSON.stringify(webhook.secrets),
      JSON.stringify(webhook.filter),
      most,
    ],
  )
  return row === undefined ? null : webhookFrom(row)
}

/** The webhooks of a key, oldest first. */
export async function listWebhooks(run: Run, keyId: string): Promise<Webhook[]> {
  const rows = await run<WebhookRow>(`select ${COLUMNS} from webhooks where key_id = $1 order by created_at, id`, [
    keyId,
  ])
  return rows.map(webhookFrom)
}

export async function findWebhook(run: Run, keyId: string, id: string): Promise<Webhook | null> {
  const [row] = await run<WebhookRow>(`select ${COLUMNS} from webhooks where id = $1 and key_id = $2`, [id, keyId])
  return row === undefined ? null : webhookFrom(row)
}

export interface WebhookChange {
  url?: string
  name?: string | null
  filter?: EventFilter
  state?: 'active' | 'paused'
}

/** Changes what is given. Becoming active forgets earlier failures, and begins with the next event. */
export async function changeWebhook(run: Run, id: string, change: WebhookChange): Promise<Webhook | null> {
  const [row] = await run<WebhookRow>(
    `update webhooks set
       url = coalesce(to_url, url),
       name = case when has_name then to_name else name end,
       filter = coalesce(to_filter, filter),
       state = coalesce(to_state, state),
       state_reason = case when to_state = 'active' then null when to_state = 'paused' and state = 'active' then 'Paused by its owner.' else state_reason end,
       failing_since = case when to_state = 'active' then null else failing_since end,
       failed_attempts = case when to_state = 'active' then 0 else failed_attempts end,
       since_event = case when to_state = 'active' and state <> 'active' then coalesce((select last_id from event_head), 0) else since_event end,
       updated_at = now()
     from json_to_record($2::text::json) as change(to_url text, has_name boolean, to_name text, to_filter jsonb, to_state text)
     where id = $1
     returning ${COLUMNS}`,
    [
      id,
      JSON.stringify({
        to_url: change.url,
        has_name: change.name !== undefined,
        to_name: change.name,
        to_filter: change.filter,
        to_state: change.state,
      }),
    ],
  )
  return row === undefined ? null : webhookFrom(row)
}

export async function saveSecrets(run: Run, id: string, secrets: SigningSecret[]): Promise<void> {
  await run('update webhooks set secrets = $2::text::jsonb, updated_at = now() where id = $1', [
    id,
    JSON.stringify(secrets),
  ])
}

/** With all that was to be delivered to it. */
export async function deleteWebhook(run: Run, id: string): Promise<void> {
  await run('delete from webhook_deliveries where webhook_id = $1', [id])
  await run('delete from webhooks where id = $1', [id])
}

/** Webhooks that are told of events, with the event up to which each was not there yet. */
export async function activeWebhooks(run: Run): Promise<{ id: string; filter: EventFilter; sinceEvent: number }[]> {
  const rows = await run<{ id: string; filter: string; since_event: number }>(
    `select id, filter::text as filter, since_event::float8 as since_event from webhooks where state = 'active' order by id`,
  )
  return rows.map(({ id, filter, since_event }) => ({
    id,
    filter: JSON.parse(filter) as EventFilter,
    sinceEvent: since_event,
  }))
}
