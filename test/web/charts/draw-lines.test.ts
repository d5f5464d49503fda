import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../../src/time.ts'
import { drawLines, type Line, spread } from '../../../web/charts/draw-lines.ts'
import type { Trend } from '../../../web/charts/trend.ts'
import { localeOf } from '../../../web/strings/format.ts'

const FROM = Date.parse('2025-11-24T12:00:00Z')
const FRAME = { width: 900, height: 440 }

function trendOf(counts: (number | null)[], from = FROM): Trend {
  const stepMs = 15 * MINUTE
  return {
    from,
    until: from + counts.length * stepMs,
    asOf: from + counts.length * stepMs,
    stepMs,
    points: counts.map((count, index) => ({
      at: from + index * stepMs,
      count,
      isHidden: false,
      expected: 2,
      lower: 0,
      upper: 5,
      ok: 0,
      late: 0,
    })),
  }
}

const aLine = (label: string, counts: (number | null)[], changes: Partial<Line> = {}): Line => ({
  label,
  trend: trendOf(counts),
  origin: null,
  ...changes,
})
const draw = (lines: Line[], usual: string | null = null) =>
  drawLines(lines, localeOf('en'), { title: 'Compared', description: 'Two.', usual, frame: FRAME })

/** The line of a look as places. */
function placesOf(svg: string, look: number): { x: number; y: number }[][] {
  const d = new RegExp(`class="line line-${look}" d="([^"]*)"`).exec(svg)![1]!
  return d
    .split('M')
    .filter(Boolean)
    .map((part) => part.split('L').map((pair) => ({ x: Number(pair.split(' ')[0]), y: Number(pair.split(' ')[1]) })))
}

describe('several series in one chart', () => {
  test('share one scale: twice the count is twice as high', () => {
    const svg = draw([aLine('A', [0, 40, 0, 0]), aLine('B', [0, 80, 0, 0])])
    const bottom = placesOf(svg, 1)[0]![0]!.y
    const [a, b] = [1, 2].map((look) => bottom - placesOf(svg, look)[0]![1]!.y)
    expect(b! / a!).toBeCloseTo(2, 2)
  })

  test('each have their name at their end, and their highest count in figures', () => {
    const svg = draw([aLine('PlayStation Network', [0, 40, 1]), aLine('Gmail', [0, 80, 60])])
    expect(svg.replaceAll(/<[^>]+>/g, ' ')).toMatch(/PlayStation\s+Network/)
    for (const text of ['Gmail', '>40<', '>80<']) expect(svg).toContain(text)
  })

  test('are lifted where nothing was measured', () => {
    expect(placesOf(draw([aLine('A', [1, 2, null, null, 3, 4])]), 1).map((part) => part.length)).toEqual([2, 2])
  })

  test('laid over one another from their onset meet where they are as old, though their bins begin at other minutes', () => {
    const early = aLine('A', [0, 0, 10, 0], { origin: FROM + 30 * MINUTE })
    const later = FROM + 5 * 24 * HOUR
    const late: Line = { label: 'B', trend: trendOf([0, 0, 10, 0], later), origin: later + 37 * MINUTE }
    const svg = draw([early, late])
    const [a, b] = [placesOf(svg, 1)[0]![2]!, placesOf(svg, 2)[0]![2]!]
    const perMinute = (placesOf(svg, 1)[0]![3]!.x - a.x) / 15
    expect((a.x - b.x) / perMinute).toBeCloseTo(7, 1)
    expect(svg).toContain('>0 min<')
  })

  test('as multiples have a line where the usual level is', () => {
    expect(draw([aLine('A', [1, 9, 1])], 'usual level')).toContain('usual level')
    expect(draw([aLine('A', [1, 9, 1])])).not.toContain('class="expected"')
  })

  test('have no name that is markup', () => {
    expect(draw([aLine('<b>', [1])])).not.toContain('<b>')
  })
})

describe('labels', () => {
  const apart = (heights: number[], rooms: number[]) =>
    heights.slice(1).map((height, index) => height - heights[index]! - (rooms[index]! + rooms[index + 1]!) / 2)

  test('stay where they have room', () => {
    expect(spread([0.1, 0.5, 0.9], [0.1, 0.1, 0.1]).map((height) => height.toFixed(3))).toEqual([
      '0.100',
      '0.500',
      '0.900',
    ])
  })

  test.each([[[0.5, 0.5]], [[1, 1, 1, 1, 1]], [[0, 0, 0]], [[0.2, 0.21, 0.9, 0.95, 0.99]]])(
    'that would collide (%j) are moved apart, within the chart',
    (wanted) => {
      const rooms = wanted.map((_, index) => (index % 2 === 0 ? 0.12 : 0.07))
      const heights = spread(wanted, rooms)
      for (const gap of apart(heights, rooms)) expect(gap).toBeGreaterThan(-1e-9)
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...heights)).toBeLessThanOrEqual(1 + 1e-9)
    },
  )

  test('move both ways, as little as it takes', () => {
    expect(spread([0.5, 0.5], [0.1, 0.1]).map((height) => height.toFixed(3))).toEqual(['0.450', '0.550'])
  })
})
