import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Hidden } from '../../src/count/suppress.ts'
import { drawCountryMap, drawWorldMap } from '../map/draw-map.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import { cellsOf, classOf, hasNoData, keyOf, ranked } from './place-paint.ts'
import type { PlaceCounts } from './service-snapshot.ts'
import { MEASURES, type Measure } from './service-view.ts'

export const ROWS_AT_FIRST = 9

/** A map with its list: the same numbers, hottest first. */
export function PlaceMap(props: {
  id: string
  title: string
  places: PlaceCounts
  measure: Measure
  /** Shown on a phone in place of the world, which is too small there. */
  focus?: PlaceCounts | null
  locale: Locale
  hrefOf: (region: string) => string
  hrefOfAll: string | null
  /** Below the map, beside the list. */
  children?: Child
}) {
  const { id, title, places, measure, focus, locale } = props
  return (
    <div class={`map-figure${focus ? ' has-crop' : ''}`}>
      <div>
        <div class="map-whole" data-map={id}>
          <MapDrawing id={id} title={title} places={places} measure={measure} locale={locale} />
        </div>
        {focus && (
          <div class="map-crop">
            <h3>{locale.region(focus.country!)}</h3>
            <MapDrawing id={`${id}-focus`} title={title} places={focus} measure={measure} locale={locale} />
          </div>
        )}
        {props.children}
      </div>
      <PlaceTable places={places} measure={measure} locale={locale} hrefOf={props.hrefOf} hrefOfAll={props.hrefOfAll} />
    </div>
  )
}

function MapDrawing(props: { id: string; title: string; places: PlaceCounts; measure: Measure; locale: Locale }) {
  const { id, title, places, measure, locale } = props
  const text = { id, title, description: describePlaces(places, measure, locale) }
  const cells = cellsOf(places, measure, locale)
  const drawing = places.country === null ? drawWorldMap(cells, text) : drawCountryMap(places.country, cells, text)
  if (drawing !== null) return <>{raw(drawing)}</>
  return <p class="subtitle">{fill(locale.strings.places.noMap, { place: locale.region(places.country!) })}</p>
}

export function describePlaces(places: PlaceCounts, measure: Measure, locale: Locale): string {
  const words = locale.strings.places
  const cells = cellsOf(places, measure, locale)
  const worst = ranked(places.rows, measure, locale)
    .filter(({ count }) => count !== null)
    .slice(0, 3)
    .map(({ region }) => cells.get(region)!.label)
  if (worst.length === 0 && places.rows.some(hasNoData)) return words.noData
  return worst.length === 0 ? words.mapDescriptionNone : fill(words.mapDescription, { places: locale.list(worst) })
}

/** Six steps with fixed bounds, and three looks for what is no number. */
export function MapLegend({ measure, locale }: { measure: Measure; locale: Locale }) {
  const words = locale.strings.places
  const { steps, others } = keyOf(measure, locale)
  return (
    <div class="legend">
      <div>
        {words.legends[measure]}
        <ul class="legend-steps">
          {steps.map((label, step) => (
            <li class={`swatch-${step}`}>{label}</li>
          ))}
        </ul>
      </div>
      <ul class="legend-others">
        {others.map(([name, label]) => (
          <li>
            <span class={`swatch swatch-${name}`} aria-hidden="true" />
            {label}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The numbers of the map; its last rows account for every report that has no row of its own. */
export function PlaceTable(props: {
  places: PlaceCounts
  measure: Measure
  locale: Locale
  hrefOf: (region: string) => string
  /** Where all rows stand, if not here. */
  hrefOfAll: string | null
}) {
  const { places, measure, locale, hrefOf, hrefOfAll } = props
  const words = locale.strings.places
  const rows = ranked(places.rows, measure, locale)
  const shown = hrefOfAll === null ? rows : rows.slice(0, ROWS_AT_FIRST)
  const hasRate = shown.some(({ perMillion }) => perMillion !== null)
  const hasRatio = shown.some(({ ratio }) => ratio !== null)
  const counted = places.rows.reduce((sum, { count }) => sum + (count ?? 0), 0)
  const elsewhere = (places.total ?? counted) - counted
  if (rows.length === 0 && places.rows.some(hasNoData)) return <p class="subtitle">{words.noData}</p>
  if (places.total === 0) return <p class="subtitle">{words.none}</p>

  const number = (value: number | null) => (value === null ? '–' : locale.multiple(value))
  const countOf = (count: number | null, hidden: Hidden | null) => {
    if (count !== null) return locale.number(count)
    if (hidden === null) return '–'
    return hidden === 'beside' ? words.hidden : fill(words.below, { value: locale.number(places.suppressBelow) })
  }
  return (
    <div>
      <table class="numbers">
        <caption class="hidden-text">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{places.country === null ? words.country : words.region}</th>
            <th scope="col">{words.reports}</th>
            {hasRate && <th scope="col">{words.perMillion}</th>}
            {hasRatio && <th scope="col">{words.timesUsual}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr>
              <th scope="row" class="place-name">
                <span class={`swatch swatch-${classOf(row, measure)}`} aria-hidden="true" />
                <a href={hrefOf(row.region)}>{locale.region(row.region)}</a>
              </th>
              <td>{countOf(row.count, row.hidden)}</td>
              {hasRate && <td>{row.count === null ? '' : number(row.perMillion)}</td>}
              {hasRatio && (
                <td>{row.count === null ? '' : row.ratio === null ? '–' : `${locale.multiple(row.ratio)}×`}</td>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>{countOf(places.total, places.totalHidden)}</td>
            {(hasRate || hasRatio) && <td colspan={Number(hasRate) + Number(hasRatio)} />}
          </tr>
        </tfoot>
      </table>
      {elsewhere > 0 && <p class="subtitle">{locale.plural(words.elsewhere, elsewhere)}</p>}
      {hrefOfAll !== null && rows.length > shown.length && (
        <p class="link-row">
          <a href={hrefOfAll}>{locale.plural(words.more, rows.length)}</a>
        </p>
      )}
    </div>
  )
}

export function measureChoices(measure: Measure, locale: Locale, hrefOf: (measure: Measure) => string) {
  return MEASURES.map((name) => ({
    text: locale.strings.places.measures[name],
    href: hrefOf(name),
    isCurrent: name === measure,
  }))
}
