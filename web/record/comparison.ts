import { STEP_MS } from '../../src/count/timeseries.ts'
import { LICENCE } from '../../src/record/cite.ts'
import { type FigureColumn, SUPPRESSED } from '../../src/record/figure.ts'
import type { ComparedSeries, Comparison, ComparisonQuery } from '../../src/record/load-comparison.ts'
import { rounded } from '../../src/record/record-wire.ts'
import { drawLines } from '../charts/draw-lines.ts'
import { largestOf } from '../charts/draw-trend.ts'
import { describeTrend, type Trend } from '../charts/trend.ts'
import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import type { DrawnFigure } from './incident-figures.ts'
import { trendOf } from './trend-of.ts'

/** The address of a comparison: defaults left out, keys sorted. */
export function comparisonQuery(query: ComparisonQuery): string {
  const pairs: [string, string][] = [
    ['from', query.from ?? ''],
    ['incidents', query.incidents.join(',')],
    ['regions', query.regions.join(',')],
    ['scale', query.scale === 'count' ? '' : query.scale],
    ['services', query.services.join(',')],
    ['to', query.to ?? ''],
  ]
  const given = pairs.filter(([, value]) => value !== '')
  const encoded = (value: string) => encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')
  return given.length === 0 ? '' : `?${given.map(([key, value]) => `${key}=${encoded(value)}`).join('&')}`
}

export function comparedName({ service, region, onset }: ComparedSeries, locale: Locale): string {
  if (region !== null) return locale.place(region)
  return onset === null ? service : `${service}, ${locale.date(onset)}`
}

/** A multiple of the usual; `null` where less than one report is usual, since a multiple of almost nothing says nothing. */
const timesUsual = (count: number | null, expected: number | null) =>
  count === null || expected === null || expected < 1 ? null : rounded(count / expected)

/** A series in the scale of the comparison. */
export function comparedTrend({ series }: ComparedSeries, scale: ComparisonQuery['scale']): Trend {
  const trend = trendOf(series)
  if (scale === 'count') return trend
  return {
    ...trend,
    points: trend.points.map((point) => ({
      ...point,
      count: timesUsual(point.count, point.expected),
      expected: timesUsual(point.expected, point.expected),
      lower: timesUsual(point.lower, point.expected),
      upper: timesUsual(point.upper, point.expected),
      late: 0,
      // On this scale nothing tells where one or two would lie.
      isHidden: false,
    })),
  }
}

export function topOf(comparison: Comparison): number {
  return Math.max(1, ...comparison.compared.map((one) => largestOf(comparedTrend(one, comparison.query.scale))))
}

export function comparisonTitle({ compared }: Comparison, locale: Locale): string {
  const words = recordStrings[locale.language].compare
  if (compared.length === 0) return words.title
  return fill(words.titleOf, { names: locale.list(compared.map((one) => comparedName(one, locale))) })
}

export function comparisonUnit({ compared, query, kind }: Comparison, locale: Locale): string {
  const words = recordStrings[locale.language].compare
  const { steps } = locale.strings.service
  const step = compared[0]?.series.step
  if (step === undefined) return words.none
  const name = step in steps ? steps[step as keyof typeof steps] : locale.duration(STEP_MS[step])
  const unit = fill(query.scale === 'count' ? words.unitCount : words.unitRatio, { step: name })
  return kind === 'incidents' ? `${unit}. ${words.aligned}` : unit
}

const COLUMNS: FigureColumn[] = [
  { key: 'key', label: 'key', unit: null },
  { key: 'name', label: 'name', unit: null },
  { key: 't', label: 't', unit: 'UTC, start of step' },
  { key: 'sinceOnset', label: 'sinceOnset', unit: 'minutes; incidents only' },
  { key: 'count', label: 'count', unit: 'reporters' },
  { key: 'expected', label: 'expected', unit: 'reporters' },
  { key: 'timesUsual', label: 'timesUsual', unit: 'count / expected, where expected is 1 or more' },
]

export function comparisonFigure(comparison: Comparison, locale: Locale, methodVersion: string): DrawnFigure {
  const { compared, query } = comparison
  const path = `/compare${comparisonQuery(query)}`
  return {
    figure: {
      path,
      page: path,
      title: comparisonTitle(comparison, locale),
      subtitle: comparisonUnit(comparison, locale),
      source: fill(locale.strings.service.source, { licence: LICENCE.name }),
      asOf: Math.max(0, ...compared.map(({ series }) => series.asOf.getTime())),
      methodVersion,
      sampleSize: compared.reduce((sum, { series }) => sum + series.sampleSize, 0),
      columns: COLUMNS,
      rows: compared.flatMap((one) =>
        one.series.points.map(({ t, count, expected }) => [
          one.key,
          comparedName(one, locale),
          t.toISOString(),
          one.onset === null ? null : Math.round((t.getTime() - one.onset) / 60_000),
          count ?? (one.region === null ? null : SUPPRESSED),
          expected === null ? null : rounded(expected),
          timesUsual(count, expected),
        ]),
      ),
    },
    draw: (width) => ({
      svg: drawComparison(comparison, locale, { width, height: COMPARISON_HEIGHT }),
      height: COMPARISON_HEIGHT,
    }),
  }
}

const COMPARISON_HEIGHT = 440

/** All in one chart; without a frame as pages have it. */
export function drawComparison(
  comparison: Comparison,
  locale: Locale,
  frame?: { width: number; height: number },
): string {
  const { compared, query } = comparison
  const words = recordStrings[locale.language].compare
  return drawLines(
    compared.map((one) => ({
      label: comparedName(one, locale),
      trend: comparedTrend(one, query.scale),
      origin: one.onset,
    })),
    locale,
    {
      title: comparisonTitle(comparison, locale),
      description: compared
        .map((one) => `${comparedName(one, locale)}: ${describeTrend(trendOf(one.series), locale)}`)
        .join(' '),
      usual: query.scale === 'ratio' ? words.usual : null,
      ...(frame ? { frame } : {}),
    },
  )
}
