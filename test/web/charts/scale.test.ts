import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../../src/time.ts'
import { countTicks, timeTicks } from '../../../web/charts/scale.ts'

describe('the scale of counts', () => {
  test.each([
    [0, [0, 1, 2]],
    [1, [0, 1, 2]],
    [3, [0, 1, 2, 3]],
    [496, [0, 200, 400, 600]],
    [1430, [0, 500, 1000, 1500]],
  ])('for %d is %j', (largest, ticks) => {
    expect(countTicks(largest)).toEqual(ticks)
  })

  test('begins at zero, holds the largest value, has whole steps, and never more than six lines', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (largest) => {
        const ticks = countTicks(largest)
        expect(ticks[0]).toBe(0)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest)
        expect(ticks.every(Number.isInteger)).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(6)
      }),
    )
  })
})

describe('the axis of time', () => {
  const from = Date.UTC(2025, 10, 23, 16, 5)

  test('names every third hour of a day, and midnight by its date', () => {
    const ticks = timeTicks(from, from + DAY, 'UTC')
    expect(ticks).toHaveLength(8)
    expect(ticks.filter(({ label }) => label === 'day').map(({ at }) => at)).toEqual([Date.UTC(2025, 10, 24)])
    expect(ticks.filter(({ isMajor }) => isMajor)).toHaveLength(4)
  })

  test('follows the zone, where the hours of a day are 23 when clocks go forward', () => {
    const march = Date.UTC(2025, 2, 29, 23)
    const midnights = timeTicks(march, march + 46 * HOUR, 'Europe/Berlin').filter(({ label }) => label === 'day')
    expect(midnights.map(({ at }) => at)).toEqual([march, march + 23 * HOUR])
  })

  test('stands on round hours in zones that lie half an hour off', () => {
    const [first] = timeTicks(from, from + DAY, 'Asia/Kolkata')
    expect(new Date(first!.at).toISOString()).toBe('2025-11-23T18:30:00.000Z')
  })

  test('names months over a year', () => {
    const ticks = timeTicks(from - 365 * DAY, from, 'UTC')
    expect(ticks).toHaveLength(12)
    expect(ticks.every(({ label }) => label === 'month')).toBe(true)
  })
})
