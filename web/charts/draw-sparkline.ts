import { short } from './markup.ts'

export interface Sparkline {
  /** Counts of bins of one width, oldest first; `null` is a gap. */
  counts: (number | null)[]
  /** Top of the expected band, bin by bin. */
  upper: (number | null)[]
  isDown: boolean
}

const WIDTH = 120
const HEIGHT = 32

/**
 * A day in a line, without words: the row beside it says the same. Its top is its own maximum, but at least twice the top
 * of the band, or noise would look like a crisis.
 */
export function drawSparkline({ counts, upper, isDown }: Sparkline): string {
  const bandTop = Math.max(0, ...upper.map((value) => value ?? 0))
  const top = Math.max(1, 2 * bandTop, ...counts.map((count) => count ?? 0))
  const x = (index: number) => (index / Math.max(1, counts.length - 1)) * WIDTH
  const y = (value: number) => HEIGHT - (value / top) * HEIGHT
  const band = upper.every((value) => value !== null)
    ? `<path class="band" d="M0 ${HEIGHT}${upper.map((value, index) => `L${short(x(index))} ${short(y(value!))}`).join('')}L${WIDTH} ${HEIGHT}Z"/>`
    : ''
  let d = ''
  for (const [index, count] of counts.entries()) {
    if (count === null) continue
    d += `${d && counts[index - 1] !== null ? 'L' : 'M'}${short(x(index))} ${short(y(count))}`
  }
  return (
    `<svg class="sparkline${isDown ? ' sparkline-down' : ''}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">` +
    `${band}<path class="observed" d="${d}"/></svg>`
  )
}
