import { drawTrend } from '../charts/draw-trend.ts'
import { escaped } from '../charts/markup.ts'
import type { Trend } from '../charts/trend.ts'
import type { Locale } from '../strings/format.ts'

export interface LabelledTrend {
  label: string
  trend: Trend
}

/** Small drawings in columns, each under its name, all on one scale. */
export function drawLabelled(
  trends: readonly LabelledTrend[],
  {
    locale,
    width,
    columns,
    height,
    top,
  }: { locale: Locale; width: number; columns: number; height: number; top: number },
): { svg: string; height: number } {
  const column = width / columns
  const row = height + 40
  const cells = trends.map(({ label, trend }, index) => {
    const [x, y] = [(index % columns) * column, Math.floor(index / columns) * row]
    const drawing = drawTrend(trend, locale, { title: label, sharedTop: top, frame: { width: column - 12, height } })
    return `<g transform="translate(${Math.round(x)} ${y})"><text class="label" x="8" y="16">${escaped(label)}</text><g transform="translate(0 20)">${drawing}</g></g>`
  })
  return { svg: `<g>${cells.join('')}</g>`, height: Math.ceil(trends.length / columns) * row }
}
