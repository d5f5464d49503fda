import type { HomeSnapshot, ServiceRow as ListRow } from '../../web/pages/home-page.tsx'
import { countsByScope, databaseNow, gapsIn, recentLines } from '../count/queries.ts'
import { readStandings, type Standing } from '../count/read-standing.ts'
import { readExpected } from '../count/read-timeseries.ts'
import { heardParts, sumExpected } from '../count/timeseries.ts'
import { isListening } from '../count/watch.ts'
import { WORLD } from '../region/scope.ts'
import { CATEGORIES } from '../service/service.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { DAY, HOUR, MINUTE } from '../time.ts'
import { endedIncidents, type Names, placesOf } from './summarise-incidents.ts'

const QUARTER = 15 * MINUTE
const MOST_FOUND = 12
const MOST_ENDED = 6

/** The home page at one moment. */
export async function readHomeSnapshot(
  run: Run,
  services: readonly ServiceRow[],
  names: Names,
  search: { query: string; found: readonly ServiceRow[] } | null,
): Promise<HomeSnapshot> {
  const nowMs = await databaseNow(run)
  const { standings, watch } = await readStandings(run, services)
  const bySlug = new Map(standings.map((standing) => [standing.service.slug, standing]))
  const troubled = standings.filter(({ state }) => state === 'down' || state === 'suspected')
  const problems = await describeServices(run, troubled, names, nowMs)
  problems.sort((a, b) => Number(b.state === 'down') - Number(a.state === 'down') || (b.count ?? 0) - (a.count ?? 0))
  const found = (search?.found ?? []).slice(0, MOST_FOUND).map(({ slug }) => bySlug.get(slug)!)
  return {
    asOf: nowMs,
    isWatched: isListening(watch),
    hasReports: standings.some(({ reports, expected }) => reports > 0 || expected !== null),
    problems,
    ended: await endedIncidents(run, names, { service: null, since: new Date(nowMs - DAY), limit: MOST_ENDED }),
    categories: CATEGORIES.map((category) => ({
      category,
      services: standings
        .filter(({ service }) => service.category === category)
        .sort((a, b) => a.service.name.localeCompare(b.service.name, 'en'))
        .map(({ service, state }) => ({ slug: service.slug, name: service.name, state })),
    })).filter(({ services }) => services.length > 0),
    search: search === null ? null : { query: search.query, found: await describeServices(run, found, names, nowMs) },
  }
}

/** Rows of services with their last hour and the line of their last day. */
export async function describeServices(
  run: Run,
  standings: readonly Standing[],
  names: Names,
  nowMs: number,
  scope: string = WORLD,
): Promise<ListRow[]> {
  const lines = await recentLines(
    run,
    standings.map(({ service }) => service.id),
    24,
    scope,
  )
  const lastHour = { fromMs: nowMs - HOUR, untilMs: nowMs }
  const heard = heardParts(lastHour, await gapsIn(run, lastHour), nowMs)
  const rows: ListRow[] = []
  for (const { service, state, incident } of standings) {
    const until = Math.ceil(nowMs / QUARTER) * QUARTER
    const from = until - DAY
    const counts = new Map((lines.get(service.id) ?? []).map(({ tMs, count }) => [tMs, count]))
    const expectations = await readExpected(run, service, scope, { fromMs: from, untilMs: until })
    const upper = new Map(expectations.map(({ tMs, upper }) => [tMs, upper]))
    const quarters = Array.from({ length: (until - from) / QUARTER }, (_, n) => from + n * QUARTER)
    const hour = await countsByScope(run, service.id, lastHour)
    const count = hour.find((row) => row.scope === scope)?.reporters ?? 0
    const expected = sumExpected(expectations, heard)
    rows.push({
      slug: service.slug,
      name: service.name,
      state,
      count,
      ratio: expected === null || expected < 1 ? null : count / expected,
      regions: incident === null || incident.isWorldwide ? [] : placesOf(incident),
      isWorldwide: incident?.isWorldwide ?? false,
      onsetAt: incident?.onsetAt.getTime() ?? null,
      spillOverOf: incident?.spillOverOf ? (names.get(incident.spillOverOf.service)?.name ?? null) : null,
      sparkline: {
        counts: quarters.map((quarter) => counts.get(quarter) ?? 0),
        upper: quarters.map((quarter) => upper.get(quarter) ?? null),
      },
    })
  }
  return rows
}
