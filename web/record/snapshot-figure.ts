import { STEP_MS, type Step } from '../../src/count/timeseries.ts'
import { LICENCE } from '../../src/record/cite.ts'
import type { Figure } from '../../src/record/figure.ts'
import type { SnapshotContent } from '../../src/record/snapshot.ts'
import { drawTrend } from '../charts/draw-trend.ts'
import type { Trend, TrendPoint } from '../charts/trend.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'

/** A frozen series, as it was written then. */
interface FrozenSeries {
  region: string | null
  from: string
  to: string
  step: Step
  points: (Omit<TrendPoint, 'at'> & { t: string })[]
}

const COLUMNS = [
  { key: 't', label: 't', unit: 'UTC, start of step' },
  { key: 'count', label: 'count', unit: 'reporters' },
  { key: 'expected', label: 'expected', unit: 'reporters' },
  { key: 'lower', label: 'lower', unit: 'reporters, 2.5th percentile' },
  { key: 'upper', label: 'upper', unit: 'reporters, 97.5th percentile' },
  { key: 'ok', label: 'ok', unit: 'votes that it works' },
  { key: 'late', label: 'late', unit: 'reports sent later' },
]

/** The frozen trend, for drawing. */
export function frozenTrend(content: SnapshotContent): Trend {
  const series = content.series[0] as unknown as FrozenSeries
  return {
    from: Date.parse(series.from),
    until: Date.parse(series.to),
    asOf: Date.parse(content.asOf),
    stepMs: STEP_MS[series.step],
    points: series.points.map(({ t, ...values }) => ({ at: Date.parse(t), ...values })),
  }
}

/** When the frozen rise began; `null` for a chart. */
export function frozenOnset(content: SnapshotContent): number | null {
  const onset = content.record?.onset as { at: string } | undefined
  return onset === undefined ? null : Date.parse(onset.at)
}

/** The figure of a snapshot, with the very numbers that were frozen. */
export function snapshotFigure(id: string, content: SnapshotContent, locale: Locale) {
  const series = content.series[0] as unknown as FrozenSeries
  const trend = frozenTrend(content)
  const text = content.texts[locale.language] ?? content.texts.en!
  const { steps } = locale.strings.service
  const step = series.step in steps ? steps[series.step as keyof typeof steps] : locale.duration(STEP_MS[series.step])
  const figure: Figure = {
    path: `/snapshots/${id}`,
    page: `/snapshots/${id}`,
    title: text.headline,
    subtitle: fill(locale.strings.service.trendUnit, { step }),
    source: fill(locale.strings.service.source, { licence: LICENCE.name }),
    asOf: trend.asOf,
    methodVersion: content.methodVersion,
    sampleSize: trend.points.reduce((sum, { count }) => sum + (count ?? 0), 0),
    columns: COLUMNS,
    rows: series.points.map(({ t, count, expected, lower, upper, ok, late }) => [
      t,
      count,
      expected,
      lower,
      upper,
      ok,
      late,
    ]),
  }
  return {
    figure,
    draw: (width: number) => ({
      svg: drawTrend(trend, locale, {
        title: text.headline,
        onset: frozenOnset(content),
        frame: { width, height: 360 },
      }),
      height: 360,
    }),
  }
}
