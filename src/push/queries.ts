import type { Run } from '../storage/database.ts'
import type { PushSubscription, VapidKeys } from './push.ts'

export async function findVapidKeys(run: Run): Promise<VapidKeys | null> {
  const [row] = await run<{ public_key: string; private_key: string }>('select public_key, private_key from push_keys')
  return row === undefined ? null : { publicKey: row.public_key, privateKey: row.private_key }
}

/** Keeps the first pair that any replica made. */
export async function insertVapidKeys(run: Run, { publicKey, privateKey }: VapidKeys): Promise<void> {
  await run('insert into push_keys (public_key, private_key) values ($1, $2) on conflict do nothing', [
    publicKey,
    privateKey,
  ])
}

/** Whoever asks again is told once all the same; the keys of a browser may have changed. @returns until when it is remembered */
export async function subscribe(
  run: Run,
  { serviceId, endpoint, keys, language }: PushSubscription & { serviceId: number; language: string },
  days: number,
): Promise<Date> {
  const [row] = await run<{ until: number }>(
    `insert into push_subscriptions (service_id, endpoint, p256dh, auth, language) values ($1::int, $2, $3, $4, $5)
     on conflict (service_id, endpoint) do update set p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language,
       created_at = now()
     returning (extract(epoch from created_at + make_interval(days => $6::int)) * 1000)::float8 as until`,
    [serviceId, endpoint, keys.p256dh, keys.auth, language, days],
  )
  return new Date(row!.until)
}

export async function unsubscribe(run: Run, serviceId: number, endpoint: string): Promise<void> {
  await run('delete from push_subscriptions where service_id = $1::int and endpoint = $2', [serviceId, endpoint])
}

/** Makes the message due for everyone who waits for the end of these incidents. */
export async function announceEnds(run: Run, ended: readonly { service: string; incidentId: string }[]): Promise<void> {
  if (ended.length === 0) return
  await run(
    `update push_subscriptions p set due_at = now(), incident_id = e."incidentId"
     from json_to_recordset($1::text::json) as e(service text, "incidentId" text) join services s on s.slug = e.service
     where p.service_id = s.id and p.due_at is null`,
    [JSON.stringify(ended)],
  )
}

export interface ClaimedPush extends PushSubscription {
  id: string
  language: string
  service: { slug: string; name: string }
  incidentId: string
  endedAt: Date
  /** From 1. */
  attempt: number
}

/** Takes due messages for an attempt; until the lease ends no other sender takes them. What has begun anew meanwhile waits for its end. */
export async function claimPushes(
  run: Run,
  { most, leaseMs }: { most: number; leaseMs: number },
): Promise<ClaimedPush[]> {
  const rows = await run<{
    id: string
    endpoint: string
    p256dh: string
    auth: string
    language: string
    slug: string
    name: string
    incident_id: string
    ended: number
    attempts: number
  }>(
    `with due as (
       select p.id from push_subscriptions p join incidents i on i.id = p.incident_id
       where p.due_at <= now() and i.resolved_at is not null
       order by p.due_at limit $1::int for update of p skip locked
     )
     update push_subscriptions p set attempts = p.attempts + 1, due_at = now() + make_interval(secs => $2::float8 / 1000)
     from due, incidents i, services s where due.id = p.id and i.id = p.incident_id and s.id = p.service_id
     returning p.id::text as id, p.endpoint, p.p256dh, p.auth, p.language, s.slug, s.name, p.incident_id,
       (extract(epoch from coalesce((i.data ->> 'endedAt')::timestamptz, i.resolved_at)) * 1000)::float8 as ended, p.attempts`,
    [most, leaseMs],
  )
  return rows.map(({ id, endpoint, p256dh, auth, language, slug, name, incident_id, ended, attempts }) => ({
    id,
    endpoint,
    keys: { p256dh, auth },
    language,
    service: { slug, name },
    incidentId: incident_id,
    endedAt: new Date(ended),
    attempt: attempts,
  }))
}

export async function forgetSubscription(run: Run, id: string): Promise<void> {
  await run('delete from push_subscriptions where id = $1::bigint', [id])
}

export async function retryPush(run: Run, id: string, inMs: number): Promise<void> {
  await run(
    'update push_subscriptions set due_at = now() + make_interval(secs => $2::float8 / 1000) where id = $1::bigint',
    [id, inMs],
  )
}

/** @returns how many were forgotten */
export async function forgetOldSubscriptions(run: Run, days: number): Promise<number> {
  const rows = await run(
    'delete from push_subscriptions where created_at < now() - make_interval(days => $1::int) returning 1 as gone',
    [days],
  )
  return rows.length
}
