import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  advanceSeries,
  beginSeries,
  type LiveSeries,
  type MinuteCount,
  peekAhead,
  seriesOptions,
  shareOf,
} from '../../src/tick/series.ts'
import { MINUTE } from '../../src/time.ts'

const BEGIN = Date.UTC(2026, 2, 2)
const begin = (scope = 'US'): LiveSeries =>
  beginSeries({ serviceId: 1, scope }, seriesOptions(scope, [], { expectedPerBucket: 0.3, weight: 0.5 }), BEGIN)

const minutesOf = (weights: readonly number[]): MinuteCount[] =>
  weights.flatMap((weight, n) => (weight > 0 ? [{ atMs: BEGIN + n * MINUTE, weight }] : []))

test('it does not matter in how many calls minutes are taken in', () => {
  const weights = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6000 })), {
    minLength: 2,
    maxLength: 120,
  })
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 119 }), fc.integer({ min: 0, max: 100 }), (weights, cut, gapAt) => {
      const gaps = [{ fromMs: BEGIN + gapAt * MINUTE, untilMs: BEGIN + (gapAt + 7) * MINUTE }]
      const minutes = minutesOf(weights)
      const untilMs = BEGIN + weights.length * MINUTE
      const whole = begin()
      advanceSeries(whole, minutes, gaps, untilMs)
      const parted = begin()
      const cutMs = Math.min(BEGIN + cut * MINUTE, untilMs)
      advanceSeries(
        parted,
        minutes.filter(({ atMs }) => atMs < cutMs),
        gaps,
        cutMs,
      )
      advanceSeries(parted, minutes, gaps, untilMs)
      expect(parted.detector.serialise()).toBe(whole.detector.serialise())
      expect(parted.carry).toBe(whole.carry)
    }),
    { numRuns: 60 },
  )
})

test('fractions of a reporter are kept until they make a whole one', () => {
  const series = begin()
  const counted: number[] = []
  const advance = series.detector.advance.bind(series.detector)
  series.detector.advance = (startMs, count) => {
    counted.push(count)
    return advance(startMs, count)
  }
  advanceSeries(series, minutesOf([400, 400, 400, 2300]), [], BEGIN + 4 * MINUTE)
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(3)
  expect(series.carry).toBe(500)
})

test('a look ahead says no more than the finished minute will, and changes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (soFar, later) => {
      const series = begin('world')
      advanceSeries(
        series,
        minutesOf(Array.from({ length: 300 }, (_, n) => (n % 3 === 0 ? 1000 : 0))),
        [],
        BEGIN + 300 * MINUTE,
      )
      const before = series.detector.serialise()
      const atMs = BEGIN + 300 * MINUTE
      const early = peekAhead(series, [{ atMs, weight: soFar * 1000 }])
      expect(series.detector.serialise()).toBe(before)
      advanceSeries(series, [{ atMs, weight: (soFar + later) * 1000 }], [], atMs + MINUTE)
      if (early.level !== 'quiet') expect(series.detector.peek().level).not.toBe('quiet')
    }),
    { numRuns: 60 },
  )
})

test('minutes of a gap are not zeros, and those around it are', () => {
  const series = begin()
  const taken: number[] = []
  const advance = series.detector.advance.bind(series.detector)
  series.detector.advance = (startMs, count) => {
    taken.push((startMs - BEGIN) / MINUTE)
    return advance(startMs, count)
  }
  const gap = { fromMs: BEGIN + 5 * MINUTE, untilMs: BEGIN + 9 * MINUTE }
  advanceSeries(series, minutesOf([1000, 0, 1000]), [gap], BEGIN + 12 * MINUTE)
  expect([...new Set(taken)]).toEqual([0, 1, 2, 3, 4, 9, 10, 11])
})

test('shares of the alarm budget do not depend on who has reported so far, and regions share one', () => {
  expect(shareOf('world', [])).toBe(1)
  expect(shareOf('US', [])).toBeGreaterThan(shareOf('LI', []))
  expect(shareOf('DE', ['DE'])).toBe(0.5)
  expect(shareOf('US', ['DE'])).toBe(shareOf('US', []))
})
