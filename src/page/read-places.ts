import type { PlaceCount, PlaceCounts } from '../../web/pages/service-snapshot.ts'
import type { ServiceState } from '../../web/pages/state-pill.tsx'
import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import { readHeatmap } from '../heatmap/read-heatmap.ts'
import { listSpikes } from '../incident/queries.ts'
import { levelOf } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { HOUR } from '../time.ts'

/** The hour that a map shows: one that began at an instant, or the last one. */
export type MapHour = { from: Date; until: Date } | { lastMs: number }

export function hourOf(at: string | null): MapHour {
  if (at === null) return { lastMs: HOUR }
  const from = new Date(at)
  return { from, until: new Date(from.getTime() + HOUR) }
}

/** Where the reports of an hour come from: countries, or the subdivisions of one. */
export async function readPlaces(
  run: Run,
  service: ServiceRow | null,
  country: string | null,
  window: MapHour,
): Promise<PlaceCounts> {
  const heatmap = await readHeatmap(run, {
    service,
    level: country === null ? 'country' : 'subdivision',
    country,
    window,
  })
  const states = service === null ? new Map<string, ServiceState>() : await regionStates(run, service.slug)
  return {
    from: heatmap.from.getTime(),
    until: heatmap.until.getTime(),
    country,
    rows: heatmap.regions.map(
      ({ region, count, expected, ratio, perMillion }): PlaceCount => ({
        region,
        count,
        expected,
        ratio,
        perMillion,
        state: states.get(region) ?? (expected === null ? 'unknown' : 'ok'),
      }),
    ),
    total: { count: heatmap.total, expected: heatmap.totalExpected },
    suppressBelow: SMALLEST_SHOWN,
  }
}

async function regionStates(run: Run, service: string): Promise<Map<string, ServiceState>> {
  const filter = { service, region: null, since: null, after: null, limit: 500 }
  const suspected = await listSpikes(run, { ...filter, status: 'suspected' })
  const open = await listSpikes(run, { ...filter, status: 'open' })
  const states = new Map<string, ServiceState>()
  for (const { region } of suspected) if (region !== null) states.set(region, 'suspected')
  for (const { region } of open) if (region !== null) states.set(region, 'down')
  return states
}

/** The country with most reports, if one stands out: where a phone begins. */
export function countryOfFocus({ rows }: PlaceCounts): string | null {
  const [first] = rows.filter(({ region, count }) => count !== null && count > 0 && levelOf(region) === 'country')
  return first && first.count! >= 5 ? first.region : null
}
