import type { PlaceCounts } from '../../web/pages/service-snapshot.ts'
import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import { readHeatmap } from '../heatmap/read-heatmap.ts'
import { subdivisionsOf } from '../region/region.ts'
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
  return {
    from: heatmap.from.getTime(),
    until: heatmap.until.getTime(),
    country,
    rows: heatmap.regions.map(({ region, count, hidden, expected, ratio, perMillion }) => ({
      region,
      count,
      hidden,
      expected,
      ratio,
      perMillion,
    })),
    total: heatmap.total,
    totalHidden: heatmap.totalHidden,
    suppressBelow: SMALLEST_SHOWN,
  }
}

/** A country that stands out holds at least this share of the reports. */
const SHARE_OF_FOCUS = 0.25

/** The country with most reports, if one stands out and has regions to show: where a phone begins. */
export function countryOfFocus({ rows, total }: PlaceCounts): string | null {
  const [first] = [...rows].sort((a, b) => (b.count ?? 0) - (a.count ?? 0))
  if (!first?.count || total === null || first.count < total * SHARE_OF_FOCUS) return null
  return subdivisionsOf(first.region).length > 1 ? first.region : null
}
