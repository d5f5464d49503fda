import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minutesSinceEnd } from '../../src/incident/recovery.ts'

const times = (count: number, value: number) => new Array<number>(count).fill(value)

describe('minutes since the end', () => {
  test.each([
    { what: 'a rise that goes on', usual: 1, lately: times(60, 8), minutes: 0 },
    { what: 'a sharp end', usual: 1, lately: [...times(40, 30), ...times(20, 1)], minutes: 20 },
    { what: 'a slow end', usual: 4, lately: [60, 50, 40, 30, 20, 14, 10, 9, 8, ...times(12, 4)], minutes: 12 },
    { what: 'a thin series', usual: 0.05, lately: [...times(50, 2), ...times(10, 0)], minutes: 10 },
    { what: 'a lull in a rise', usual: 1, lately: [...times(40, 9), ...times(5, 1), 9, 9, 8], minutes: 0 },
    { what: 'nothing heard', usual: 1, lately: [], minutes: 0 },
    { what: 'a series that was usual throughout', usual: 2, lately: times(60, 2), minutes: 60 },
  ])('of $what', ({ usual, lately, minutes }) => {
    expect(minutesSinceEnd(usual, lately)).toBe(minutes)
  })

  test('do not begin before the last minute that stands far above the usual', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59 }), fc.double({ min: 0.01, max: 20, noNaN: true }), (quiet, usual) => {
        const lately = [...times(60 - quiet, Math.ceil(10 * usual + 60)), ...times(quiet, Math.floor(usual))]
        expect(minutesSinceEnd(usual, lately)).toBe(quiet)
      }),
    )
  })
})
