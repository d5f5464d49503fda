/** Six steps of colour; the lowest is below the first threshold. */
export type MapStep = 0 | 1 | 2 | 3 | 4 | 5

/** A step, or why there is none: nobody reported, too few to show, or nothing to measure against. */
export type MapClass = MapStep | 'zero' | 'suppressed' | 'unmeasured'

export interface MapCell {
  class: MapClass
  /** What the pointer shows, as "Berlin: 147 per million"; empty for nothing. */
  label: string
  /** For the drill-down: its four largest amounts are written on the map. */
  value?: { amount: number; text: string }
}

/** Lower bounds of steps 1 to 5, in reports per million people; the same in every hour, so that maps can be compared. */
export const PER_MILLION_STEPS = [1, 3, 10, 30, 100] as const

/** Lower bounds of steps 1 to 5, as multiples of the usual level. */
export const RATIO_STEPS = [1.5, 3, 6, 12, 25] as const

/** Lower bounds of steps 1 to 5 where plain counts are shown. */
export const COUNT_STEPS = [5, 20, 100, 500, 2000] as const

function stepOf(value: number, bounds: readonly number[]): MapStep {
  return bounds.filter((bound) => value >= bound).length as MapStep
}

/** @param perMillion reports per million people; `null` where the population is unknown */
export function mapClassOf(perMillion: number | null): MapClass {
  if (perMillion === null) return 'unmeasured'
  return perMillion === 0 ? 'zero' : stepOf(perMillion, PER_MILLION_STEPS)
}

/** @param ratio reports as a multiple of the usual level; `null` where nothing is usual yet */
export function ratioClassOf(ratio: number | null): MapClass {
  if (ratio === null) return 'unmeasured'
  return ratio === 0 ? 'zero' : stepOf(ratio, RATIO_STEPS)
}

/** @param count reports, not adjusted for anything */
export function countClassOf(count: number): MapClass {
  return count === 0 ? 'zero' : stepOf(count, COUNT_STEPS)
}

/** The class and, for a pattern, the fill that show a cell; the browser's script repaints a map with the same. */
export function paintOf(cell: MapClass, mapId: string): { class: string; fill: string | null } {
  const isPattern = cell === 'suppressed' || cell === 'unmeasured'
  return { class: `map-${cell}`, fill: isPattern ? `url(#${mapId}-${cell})` : null }
}
