import { escaped, short } from './markup.ts'

/** One bar as long as its share of the longest; the row beside it names it and its number. */
export function drawBar(share: number, longest: number): string {
  const width = longest > 0 ? (share / longest) * 100 : 0
  return `<svg class="bar-line" aria-hidden="true"><rect class="bar" width="${short(width)}%" height="100%"/></svg>`
}

/** A share of all with its interval, from 0 to 100 %. */
export function drawInterval({ share, lower, upper }: { share: number; lower: number; upper: number }): string {
  return (
    `<svg class="bar-line" aria-hidden="true"><rect class="bar bar-rest" width="100%" height="100%"/>` +
    `<rect class="bar" width="${short(share * 100)}%" height="100%"/>` +
    `<line class="bar-interval" x1="${short(lower * 100)}%" x2="${short(upper * 100)}%" y1="50%" y2="50%"/></svg>`
  )
}

export interface BarRow {
  label: string
  share: number
  /** As it is written beside the bar. */
  value: string
}

const ROW_HEIGHT = 30
const LABEL_WIDTH = 0.3

/** Bars with their labels as one picture, for exports. */
export function drawBars(rows: BarRow[], text: { title: string; description: string }, width: number): string {
  const longest = Math.max(0, ...rows.map(({ share }) => share))
  const room = width * (1 - LABEL_WIDTH) - 64
  const lines = rows.map(({ label, share, value }, index) => {
    const y = index * ROW_HEIGHT
    const length = longest > 0 ? (share / longest) * room : 0
    return (
      `<text x="0" y="${y + 19}">${escaped(label)}</text>` +
      `<rect class="bar" x="${short(width * LABEL_WIDTH)}" y="${y + 8}" width="${short(length)}" height="14"/>` +
      `<text x="${width}" y="${y + 19}" text-anchor="end">${escaped(value)}</text>`
    )
  })
  const height = rows.length * ROW_HEIGHT
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart bars-picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">` +
    `<title>${escaped(text.title)}</title><desc>${escaped(text.description)}</desc>${lines.join('')}</svg>`
  )
}
