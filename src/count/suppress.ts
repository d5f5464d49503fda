import { countryCodes, populationOf } from '../region/region.ts'
import { SMALLEST_SHOWN } from './timeseries.ts'

/** Why a cell is hidden: fewer than three people, or none; or kept back beside such ones, and how large is not said. */
export type Hidden = 'small' | 'beside'

/** The cell of those whose place is not known, in the table of countries. */
export const UNPLACED = ''

/**
 * Which cells of one table must not be shown, so that who knows this function, the total and every shown cell can still not tell the
 * count of any hidden one.
 *
 * Cells below three form pairs by their place in the table alone (see {@link companions}), and a pair is hidden whole as soon as one
 * of it has a report: the two could be exchanged, and the answer would be the same. Where every hidden cell holds two, the sum would
 * tell; then an empty pair is hidden too, from which one could have come. Where only one cell is below three, or no empty pair is left, the
 * smallest of the others are hidden with them and none is called small, since each could be any of them.
 *
 * Only a table that holds two in every cell cannot be kept back: its total says so.
 *
 * @param counts people by cell
 * @param cells all cells of the table, in a fixed order that does not depend on the counts
 */
export function cellsToHide(counts: ReadonlyMap<string, number>, cells: readonly string[]): Map<string, Hidden> {
  const known = new Set(cells)
  const all = [...cells, ...[...counts.keys()].filter((cell) => !known.has(cell)).sort()]
  const countOf = (cell: string) => counts.get(cell) ?? 0
  const below = all.flatMap((cell, place) => (countOf(cell) < SMALLEST_SHOWN ? [place] : []))
  if (!below.some((place) => countOf(all[place]!) > 0)) return new Map()

  const groups = companions(below).map((places) => places.map((place) => all[place]!))
  const told = groups.filter((group) => group.some((cell) => countOf(cell) > 0))
  const isSumTelling = told.flat().every((cell) => countOf(cell) === SMALLEST_SHOWN - 1)
  const empty = groups.find((group) => !told.includes(group))
  if (isSumTelling && empty !== undefined) told.push(empty)
  const small = told.flat()

  const others = all.filter((cell) => countOf(cell) >= SMALLEST_SHOWN)
  if (others.length === 0 || (below.length > 1 && !(isSumTelling && empty === undefined)))
    return new Map(small.map((cell) => [cell, 'small']))
  // All that are as small as the smallest: which of equals is taken would depend on where the small ones are.
  const least = Math.min(...others.map(countOf))
  return new Map([...small, ...others.filter((cell) => countOf(cell) === least)].map((cell) => [cell, 'beside']))
}

/**
 * Places in pairs, the last of an odd number as a third: each with the first other at its place XOR 1, 2, 3 … that is there and
 * still alone. Either of a pair is the other's companion, so that the pair does not tell which of it was looked for.
 */
function companions(places: readonly number[]): number[][] {
  const groups: number[][] = []
  const alone = new Set(places)
  for (let step = 1; alone.size > 1; step++)
    for (const place of alone) {
      const other = place ^ step
      if (!alone.has(other)) continue
      groups.push([place, other])
      alone.delete(place)
      alone.delete(other)
    }
  for (const last of alone) {
    const near = (group: number[]) => Math.min(...group.map((place) => place ^ last))
    const [nearest] = [...groups].sort((a, b) => near(a) - near(b))
    if (nearest === undefined) groups.push([last])
    else nearest.push(last)
  }
  return groups
}

/**
 * Which countries must not be shown, and whether those without a place ({@link UNPLACED}) must not: one table, whichever answer shows it.
 *
 * @param counts people by country
 * @param total people in all
 */
export function countriesToHide(counts: ReadonlyMap<string, number>, total: number): Map<string, Hidden> {
  const placed = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return cellsToHide(new Map([...counts, [UNPLACED, Math.max(0, total - placed)]]), [UNPLACED, ...bySize()])
}

let countries: readonly string[] | null = null

/** Countries by population: a companion of much the same size is as likely to be the one with a report. */
function bySize(): readonly string[] {
  countries ??= countryCodes().sort((a, b) => (populationOf(b) ?? 0) - (populationOf(a) ?? 0) || (a < b ? -1 : 1))
  return countries
}
