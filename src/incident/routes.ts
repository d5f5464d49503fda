import { Hono } from 'hono'
import { z } from 'zod'
import { readWatch } from '../count/watch.ts'
import { AppError } from '../errors.ts'
import { FieldsOf, pick } from '../http/fields.ts'
import { metaOfVerdict } from '../http/meta.ts'
import { Cursor, fromCursor, Id, Instant, Limit, nextLink, RegionCode, Slug, toCursor } from '../http/parameters.ts'
import { cached, LIVE } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import { Incident, Spike } from '../openapi/state-schemas.ts'
import type { Ports } from '../ports.ts'
import { firstLevelOf } from '../region/region.ts'
import {
  findIncident,
  findSpike,
  incidentTimeline,
  type ListFilter,
  listIncidents,
  listSpikes,
  providerUpdates,
  spikesOfIncident,
} from './queries.ts'
import { incidentToWire, providerUpdateToWire, spikeToWire, timelineEntryToWire } from './wire.ts'

const LIST = {
  service: Slug.optional(),
  region: RegionCode.optional(),
  status: z.enum(['open', 'resolved', 'suspected', 'all']).default('all'),
  since: Instant.optional(),
  limit: Limit(500, 50),
  cursor: Cursor.optional(),
}

export const SpikeListQuery = z.strictObject({ ...LIST, fields: FieldsOf(Spike) })
export const IncidentListQuery = z.strictObject({ ...LIST, fields: FieldsOf(Incident) })

const Position = z.tuple([z.iso.datetime(), Id])

/** `/v1/spikes`: series above what their baseline explains. */
export const spikeRoutes = new Hono<{ Bindings: Ports }>()
  .get('/', cached(LIVE), async (c) => {
    const { fields, ...query } = parse(SpikeListQuery, c.req.query())
    const filter = await filterOf(c.env, query)
    const page = pageOf(await listSpikes(c.env.storage.run, filter), filter.limit)
    if (page.nextCursor !== null) c.header('link', nextLink(c.req.url, page.nextCursor))
    const meta = metaOfVerdict(await readWatch(c.env.storage.run))
    return c.json({
      items: page.items.map((spike) => pick(spikeToWire(spike), fields)),
      nextCursor: page.nextCursor,
      meta,
    })
  })
  .get('/:id', cached(LIVE), async (c) => {
    parse(z.strictObject({}), c.req.query())
    const spike = await findSpike(c.env.storage.run, parse(Id, c.req.param('id'), 'id'))
    if (spike === null) throw new AppError('not-found', 'There is no such spike.')
    return c.json({ ...spikeToWire(spike), meta: metaOfVerdict(await readWatch(c.env.storage.run)) })
  })

/** `/v1/incidents`: concurrent spikes of a service told as one story. */
export const incidentRoutes = new Hono<{ Bindings: Ports }>()
  .get('/', cached(LIVE), async (c) => {
    const { fields, ...query } = parse(IncidentListQuery, c.req.query())
    const filter = await filterOf(c.env, query)
    const page = pageOf(await listIncidents(c.env.storage.run, filter), filter.limit)
    if (page.nextCursor !== null) c.header('link', nextLink(c.req.url, page.nextCursor))
    const meta = metaOfVerdict(await readWatch(c.env.storage.run))
    return c.json({
      items: page.items.map((incident) => pick(incidentToWire(incident), fields)),
      nextCursor: page.nextCursor,
      meta,
    })
  })
  .get('/:id', cached(LIVE), async (c) => {
    parse(z.strictObject({}), c.req.query())
    const { run } = c.env.storage
    const incident = await findIncident(run, parse(Id, c.req.param('id'), 'id'))
    if (incident === null) throw new AppError('not-found', 'There is no such incident.')
    return c.json({
      ...incidentToWire(incident),
      timeline: (await incidentTimeline(run, incident.id)).map(timelineEntryToWire),
      providerUpdates: (await providerUpdates(run, incident.id)).map(providerUpdateToWire),
      spikes: (await spikesOfIncident(run, incident.id)).map(spikeToWire),
      meta: metaOfVerdict(await readWatch(run), { sampleSize: incident.reports }),
    })
  })

/** One row more than asked for tells whether there is a next page. */
async function filterOf(
  ports: Pick<Ports, 'directory'>,
  { service, region, status, since, limit, cursor }: Omit<z.output<typeof SpikeListQuery>, 'fields'>,
): Promise<ListFilter> {
  if (service !== undefined) await ports.directory.require(service)
  const after = cursor === undefined ? null : fromCursor(Position, cursor)
  return {
    service: service ?? null,
    region: region === undefined ? null : firstLevelOf(region),
    status,
    since: since ?? null,
    after: after === null ? null : { openedAt: after[0], id: after[1] },
    limit: limit + 1,
  }
}

function pageOf<Item extends { id: string; openedAt: Date }>(items: Item[], limitAndOne: number) {
  const shown = items.slice(0, limitAndOne - 1)
  const last = shown.at(-1)
  const isMore = items.length === limitAndOne && last !== undefined
  return { items: shown, nextCursor: isMore ? toCursor([last.openedAt.toISOString(), last.id]) : null }
}
