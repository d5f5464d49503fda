import { Hono } from 'hono'
import { z } from 'zod'
import { readBreakdown } from '../count/read-breakdown.ts'
import { readStandings, type Standing } from '../count/read-standing.ts'
import { readTimeseries } from '../count/read-timeseries.ts'
import { STEP_MS, STEPS, type Step, type Timeseries } from '../count/timeseries.ts'
import { TIMESERIES_COLUMNS } from '../count/timeseries-columns.ts'
import { AppError } from '../errors.ts'
import { toCsvText } from '../http/csv.ts'
import { titlesOf } from '../http/csv-metadata.ts'
import { FieldsOf, pick } from '../http/fields.ts'
import { metaOf, metaOfVerdict } from '../http/meta.ts'
import { Cursor, fromCursor, Instant, Limit, nextLink, RegionCode, Slug, toCursor } from '../http/parameters.ts'
import { cached, LIVE } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import { Service } from '../openapi/state-schemas.ts'
import type { Ports } from '../ports.ts'
import { firstLevelOf } from '../region/region.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import { DAY, HOUR, MINUTE } from '../time.ts'
import { CATEGORIES } from './service.ts'

const STATES = ['ok', 'suspected', 'down', 'unknown'] as const

export const ListQuery = z.strictObject({
  query: z.string().max(100).optional(),
  category: z.enum(CATEGORIES).optional(),
  state: z.enum(STATES).optional(),
  fields: FieldsOf(Service),
  limit: Limit(1_000, 100),
  cursor: Cursor.optional(),
})

export const TimeseriesQuery = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  step: z.enum(STEPS).default('5m'),
  region: RegionCode.optional(),
  errorType: z.enum(ERROR_TYPES).optional(),
  format: z.enum(['json', 'csv']).default('json'),
})

const WINDOWS = { '15m': 15 * MINUTE, '1h': HOUR, '24h': DAY, '7d': 7 * DAY } as const

export const BreakdownQuery = z.strictObject({ window: z.enum(['15m', '1h', '24h', '7d']).default('24h') })

/** Most steps in one answer. */
const MOST_POINTS = 3_000

/** `/v1/services`: what people can report on, how it stands, and its counts. */
export const serviceRoutes = new Hono<{ Bindings: Ports }>()
  .get('/', cached(LIVE), async (c) => {
    const { query, category, state, fields, limit, cursor } = parse(ListQuery, c.req.query())
    const all = await c.env.directory.all()
    const found = query === undefined ? all : c.env.searchServices(all, query)
    const { watch, standings } = await readStandings(c.env.storage.run, found)
    const wanted = standings.filter(
      (standing) =>
        (category === undefined || standing.service.category === category) &&
        (state === undefined || standing.state === state),
    )
    // A search is ordered by how well it fits, so its place in the list is a number; else it is the slug.
    const start = cursor === undefined ? 0 : fromCursor(z.tuple([z.number().int().min(0)]), cursor)[0]
    const end = start + limit
    const nextCursor = end < wanted.length ? toCursor([end]) : null
    if (nextCursor !== null) c.header('link', nextLink(c.req.url, nextCursor))
    return c.json({
      items: wanted.slice(start, end).map((standing) => pick(standingToWire(standing), fields)),
      nextCursor,
      meta: metaOfVerdict(watch),
    })
  })
  .get('/:slug', cached(LIVE), async (c) => {
    parse(z.strictObject({}), c.req.query())
    const service = await c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
    const { watch, standings } = await readStandings(c.env.storage.run, [service])
    return c.json({
      ...standingToWire(standings[0]!),
      meta: metaOfVerdict(watch, { sampleSize: standings[0]!.reports }),
    })
  })
  .get('/:slug/timeseries', cached(LIVE), async (c) => {
    const query = parse(TimeseriesQuery, c.req.query())
    const service = await c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
    const series = await readTimeseries(c.env.storage.run, service, {
      ...windowOf(query, c.env.now()),
      region: query.region === undefined ? null : firstLevelOf(query.region),
      errorType: query.errorType ?? null,
    })
    if (query.format === 'csv')
      return csvAnswer(`${service.slug}-timeseries.csv`, timeseriesToCsv(series), '/v1/timeseries.csv-metadata.json')
    return c.json(timeseriesToWire(series))
  })
  .get('/:slug/breakdown', cached(LIVE), async (c) => {
    const { window } = parse(BreakdownQuery, c.req.query())
    const service = await c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
    const breakdown = await readBreakdown(c.env.storage.run, service.id, WINDOWS[window])
    const { asOf, from, until, problems, ok, affected, unplaced, suppressed } = breakdown
    return c.json({
      service: service.slug,
      from: from.toISOString(),
      to: until.toISOString(),
      problems,
      ok,
      errorTypes: breakdown.errorTypes.map(({ key, count, share }) => ({ errorType: key, count, share })),
      features: breakdown.features.map(({ key, count, share }) => ({ feature: key, count, share })),
      regions: breakdown.regions.map(({ key, count, share }) => ({ region: key, count, share })),
      unplaced,
      affected,
      meta: metaOf(asOf, { sampleSize: problems + ok, suppressedCells: suppressed }),
    })
  })

/** Aligned to the step, the last day unless told. The last step may be unfinished. */
export function windowOf(
  { from, to, step }: { from?: Date | undefined; to?: Date | undefined; step: Step },
  now: Date,
): { from: Date; until: Date; step: Step } {
  const stepMs = STEP_MS[step]
  const until = Math.ceil((to ?? now).getTime() / stepMs) * stepMs
  const start = Math.floor((from ?? new Date(until - Math.max(DAY, 10 * stepMs))).getTime() / stepMs) * stepMs
  const wrong = (field: string, message: string) =>
    new AppError('invalid-request', `${field} ${message}`, { errors: [{ field, message }] })
  if (start >= until) throw wrong('from', 'must be before `to`.')
  if ((until - start) / stepMs > MOST_POINTS) throw wrong('step', `would give more than ${MOST_POINTS} points.`)
  return { from: new Date(start), until: new Date(until), step }
}

export function standingToWire({ service, state, reports, ok, expected, incident }: Standing) {
  return {
    slug: service.slug,
    name: service.name,
    aliases: service.aliases,
    category: service.category,
    homepage: service.homepage,
    statusPage: service.statusPage,
    features: service.features,
    countries: service.countries,
    state,
    reportsLast15m: reports,
    okLast15m: ok,
    expectedLast15m: expected === null ? null : round(expected),
    incidentId: incident?.id ?? null,
  }
}

function timeseriesToWire({
  service,
  region,
  errorType,
  from,
  until,
  step,
  points,
  asOf,
  sampleSize,
  suppressed,
}: Timeseries) {
  return {
    service,
    region,
    errorType,
    from: from.toISOString(),
    to: until.toISOString(),
    step,
    points: points.map(({ t, count, expected, lower, upper, ok, late }) => ({
      t: t.toISOString(),
      count,
      expected: roundOrNull(expected),
      lower: roundOrNull(lower),
      upper: roundOrNull(upper),
      ok,
      late,
    })),
    meta: metaOf(asOf, { sampleSize, suppressedCells: suppressed }),
  }
}

function timeseriesToCsv({ points }: Timeseries): string {
  return toCsvText(
    titlesOf(TIMESERIES_COLUMNS),
    points.map(({ t, count, expected, lower, upper, ok, late }) => [
      t.toISOString(),
      count,
      roundOrNull(expected),
      roundOrNull(lower),
      roundOrNull(upper),
      ok,
      late,
    ]),
  )
}

/** @param metadata path of the description of its columns */
export function csvAnswer(fileName: string, text: string, metadata: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      link: `<${metadata}>; rel="describedby"; type="application/csvm+json"`,
    },
  })
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

const roundOrNull = (value: number | null) => (value === null ? null : round(value))
