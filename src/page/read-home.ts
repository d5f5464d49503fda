import type { ServiceRow as HomeRow, HomeSnapshot } from '../../web/pages/home-page.tsx'
import { recentCounts, recentLines } from '../count/queries.ts'
import { readStandings, type Standing } from '../count/read-standing.ts'
import { listIncidents } from '../incident/queries.ts'
import { WORLD } from '../region/scope.ts'
import { CATEGORIES, type Category } from '../service/service.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { DAY, MINUTE } from '../time.ts'
import { summaryOf } from './incident-summary.ts'

const ENDED_SHOWN = 8
/** A band is not stored for every quarter; twice the mean and three is its top for small counts, near enough for a line without words. */
const bandTop = (expected: number) => 2 * expected + 3

/** The home page, from a handful of statements whatever the size of the catalogue. */
export async function readHome(
  run: Run,
  services: ReadonlyMap<string, ServiceRow>,
  search: { query: string; found: ServiceRow[] } | null,
): Promise<HomeSnapshot> {
  const { asOf, standings } = await readStandings(run, [...services.values()])
  const hours = new Map((await recentCounts(run, WORLD, 60)).map(({ serviceId, reporters }) => [serviceId, reporters]))
  const troubled = standings.filter(({ state }) => state === 'down' || state === 'suspected')
  const bySlug = new Map(standings.map((standing) => [standing.service.slug, standing]))
  const found = search?.found.flatMap(({ slug }) => bySlug.get(slug) ?? []) ?? []
  const lines = await readLines(run, [...troubled, ...found], asOf)

  const row = (standing: Standing): HomeRow =>
    rowOf(standing, hours.get(standing.service.id) ?? 0, lines.get(standing.service.id) ?? null, services)
  const ended = await listIncidents(run, {
    service: null,
    region: null,
    status: 'resolved',
    since: new Date(asOf.getTime() - DAY),
    after: null,
    limit: 50,
  })
  return {
    asOf: asOf.getTime(),
    hasReports: standings.some(({ expected, reports }) => expected !== null || reports > 0),
    problems: troubled.map(row).sort(byTrouble),
    ended: ended
      .filter((incident) => incident.class === 'outage' && incident.confirmedAt !== null)
      .slice(0, ENDED_SHOWN)
      .map((incident) => summaryOf(incident, services)),
    categories: byCategory(standings),
    search: search && { query: search.query, found: found.map(row) },
  }
}

/** A service as a row of a list. */
export function rowOf(
  { service, state, expected, incident }: Standing,
  count: number,
  sparkline: HomeRow['sparkline'],
  services: ReadonlyMap<string, ServiceRow>,
): HomeRow {
  const summary = incident && (state === 'down' || state === 'suspected') ? summaryOf(incident, services) : null
  return {
    slug: service.slug,
    name: service.name,
    state,
    count,
    // As on the service's own page: a multiple of almost nothing says nothing.
    ratio: expected === null || expected * 4 < 1 ? null : count / (expected * 4),
    regions: summary?.regions ?? [],
    isWorldwide: summary?.isWorldwide ?? false,
    onsetAt: summary?.onsetAt ?? null,
    spillOverOf: summary?.spillOverOf?.name ?? null,
    sparkline,
  }
}

function byTrouble(a: HomeRow, b: HomeRow): number {
  const rank = ({ state }: HomeRow) => (state === 'down' ? 0 : 1)
  return rank(a) - rank(b) || (b.ratio ?? 0) - (a.ratio ?? 0) || (b.count ?? 0) - (a.count ?? 0)
}

async function readLines(
  run: Run,
  standings: readonly Standing[],
  asOf: Date,
): Promise<Map<number, NonNullable<HomeRow['sparkline']>>> {
  const width = 15 * MINUTE
  // The unfinished quarter would draw a fall at the end of every line.
  const until = Math.floor(asOf.getTime() / width) * width
  const lines = await recentLines(
    run,
    standings.map(({ service }) => service.id),
    24,
  )
  return new Map(
    standings.map(({ service, expected }) => {
      const counts = new Map((lines.get(service.id) ?? []).map(({ tMs, count }) => [tMs, count]))
      const bins = Array.from({ length: DAY / width - 1 }, (_, index) => until - (DAY / width - 1 - index) * width)
      return [
        service.id,
        {
          counts: bins.map((at) => counts.get(at) ?? 0),
          upper: bins.map(() => (expected === null ? null : bandTop(expected))),
        },
      ]
    }),
  )
}

function byCategory(standings: readonly Standing[]): HomeSnapshot['categories'] {
  const groups = new Map<Category, HomeSnapshot['categories'][number]['services']>()
  const ofCategory = (text: string): Category => CATEGORIES.find((category) => category === text) ?? 'other'
  for (const { service, state } of standings) {
    const category = ofCategory(service.category)
    const group = groups.get(category) ?? []
    group.push({ slug: service.slug, name: service.name, state })
    groups.set(category, group)
  }
  return CATEGORIES.flatMap((category) => {
    const services = groups.get(category)
    if (!services) return []
    return [{ category, services: services.sort((a, b) => a.name.localeCompare(b.name, 'en')) }]
  })
}
