import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { databaseNow } from '../count/queries.ts'
import { readStandings, type Standing } from '../count/read-standing.ts'
import { originOf } from '../http/origin.ts'
import { RegionCode, Slug } from '../http/parameters.ts'
import { cached, LIVE } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import type { Incident } from '../incident/incident.ts'
import { listIncidents, unresolvedSpikes } from '../incident/queries.ts'
import type { Ports } from '../ports.ts'
import { firstLevelOf, regionName } from '../region/region.ts'
import type { ServiceRow } from '../service/tables.ts'
import { drawBadge, shieldsBadge } from './badge.ts'
import { conditionOf } from './condition.ts'
import { spikesToProm } from './spikes-prom.ts'
import { componentOf, type StatusPage, statusIncidentOf, statusOf, statusPageOf } from './statuspage.ts'
import { type Feed, toAtom, toJsonFeed } from './syndicate.ts'

type Env = { Bindings: Ports }

export const NoQuery = z.strictObject({})
export const FeedQuery = z.strictObject({ region: RegionCode.optional() })

/** Entries of a feed, and incidents of a status page. */
const MOST_INCIDENTS = 50

const live = cached(LIVE)

/** Feeds, badges and other forms in which programs that know nothing of us can read how things stand. */
export const feedRoutes = new Hono<Env>()
  .get('/feed.atom', live, async (c) => atom(c, await readFeed(c, null)))
  .get('/feed.json', live, async (c) => jsonFeed(c, await readFeed(c, null)))
  .get('/s/:slug/feed.atom', live, async (c) => atom(c, await readFeed(c, await serviceOf(c))))
  .get('/s/:slug/feed.json', live, async (c) => jsonFeed(c, await readFeed(c, await serviceOf(c))))
  .get('/v1/spikes.prom', live, async (c) => {
    parse(NoQuery, c.req.query())
    const { run } = c.env.storage
    const text = spikesToProm(await unresolvedSpikes(run), new Date(await databaseNow(run)))
    return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  })
  .get('/badge/:file{.+\\.json}', live, async (c) => {
    const standing = await badgeOf(c)
    return c.json(shieldsBadge(standing.service.name, conditionOf(standing)))
  })
  .get('/badge/:file{.+\\.svg}', live, async (c) => {
    const standing = await badgeOf(c)
    return c.body(drawBadge(standing.service.name, conditionOf(standing)), 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
    })
  })

/** `/api/v2/…` and `/s/{slug}/api/v2/…`: the addresses at which status pages of the Atlassian kind answer. */
export const statuspageRoutes = new Hono<Env>()
for (const prefix of ['', '/s/:slug'])
  statuspageRoutes
    .get(`${prefix}/api/v2/summary.json`, live, async (c) => {
      const { page, standings, origin } = await readStatus(c)
      const down = standings.flatMap(({ state, incident, service }) =>
        state === 'down' && incident ? [statusIncidentOf(incident, service.name, page, origin)] : [],
      )
      return c.json({
        page: statusPageOf(page),
        status: statusOf(standings),
        components: componentsOf(standings, page),
        incidents: down,
        scheduled_maintenances: [],
      })
    })
    .get(`${prefix}/api/v2/status.json`, live, async (c) => {
      const { page, standings } = await readStatus(c)
      return c.json({ page: statusPageOf(page), status: statusOf(standings) })
    })
    .get(`${prefix}/api/v2/components.json`, live, async (c) => {
      const { page, standings } = await readStatus(c)
      return c.json({ page: statusPageOf(page), components: componentsOf(standings, page) })
    })
    .get(`${prefix}/api/v2/incidents.json`, live, async (c) => {
      const { page, standings, origin } = await readStatus(c)
      const names = namesOf(standings.map(({ service }) => service))
      const incidents = await confirmedIncidents(c.env, { service: page.slug, region: null })
      return c.json({
        page: statusPageOf(page),
        incidents: incidents.map((incident) => statusIncidentOf(incident, names(incident.service), page, origin)),
      })
    })
    .get(`${prefix}/api/v2/incidents/unresolved.json`, live, async (c) => {
      const { page, standings, origin } = await readStatus(c)
      const down = standings.flatMap(({ state, incident, service }) =>
        state === 'down' && incident ? [statusIncidentOf(incident, service.name, page, origin)] : [],
      )
      return c.json({ page: statusPageOf(page), incidents: down })
    })

/** Only what has history: of the others, hundreds at first, nothing but that they are not known could be said. */
function componentsOf(standings: readonly Standing[], page: StatusPage) {
  const known =
    page.slug === null ? standings.filter((standing) => conditionOf(standing) !== 'too-little-history') : standings
  return known.map((standing, n) => componentOf(standing, n + 1, page))
}

async function readStatus(c: Context<Env>): Promise<{ page: StatusPage; standings: Standing[]; origin: string }> {
  parse(NoQuery, c.req.query())
  const service = c.req.param('slug') === undefined ? null : await serviceOf(c)
  const { asOf, standings } = await readStandings(
    c.env.storage.run,
    service === null ? await c.env.directory.all() : [service],
  )
  const origin = originOf(c.env, c.req.url)
  const page =
    service === null
      ? { slug: null, name: 'Outcry', url: origin, asOf }
      : { slug: service.slug, name: service.name, url: `${origin}/s/${service.slug}`, asOf }
  return { page, standings, origin }
}

async function readFeed(c: Context<Env>, service: ServiceRow | null): Promise<Feed> {
  const { region } = parse(service === null ? FeedQuery : NoQuery, c.req.query()) as z.output<typeof FeedQuery>
  const place = region === undefined ? null : firstLevelOf(region)
  const { pathname } = new URL(c.req.url)
  const what = service?.name ?? (place === null ? 'all services' : regionName(place))
  return {
    title: `Outages reported: ${what}`,
    origin: originOf(c.env, c.req.url),
    self: place === null ? pathname : `${pathname}?region=${place}`,
    page: service ? `/s/${service.slug}` : place === null ? '/' : `/r/${place}`,
    incidents: await confirmedIncidents(c.env, { service: service?.slug ?? null, region: place }),
    nameOf: namesOf(await c.env.directory.all()),
  }
}

/** Suspicions are not syndicated: a feed cannot take back what it said. */
async function confirmedIncidents(
  { storage }: Pick<Ports, 'storage'>,
  filter: { service: string | null; region: string | null },
): Promise<Incident[]> {
  const found = await listIncidents(storage.run, {
    ...filter,
    status: 'all',
    since: null,
    after: null,
    limit: 2 * MOST_INCIDENTS,
  })
  return found
    .filter(({ confirmedAt, class: kind }) => confirmedAt !== null && kind !== 'dismissed')
    .slice(0, MOST_INCIDENTS)
}

function namesOf(services: readonly ServiceRow[]): (slug: string) => string {
  const names = new Map(services.map(({ slug, name }) => [slug, name]))
  return (slug) => names.get(slug) ?? slug
}

function serviceOf(c: Context<Env>): Promise<ServiceRow> {
  return c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
}

async function badgeOf(c: Context<Env>): Promise<Standing> {
  parse(NoQuery, c.req.query())
  const slug = c.req.param('file')!.replace(/\.(json|svg)$/, '')
  const service = await c.env.directory.require(parse(Slug, slug, 'service'))
  return (await readStandings(c.env.storage.run, [service])).standings[0]!
}

const atom = (c: Context<Env>, feed: Feed) =>
  c.body(toAtom(feed), 200, { 'content-type': 'application/atom+xml; charset=utf-8' })

const jsonFeed = (c: Context<Env>, feed: Feed) =>
  c.body(JSON.stringify(toJsonFeed(feed)), 200, { 'content-type': 'application/feed+json; charset=utf-8' })
