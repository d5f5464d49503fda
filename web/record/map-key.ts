import { escaped } from '../charts/markup.ts'
import { paintOf } from '../map/map-cell.ts'
import type { keyOf } from '../pages/place-paint.ts'

const STEP = { width: 52, height: 12 }
const OTHER_GAP = 20
/** Widest that a letter of the key's size is on average. */
const LETTER = 7.6

/** Bounds stand under the edges that they are; the first and last label keep inside. */
const anchorOf = (step: number, steps: number) => (step === 0 ? 'start' : step === steps - 1 ? 'end' : 'middle')

/** The key of a map inside a picture: what the colours mean, and the three looks of what is no number. */
export function drawMapKey(
  { steps, others }: ReturnType<typeof keyOf>,
  { width, mapId }: { width: number; mapId: string },
): { svg: string; height: number } {
  const marks = steps.map(
    (label, step) =>
      `<rect class="map-${step}" x="${step * STEP.width}" y="0" width="${STEP.width}" height="${STEP.height}"/>` +
      `<text x="${(step === steps.length - 1 ? step + 1 : step) * STEP.width}" y="27" text-anchor="${anchorOf(step, steps.length)}">${escaped(label)}</text>`,
  )
  let [x, y] = [steps.length * STEP.width + 2 * OTHER_GAP, 0]
  const looks = others.map(([look, label]) => {
    const length = 28 + label.length * LETTER
    if (x > 0 && x + length > width) [x, y] = [0, y + (y === 0 ? 42 : 22)]
    const { fill } = paintOf(look, mapId)
    const mark =
      `<rect class="map-${look}" x="${x + 0.5}" y="${y + 0.5}" width="20" height="12"${fill === null ? '' : ` fill="${fill}"`}/>` +
      `<text x="${x + 28}" y="${y + 11}">${escaped(label)}</text>`
    x += length + OTHER_GAP
    return mark
  })
  return { svg: `<g class="map map-key">${marks.join('')}${looks.join('')}</g>`, height: Math.max(36, y + 22) }
}
