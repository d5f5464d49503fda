import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { takeFrom } from '../http/limit.ts'
import { parse } from '../http/validate.ts'
import { requireScope, showsKey } from '../key/keyring.ts'
import type { Ports } from '../ports.ts'
import { FILTER_PARAMETERS, filterOfParameters } from './filter-schema.ts'

const EventId = z.string().regex(/^\d{1,15}$/, 'Must be the id of an event.')

export const StreamQuery = z.strictObject({
  ...FILTER_PARAMETERS,
  cursor: EventId.optional().meta({
    description: 'Id of the last event that you have; the stream goes on after it. `Last-Event-ID` wins over it.',
  }),
})

/** `/v1/spikes/stream`: the event log as it grows, as Server-Sent Events; the id of each is the cursor to come back with. */
export const streamRoutes = new Hono<{ Bindings: Ports }>().get('/', async (c) => {
  const { cursor, ...filter } = parse(StreamQuery, c.req.query())
  // A name that nobody has would be waited for in vain.
  for (const slug of filter.service ?? []) await c.env.directory.require(slug)
  const lastId = c.req.header('last-event-id')
  const resumed = lastId ? parse(z.object({ 'Last-Event-ID': EventId }), { 'Last-Event-ID': lastId }) : null
  const limit = await takeLimit(c.env, c.req.raw)
  const since = resumed?.['Last-Event-ID'] ?? cursor
  const opened = await c.env.eventFeed.open({
    client: limit.client,
    filter: filterOfParameters(filter),
    cursor: since === undefined ? null : Number(since),
  })
  if (!opened.isOpen)
    throw opened.full === 'client'
      ? new AppError('rate-limited', 'You have as many streams open as one client may.', {
          retryAfterSeconds: 60,
          extensions: { 'violated-policies': ['stream'] },
        })
      : new AppError('overloaded', 'All streams of this instance are taken. Poll /v1/events, or come back.', {
          retryAfterSeconds: 30,
        })
  return new Response(opened.body, {
    headers: {
      ...limit.headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'access-control-allow-origin': '*',
      // Proxies of the nginx kind would hold events back to fill a buffer.
      'x-accel-buffering': 'no',
    },
  })
})

async function takeLimit(
  { keyring, limiter, clientKey }: Pick<Ports, 'keyring' | 'limiter' | 'clientKey'>,
  request: Request,
): Promise<{ client: string; headers: Record<string, string> }> {
  if (showsKey(request)) {
    const key = await requireScope(keyring, request, 'read')
    return { client: key.id, headers: await keyring.take(key) }
  }
  const client = clientKey(request)
  return { client, headers: await takeFrom(limiter, 'read', client) }
}
