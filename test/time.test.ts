import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketStart, MINUTE } from '../src/time.ts'

test('a bucket holds its start and not its end', () => {
  expect(bucketStart(new Date('2026-01-01T00:00:59.999Z'), MINUTE)).toEqual(new Date('2026-01-01T00:00:00Z'))
  expect(bucketStart(new Date('2026-01-01T00:01:00Z'), MINUTE)).toEqual(new Date('2026-01-01T00:01:00Z'))
})

test('every instant lies in its own bucket', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 1440 }),
      (instant, minutes) => {
        const start = bucketStart(instant, minutes * MINUTE).getTime()
        expect(start).toBeLessThanOrEqual(instant.getTime())
        expect(instant.getTime()).toBeLessThan(start + minutes * MINUTE)
      },
    ),
  )
})
