import type { ServiceRow as ListRow } from '../../web/pages/home-page.tsx'
import type { RegionSnapshot } from '../../web/pages/region-page.tsx'
import { databaseNow, expectedNow, servicesIn } from '../count/queries.ts'
import { readStandings } from '../count/read-standing.ts'
import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import { isListening } from '../count/watch.ts'
import { listSpikes } from '../incident/queries.ts'
import { parentOf, subdivisionsOf } from '../region/region.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { HOUR } from '../time.ts'
import { describeServices } from './read-home-snapshot.ts'
import { readPlaces } from './read-places.ts'

const MOST_SERVICES = 20

/** What troubles a region now. */
export async function readRegionSnapshot(
  run: Run,
  services: readonly ServiceRow[],
  names: ReadonlyMap<string, ServiceRow>,
  region: string,
): Promise<RegionSnapshot> {
  const nowMs = await databaseNow(run)
  const window = { fromMs: nowMs - HOUR, untilMs: nowMs }
  const expected = (await expectedNow(run, null)).get(region) ?? null
  const filter = { service: null, region, since: null, after: null, limit: 200 }
  const open = new Set((await listSpikes(run, { ...filter, status: 'open' })).map(({ service }) => service))
  const suspected = new Set((await listSpikes(run, { ...filter, status: 'suspected' })).map(({ service }) => service))
  const reported = await servicesIn(run, region, window, MOST_SERVICES)
  const shown = services.filter(({ id, slug }) => reported.has(id) || open.has(slug) || suspected.has(slug))
  const { standings, watch } = await readStandings(run, shown)
  const isWatched = isListening(watch)
  // The state is that of this place: a service may be down in another.
  const here = standings.map((standing) => ({
    ...standing,
    state: open.has(standing.service.slug)
      ? ('down' as const)
      : suspected.has(standing.service.slug)
        ? ('suspected' as const)
        : standing.expected === null || !isWatched
          ? ('unknown' as const)
          : ('ok' as const),
  }))
  const rows = (await describeServices(run, here, names, nowMs, region)).map(withoutSmallCounts)
  const rank = { down: 0, suspected: 1, ok: 2, unknown: 3 }
  const order = new Map([...reported].map((id, index) => [id, index]))
  const orderOf = (slug: string) => order.get(names.get(slug)?.id ?? -1) ?? Number.POSITIVE_INFINITY
  rows.sort((a, b) => rank[a.state] - rank[b.state] || orderOf(a.slug) - orderOf(b.slug))
  const level = await readPlaces(run, null, parentOf(region), { lastMs: HOUR })
  const own = level.rows.find((row) => row.region === region)
  return {
    asOf: nowMs,
    region,
    isWatched,
    hasReports: expected !== null || rows.length > 0,
    count: own === undefined ? 0 : own.count,
    services: rows,
    places: subdivisionsOf(region).length > 1 ? await readPlaces(run, null, region, { lastMs: HOUR }) : null,
  }
}

/** How many reported here is not told where nothing is out of the ordinary, nor ever where it is fewer than three. */
export function withoutSmallCounts(row: ListRow): ListRow {
  if (row.state !== 'down' && row.state !== 'suspected') return { ...row, count: null, ratio: null, sparkline: null }
  const large = (count: number | null) => (count === null || count < SMALLEST_SHOWN ? null : count)
  const count = large(row.count)
  return {
    ...row,
    count,
    ratio: count === null ? null : row.ratio,
    sparkline: row.sparkline && { ...row.sparkline, counts: row.sparkline.counts.map(large) },
  }
}
