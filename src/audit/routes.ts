import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { toCsvStream } from '../http/csv.ts'
import { NO_STORE } from '../http/no-store.ts'
import { Cursor, fromCursor, Instant, Limit, nextLink, SingleLine, toCursor } from '../http/parameters.ts'
import { asAdmin } from '../http/require-admin.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { type AuditEntry, type AuditFilter, listAudit } from './queries.ts'

export const AuditQuery = z
  .strictObject({
    actor: SingleLine(80).optional().meta({ description: '`admin` or `command line`.' }),
    action: SingleLine(80)
      .optional()
      .meta({ description: 'What was done, such as `service.changed` or `reports.hidden`.' }),
    subject: SingleLine(80).optional().meta({ description: 'To what: a slug, or the id of a key or an incident.' }),
    from: Instant.optional(),
    to: Instant.optional().meta({ description: 'Not included.' }),
    format: z.enum(['json', 'csv']).default('json').meta({ description: 'A CSV holds all that is asked for.' }),
    limit: Limit(1_000, 100),
    cursor: Cursor.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['from'],
    message: 'Must be before `to`.',
  })

/** Entries read at once for a CSV. */
const CSV_BATCH = 2_000

/** `/v1/admin/audit-log`: what operators did. Nothing here is ever changed. */
export const auditRoutes = new Hono<{ Bindings: Ports }>().get('/', asAdmin, async (c) => {
  const { actor, action, subject, from, to, format, limit, cursor } = parse(AuditQuery, c.req.query())
  const filter: AuditFilter = {
    actor: actor ?? null,
    action: action ?? null,
    subject: subject ?? null,
    from: from ?? null,
    until: to ?? null,
    before: cursor === undefined ? null : fromCursor(z.tuple([z.number().int().min(0)]), cursor)[0],
    limit: limit + 1,
  }
  if (format === 'csv') {
    for (const field of ['limit', 'cursor'])
      if (c.req.query(field) !== undefined) {
        const message = 'Is for JSON: a CSV holds all that is asked for.'
        throw new AppError('invalid-request', `${field}: ${message}`, { errors: [{ field, message }] })
      }
    return csvAnswer(c.env, filter)
  }
  const found = await listAudit(c.env.storage.run, filter)
  const items = found.slice(0, limit)
  const nextCursor = found.length > limit ? toCursor([items.at(-1)!.id]) : null
  if (nextCursor !== null) c.header('link', nextLink(c.req.url, nextCursor))
  return c.json({ items: items.map(entryToWire), nextCursor }, 200, NO_STORE)
})

async function csvAnswer({ storage }: Pick<Ports, 'storage'>, filter: AuditFilter): Promise<Response> {
  const read = (before: number | null) => listAudit(storage.run, { ...filter, before, limit: CSV_BATCH })
  let entries = await read(null)
  async function* batches() {
    while (entries.length > 0) {
      yield entries.map(entryToWire).map(({ data, ...entry }) => [...Object.values(entry), JSON.stringify(data)])
      entries = entries.length < CSV_BATCH ? [] : await read(entries.at(-1)!.id)
    }
  }
  return new Response(toCsvStream(['id', 'at (UTC)', 'actor', 'action', 'subject', 'data (JSON)'], batches()), {
    headers: {
      ...NO_STORE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="outcry-audit-log.csv"',
    },
  })
}

export function entryToWire({ id, at, actor, action, subject, data }: AuditEntry) {
  return { id: String(id), at: at.toISOString(), actor, action, subject, data }
}
