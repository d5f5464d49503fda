import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { toCsvText } from '../http/csv.ts'
import { titlesOf } from '../http/csv-metadata.ts'
import { metaOf } from '../http/meta.ts'
import { Instant, RegionCode, Slug } from '../http/parameters.ts'
import { cached, LIVE } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { csvAnswer } from '../service/routes.ts'
import { DAY, HOUR, MINUTE } from '../time.ts'
import type { Heatmap } from './heatmap.ts'
import { HEATMAP_COLUMNS } from './heatmap-columns.ts'
import { readHeatmap } from './read-heatmap.ts'

const WINDOWS = { '15m': 15 * MINUTE, '1h': HOUR, '24h': DAY } as const

/** Longest window that is answered at once. */
const LONGEST_MS = 31 * DAY

export const HeatmapQuery = z
  .strictObject({
    service: Slug.optional(),
    window: z.enum(['15m', '1h', '24h']).optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    level: z.enum(['country', 'subdivision']).default('country'),
    country: RegionCode.refine((code) => code.length === 2, 'Must be a country such as US.').optional(),
    format: z.enum(['json', 'geojson', 'csv']).default('json'),
  })
  .superRefine(({ window, from, to }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if ((from === undefined) !== (to === undefined)) refuse(from ? 'to' : 'from', '`from` and `to` go together.')
    if (from && to && from >= to) refuse('from', 'must be before `to`.')
    if (from && to && to.getTime() - from.getTime() > LONGEST_MS) refuse('from', 'must be within 31 days of `to`.')
    if (from && window) refuse('window', 'Give either `window`, or `from` and `to`.')
  })

/** `/v1/heatmap`: where people report, one cell per region. */
export const heatmapRoutes = new Hono<{ Bindings: Ports }>().get('/', cached(LIVE), async (c) => {
  const { service: slug, window, from, to, level, country, format } = parse(HeatmapQuery, c.req.query())
  if (country !== undefined && level === 'country')
    throw new AppError('invalid-request', 'country goes with level=subdivision.', {
      errors: [{ field: 'country', message: 'Goes with level=subdivision.' }],
    })
  const service = slug === undefined ? null : await c.env.directory.require(slug)
  const heatmap = await readHeatmap(c.env.storage.run, {
    service,
    level,
    country: country ?? null,
    window: from && to ? { from, until: to } : { lastMs: WINDOWS[window ?? '1h'] },
  })
  if (format === 'csv') return csvAnswer('heatmap.csv', heatmapToCsv(heatmap), '/v1/heatmap.csv-metadata.json')
  if (format === 'geojson')
    return c.body(JSON.stringify(await heatmapToGeojson(heatmap)), 200, { 'content-type': 'application/geo+json' })
  return c.json(heatmapToWire(heatmap))
})

function heatmapToWire({ service, level, country, from, until, asOf, regions, total, suppressed }: Heatmap) {
  return {
    service,
    level,
    country,
    from: from.toISOString(),
    to: until.toISOString(),
    regions: regions.map(({ hidden: _, ...cell }) => ({
      ...cell,
      expected: rounded(cell.expected),
      ratio: rounded(cell.ratio),
      perMillion: rounded(cell.perMillion),
    })),
    meta: metaOf(asOf, { ...(total === null ? {} : { sampleSize: total }), suppressedCells: suppressed }),
  }
}

function heatmapToCsv({ regions }: Heatmap): string {
  return toCsvText(
    titlesOf(HEATMAP_COLUMNS),
    regions.map(({ region, name, count, expected, ratio, perMillion, state, hidden }) => [
      region,
      name,
      hidden === null ? count : hidden === 'small' ? '<3' : 'hidden',
      rounded(expected),
      rounded(ratio),
      rounded(perMillion),
      state,
    ]),
  )
}

/** RFC 7946, one feature a cell, at a point inside the region: shapes belong to maps, positions to data. */
async function heatmapToGeojson(heatmap: Heatmap) {
  const { centreOf } = await import('../region/region-centre.ts')
  const { regions, meta } = heatmapToWire(heatmap)
  return {
    type: 'FeatureCollection',
    features: regions.map(({ region, ...properties }) => {
      const centre = centreOf(region)
      return {
        type: 'Feature',
        id: region,
        geometry: centre === null ? null : { type: 'Point', coordinates: [centre.longitude, centre.latitude] },
        properties: { region, ...properties },
      }
    }),
    meta,
  }
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 1000)
