import type { Window } from '../../src/count/queries.ts'
import { isMostlyHeard, STEP_MS, type TimePoint, type Timeseries } from '../../src/count/timeseries.ts'
import { LICENCE } from '../../src/record/cite.ts'
import { type Figure, type FigureColumn, type FigureValue, SUPPRESSED } from '../../src/record/figure.ts'
import type { IncidentView } from '../../src/record/load-incident-view.ts'
import { rounded } from '../../src/record/record-wire.ts'
import { drawTrend, largestOf } from '../charts/draw-trend.ts'
import { trendTitle } from '../pages/trend-figure.tsx'
import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { drawLabelled } from './labelled-drawings.ts'
import { trendOf } from './trend-of.ts'

/** Figures of an incident, each at its own path under the incident's. */
export const INCIDENT_FIGURES = ['trend', 'regions', 'types'] as const

export type IncidentFigureName = (typeof INCIDENT_FIGURES)[number]

/** A figure's numbers and the drawing of the same numbers. */
export interface DrawnFigure {
  figure: Figure
  draw(width: number): { svg: string; height: number }
}

const COUNT: FigureColumn = { key: 'count', label: 'count', unit: 'reporters' }
const EXPECTED: FigureColumn[] = [
  { key: 'expected', label: 'expected', unit: 'reporters' },
  { key: 'lower', label: 'lower', unit: 'reporters, 2.5th percentile' },
  { key: 'upper', label: 'upper', unit: 'reporters, 97.5th percentile' },
]
const TIME: FigureColumn = { key: 't', label: 't', unit: 'UTC, start of step' }

/** The named figure of an incident, with its numbers in reading order. */
export function incidentFigure(view: IncidentView, name: IncidentFigureName, locale: Locale): DrawnFigure {
  return FIGURES[name](view, locale)
}

const FIGURES: Record<IncidentFigureName, (view: IncidentView, locale: Locale) => DrawnFigure> = {
  trend: trendFigure,
  regions: regionsFigure,
  types: typesFigure,
}

function frameOf({ record }: IncidentView, name: IncidentFigureName, locale: Locale) {
  return {
    path: `/i/${record.id}/${name}`,
    page: `/i/${record.id}#${name}`,
    source: fill(locale.strings.service.source, { licence: LICENCE.name }),
    asOf: record.asOf,
    methodVersion: record.methodVersion,
    sampleSize: record.reports,
  }
}

const stepOf = ({ step }: Timeseries, locale: Locale) =>
  locale.strings.service.steps[step as keyof typeof locale.strings.service.steps] ?? locale.duration(STEP_MS[step])

function trendFigure(view: IncidentView, locale: Locale): DrawnFigure {
  const trend = trendOf(view.world)
  const isMeasured = trend.points.some(({ count }) => count !== null)
  const finding = isMeasured ? trendTitle(trend, null, locale) : locale.strings.service.trendTitle
  const title = `${view.record.service.name}: ${finding}`
  return {
    figure: {
      ...frameOf(view, 'trend', locale),
      title,
      subtitle: fill(locale.strings.service.trendUnit, { step: stepOf(view.world, locale) }),
      columns: [
        TIME,
        COUNT,
        ...EXPECTED,
        { key: 'ok', label: 'ok', unit: 'votes that it works' },
        { key: 'late', label: 'late', unit: 'reports sent later' },
      ],
      rows: view.world.points.map((point) => [
        point.t.toISOString(),
        point.count,
        roundedOrNull(point.expected),
        roundedOrNull(point.lower),
        roundedOrNull(point.upper),
        point.ok,
        point.late,
      ]),
    },
    draw: (width) => ({
      svg: drawTrend(trend, locale, { title, onset: view.record.onset.at, frame: { width, height: 360 } }),
      height: 360,
    }),
  }
}

const roundedOrNull = (value: number | null) => (value === null ? null : rounded(value))

/** A regional count that is missing although somebody was listening is kept back. */
export function shownCount({ t, count }: TimePoint, stepMs: number, gaps: readonly Window[]): FigureValue {
  if (count !== null) return count
  const at = t.getTime()
  const untilMs = at + stepMs
  return isMostlyHeard({ fromMs: at, untilMs }, gaps, untilMs) ? SUPPRESSED : null
}

function regionsFigure(view: IncidentView, locale: Locale): DrawnFigure {
  const step = view.regions[0]?.series ?? view.world
  const words = locale.strings.service
  return {
    figure: {
      ...frameOf(view, 'regions', locale),
      title: `${view.record.service.name}: ${words.multiplesTitle}`,
      subtitle: fill(words.multiplesUnit, { step: stepOf(step, locale) }),
      columns: [
        { key: 'region', label: 'region', unit: 'ISO 3166' },
        { key: 'name', label: 'name', unit: null },
        TIME,
        COUNT,
        ...EXPECTED,
      ],
      rows: view.regions.flatMap(({ region, series }) =>
        series.points.map((point) => [
          region,
          locale.place(region),
          point.t.toISOString(),
          shownCount(point, STEP_MS[series.step], view.gaps),
          roundedOrNull(point.expected),
          roundedOrNull(point.lower),
          roundedOrNull(point.upper),
        ]),
      ),
    },
    draw: (width) => drawMultiples(multiplesOfRegions(view, locale), locale, width),
  }
}

function typesFigure(view: IncidentView, locale: Locale): DrawnFigure {
  const step = view.types[0]?.series ?? view.world
  const words = recordStrings[locale.language].incident
  return {
    figure: {
      ...frameOf(view, 'types', locale),
      title: `${view.record.service.name}: ${words.typesTitle}`,
      subtitle: fill(locale.strings.service.multiplesUnit, { step: stepOf(step, locale) }),
      columns: [
        { key: 'errorType', label: 'errorType', unit: null },
        { key: 'name', label: 'name', unit: null },
        TIME,
        COUNT,
      ],
      rows: view.types.flatMap(({ type, series }) =>
        series.points.map(({ t, count }) => [type, locale.strings.errorType[type], t.toISOString(), count]),
      ),
    },
    draw: (width) => drawMultiples(multiplesOfTypes(view, locale), locale, width),
  }
}

export interface Multiple {
  label: string
  series: Timeseries
}

export const multiplesOfRegions = ({ regions }: IncidentView, locale: Locale): Multiple[] =>
  regions.map(({ region, series }) => ({ label: locale.place(region), series }))

export const multiplesOfTypes = ({ types }: IncidentView, locale: Locale): Multiple[] =>
  types.map(({ type, series }) => ({ label: locale.strings.errorType[type], series }))

/** The top that all small drawings share, so that they can be compared. */
export function sharedTop(multiples: readonly Multiple[]): number {
  return Math.max(1, ...multiples.map(({ series }) => largestOf(trendOf(series))))
}

function drawMultiples(multiples: readonly Multiple[], locale: Locale, width: number) {
  return drawLabelled(
    multiples.map(({ label, series }) => ({ label, trend: trendOf(series) })),
    { locale, width, columns: 3, height: 130, top: sharedTop(multiples) },
  )
}
