import { Hono } from 'hono'
import { z } from 'zod'
import { databaseNow } from '../count/queries.ts'
import { metaOf } from '../http/meta.ts'
import { cached, type Freshness } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { HOUR, MINUTE } from '../time.ts'
import { measureMethod } from './measure-method.ts'

/** Weeks of history change little within minutes, and measuring them costs some hundred milliseconds. */
export const SELDOM: Freshness = {
  freshMs: 10 * MINUTE,
  staleMs: 6 * HOUR,
  cacheControl: 'public, max-age=600, stale-while-revalidate=21600, stale-if-error=86400',
}

/** `/v1/method`: how well the method keeps what it promises, measured on this instance's own history. */
export const methodRoutes = new Hono<{ Bindings: Ports }>().get('/', cached(SELDOM), async (c) => {
  parse(z.strictObject({}), c.req.query())
  const { run } = c.env.storage
  const measure = await measureMethod(run)
  const meta = metaOf(new Date(await databaseNow(run)))
  return c.json({ ...measure, meta: { ...meta, freshnessSeconds: SELDOM.freshMs / 1000 } })
})
