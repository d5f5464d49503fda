import {
  COUNT_STEPS,
  countClassOf,
  drawnRegions,
  type MapCell,
  type MapClass,
  mapClassOf,
  PER_MILLION_STEPS,
  RATIO_STEPS,
  ratioClassOf,
} from '../map/draw-map.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import type { PlaceCount, PlaceCounts } from './service-snapshot.ts'
import type { Measure } from './service-view.ts'

/** What fits the map: per million for the world, times usual for subdivisions, whose populations are seldom known. */
export function defaultMeasure(country: string | null): Measure {
  return country === null ? 'rate' : 'ratio'
}

/** The value of a row in a measure; `null` where it is hidden or cannot be told. */
export function measured(row: PlaceCount, measure: Measure): number | null {
  if (row.count === null) return null
  if (measure === 'count') return row.count
  return measure === 'rate' ? row.perMillion : row.ratio
}

export function classOf(row: PlaceCount, measure: Measure): MapClass {
  if (row.count === null) return row.hidden === null ? 'unmeasured' : 'suppressed'
  if (row.count === 0) return 'zero'
  if (measure === 'rate') return mapClassOf(row.perMillion)
  if (measure === 'ratio') return ratioClassOf(row.ratio)
  return countClassOf(row.count)
}

/** Whether nobody listened there: no report then says nothing. */
export function hasNoData({ count, hidden }: PlaceCount): boolean {
  return count === null && hidden === null
}

/** Rows as they are listed: the largest value first, then by count; what is hidden comes last, and what has no data has no row. */
export function ranked(rows: PlaceCount[], measure: Measure, locale: Locale): PlaceCount[] {
  const order = (value: number | null) => value ?? -1
  return rows
    .filter((row) => row.count !== 0 && !hasNoData(row))
    .sort(
      (a, b) =>
        Number(a.count === null) - Number(b.count === null) ||
        order(measured(b, measure)) - order(measured(a, measure)) ||
        order(b.count) - order(a.count) ||
        locale.compare(locale.region(a.region), locale.region(b.region)),
    )
}

/**
 * A cell for every region of the map: one that nobody reported from is zero, not missing. On the world map such a one, or one
 * without data, has no words of its own, since two hundred of them would weigh more than the rest of the page.
 */
export function cellsOf(places: PlaceCounts, measure: Measure, locale: Locale): Map<string, MapCell> {
  const words = locale.strings.places
  const cells = new Map<string, MapCell>()
  for (const region of drawnRegions(places.country))
    cells.set(region, {
      class: 'zero',
      label: places.country === null ? '' : `${locale.region(region)}: ${words.zero}`,
    })
  for (const row of places.rows) {
    const place = locale.region(row.region)
    const value = measured(row, measure)
    const mapClass = classOf(row, measure)
    if (mapClass === 'zero') continue
    if (value === null) {
      const state = mapClass === 'suppressed' ? words.hiddenWhy : whyUnmeasured(row, measure, locale)
      const isWordless = places.country === null && hasNoData(row)
      cells.set(row.region, { class: mapClass, label: isWordless ? '' : `${place}: ${state}` })
      continue
    }
    const sentence = { rate: words.cellRate, ratio: words.cellRatio, count: words.cellCount }[measure]
    const text = locale.multiple(value)
    cells.set(row.region, {
      class: mapClass,
      label: fill(sentence, { place, value: text }),
      value: { amount: value, text: measure === 'ratio' ? `${text}×` : text },
    })
  }
  return cells
}

function whyUnmeasured(row: PlaceCount, measure: Measure, { strings }: Locale): string {
  if (hasNoData(row)) return strings.places.noData
  return measure === 'ratio' ? strings.places.noUsual : strings.places.unmeasured
}

const BOUNDS: Record<Measure, readonly number[]> = { rate: PER_MILLION_STEPS, ratio: RATIO_STEPS, count: COUNT_STEPS }

/** The words of a map's key: six steps with fixed bounds, and three looks for what is no number. */
export function keyOf(measure: Measure, locale: Locale) {
  const words = locale.strings.places
  const bounds = BOUNDS[measure]
  return {
    steps: [
      fill(words.below, { value: locale.multiple(bounds[0]!) }),
      ...bounds.slice(0, -1).map((bound) => locale.multiple(bound)),
      fill(words.orMore, { value: locale.multiple(bounds.at(-1)!) }),
    ],
    others: [
      ['zero', words.zero],
      ['suppressed', words.hiddenWhy],
      ['unmeasured', measure === 'ratio' ? words.noUsual : words.unmeasured],
    ] as ['zero' | 'suppressed' | 'unmeasured', string][],
  }
}
