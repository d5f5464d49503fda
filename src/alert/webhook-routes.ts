import { Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { NO_STORE } from '../http/no-store.ts'
import { Cursor, fromCursor, Instant, Limit, nextLink, SingleLine, toCursor } from '../http/parameters.ts'
import { readJson } from '../http/read-body.ts'
import { parse } from '../http/validate.ts'
import type { ApiKey } from '../key/key.ts'
import { requireScope } from '../key/keyring.ts'
import type { Ports } from '../ports.ts'
import { giveUpPending, listDeliveries } from './delivery-queries.ts'
import { EVERYTHING } from './event-filter.ts'
import { FilterBody } from './filter-schema.ts'
import { registerWebhook, requireCallable, rotateSecret } from './register-webhook.ts'
import { replayInterval, replayOne, sendTest } from './replay-deliveries.ts'
import { ROTATION_OVERLAP_HOURS } from './sign-webhook.ts'
import type { Delivery, Webhook } from './webhook.ts'
import { changeWebhook, deleteWebhook, findWebhook, listWebhooks } from './webhook-queries.ts'

const Url = z
  .string()
  .min(1)
  .max(2048)
  .meta({ description: 'Where messages are posted to; a public http or https address.' })

export const WebhookBody = z.strictObject({
  url: Url,
  name: SingleLine(80).nullish(),
  filter: FilterBody.optional(),
})

export const WebhookChangeBody = z
  .strictObject({
    url: Url.optional(),
    name: SingleLine(80).nullable().optional(),
    filter: FilterBody.optional(),
    state: z.enum(['active', 'paused']).optional().meta({
      description: '`active` starts a webhook anew that was paused or disabled; `paused` gives up what waits for it.',
    }),
  })
  .refine((change) => Object.keys(change).length > 0, 'Say what to change.')

export const DeliveriesQuery = z.strictObject({
  state: z.enum(['pending', 'delivered', 'failed']).optional(),
  limit: Limit(500, 50),
  cursor: Cursor.optional(),
})

export const ReplayBody = z
  .strictObject({ from: Instant, to: Instant })
  .refine(({ from, to }) => from < to, { path: ['from'], message: 'Must be before `to`.' })

type Env = { Bindings: Ports; Variables: { key: ApiKey } }

/** Goes before each handler: finds the key, and takes from its quota. */
const withKey: MiddlewareHandler<Env> = async (c, next) => {
  const key = await requireScope(c.env.keyring, c.req.raw, 'webhooks')
  c.set('key', key)
  const limit = await c.env.keyring.take(key)
  await next()
  for (const [name, value] of Object.entries({ ...limit, ...NO_STORE, 'access-control-allow-origin': '*' }))
    c.res.headers.set(name, value)
}

/** `/v1/webhooks`: where programs want to be told. Each key sees and changes its own. */
export const webhookRoutes = new Hono<Env>()
  .post('/', withKey, async (c) => {
    const { url, name, filter } = parse(WebhookBody, await readJson(c.req.raw), 'webhook')
    await requireServices(c.env, filter?.services)
    const order = { keyId: c.get('key').id, url, name: name ?? null, filter: filter ?? EVERYTHING }
    const { webhook, secret } = await registerWebhook(c.env, order)
    return c.json({ ...webhookToWire(webhook), secret }, 201, { location: `/v1/webhooks/${webhook.id}` })
  })
  .get('/', withKey, async (c) => {
    parse(z.strictObject({}), c.req.query())
    return c.json({
      items: (await listWebhooks(c.env.storage.run, c.get('key').id)).map(webhookToWire),
      nextCursor: null,
    })
  })
  .get('/:id', withKey, async (c) =>
    c.json(webhookToWire(await requireWebhook(c.env, c.get('key'), c.req.param('id')))),
  )
  .patch('/:id', withKey, async (c) => {
    const { url, name, filter, state } = parse(WebhookChangeBody, await readJson(c.req.raw), 'change')
    const webhook = await requireWebhook(c.env, c.get('key'), c.req.param('id'))
    await requireServices(c.env, filter?.services)
    const changed = await changeWebhook(c.env.storage.run, webhook.id, {
      ...(url === undefined ? {} : { url: requireCallable(url, c.env.settings) }),
      ...(name === undefined ? {} : { name }),
      ...(filter === undefined ? {} : { filter }),
      ...(state === undefined ? {} : { state }),
    })
    if (state === 'paused') await giveUpPending(c.env.storage.run, webhook.id)
    return c.json(webhookToWire(changed ?? webhook))
  })
  .delete('/:id', withKey, async (c) => {
    const { id } = await requireWebhook(c.env, c.get('key'), c.req.param('id'))
    await deleteWebhook(c.env.storage.run, id)
    return c.body(null, 204)
  })
  .post('/:id/test', withKey, async (c) => {
    const webhook = await requireWebhook(c.env, c.get('key'), c.req.param('id'))
    return c.json({ messageId: await sendTest(c.env, webhook) }, 202)
  })
  .post('/:id/rotate', withKey, async (c) => {
    const webhook = await requireWebhook(c.env, c.get('key'), c.req.param('id'))
    return c.json({ id: webhook.id, ...(await rotateSecret(c.env, webhook)), overlapHours: ROTATION_OVERLAP_HOURS })
  })
  .get('/:id/deliveries', withKey, async (c) => {
    const { state, limit, cursor } = parse(DeliveriesQuery, c.req.query())
    const { id } = await requireWebhook(c.env, c.get('key'), c.req.param('id'))
    const before = cursor === undefined ? null : fromCursor(z.tuple([z.number().int()]), cursor)[0]
    const found = await listDeliveries(c.env.storage.run, {
      webhookId: id,
      state: state ?? null,
      before,
      limit: limit + 1,
    })
    const nextCursor = found.length > limit ? toCursor([found[limit - 1]!.sequence]) : null
    if (nextCursor !== null) c.header('link', nextLink(c.req.url, nextCursor))
    return c.json({ items: found.slice(0, limit).map(deliveryToWire), nextCursor })
  })
  .post('/:id/deliveries/:messageId/replay', withKey, async (c) => {
    const webhook = await requireWebhook(c.env, c.get('key'), c.req.param('id'))
    await replayOne(c.env, webhook, c.req.param('messageId'))
    return c.json({ replayed: 1 }, 202)
  })
  .post('/:id/replay', withKey, async (c) => {
    const { from, to } = parse(ReplayBody, await readJson(c.req.raw), 'replay')
    const webhook = await requireWebhook(c.env, c.get('key'), c.req.param('id'))
    return c.json({ replayed: await replayInterval(c.env, webhook, { from, until: to }) }, 202)
  })

async function requireWebhook({ storage }: Pick<Ports, 'storage'>, key: ApiKey, id: string): Promise<Webhook> {
  const webhook = await findWebhook(storage.run, key.id, id)
  if (webhook === null) throw new AppError('not-found', 'This key has no such webhook.')
  return webhook
}

/** A filter for a service that does not exist would wait for ever. */
async function requireServices({ directory }: Pick<Ports, 'directory'>, slugs: readonly string[] = []): Promise<void> {
  for (const slug of slugs) await directory.require(slug)
}

/** Without its secrets: they are shown when they are made. */
export function webhookToWire(webhook: Webhook) {
  return {
    id: webhook.id,
    url: webhook.url,
    name: webhook.name,
    filter: webhook.filter,
    state: webhook.state,
    stateReason: webhook.stateReason,
    failingSince: webhook.failingSince?.toISOString() ?? null,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  }
}

function deliveryToWire({ messageId, type, state, createdAt, dueAt, settledAt, attempts }: Delivery) {
  return {
    messageId,
    type,
    state,
    createdAt: createdAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    settledAt: settledAt?.toISOString() ?? null,
    attempts,
  }
}
