import { LICENCE } from '../../src/record/cite.ts'
import { type Figure, HIDDEN, SUPPRESSED } from '../../src/record/figure.ts'
import { rounded } from '../../src/record/record-wire.ts'
import { drawTrend } from '../charts/draw-trend.ts'
import { drawCountryMap, drawWorldMap } from '../map/draw-map.ts'
import { cellsOf, defaultMeasure, keyOf } from '../pages/place-paint.ts'
import type { ServiceSnapshot } from '../pages/service-snapshot.ts'
import { queryOf, type ServiceView } from '../pages/service-view.ts'
import { stepName, trendTitle } from '../pages/trend-figure.tsx'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import type { DrawnFigure } from './incident-figures.ts'
import { drawMapKey } from './map-key.ts'

/** The chart of a service page as a figure: the numbers of its page, as files. */
export function serviceTrendFigure(snapshot: ServiceSnapshot, view: ServiceView, locale: Locale): DrawnFigure {
  const { trend, service, region, incident } = snapshot
  const title = `${service.name}: ${trendTitle(trend, region, locale)}`
  const onset = incident === null || incident.onsetAt < trend.from ? null : incident.onsetAt
  return {
    figure: {
      ...frameOf(snapshot, `/s/${service.slug}${queryOf({ range: view.range, region: view.region })}`, locale),
      title,
      subtitle: fill(locale.strings.service.trendUnit, { step: stepName(trend.stepMs, locale) }),
      sampleSize: trend.points.reduce((sum, { count }) => sum + (count ?? 0), 0),
      columns: [
        { key: 't', label: 't', unit: 'UTC, start of step' },
        { key: 'count', label: 'count', unit: 'reporters' },
        { key: 'expected', label: 'expected', unit: 'reporters' },
        { key: 'lower', label: 'lower', unit: 'reporters, 2.5th percentile' },
        { key: 'upper', label: 'upper', unit: 'reporters, 97.5th percentile' },
        { key: 'ok', label: 'ok', unit: 'votes that it works' },
        { key: 'late', label: 'late', unit: 'reports sent later' },
      ],
      rows: trend.points.map(({ at, count, expected, lower, upper, ok, late }) => [
        new Date(at).toISOString(),
        count,
        roundedOrNull(expected),
        roundedOrNull(lower),
        roundedOrNull(upper),
        ok,
        late,
      ]),
    },
    draw: (width) => ({ svg: drawTrend(trend, locale, { title, onset, frame: { width, height: 360 } }), height: 360 }),
  }
}

const roundedOrNull = (value: number | null) => (value === null ? null : rounded(value))

function frameOf({ asOf, methodVersion }: ServiceSnapshot, page: string, locale: Locale) {
  return {
    path: page,
    page,
    source: fill(locale.strings.service.source, { licence: LICENCE.name }),
    asOf,
    methodVersion,
  }
}

const MAP_HEIGHT = 460

/** The map of a service page as a figure. */
export function serviceMapFigure(snapshot: ServiceSnapshot, view: ServiceView, locale: Locale): DrawnFigure {
  const { places, service } = snapshot
  const words = locale.strings.places
  const measure = view.measure ?? defaultMeasure(places.country)
  const cells = cellsOf(places, measure, locale)
  const title = `${service.name}: ${places.country === null ? words.title : fill(words.titleIn, { place: locale.region(places.country) })}`
  const subtitle = `${words.legends[measure]}. ${fill(words.unitAt, { time: locale.dateTime(places.from) })}`
  const figure: Figure = {
    ...frameOf(snapshot, `/s/${service.slug}${queryOf({ ...view, range: '24h', view: 'map' })}`, locale),
    path: `/s/${service.slug}/map${queryOf({ at: view.at, measure: view.measure, region: view.region })}`,
    title,
    subtitle,
    source: words.source,
    sampleSize: places.total ?? places.rows.reduce((sum, { count }) => sum + (count ?? 0), 0),
    columns: [
      { key: 'region', label: 'region', unit: 'ISO 3166' },
      { key: 'name', label: 'name', unit: null },
      { key: 'count', label: 'count', unit: 'reporters in the hour' },
      { key: 'expected', label: 'expected', unit: 'reporters in the hour' },
      { key: 'ratio', label: 'ratio', unit: 'count / expected' },
      { key: 'perMillion', label: 'perMillion', unit: 'reporters per million people' },
    ],
    rows: places.rows.map(({ region, count, hidden, expected, ratio, perMillion }) => [
      region,
      locale.place(region),
      count ?? (hidden === 'beside' ? HIDDEN : SUPPRESSED),
      roundedOrNull(expected),
      roundedOrNull(ratio),
      roundedOrNull(perMillion),
    ]),
  }
  const text = { id: 'map', title, description: subtitle }
  return {
    figure,
    draw: (width) => {
      const country = places.country === null ? null : drawCountryMap(places.country, cells, text)
      const map = country ?? drawWorldMap(cells, text)
      const key = drawMapKey(keyOf(measure, locale), { width, mapId: text.id })
      const height = Math.min(MAP_HEIGHT, Math.round(width * 0.56))
      // The drawing has a view box and no size; in a picture it needs one.
      const sized = map.replace(
        '<svg ',
        `<svg width="${width}" height="${height}" preserveAspectRatio="xMidYMid meet" `,
      )
      return {
        svg: `${sized}<g transform="translate(0 ${height + 12})">${key.svg}</g>`,
        height: height + 12 + key.height,
      }
    },
  }
}
