import { countsByScope, databaseNow, expectedNow } from '../count/queries.ts'
import { countryCodes, subdivisionsOf } from '../region/region.ts'
import { WORLD } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { drawCells, type Heatmap, type HeatmapLevel } from './heatmap.ts'

export interface HeatmapRequest {
  service: Pick<ServiceRow, 'id' | 'slug'> | null
  level: HeatmapLevel
  /** Only its subdivisions. */
  country: string | null
  /** A past window, or how far back from now. */
  window: { from: Date; until: Date } | { lastMs: number }
  language?: string
}

/** One cell per region, of one service or of all. What is usual is that of now, stretched to the window. */
export async function readHeatmap(
  run: Run,
  { service, level, country, window, language }: HeatmapRequest,
): Promise<Heatmap> {
  const nowMs = await databaseNow(run)
  const untilMs = 'lastMs' in window ? nowMs : window.until.getTime()
  const fromMs = 'lastMs' in window ? nowMs - window.lastMs : window.from.getTime()
  const scopes = await countsByScope(run, service?.id ?? null, { fromMs, untilMs })
  const quarters = (untilMs - fromMs) / (15 * MINUTE)
  const expected = new Map(
    [...(await expectedNow(run, service?.id ?? null))].map(([scope, perQuarter]) => [scope, perQuarter * quarters]),
  )
  const counts = new Map(scopes.map(({ scope, reporters }) => [scope, reporters]))
  const all =
    level === 'country'
      ? countryCodes()
      : (country === null ? countryCodes() : [country]).flatMap((code) => subdivisionsOf(code))
  const { regions, total, totalHidden } = drawCells(level, country, all, counts, expected, language)
  return {
    level,
    country,
    service: service?.slug ?? null,
    from: new Date(fromMs),
    until: new Date(untilMs),
    asOf: new Date(nowMs),
    regions,
    total,
    totalHidden,
    totalExpected: expected.get(country ?? WORLD) ?? null,
    suppressed: regions.filter(({ suppressed }) => suppressed).length,
  }
}
