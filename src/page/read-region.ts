import type { ServiceRow as HomeRow } from '../../web/pages/home-page.tsx'
import type { RegionSnapshot } from '../../web/pages/region-page.tsx'
import { databaseNow, expectedNow, recentCounts } from '../count/queries.ts'
import { listSpikes } from '../incident/queries.ts'
import type { Spike } from '../incident/spike.ts'
import { parentOf, subdivisionsOf } from '../region/region.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { readPlaces, readTrend } from './read-service.ts'

const SERVICES_SHOWN = 20
const LINES_DRAWN = 6
/** Services with fewer reporters here are not named: one person's report is nobody's business. */
const FEWEST_TO_NAME = 5

/** What troubles a place now: its own spikes, then the services most reported from here. */
export async function readRegion(
  run: Run,
  services: ReadonlyMap<string, ServiceRow>,
  region: string,
): Promise<RegionSnapshot> {
  const asOf = await databaseNow(run)
  const filter = { service: null, region, since: null, after: null, limit: 100 }
  const spikes = [
    ...(await listSpikes(run, { ...filter, status: 'open' })),
    ...(await listSpikes(run, { ...filter, status: 'suspected' })),
  ]
  const rows: HomeRow[] = []
  for (const spike of spikes) {
    const service = services.get(spike.service)
    // Its error types and its volume may both have risen; a row each would count the service twice.
    if (!service || rows.some(({ slug }) => slug === service.slug)) continue
    rows.push(await troubledRow(run, service, spike, asOf, rows.length < LINES_DRAWN))
  }
  const byId = new Map([...services.values()].map((service) => [service.id, service]))
  const counts = await recentCounts(run, region, 60)
  for (const { serviceId, reporters } of counts.sort((a, b) => b.reporters - a.reporters)) {
    const service = byId.get(serviceId)
    if (!service || reporters < FEWEST_TO_NAME || rows.length >= SERVICES_SHOWN) continue
    if (!rows.some(({ slug }) => slug === service.slug)) rows.push(calmRow(service))
  }
  const parent = parentOf(region)
  const neighbours = await readPlaces(run, null, parent, null)
  return {
    asOf,
    region,
    hasReports: counts.length > 0 || (await expectedNow(run, null)).has(region),
    count: neighbours.rows.find((row) => row.region === region)?.count ?? (counts.length === 0 ? 0 : null),
    services: rows,
    places: subdivisionsOf(region).length > 1 ? await readPlaces(run, null, region, null) : null,
  }
}

async function troubledRow(
  run: Run,
  service: ServiceRow,
  spike: Spike,
  asOf: number,
  hasLine: boolean,
): Promise<HomeRow> {
  const trend = hasLine ? await readTrend(run, service, spike.region, '24h', '15m', asOf) : null
  const finished = trend?.points.filter(({ at }) => at + 15 * MINUTE <= asOf) ?? []
  return {
    ...calmRow(service),
    state: spike.status === 'open' ? 'down' : 'suspected',
    ratio: spike.expected * 4 < 1 ? null : spike.ratio,
    count: null,
    onsetAt: spike.onsetAt.getTime(),
    sparkline: trend && {
      counts: finished.map(({ count }) => count ?? 0),
      upper: finished.map(({ upper }) => upper),
    },
  }
}

/** How many reported here is not told where nothing is out of the ordinary, so that small counts cannot be worked out. */
function calmRow({ slug, name }: ServiceRow): HomeRow {
  return {
    slug,
    name,
    state: 'ok',
    count: null,
    ratio: null,
    regions: [],
    isWorldwide: false,
    onsetAt: null,
    spillOverOf: null,
    sparkline: null,
  }
}
