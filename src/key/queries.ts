import type { Run } from '../storage/database.ts'
import type { ApiKey, KeyScope } from './key.ts'

export interface StoredKey extends ApiKey {
  hash: string
}

const COLUMNS = `id, hash, hint, name, array_to_json(scopes)::text as scopes, per_minute, per_day, trust,
  (extract(epoch from created_at) * 1000)::float8 as created_at, (extract(epoch from revoked_at) * 1000)::float8 as revoked_at,
  (select max(day)::text from key_usage where key_id = api_keys.id) as last_used_on`

interface KeyRow extends Record<string, unknown> {
  id: string
  hash: string
  hint: string
  name: string
  scopes: string
  per_minute: number
  per_day: number
  trust: number
  created_at: number
  revoked_at: number | null
  last_used_on: string | null
}

function keyFrom(row: KeyRow): StoredKey {
  return {
    id: row.id,
    hash: row.hash,
    hint: row.hint,
    name: row.name,
    scopes: JSON.parse(row.scopes) as KeyScope[],
    quota: { perMinute: row.per_minute, perDay: row.per_day },
    trust: row.trust,
    createdAt: new Date(row.created_at),
    lastUsedOn: row.last_used_on,
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  }
}

export async function insertKey(
  run: Run,
  key: Pick<StoredKey, 'id' | 'hash' | 'hint' | 'name' | 'scopes' | 'quota' | 'trust'> & { lookup: string },
): Promise<StoredKey> {
  const [row] = await run<KeyRow>(
    `insert into api_keys (id, lookup, hash, hint, name, scopes, per_minute, per_day, trust)
     values ($1, $2, $3, $4, $5, array(select json_array_elements_text($6::text::json)), $7::int, $8::int, $9::int)
     returning ${COLUMNS}`,
    [
      key.id,
      key.lookup,
      key.hash,
      key.hint,
      key.name,
      JSON.stringify(key.scopes),
      key.quota.perMinute,
      key.quota.perDay,
      key.trust,
    ],
  )
  return keyFrom(row!)
}

/** All keys, revoked ones too, newest first. */
export async function listKeys(run: Run): Promise<StoredKey[]> {
  return (await run<KeyRow>(`select ${COLUMNS} from api_keys order by created_at desc, id desc`)).map(keyFrom)
}

/** Keys in force whose hash begins like this; one but for chance. */
export async function findKeys(run: Run, lookup: string): Promise<StoredKey[]> {
  const rows = await run<KeyRow>(`select ${COLUMNS} from api_keys where lookup = $1 and revoked_at is null`, [lookup])
  return rows.map(keyFrom)
}

/** @returns whether there was such a key in force */
export async function revokeKey(run: Run, id: string): Promise<boolean> {
  const rows = await run('update api_keys set revoked_at = now() where id = $1 and revoked_at is null returning id', [
    id,
  ])
  return rows.length > 0
}

export interface UsageAddition {
  keyId: string
  day: string
  requests: number
  refused: number
  reports: number
}

/** Adds to what keys used, and gives the requests of each day as all replicas together know them. */
export async function addUsage(
  run: Run,
  additions: UsageAddition[],
): Promise<{ keyId: string; day: string; requests: number }[]> {
  const rows = await run<{ key_id: string; day: string; requests: number }>(
    `insert into key_usage as u (key_id, day, requests, refused, reports)
     select "keyId", day, requests, refused, reports
     from json_to_recordset($1::text::json) as a("keyId" text, day date, requests bigint, refused bigint, reports bigint) order by 1, 2
     on conflict (key_id, day) do update set requests = u.requests + excluded.requests, refused = u.refused + excluded.refused,
       reports = u.reports + excluded.reports
     returning key_id, day::text as day, requests::float8 as requests`,
    [JSON.stringify(additions)],
  )
  return rows.map(({ key_id, day, requests }) => ({ keyId: key_id, day, requests }))
}

export interface UsageOfDay {
  day: string
  requests: number
  refused: number
  reports: number
}

/** The last days on which a key was used, newest first. */
export async function readUsage(run: Run, keyId: string, days: number): Promise<UsageOfDay[]> {
  return run<UsageOfDay & Record<string, unknown>>(
    `select day::text as day, requests::float8 as requests, refused::float8 as refused, reports::float8 as reports
     from key_usage where key_id = $1 order by key_usage.day desc limit $2::int`,
    [keyId, days],
  )
}
