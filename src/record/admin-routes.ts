import { Hono } from 'hono'
import { z } from 'zod'
import { Instant, SingleLine, Words } from '../http/parameters.ts'
import { readJson } from '../http/read-body.ts'
import { ADMIN, requireAdmin } from '../http/require-admin.ts'
import { parse } from '../http/validate.ts'
import { incidentToWire } from '../incident/wire.ts'
import type { Ports } from '../ports.ts'
import { type Amendment, amendIncident } from './amend-incident.ts'

const WebAddress = z.url({ protocol: /^https?$/, error: 'Must be an http or https address.' }).max(2_000)

export const ProviderUpdateBody = z.strictObject({
  status: z.enum(['investigating', 'identified', 'monitoring', 'resolved']),
  text: Words(4_000),
  /** When the provider said it; now unless told. */
  at: Instant.optional(),
  sourceUrl: WebAddress.nullable().default(null),
  cause: SingleLine(500).nullable().default(null),
  workaround: SingleLine(500).nullable().default(null),
})

export const ReclassifyBody = z.strictObject({
  class: z.enum(['outage', 'spill-over', 'dismissed']),
  /** Incident that explains this one, for `spill-over`. */
  spillOverOf: z.string().min(1).max(64).nullable().default(null),
  note: Words(1_000).nullable().default(null),
})

export const AnnotateBody = z.strictObject({ text: Words(2_000) })

/** `/v1/admin/incidents`: what the operator adds to the record. */
export const recordAdminRoutes = new Hono<{ Bindings: Ports }>()
  .post('/:id/updates', async (c) => {
    await requireAdmin(c.env, c.req.raw)
    const { at, ...said } = parse(ProviderUpdateBody, await readJson(c.req.raw), 'update')
    return amend(c.env, c.req.param('id'), { kind: 'provider-update', update: { ...said, at: at ?? null } })
  })
  .post('/:id/reclassify', async (c) => {
    await requireAdmin(c.env, c.req.raw)
    const { class: to, spillOverOf, note } = parse(ReclassifyBody, await readJson(c.req.raw), 'reclassification')
    return amend(c.env, c.req.param('id'), { kind: 'reclassify', to, spillOverOf, note })
  })
  .post('/:id/annotate', async (c) => {
    await requireAdmin(c.env, c.req.raw)
    const { text } = parse(AnnotateBody, await readJson(c.req.raw), 'note')
    return amend(c.env, c.req.param('id'), { kind: 'annotate', text })
  })

async function amend(ports: Ports, id: string, amendment: Amendment): Promise<Response> {
  const incident = await amendIncident(ports, id, amendment, { name: ADMIN })
  // What is cached of the incident must not outlive its correction.
  for (const key of ports.readCache.entries.keys()) if (key.includes(id)) ports.readCache.entries.delete(key)
  return Response.json(incidentToWire(incident), { status: 201, headers: { 'cache-control': 'no-store' } })
}
