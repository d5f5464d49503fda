import type { RegionSnapshot } from '../../web/pages/region-page.tsx'
import { countsByScope, databaseNow, expectedNow, servicesIn } from '../count/queries.ts'
import { readStandings } from '../count/read-standing.ts'
import { listSpikes } from '../incident/queries.ts'
import { subdivisionsOf } from '../region/region.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { HOUR } from '../time.ts'
import { describeServices } from './read-home-snapshot.ts'
import { readPlaces } from './read-places.ts'
import type { Names } from './summarise-incidents.ts'

const MOST_SERVICES = 20

/** What troubles a region now. */
export async function readRegionSnapshot(
  run: Run,
  services: readonly ServiceRow[],
  names: Names,
  region: string,
): Promise<RegionSnapshot> {
  const nowMs = await databaseNow(run)
  const window = { fromMs: nowMs - HOUR, untilMs: nowMs }
  const all = await countsByScope(run, null, window)
  const expected = (await expectedNow(run, null)).get(region) ?? null
  const filter = { service: null, region, since: null, after: null, limit: 200 }
  const open = new Set((await listSpikes(run, { ...filter, status: 'open' })).map(({ service }) => service))
  const suspected = new Set((await listSpikes(run, { ...filter, status: 'suspected' })).map(({ service }) => service))
  const reported = await servicesIn(run, region, window, MOST_SERVICES)
  const shown = services.filter(({ id, slug }) => reported.has(id) || open.has(slug) || suspected.has(slug))
  const { standings } = await readStandings(run, shown)
  // The state is that of this place: a service may be down in another.
  const here = standings.map((standing) => ({
    ...standing,
    state: open.has(standing.service.slug)
      ? ('down' as const)
      : suspected.has(standing.service.slug)
        ? ('suspected' as const)
        : standing.expected === null
          ? ('unknown' as const)
          : ('ok' as const),
  }))
  const rows = await describeServices(run, here, names, nowMs, region)
  const rank = { down: 0, suspected: 1, ok: 2, unknown: 3 }
  rows.sort((a, b) => rank[a.state] - rank[b.state] || b.count - a.count)
  const count = all.find(({ scope }) => scope === region)?.reporters ?? 0
  return {
    asOf: nowMs,
    region,
    hasReports: count > 0 || expected !== null || rows.length > 0,
    lastHour: { count, expected: expected === null ? null : expected * 4 },
    services: rows,
    places:
      region.length === 2 && subdivisionsOf(region).length > 1
        ? await readPlaces(run, null, region, { lastMs: HOUR })
        : null,
  }
}
