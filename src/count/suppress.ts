import { SMALLEST_SHOWN } from './timeseries.ts'

/** Why a cell is hidden: fewer than three people, or none; or more, as the others could be worked out from it. */
export type Hidden = 'small' | 'beside'

/**
 * Which cells of one table must not be shown, so that no count below three people can be read or worked out from the total: every
 * cell of one or two, and beside them the smallest other cell. Where there is no other, an empty cell is hidden with them, so that a
 * lone hidden cell never equals total minus the rest (complementary suppression; Willenborg & de Waal 2001, chapter 1).
 *
 * @param counts people by cell
 * @param empty cells of the same table without a report, in a fixed order
 * @returns the cells to hide. To tell which is the one beside gives nothing away: how large it is stays unknown
 */
export function cellsToHide(counts: ReadonlyMap<string, number>, empty: readonly string[] = []): Map<string, Hidden> {
  const hidden = new Map<string, Hidden>()
  let smallest: string | null = null
  for (const [cell, count] of counts) {
    if (count <= 0) continue
    if (count < SMALLEST_SHOWN) hidden.set(cell, 'small')
    else if (smallest === null || count < counts.get(smallest)!) smallest = cell
  }
  if (hidden.size === 0) return hidden
  if (smallest !== null) hidden.set(smallest, 'beside')
  else if (hidden.size === 1) {
    // Which empty cell keeps company depends on the hidden one alone, so that asking again tells nothing new.
    const [lone] = hidden.keys()
    const company = empty.filter((cell) => cell !== lone)
    if (company.length > 0) hidden.set(company[spread(lone!) % company.length]!, 'small')
  }
  return hidden
}

/** FNV-1a, 32 bit. */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
