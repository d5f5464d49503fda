import { describe, expect, test } from 'vitest'
import { HOUR } from '../../../src/time.ts'
import { drawBar } from '../../../web/charts/draw-bars.ts'
import { drawSparkline } from '../../../web/charts/draw-sparkline.ts'
import { drawTrend } from '../../../web/charts/draw-trend.ts'
import { describeTrend, peakOf, type Trend, totalOf } from '../../../web/charts/trend.ts'
import { localeOf } from '../../../web/strings/format.ts'
import { AS_OF, ONSET, trend } from '../fixtures/snapshots.ts'

const locale = localeOf('en')
const draw = (shown: Trend, options = {}) => drawTrend(shown, locale, { title: 'Reports', ...options })
const pathsOf = (svg: string, name: string) =>
  [...svg.matchAll(new RegExp(`<path class="${name}" d="([^"]*)"`, 'g'))].map(([, d]) => d!)

/** Five bins, of which the last is unfinished. */
function small(counts: (number | null)[], upper = 4): Trend {
  const stepMs = HOUR
  const from = Date.UTC(2025, 10, 24)
  return {
    from,
    until: from + counts.length * stepMs,
    asOf: from + (counts.length - 0.5) * stepMs,
    stepMs,
    points: counts.map((count, index) => ({
      at: from + index * stepMs,
      count,
      isHidden: false,
      expected: 2,
      lower: 0,
      upper,
      ok: 0,
      late: 0,
    })),
  }
}

describe('the drawing of a trend', () => {
  test('says in one sentence what it shows', () => {
    const shown = small([1, 2, 10, 3, 1])
    expect(draw(shown)).toContain(`aria-label="Reports. ${describeTrend(shown, locale)}"`)
    expect(describeTrend(shown, locale)).toBe(
      '17 reports from 24 Nov 2025, 00:00 to 24 Nov 2025, 04:30 UTC. The peak is 10 at 24 Nov 2025, 02:00, where 2 are usual.',
    )
  })

  test('marks the highest bin above the band with its number and time', () => {
    expect(draw(small([1, 2, 10, 7, 1]))).toContain('>Peak 10 at 02:00</text>')
    expect(draw(small([1, 2, 3, 4, 1]))).not.toContain('Peak')
    // The rise that began within that bin did not peak before it began.
    const shown = small([1, 2, 10, 7, 1])
    const onset = shown.points[2]!.at + 3 * 60_000
    expect(drawTrend(shown, locale, { title: 'Reports', onset })).toContain('>Peak 10 at 02:03</text>')
  })

  test('writes the peak on the side that has room', () => {
    const anchorOfPeak = (svg: string) => /class="peak-label[^>]*text-anchor="(\w+)"/.exec(svg)?.[1]
    expect(anchorOfPeak(draw(small([10, 2, 1, 1, 1])))).toBe('start')
    expect(anchorOfPeak(draw(small([1, 2, 1, 10, 1])))).toBe('end')
  })

  test('lifts the line where nobody was listening, and shades the gap', () => {
    const svg = draw(small([1, 2, null, null, 3, 2, 1]))
    expect(pathsOf(svg, 'observed')[0]!.match(/M/g)).toHaveLength(2)
    expect(pathsOf(svg, 'gap')).toHaveLength(1)
  })

  test('draws a strip where a count is hidden, up to the most that it can be, and no line that claims one', () => {
    const shown = small([9, null, 9, 1, 1])
    shown.points[1]!.isHidden = true
    expect(pathsOf(draw(shown), 'gap')).toEqual([])
    expect(pathsOf(draw(shown), 'withheld')).toHaveLength(1)
    expect(pathsOf(draw(shown), 'observed')[0]!.match(/M/g)).toHaveLength(2)
    expect(draw(shown)).toContain('data-counts="9  9 1 1"')
  })

  test('marks a bin between two gaps with a dot', () => {
    expect(draw(small([null, 2, null, 1, 1, 1]))).toContain('class="lone"')
  })

  test('leads to an unfinished bin with dots only', () => {
    const svg = draw(small([1, 3, 2, 1, 9]))
    expect(pathsOf(svg, 'observed')[0]!.match(/[ML]/g)).toHaveLength(3)
    expect(pathsOf(svg, 'unfinished')).toHaveLength(1)
  })

  test('fills what exceeds the band, cut where the lines cross', () => {
    const [area] = pathsOf(draw(small([0, 8, 0, 0, 0])), 'excess')
    expect(area!.match(/[ML]/g)).toHaveLength(3)
    expect(pathsOf(draw(small([0, 4, 0, 0, 0])), 'excess')).toEqual([])
  })

  test('leaves out what lies on a straight line', () => {
    expect(pathsOf(draw(small([1, 1, 1, 1, 1])), 'observed')[0]!.match(/[ML]/g)).toHaveLength(2)
    expect(pathsOf(draw(small([1, 2, 3, 1, 1, 1])), 'observed')[0]!.match(/[ML]/g)).toHaveLength(4)
  })

  test('shows late reports apart from the line', () => {
    const shown = small([1, 1, 1, 1, 1])
    shown.points[1]!.late = 3
    expect(pathsOf(draw(shown), 'late')).toHaveLength(1)
    expect(totalOf(shown.points)).toBe(5)
  })

  test('stands without a baseline, and without any report', () => {
    const svg = draw(trend({ hourly: null }))
    expect(pathsOf(svg, 'expected')).toEqual([])
    expect(svg).toContain('0 reports')
  })

  test('names the turning point where it lies inside', () => {
    expect(draw(trend({ times: 30 }), { onset: ONSET })).toContain('>Rise began 14:00</text>')
    expect(draw(trend({ times: 30 }), { onset: AS_OF - 40 * HOUR })).not.toContain('Rise began')
  })

  test('has no style of its own, and no words but those of the locale', () => {
    const svg = drawTrend(trend({ times: 30 }), localeOf('de'), { title: 'a "b" <c>' })
    expect(svg).not.toMatch(/style=|<script|<c>/)
    expect(svg).toContain('Höchstwert')
  })

  test('is a picture of its own with fixed coordinates when a size is asked for', () => {
    const svg = draw(trend({ times: 30 }), { frame: { width: 800, height: 400 } })
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"')
    expect(svg).not.toContain('%')
  })

  test('keeps every coordinate a number', () => {
    for (const shown of [trend(), trend({ times: 50 }), trend({ hourly: null }), small([null, null]), small([0])])
      expect(draw(shown)).not.toMatch(/NaN|undefined|Infinity/)
  })
})

test('a bin that is a little above its band, or holds next to nothing, is no peak', () => {
  expect(peakOf(small([6, 1, 1, 1, 1]))).toBeNull()
  expect(peakOf(small([5, 0, 0, 0, 0], 2))).toBeNull()
})

test('the peak is looked for among the bins above the band alone', () => {
  const shown = small([8, 1, 1, 1, 1])
  shown.points[2]!.count = 9
  shown.points[2]!.upper = 20
  expect(peakOf(shown)?.count).toBe(8)
})

test('a sparkline of noise stays low, since its top is at least twice the band', () => {
  const heights = (svg: string) =>
    [...svg.matchAll(/observed" d="([^"]*)"/g)].flatMap(([, d]) =>
      [...d!.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y)),
    )
  const noise = drawSparkline({ counts: [1, 2, 1, 3], upper: [4, 4, 4, 4], isDown: false })
  expect(Math.min(...heights(noise))).toBeGreaterThan(16)
})

test('a bar is as long as its share of the longest', () => {
  expect(drawBar(22, 44)).toContain('width="50%"')
  expect(drawBar(0, 0)).toContain('width="0%"')
})
