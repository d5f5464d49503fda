import { describe, expect, test } from 'vitest'
import { leadingRegions, secondPeakOf } from '../../src/record/incident-record.ts'
import { windowOfIncident } from '../../src/record/incident-window.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { ONSET } from '../support/incident-records.ts'

const quarters = (counts: (number | null)[]) =>
  counts.map((count, index) => ({ at: ONSET + index * 15 * MINUTE, count }))
const endOf = (index: number) => ONSET + (index + 1) * 15 * MINUTE

describe('a second peak', () => {
  test('is a rise of its own after a fall to less than half of it', () => {
    expect(secondPeakOf(quarters([5, 100, 30, 20, 80, 10]), endOf(1))).toEqual({ observed: 80, at: endOf(4) })
  })

  test('may come before the main one', () => {
    expect(secondPeakOf(quarters([70, 20, 100, 90]), endOf(2))).toEqual({ observed: 70, at: endOf(0) })
  })

  test('is not the shoulder of the first', () => {
    expect(secondPeakOf(quarters([5, 100, 80, 90, 60, 5]), endOf(1))).toBeNull()
  })

  test('is not an echo of less than half', () => {
    expect(secondPeakOf(quarters([100, 10, 49, 5]), endOf(0))).toBeNull()
  })

  test('is not told of a handful of reports', () => {
    expect(secondPeakOf(quarters([12, 1, 9, 0]), endOf(0))).toBeNull()
  })

  test('is nothing where nothing was counted', () => {
    expect(secondPeakOf([], ONSET)).toBeNull()
    expect(secondPeakOf(quarters([null, null]), endOf(0))).toBeNull()
  })
})

test('countries are told, and subdivisions only where no country is named', () => {
  expect(
    leadingRegions([
      { region: 'US-TX', share: 0.5 },
      { region: 'US', share: 0.9 },
    ]),
  ).toEqual([{ region: 'US', share: 0.9 }])
  expect(
    leadingRegions([
      { region: 'US-TX', share: 0.5 },
      { region: 'US-LA', share: 0.6 },
      { region: 'US-AK', share: 0 },
    ]),
  ).toEqual([
    { region: 'US-LA', share: 0.6 },
    { region: 'US-TX', share: 0.5 },
  ])
})

describe('the window of an incident', () => {
  const onset = { at: ONSET, from: ONSET, until: ONSET }

  test('shows two hours before and after a short one, in steps of five minutes', () => {
    expect(windowOfIncident({ onset, endedAt: ONSET + HOUR, asOf: ONSET + DAY })).toEqual({
      from: new Date(ONSET - 2 * HOUR),
      until: new Date(ONSET + 3 * HOUR),
      step: '5m',
    })
  })

  test('ends now while the incident is open', () => {
    const { until } = windowOfIncident({ onset, endedAt: null, asOf: ONSET + HOUR + MINUTE })
    expect(until).toEqual(new Date(ONSET + HOUR + 5 * MINUTE))
  })

  test('takes wider steps for days, never more than 3,000', () => {
    expect(windowOfIncident({ onset, endedAt: ONSET + 2 * DAY, asOf: ONSET + 9 * DAY }).step).toBe('15m')
    expect(windowOfIncident({ onset, endedAt: ONSET + 9 * DAY, asOf: ONSET + 90 * DAY }).step).toBe('1h')
  })
})
