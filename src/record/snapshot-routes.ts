import { Hono } from 'hono'
import { z } from 'zod'
import { LANGUAGES, localPath } from '../../web/strings/language.ts'
import { STEPS } from '../count/timeseries.ts'
import { takeFrom } from '../http/limit.ts'
import { originOf } from '../http/origin.ts'
import { Instant, RegionCode, Slug } from '../http/parameters.ts'
import { readJsonOrForm } from '../http/read-body.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { windowOf } from '../service/routes.ts'
import { chartTexts, incidentTexts } from './snapshot-texts.ts'
import { takeChartSnapshot, takeIncidentSnapshot } from './take-snapshot.ts'

export const SnapshotBody = z
  .strictObject({
    incident: z.string().min(1).max(64).optional(),
    service: Slug.optional(),
    region: RegionCode.optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    step: z.enum(STEPS).optional(),
    /** Of the page that a form is answered with. */
    language: z.enum(LANGUAGES).optional(),
  })
  .refine(({ incident, service }) => (incident === undefined) !== (service === undefined), {
    message: 'Name an incident or a service.',
  })

/** `/v1/snapshots`: freezes what a page shows at a permanent address. */
export const snapshotRoutes = new Hono<{ Bindings: Ports }>().post('/', async (c) => {
  const { isForm, input } = await readJsonOrForm(c.req.raw)
  const body = parse(SnapshotBody, input, 'snapshot')
  const limit = await takeFrom(c.env.limiter, 'snapshot', c.env.clientKey(c.req.raw))
  for (const [name, value] of Object.entries(limit)) c.header(name, value)
  const step = body.step ?? '5m'
  const taken =
    body.incident !== undefined
      ? await takeIncidentSnapshot(c.env, body.incident, incidentTexts)
      : await takeChartSnapshot(
          c.env,
          {
            service: body.service!,
            region: body.region ?? null,
            window: windowOf({ from: body.from, to: body.to, step }, c.env.now()),
          },
          chartTexts,
        )
  const path = `/snapshots/${taken.id}`
  if (isForm) return c.redirect(localPath(body.language ?? 'en', path), 303)
  c.header('location', path)
  c.header('access-control-allow-origin', '*')
  return c.json(
    {
      id: taken.id,
      url: originOf(c.env, c.req.url) + path,
      hash: { algorithm: 'SHA-256', canonicalization: 'RFC 8785', value: taken.hash },
      takenAt: taken.takenAt.toISOString(),
    },
    taken.isNew ? 201 : 200,
  )
})
