import {
  countsByScope,
  databaseNow,
  expectedNow,
  expectedOfAll,
  gapsIn,
  HOURS_UNTIL_KNOWN,
  knownSince,
} from '../count/queries.ts'
import { readExpectedIn } from '../count/read-timeseries.ts'
import { heardParts, lengthOf, quartersIn } from '../count/timeseries.ts'
import { countryCodes, subdivisionsOf } from '../region/region.ts'
import { WORLD } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { HOUR } from '../time.ts'
import { drawCells, type Heatmap, type HeatmapLevel } from './heatmap.ts'

export interface HeatmapRequest {
  service: Pick<ServiceRow, 'id' | 'slug' | 'countries'> | null
  level: HeatmapLevel
  /** Only its subdivisions. */
  country: string | null
  /** A past window, or how far back from now. */
  window: { from: Date; until: Date } | { lastMs: number }
  language?: string
}

/** One cell per region, of one service or of all, beside what was usual in that window; in the same few statements whatever their number. */
export async function readHeatmap(
  run: Run,
  { service, level, country, window, language }: HeatmapRequest,
): Promise<Heatmap> {
  const nowMs = await databaseNow(run)
  const untilMs = 'lastMs' in window ? nowMs : window.until.getTime()
  const fromMs = 'lastMs' in window ? nowMs - window.lastMs : window.from.getTime()
  const scopes = await countsByScope(run, service?.id ?? null, { fromMs, untilMs })
  const counts = new Map(scopes.map(({ scope, reporters }) => [scope, reporters]))
  const all =
    level === 'country'
      ? countryCodes()
      : (country === null ? countryCodes() : [country]).flatMap((code) => subdivisionsOf(code))
  const heard = heardParts({ fromMs, untilMs }, await gapsIn(run, { fromMs, untilMs }), nowMs)
  const quarters = quartersIn(heard)
  const asked = [country ?? WORLD, ...all]
  const expected =
    service !== null
      ? await readExpectedIn(run, service, asked, quarters, nowMs)
      : nowMs - fromMs <= HOUR
        ? await presentOfAll(run, quarters)
        : await expectedOfAll(run, asked, quarters)
  const sinceMs = await knownSince(run, service?.id ?? null)
  const { regions, total, totalHidden } = drawCells(level, country, all, counts, expected, {
    isHeard: 2 * lengthOf(heard) >= untilMs - fromMs,
    isKnown: sinceMs !== null && sinceMs <= untilMs - HOURS_UNTIL_KNOWN * HOUR,
    ...(language === undefined ? {} : { language }),
  })
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

/**
 * What is usual now, for the last hour of all services together: it hardly changes within an hour, and this is what the map shows to
 * whoever comes. To ask each series for its quarters takes a second and a half for 40,000 of them, this a hundredth of that.
 */
async function presentOfAll(run: Run, quarters: readonly { share: number }[]): Promise<Map<string, number>> {
  const heard = quarters.reduce((sum, { share }) => sum + share, 0)
  const usual = await expectedNow(run, null)
  return new Map([...usual].flatMap(([scope, expected]) => (expected > 0 ? [[scope, expected * heard]] : [])))
}
