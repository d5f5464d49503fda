import type { Run } from '../storage/database.ts'

/** Something an operator did. Neither a secret nor an address nor what somebody reported stands in it. */
export interface NewAuditEntry {
  /** `admin` for whoever holds `ADMIN_KEY`, `command line` for a command of this program. */
  actor: string
  /** What was done, as `service.changed`. */
  action: string
  /** To what: a slug, the id of a key or of an incident. */
  subject: string
  data?: Record<string, unknown>
}

export interface AuditEntry extends Required<NewAuditEntry> {
  /** Counts up, in the order of writing. */
  id: number
  at: Date
}

/** Notes what an operator did, in the transaction that does it. */
export async function audit(run: Run, ...entries: readonly NewAuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await run(
    `insert into audit_log (actor, action, subject, data)
     select actor, action, subject, coalesce(data, '{}') from json_to_recordset($1::text::json)
       as e(n int, actor text, action text, subject text, data jsonb) order by n`,
    [JSON.stringify(entries.map((entry, n) => ({ n, ...entry })))],
  )
}

export interface AuditFilter {
  actor: string | null
  action: string | null
  subject: string | null
  from: Date | null
  until: Date | null
  /** Only what was written before this one. */
  before: number | null
  limit: number
}

/** What was done, newest first. */
export async function listAudit(
  run: Run,
  { actor, action, subject, from, until, before, limit }: AuditFilter,
): Promise<AuditEntry[]> {
  const rows = await run<{ id: number; at: number; actor: string; action: string; subject: string; data: string }>(
    `select id::float8 as id, (extract(epoch from at) * 1000)::float8 as at, actor, action, subject, data::text as data
     from audit_log
     where ($1::text is null or actor = $1) and ($2::text is null or action = $2) and ($3::text is null or subject = $3)
       and ($4::text is null or at >= $4::text::timestamptz) and ($5::text is null or at < $5::text::timestamptz)
       and ($6::float8 is null or id < $6::float8::bigint)
     order by id desc limit $7::int`,
    [actor, action, subject, from?.toISOString() ?? null, until?.toISOString() ?? null, before, limit],
  )
  return rows.map(({ at, data, ...row }) => ({ ...row, at: new Date(at), data: JSON.parse(data) }))
}
