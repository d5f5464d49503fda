import { Hono } from 'hono'
import { z } from 'zod'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { regionName, subdivisionsOf } from '../region/region.ts'

export const WhereQuery = z.strictObject({
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'Must be a language such as de.')
    .default('en'),
})

/**
 * `/v1/where`: the place that the platform guesses, and the regions of that country, so that a form can offer them; never
 * cached, never kept.
 */
export const whereRoutes = new Hono<{ Bindings: Ports }>().get('/', (c) => {
  const { language } = parse(WhereQuery, c.req.query())
  const { country, subdivision } = c.env.locate(c.req.raw)
  const region = subdivision ?? country
  return c.json(
    {
      country,
      subdivision,
      name: region === null ? null : regionName(region, language),
      subdivisions: (country === null ? [] : subdivisionsOf(country)).map((code) => ({
        code,
        name: regionName(code, language),
      })),
    },
    200,
    { 'cache-control': 'no-store' },
  )
})
