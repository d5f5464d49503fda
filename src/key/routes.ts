import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { NO_STORE } from '../http/no-store.ts'
import { SingleLine } from '../http/parameters.ts'
import { readJson } from '../http/read-body.ts'
import { ADMIN, asAdmin } from '../http/require-admin.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { issueKey, withdrawKey } from './issue-key.ts'
import { type ApiKey, DEFAULT_QUOTA, DEFAULT_TRUST, KEY_SCOPES } from './key.ts'
import { listKeys, readUsage } from './queries.ts'

export const KeyBody = z.strictObject({
  name: SingleLine(80).meta({ description: 'Who uses it, for what.' }),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length).default(['read']),
  quota: z
    .strictObject({
      perMinute: z.number().int().min(1).max(1_000_000).default(DEFAULT_QUOTA.perMinute),
      perDay: z.number().int().min(1).max(1_000_000_000).default(DEFAULT_QUOTA.perDay),
    })
    .default(DEFAULT_QUOTA),
  trust: z
    .number()
    .min(0.001)
    .max(1)
    .default(DEFAULT_TRUST / 1000)
    .meta({ description: 'Most that one report of this source weighs, as a part of a person’s own.' }),
})

const USAGE_DAYS = 31

/** `/v1/admin/keys`: issues, lists and revokes keys. */
export const adminKeyRoutes = new Hono<{ Bindings: Ports }>()
  .post('/', asAdmin, async (c) => {
    const { name, scopes, quota, trust } = parse(KeyBody, await readJson(c.req.raw), 'key')
    const order = { name, scopes: [...new Set(scopes)], quota, trust: Math.round(trust * 1000) }
    const { issued, key } = await issueKey(c.env, order, ADMIN)
    return c.json({ ...keyToWire(issued), key }, 201, NO_STORE)
  })
  .get('/', asAdmin, async (c) => {
    parse(z.strictObject({}), c.req.query())
    return c.json({ items: (await listKeys(c.env.storage.run)).map(keyToWire), nextCursor: null }, 200, NO_STORE)
  })
  .delete('/:id', asAdmin, async (c) => {
    const isRevoked = await withdrawKey(c.env, c.req.param('id'), ADMIN)
    if (!isRevoked) throw new AppError('not-found', 'There is no such key in force.')
    c.env.keyring.forget()
    return c.body(null, 204, NO_STORE)
  })

/** `/v1/usage`: what the caller's key used, and what it may still use. */
export const usageRoutes = new Hono<{ Bindings: Ports }>().get('/', async (c) => {
  const { keyring, storage } = c.env
  const key = await keyring.authenticate(c.req.header('authorization') ?? null)
  if (key === null)
    throw new AppError('unauthorized', 'This tells what a key used: show it as `Authorization: Bearer`.')
  const limit = await keyring.take(key)
  await keyring.flush()
  const { remaining } = await keyring.day(key)
  return c.json(
    { key: keyToWire(key), remainingToday: remaining, days: await readUsage(storage.run, key.id, USAGE_DAYS) },
    200,
    {
      ...limit,
      ...NO_STORE,
    },
  )
})

export function keyToWire({ id, hint, name, scopes, quota, trust, createdAt, lastUsedOn, revokedAt }: ApiKey) {
  return {
    id,
    hint,
    name,
    scopes,
    quota,
    trust: trust / 1000,
    createdAt: createdAt.toISOString(),
    lastUsedOn,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}
