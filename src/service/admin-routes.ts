import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { NO_STORE } from '../http/no-store.ts'
import { Cursor, fromCursor, Limit, nextLink, toCursor } from '../http/parameters.ts'
import { readJson } from '../http/read-body.ts'
import { forgetAnswers } from '../http/read-cache.ts'
import { ADMIN, asAdmin } from '../http/require-admin.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { changeService, putService, type Saved } from './change-service.ts'
import { findKeptService, type KeptService, listKeptServices } from './queries.ts'
import { ServiceChange, ServiceInput, ServiceSlug } from './service-schema.ts'

export const KeptServiceQuery = z.strictObject({
  isActive: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Only those that people can report on, or only those that are retired.' }),
  limit: Limit(1_000, 100),
  cursor: Cursor.optional(),
})

/** `/v1/admin/services`: the catalogue as its operator edits it. A service is retired, never deleted: its record stays. */
export const adminServiceRoutes = new Hono<{ Bindings: Ports }>()
  .get('/', asAdmin, async (c) => {
    const { isActive, limit, cursor } = parse(KeptServiceQuery, c.req.query())
    const found = await listKeptServices(c.env.storage.run, {
      isActive: isActive === undefined ? null : isActive === 'true',
      after: cursor === undefined ? null : fromCursor(z.tuple([ServiceSlug]), cursor)[0],
      limit: limit + 1,
    })
    const nextCursor = found.length > limit ? toCursor([found[limit - 1]!.entry.slug]) : null
    if (nextCursor !== null) c.header('link', nextLink(c.req.url, nextCursor))
    return c.json({ items: found.slice(0, limit).map(keptServiceToWire), nextCursor }, 200, NO_STORE)
  })
  .get('/:slug', asAdmin, async (c) => {
    parse(z.strictObject({}), c.req.query())
    const slug = slugOf(c.req.param('slug'))
    const service = await findKeptService(c.env.storage.run, slug)
    return c.json(keptServiceToWire(service ?? (await c.env.directory.refuse(slug))), 200, NO_STORE)
  })
  .put('/:slug', asAdmin, async (c) => {
    const slug = slugOf(c.req.param('slug'))
    const body = await readJson(c.req.raw)
    const entry = parse(ServiceInput, isObject(body) ? { slug, ...body } : body, 'service')
    if (entry.slug !== slug) throw wrongSlug()
    return answerSaved(c.env, await putService(c.env, entry, ADMIN))
  })
  .patch('/:slug', asAdmin, async (c) => {
    const slug = slugOf(c.req.param('slug'))
    const change = parse(ServiceChange, await readJson(c.req.raw), 'change')
    const saved = await changeService(
      c.env,
      slug,
      (known) => parse(ServiceInput, { ...known, ...change }, 'change'),
      ADMIN,
    )
    return answerSaved(c.env, saved)
  })

const slugOf = (text: string) => parse(z.object({ slug: ServiceSlug }), { slug: text }, 'address').slug

const isObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function wrongSlug(): AppError {
  const message = 'Must be the slug of the address, or left out.'
  return new AppError('invalid-request', `The service has invalid input: slug.`, {
    errors: [{ field: 'slug', message }],
  })
}

function answerSaved({ readCache }: Pick<Ports, 'readCache'>, { service, isNew }: Saved): Response {
  // Its name stands on pages of other services too.
  forgetAnswers(readCache)
  const headers = isNew ? { ...NO_STORE, location: `/v1/admin/services/${service.entry.slug}` } : NO_STORE
  return Response.json(keptServiceToWire(service), { status: isNew ? 201 : 200, headers })
}

export function keptServiceToWire({ entry, createdAt, updatedAt, editedAt }: KeptService) {
  return {
    ...entry,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
  }
}
