import { raw } from 'hono/html'
import { drawTrend } from '../charts/draw-trend.ts'
import { totalOf } from '../charts/trend.ts'
import { type Multiple, sharedTop } from '../record/incident-figures.ts'
import { trendOf } from '../record/trend-of.ts'
import type { Locale } from '../strings/format.ts'

/** Small drawings on one scale, each under its name and its sum. */
export function Multiples({ multiples, locale }: { multiples: Multiple[]; locale: Locale }) {
  const top = sharedTop(multiples)
  return (
    <div class="multiples">
      {multiples.map(({ label, series }) => {
        const trend = trendOf(series)
        return (
          <div>
            <h3>{label}</h3>
            <p class="subtitle">
              {trend.points.some(({ isHidden }) => isHidden) && '≥ '}
              {locale.plural(locale.strings.service.reports, totalOf(trend.points))}
            </p>
            {raw(drawTrend(trend, locale, { title: label, sharedTop: top }))}
          </div>
        )
      })}
    </div>
  )
}
