import { Hono } from 'hono'
import type { Ports } from '../ports.ts'
import { regionName } from '../region/region.ts'

/** `/v1/where`: the place that the platform guesses, so that a form can offer it; never cached, never kept. */
export const whereRoutes = new Hono<{ Bindings: Ports }>().get('/', (c) => {
  const { country, subdivision } = c.env.locate(c.req.raw)
  const region = subdivision ?? country
  return c.json({ country, subdivision, name: region === null ? null : regionName(region) }, 200, {
    'cache-control': 'no-store',
  })
})
