import { Hono } from 'hono'
import type { Ports } from '../ports.ts'
import { isReachable } from '../storage/database.ts'
import { NO_STORE } from './no-store.ts'

/** `/healthz` the process answers; `/readyz` it can also reach its database; `/metrics` for Prometheus. */
export const healthRoutes = new Hono<{ Bindings: Ports }>()
  .get('/healthz', (c) => c.json({ status: 'ok' }, 200, NO_STORE))
  .get('/readyz', async (c) => {
    const isReady = await isReachable(c.env.storage, 3_000)
    return isReady
      ? c.json({ status: 'ready' }, 200, NO_STORE)
      : c.json({ status: 'database unreachable' }, 503, { ...NO_STORE, 'retry-after': '5' })
  })
  .get('/metrics', async (c) =>
    c.body(await c.env.metrics.render(), 200, {
      ...NO_STORE,
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  )
