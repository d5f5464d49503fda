import { raw } from 'hono/html'
import { SMALLEST_SHOWN } from '../../src/count/timeseries.ts'
import { drawTrend } from '../charts/draw-trend.ts'
import { isAbove, isUnfinished, peakOf, type Trend, type TrendPoint, totalOf } from '../charts/trend.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import { Instant } from './text.tsx'

const STEP_NAMES = { 300000: '5m', 900000: '15m', 3600000: '1h', 86400000: '1d' } as const

/** "5 minutes", for "Reports per …". */
export function stepName(stepMs: number, locale: Locale): string {
  const name = STEP_NAMES[stepMs as keyof typeof STEP_NAMES]
  return name ? locale.strings.service.steps[name] : locale.duration(stepMs)
}

/** The unit of a trend, and what its grey means where there is any. */
export function trendUnit(trend: Trend, locale: Locale): string {
  const { trendUnit, trendUnitPlain } = locale.strings.service
  const hasBand = trend.points.some(({ upper }) => upper !== null)
  return fill(hasBand ? trendUnit : trendUnitPlain, { step: stepName(trend.stepMs, locale) })
}

/** The finding of a trend as a title: how far it rose above what is usual. */
export function trendTitle(trend: Trend, region: string | null, locale: Locale): string {
  const words = locale.strings.service
  const peak = peakOf(trend)
  if (peak?.expected && peak.count >= 2 * peak.expected)
    return fill(words.trendAbove, {
      count: locale.number(peak.count),
      step: stepName(trend.stepMs, locale),
      expected: locale.multiple(peak.expected),
    })
  // What cannot be compared is not within the usual range.
  const isUnknown = ({ count, expected }: TrendPoint) => expected === null && count !== null && count > 0
  const hasUsual = trend.points.some(({ expected }) => expected !== null)
  if (!hasUsual || trend.points.some(isUnknown) || trend.points.some(isAbove))
    return region ? fill(words.trendTitleIn, { place: locale.place(region) }) : words.trendTitle
  return words.trendUsual
}

export function TrendChart({
  trend,
  locale,
  title,
  onset,
}: {
  trend: Trend
  locale: Locale
  title: string
  onset: number | null
}) {
  return (
    <>
      {raw(drawTrend(trend, locale, { title, onset }))}
      <ChartKey trend={trend} locale={locale} />
    </>
  )
}

/** Names what is in this drawing, and only that. */
function ChartKey({ trend, locale }: { trend: Trend; locale: Locale }) {
  const words = locale.strings.chart
  const has = (test: (point: TrendPoint) => boolean) => trend.points.some(test)
  const entries: [string, string, boolean][] = [
    ['<path class="observed" d="M0 10L8 8 14 2 24 6"/>', words.observed, true],
    ['<path class="expected" d="M0 6H24"/>', words.expected, has(({ expected }) => expected !== null)],
    ['<path class="band" d="M0 1H24V11H0Z"/>', words.band, has(({ upper }) => upper !== null)],
    ['<path class="excess" d="M0 11L12 0 24 11Z"/>', words.excess, has(isAbove)],
    ['<path class="unfinished" d="M2 6H24"/>', words.unfinished, has((point) => isUnfinished(trend, point))],
    ['<path class="late" d="M7 12V3M15 12V6"/>', words.late, has(({ late }) => late > 0)],
    [
      '<path class="withheld" d="M0 4H24V12H0Z"/>',
      fill(locale.strings.places.suppressed, { count: locale.number(SMALLEST_SHOWN) }),
      has(({ isHidden }) => isHidden),
    ],
    ['<path class="gap" d="M0 0H24V12H0Z"/>', words.gap, has(({ count, isHidden }) => count === null && !isHidden)],
  ]
  return (
    <ul class="key" aria-hidden="true">
      {entries
        .filter(([, , isThere]) => isThere)
        .map(([path, name]) => (
          <li>
            {raw(`<svg class="chart-key" viewBox="0 0 24 12">${path}</svg>`)}
            {name}
          </li>
        ))}
    </ul>
  )
}

/** The same numbers as the drawing, newest first, with the day named where it changes. */
export function TrendTable({ trend, locale }: { trend: Trend; locale: Locale }) {
  const words = locale.strings.service
  const hasLate = trend.points.some(({ late }) => late > 0)
  const isDaily = trend.stepMs >= 86_400_000
  const newest = [...trend.points].reverse()
  const amount = (value: number | null) => (value === null ? '–' : locale.multiple(value))
  const columns = hasLate ? 6 : 5
  return (
    <section class="table-scroll" aria-label={words.tableCaption}>
      <table class="numbers">
        <caption class="hidden-text">{words.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.tableBin}</th>
            <th scope="col">{words.tableReports}</th>
            <th scope="col">{words.tableExpected}</th>
            <th scope="col">{words.tableRange}</th>
            <th scope="col">{words.tableOk}</th>
            {hasLate && <th scope="col">{words.tableLate}</th>}
          </tr>
        </thead>
        <tbody>
          {newest.map((point, index) => (
            <>
              {!isDaily && (index === 0 || locale.date(point.at) !== locale.date(newest[index - 1]!.at)) && (
                <tr class="day">
                  <th scope="rowgroup" colspan={columns}>
                    {locale.date(point.at)}
                  </th>
                </tr>
              )}
              <tr>
                <th scope="row">
                  {isDaily ? locale.date(point.at) : <Instant at={point.at} locale={locale} form="time" />}
                </th>
                <td class={isAbove(point) ? 'is-above' : undefined}>{countText(point, locale)}</td>
                <td>{amount(point.expected)}</td>
                <td>
                  {point.lower === null || point.upper === null ? '–' : `${amount(point.lower)}–${amount(point.upper)}`}
                </td>
                <td>{locale.number(point.ok)}</td>
                {hasLate && <td>{point.late > 0 ? locale.number(point.late) : ''}</td>}
              </tr>
            </>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.tableTotal}</th>
            <td>{locale.number(totalOf(trend.points))}</td>
            <td colspan={columns - 2} />
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

function countText({ count, isHidden }: TrendPoint, locale: Locale): string {
  if (isHidden) return fill(locale.strings.places.below, { value: locale.number(SMALLEST_SHOWN) })
  return count === null ? locale.strings.chart.gap : locale.number(count)
}
