import { readTimeseries } from '../count/read-timeseries.ts'
import { STEP_MS, type Step, type Timeseries } from '../count/timeseries.ts'
import type { Incident } from '../incident/incident.ts'
import { findIncident } from '../incident/queries.ts'
import type { Ports } from '../ports.ts'
import { canonicalRegion, firstLevelOf } from '../region/region.ts'
import { DAY, HOUR } from '../time.ts'
import { archivedIncidents } from './archive-queries.ts'
import { endOf } from './incident-record.ts'
import { stepFor } from './incident-window.ts'
import { windowWithData } from './load-incident-view.ts'
import { findRetiredService } from './queries.ts'

export const MOST_COMPARED = 5

/** What is compared, as it stands in the address. */
export interface ComparisonQuery {
  services: string[]
  /** Regions of the first service. */
  regions: string[]
  /** Incident ids, laid over one another from their onset. */
  incidents: string[]
  scale: 'count' | 'ratio'
  /** RFC 3339; `null` is the last day. */
  from: string | null
  to: string | null
}

export interface ComparedSeries {
  /** Slug, region or incident id, as asked for. */
  key: string
  service: string
  region: string | null
  /** For incidents: the onset, from which all are laid over one another. */
  onset: number | null
  series: Timeseries
}

export interface Comparison {
  query: ComparisonQuery
  kind: 'services' | 'regions' | 'incidents'
  compared: ComparedSeries[]
  /** What was asked for and is not there. */
  unknown: string[]
  /** Other incidents of the same services, newest first, while there is room for one more. */
  suggested: { id: string; service: string; onsetAt: number }[]
}

/** Names in a list, without repeats and no more than can be compared. */
export function splitNames(text: string | undefined): string[] {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  return [...new Set(names)].slice(0, MOST_COMPARED)
}

export async function loadComparison(
  ports: Pick<Ports, 'storage' | 'directory' | 'now' | 'searchServices'>,
  query: ComparisonQuery,
): Promise<Comparison> {
  if (query.incidents.length > 0) return compareIncidents(ports, query)
  const window = windowOf(query, ports.now())
  const compared: ComparedSeries[] = []
  const unknown: string[] = []
  if (query.regions.length > 0) {
    const service = await find(ports, query.services[0] ?? '')
    for (const text of query.regions) {
      const region = canonicalRegion(text)
      if (service === null || region === null) unknown.push(text)
      else compared.push(await one(ports, service, firstLevelOf(region), text, window))
    }
    if (service === null && query.services[0]) unknown.unshift(query.services[0])
    return { query, kind: 'regions', compared, unknown, suggested: [] }
  }
  for (const slug of query.services) {
    const service = await find(ports, slug)
    if (service === null) unknown.push(slug)
    else if (!compared.some(({ key }) => key === service.slug))
      compared.push(await one(ports, service, null, service.slug, window))
  }
  return { query, kind: 'services', compared, unknown, suggested: [] }
}

/** By slug, or what was most probably meant. */
async function find(ports: Pick<Ports, 'directory' | 'searchServices'>, text: string) {
  const exact = await ports.directory.find(text.toLowerCase())
  return exact ?? ports.searchServices(await ports.directory.all(), text)[0] ?? null
}

async function one(
  ports: Pick<Ports, 'storage'>,
  service: { id: number; slug: string; name: string; countries: string[] },
  region: string | null,
  key: string,
  window: { from: Date; until: Date; step: Step },
): Promise<ComparedSeries> {
  const frame = await windowWithData(ports.storage.run, service.id, window)
  const series = await readTimeseries(ports.storage.run, service, { region, errorType: null, ...frame })
  return { key, service: service.name, region, onset: null, series }
}

async function compareIncidents(
  ports: Pick<Ports, 'storage' | 'directory' | 'now'>,
  query: ComparisonQuery,
): Promise<Comparison> {
  const { run } = ports.storage
  const now = ports.now().getTime()
  const found = await Promise.all(query.incidents.map((id) => findIncident(run, id)))
  const incidents = found.filter((incident) => incident !== null)
  const longest = Math.max(HOUR, ...incidents.map((incident) => (endOf(incident) ?? now) - incident.onsetAt.getTime()))
  const span = Math.min(longest * 1.25 + 2 * HOUR, 14 * DAY)
  const step = stepFor(span) === '5m' ? '15m' : stepFor(span)
  const width = STEP_MS[step]
  const compared: ComparedSeries[] = []
  for (const incident of incidents) {
    const service = (await ports.directory.find(incident.service)) ?? (await findRetiredService(run, incident.service))
    const onset = incident.onsetAt.getTime()
    const from = Math.floor((onset - HOUR) / width) * width
    const window = { from: new Date(from), until: new Date(from + Math.ceil(span / width) * width), step }
    const series = await readTimeseries(run, service, { region: null, errorType: null, ...window })
    compared.push({ key: incident.id, service: service.name, region: null, onset, series })
  }
  return {
    query,
    kind: 'incidents',
    compared,
    unknown: query.incidents.filter((_, index) => found[index] === null),
    suggested: compared.length < MOST_COMPARED ? await othersLike(ports, incidents) : [],
  }
}

const MOST_SUGGESTED = 4

/** What one would hold these against: other incidents of their services, newest first. */
async function othersLike(ports: Pick<Ports, 'storage' | 'directory'>, incidents: readonly Incident[]) {
  const services = [...new Set(incidents.map(({ service }) => service))]
  const filter = { services, region: null, severity: null, fromMs: null, untilMs: null }
  const page = { offset: 0, limit: MOST_SUGGESTED + MOST_COMPARED }
  const { incidents: all } = await archivedIncidents(ports.storage.run, filter, page)
  const others = all.filter(({ id }) => !incidents.some((one) => one.id === id)).slice(0, MOST_SUGGESTED)
  const names = await Promise.all(others.map(({ service }) => ports.directory.find(service)))
  return others.map(({ id, service, onsetAt }, index) => ({
    id,
    service: names[index]?.name ?? service,
    onsetAt: onsetAt.getTime(),
  }))
}

function windowOf({ from, to }: ComparisonQuery, now: Date): { from: Date; until: Date; step: Step } {
  const until = to === null ? now.getTime() : Math.min(Date.parse(to), now.getTime())
  const start = from === null ? until - DAY : Math.max(Date.parse(from), until - 366 * DAY)
  const span = Math.max(HOUR, until - start)
  const step = stepFor(span) === '5m' ? '15m' : stepFor(span)
  const width = STEP_MS[step]
  return {
    from: new Date(Math.floor((until - span) / width) * width),
    until: new Date(Math.ceil(until / width) * width),
    step,
  }
}
