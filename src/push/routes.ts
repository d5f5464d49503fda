import { Hono } from 'hono'
import { z } from 'zod'
import { DEFAULT_LANGUAGE, LANGUAGES } from '../../web/strings/language.ts'
import { takeFrom } from '../http/limit.ts'
import { NO_STORE } from '../http/no-store.ts'
import { readJson } from '../http/read-body.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { unsubscribe } from './queries.ts'
import { registerSubscription } from './register-subscription.ts'

const Endpoint = z.string().min(1).max(1024).meta({ description: 'Of the push service, as the browser gives it.' })

/** What `PushSubscription.toJSON()` of a browser gives, and the language of the message. */
export const SubscriptionBody = z.strictObject({
  endpoint: Endpoint,
  expirationTime: z.number().nullish(),
  keys: z.strictObject({
    p256dh: z.string().regex(/^B[A-Za-z0-9_-]{86}$/, 'Must be an uncompressed point of P-256, base64url.'),
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'Must be 16 bytes, base64url.'),
  }),
  language: z.enum(LANGUAGES).default(DEFAULT_LANGUAGE),
})

export const UnsubscriptionBody = z.strictObject({ endpoint: Endpoint })

/** `/v1/services/{slug}/subscriptions`: browsers that want to be told, once, when a service works again. */
export const pushRoutes = new Hono<{ Bindings: Ports }>()
  .post('/:slug/subscriptions', async (c) => {
    const headers = await takeFrom(c.env.limiter, 'push', c.env.clientKey(c.req.raw))
    const { endpoint, keys, language } = parse(SubscriptionBody, await readJson(c.req.raw), 'subscription')
    const service = await c.env.directory.require(c.req.param('slug'))
    const until = await registerSubscription(c.env, { serviceId: service.id, endpoint, keys, language })
    return c.json({ service: service.slug, until: until.toISOString() }, 201, { ...headers, ...NO_STORE })
  })
  .delete('/:slug/subscriptions', async (c) => {
    const headers = await takeFrom(c.env.limiter, 'push', c.env.clientKey(c.req.raw))
    const { endpoint } = parse(UnsubscriptionBody, await readJson(c.req.raw), 'subscription')
    const service = await c.env.directory.require(c.req.param('slug'))
    await unsubscribe(c.env.storage.run, service.id, endpoint)
    return c.body(null, 204, { ...headers, ...NO_STORE })
  })
