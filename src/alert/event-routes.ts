import { Hono } from 'hono'
import { z } from 'zod'
import { databaseNow } from '../count/queries.ts'
import { FieldsOf, pick } from '../http/fields.ts'
import { metaOf } from '../http/meta.ts'
import { Limit, nextLink } from '../http/parameters.ts'
import { cached, LIVE } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import { eventsAfter } from '../incident/queries.ts'
import { Event } from '../openapi/state-schemas.ts'
import type { Ports } from '../ports.ts'
import { eventToWire } from './wire.ts'

export const EventsQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'Must be the id of an event.')
    .default('0')
    .meta({ description: 'Id of the last event seen; those after it are given.' }),
  fields: FieldsOf(Event),
  limit: Limit(500, 100),
})

/** `/v1/events`: every change, in order; the ids are those of the stream and of webhooks. */
export const eventRoutes = new Hono<{ Bindings: Ports }>().get('/', cached(LIVE), async (c) => {
  const { cursor, fields, limit } = parse(EventsQuery, c.req.query())
  const { run } = c.env.storage
  const events = await eventsAfter(run, BigInt(cursor), limit)
  if (events.length === limit) c.header('link', nextLink(c.req.url, events.at(-1)!.id))
  const meta = metaOf(new Date(await databaseNow(run)))
  return c.json({
    items: events.map((event) => pick(eventToWire(event), fields)),
    nextCursor: events.at(-1)?.id ?? cursor,
    meta,
  })
})
