import { Hono } from 'hono'
import { z } from 'zod'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { regionName, subdivisionsOf } from '../region/region.ts'

export const WhereQuery = z.strictObject({
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('en')
    .meta({ description: 'Language of the names.', examples: ['de'] }),
})

/** `/v1/where`: the place that the platform guesses, so that a form can offer it; never cached, never kept. */
export const whereRoutes = new Hono<{ Bindings: Ports }>().get('/', (c) => {
  const { language } = parse(WhereQuery, c.req.query())
  const { country, subdivision } = c.env.locate(c.req.raw)
  const region = subdivision ?? country
  return c.json(
    {
      country,
      subdivision,
      region,
      name: region === null ? null : regionName(region, language),
      regions: country === null ? [] : subdivisionsOf(country).map((code) => [code, regionName(code, language)]),
    },
    200,
    { 'cache-control': 'no-store' },
  )
})
