import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gapBetween, type Onset, onsetOf } from '../../src/detection/onset.ts'

const MINUTE = 60_000
const END = 60 * MINUTE
const flatThen = (minutes: number, before: number, after: number) =>
  Array.from({ length: 60 }, (_, minute) => (minute < minutes ? before : after))

test('a sharp rise is known to the minute', () => {
  expect(onsetOf(flatThen(40, 10, 90), 10, END)).toEqual({
    atMs: 40 * MINUTE,
    fromMs: 40 * MINUTE,
    untilMs: 41 * MINUTE,
  })
})

test('of few reports the interval is wide, and still holds the begin', () => {
  // One report in ten minutes, then one in two: the begin lies between reports.
  const course = Array.from({ length: 60 }, (_, minute) => (minute < 40 ? (minute % 10 === 9 ? 1 : 0) : minute % 2))
  const { fromMs, untilMs } = onsetOf(course, 0.1, END)!
  expect(fromMs).toBeLessThanOrEqual(40 * MINUTE)
  expect(untilMs).toBeGreaterThan(40 * MINUTE)
  expect(untilMs - fromMs).toBeGreaterThan(5 * MINUTE)
})

test('a rise keeps its begin when the reports fall again', () => {
  const over = flatThen(20, 10, 60).map((reports, minute) => (minute < 50 ? reports : 10))
  expect(onsetOf(over, 10, END)).toMatchObject({ atMs: 20 * MINUTE })
})

test.each([
  ['nothing rose', flatThen(30, 10, 10), 10],
  ['fewer came than foreseen', flatThen(30, 5, 5), 10],
  ['it had risen before the first minute', flatThen(0, 10, 90), 10],
  ['there are no minutes', [], 10],
])('no begin is seen where %s', (_what, course, usual) => {
  expect(onsetOf(course, usual, END)).toBeNull()
})

const courses = fc.record({
  course: fc.array(fc.nat(40), { minLength: 1, maxLength: 60 }),
  // Never the rate of a part of the course, so that no rounding decides whether there is a rise.
  usual: fc.nat(20).map((whole) => whole + 0.37),
})

test('the interval holds the likeliest begin', () => {
  fc.assert(
    fc.property(courses, ({ course, usual }) => {
      const onset = onsetOf(course, usual, END)
      if (onset === null) return
      expect(onset.fromMs).toBeLessThanOrEqual(onset.atMs)
      expect(onset.untilMs).toBeGreaterThan(onset.atMs)
      expect(onset.untilMs).toBeLessThanOrEqual(END)
    }),
  )
})

test('ten times the reports tell the same begin more closely', () => {
  fc.assert(
    fc.property(courses, ({ course, usual }) => {
      const [few, many] = [
        onsetOf(course, usual, END),
        onsetOf(
          course.map((reports) => 10 * reports),
          10 * usual,
          END,
        ),
      ]
      expect(many?.atMs).toBe(few?.atMs)
      if (few === null || many === null) return
      expect(many.fromMs).toBeGreaterThanOrEqual(few.fromMs)
      expect(many.untilMs).toBeLessThanOrEqual(few.untilMs)
    }),
  )
})

test('two onsets are as far apart as their intervals', () => {
  const onset = (from: number, until: number): Onset => ({ atMs: from, fromMs: from, untilMs: until })
  expect(gapBetween(onset(0, 5), onset(8, 9))).toBe(3)
  expect(gapBetween(onset(8, 9), onset(0, 5))).toBe(3)
  expect(gapBetween(onset(0, 8), onset(5, 20))).toBe(0)
})
