import { cellsToHide, countriesToHide, type Hidden } from '../count/suppress.ts'
import { populationOf, regionName, subdivisionsOf } from '../region/region.ts'
import { levelOf, WORLD } from '../region/scope.ts'

export type HeatmapLevel = 'country' | 'subdivision'

export const CELL_STATES = ['none', 'usual', 'elevated', 'high', 'hidden', 'unknown'] as const

/**
 * `none` no report, `usual`, `elevated` from 3 times the usual, `high` from 10 times; `hidden` when kept back; `unknown` where nothing can
 * be said: nobody listened, or nothing is known of what is usual.
 */
export type CellState = (typeof CELL_STATES)[number]

/** One region in one window. */
export interface Cell {
  region: string
  name: string
  /** Reporters; `null` when kept back, and without a report where for most of the window nobody listened. */
  count: number | null
  /**
   * What was usual of the part of the window that was listened to; `null` where nothing is known of it, and where the count is kept
   * back: only where people have reported before is anything usual.
   */
  expected: number | null
  /** count / expected; `null` where nothing is known to be usual. */
  ratio: number | null
  /** Reporters per million people; `null` without a population of at least 100,000. */
  perMillion: number | null
  state: CellState
  suppressed: boolean
  /** Why it is kept back. */
  hidden: Hidden | null
}

export interface Heatmap {
  level: HeatmapLevel
  country: string | null
  service: string | null
  from: Date
  until: Date
  asOf: Date
  regions: Cell[]
  /** Reporters in all, also those whose place is unknown; `null` as for a cell. */
  total: number | null
  totalHidden: Hidden | null
  totalExpected: number | null
  suppressed: number
}

/** Fewer inhabitants than this, and a rate per million says more about one person than about a place. */
const SMALLEST_POPULATION = 100_000

/** What silence and a common count say in a window. */
export interface Hearing {
  /** Somebody listened for at least half of it. */
  isHeard: boolean
  /** The service was watched for long enough that its usual is known. */
  isKnown: boolean
  language?: string
}

/**
 * Cells of one level, most reports first, with an entry for each region that has a report or an expectation; and their total.
 *
 * @param counts reporters by scope, all levels
 * @param expected usual reporters of the window by scope
 * @param all regions of this level that exist
 */
export function drawCells(
  level: HeatmapLevel,
  country: string | null,
  all: readonly string[],
  counts: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
  { isHeard, isKnown, language = 'en' }: Hearing,
): Pick<Heatmap, 'regions' | 'total' | 'totalHidden'> {
  const countries = countriesToHide(
    new Map([...counts].filter(([scope]) => levelOf(scope) === 'country')),
    counts.get(WORLD) ?? 0,
  )
  const hidden = level === 'country' ? countries : subdivisionsToHide(counts, countries)
  const regions = all
    .map((region) => {
      // Of a hidden country no subdivision is told of: even which of them have none would say whether the country has one.
      const why = (level === 'country' ? null : countries.get(region.slice(0, 2))) ?? hidden.get(region) ?? null
      const count = counts.get(region) ?? 0
      if (why !== null) return cellOf(region, null, why, null, isKnown, language)
      if (count === 0 && !isHeard) return cellOf(region, null, null, null, isKnown, language)
      return cellOf(region, count, null, expected.get(region) ?? null, isKnown, language)
    })
    .filter(({ region, count }) => count !== 0 || (expected.get(region) ?? 0) > 0 || country !== null)
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0) || (a.region < b.region ? -1 : 1))
  const totalHidden = (country === null ? null : countries.get(country)) ?? null
  const total = counts.get(country ?? WORLD) ?? 0
  return { regions, total: totalHidden !== null || (total === 0 && !isHeard) ? null : total, totalHidden }
}

/**
 * The subdivisions of each country that is told are one table. Its total counts also those known to be in the country and no more,
 * which nothing tells: they are left out of the table, and its sum is known the less.
 */
function subdivisionsToHide(
  counts: ReadonlyMap<string, number>,
  hiddenCountries: ReadonlyMap<string, Hidden>,
): Map<string, Hidden> {
  const tables = new Map<string, Map<string, number>>()
  for (const [scope, count] of counts) {
    const country = scope.slice(0, 2)
    if (levelOf(scope) !== 'subdivision' || hiddenCountries.has(country)) continue
    tables.set(country, (tables.get(country) ?? new Map()).set(scope, count))
  }
  const hidden = new Map<string, Hidden>()
  for (const [country, cells] of tables)
    for (const [cell, why] of cellsToHide(cells, subdivisionsOf(country))) hidden.set(cell, why)
  return hidden
}

function cellOf(
  region: string,
  count: number | null,
  hidden: Hidden | null,
  expected: number | null,
  isKnown: boolean,
  language: string,
): Cell {
  const population = populationOf(region)
  const ratio = count === null || expected === null || expected <= 0 ? null : count / Math.max(0.1, expected)
  const state = hidden !== null ? 'hidden' : stateOf(count, ratio, isKnown)
  return {
    region,
    name: regionName(region, language),
    count,
    expected,
    // A small multiple of what is hardly known would calm as "usual" does.
    ratio: state === 'unknown' ? null : ratio,
    perMillion:
      count === null || population === null || population < SMALLEST_POPULATION
        ? null
        : (count / population) * 1_000_000,
    state,
    suppressed: hidden !== null,
    hidden,
  }
}

/** Who does not know what is usual does not call a count so. */
function stateOf(count: number | null, ratio: number | null, isKnown: boolean): CellState {
  if (count === null) return 'unknown'
  if (count === 0) return 'none'
  if (ratio !== null && ratio >= 10 && count >= 5) return 'high'
  if (ratio !== null && ratio >= 3 && count >= 5) return 'elevated'
  return ratio === null || !isKnown ? 'unknown' : 'usual'
}
