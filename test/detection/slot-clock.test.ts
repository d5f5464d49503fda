import { expect, test } from 'vitest'
import { clockChangeAt } from '../../src/detection/clock-shift.ts'
import { seasonPhase, slotClock, slotOf, zoneOffset } from '../../src/detection/slot-clock.ts'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(text)

test.each([
  ['Europe/Berlin', '2026-03-29T00:59:00Z', 1],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 2],
  ['America/New_York', '2026-11-01T05:59:00Z', -4],
  ['America/New_York', '2026-11-01T06:00:00Z', -5],
  ['Asia/Kathmandu', '2026-06-01T00:00:00Z', 5.75],
  ['UTC', '2026-06-01T00:00:00Z', 0],
])('the clock in %s at %s is %d hours from UTC', (zone, instant, hours) => {
  expect(zoneOffset(zone, at(instant))).toBe(hours * HOUR)
})

test('a week of quarter hours has 672 slots and begins on Monday at local midnight', () => {
  const clock = slotClock(60_000, 7 * 24 * HOUR, 15 * 60_000, 'Europe/Berlin')

  expect(clock.slots).toBe(672)
  expect(slotOf(clock, seasonPhase(clock, at('2026-03-08T22:59:00Z')))).toBe(671)
  expect(slotOf(clock, seasonPhase(clock, at('2026-03-08T23:00:00Z')))).toBe(0)
})

test('the same local hour keeps its slot across a clock change', () => {
  const clock = slotClock(60_000, 7 * 24 * HOUR, 15 * 60_000, 'Europe/Berlin')
  const before = slotOf(clock, seasonPhase(clock, at('2026-03-24T08:00:00Z')))
  const after = slotOf(clock, seasonPhase(clock, at('2026-03-31T07:00:00Z')))

  expect(after).toBe(before)
})

test.each([
  [1, 15],
  [2, 20],
  [3, 15],
  [4, 20],
  [5, 15],
  [6, 30],
  [7, 21],
  [30, 30],
])('buckets of %d minutes share slots of %d, which cut hours evenly where any can', (bucket, slot) => {
  expect(slotClock(bucket * 60_000, 7 * 24 * HOUR, 15 * 60_000, null).slotMs).toBe(slot * 60_000)
})

test('weekly counts with a yearly season have 52 slots and no days to borrow from', () => {
  expect(slotClock(604_800_000, 31_449_600_000, 900_000, null)).toMatchObject({ slots: 52, slotsPerDay: 0 })
})

test.each([
  ['2025-10-26T03:00:00Z', -1],
  ['2025-11-02T09:00:00Z', -1],
  ['2026-03-08T09:00:00Z', 1],
  ['2026-03-29T03:00:00Z', 1],
  ['2026-04-05T03:00:00Z', -1],
  ['2026-03-18T03:00:00Z', 0],
  ['2026-06-28T03:00:00Z', 0],
  ['2025-10-31T03:00:00Z', 0],
  ['2025-09-28T03:00:00Z', 1],
  ['2025-10-05T03:00:00Z', 1],
])('which way clocks move around %s: %s', (instant, expected) => {
  expect(clockChangeAt(at(instant))).toBe(expected)
})
