import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AttemptOutcome,
  DEFAULT_RETRY_SCHEDULE,
  leaseMs,
  nextStep,
  PAUSE_AFTER_MS,
  parseSchedule,
  retryAfterSeconds,
  shouldPause,
} from '../../src/alert/delivery-policy.ts'

const now = new Date('2026-05-01T12:00:00Z')
const answered = (status: number, retryAfter: string | null = null): AttemptOutcome => ({
  kind: 'answered',
  status,
  retryAfter,
})
const decide = (outcome: AttemptOutcome, attempt = 1, random = 0) =>
  nextStep(outcome, { attempt, now, schedule: DEFAULT_RETRY_SCHEDULE, random })

test.each([200, 201, 202, 204, 299])('an answer of %i is a delivery', (status) => {
  expect(decide(answered(status))).toEqual({ step: 'delivered' })
})

test.each([100, 301, 302, 307, 308, 400, 401, 404, 409, 429, 500, 503])(
  'an answer of %i is a failure that is tried again, redirects included',
  (status) => {
    expect(decide(answered(status))).toEqual({ step: 'retry', dueAt: new Date('2026-05-01T12:00:05Z') })
  },
)

test('410 ends all deliveries to that endpoint', () => {
  expect(decide(answered(410))).toEqual({ step: 'disable' })
})

test.each(['forbidden-address', 'dns', 'tls', 'timeout', 'connection', 'too-large'] as const)(
  'no answer (%s) is tried again',
  (failure) => {
    expect(decide({ kind: 'failed', failure })).toMatchObject({ step: 'retry' })
  },
)

const failure = fc.oneof(
  fc.integer({ min: 300, max: 599 }).filter((status) => status !== 410),
  fc.constant(0),
)
const outcomeOf = (status: number, retryAfter: string | null): AttemptOutcome =>
  status === 0 ? { kind: 'failed', failure: 'timeout' } : answered(status, retryAfter)

test('the wait is never shorter than planned, never shorter than asked for, and at most a fifth longer', () => {
  fc.assert(
    fc.property(
      failure,
      fc.integer({ min: 1, max: DEFAULT_RETRY_SCHEDULE.length }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 1_000_000 })),
      (status, attempt, random, asked) => {
        const step = decide(outcomeOf(status, asked === null ? null : String(asked)), attempt, random)
        if (step.step !== 'retry') throw new Error(`expected a retry, got ${step.step}`)
        const waited = (step.dueAt.getTime() - now.getTime()) / 1000
        const honoured = status === 0 ? 0 : Math.min(asked ?? 0, 86_400)
        const floor = Math.max(DEFAULT_RETRY_SCHEDULE[attempt - 1]!, honoured)
        expect(waited).toBeGreaterThanOrEqual(floor)
        expect(waited).toBeLessThanOrEqual(floor * 1.2 + 0.001)
      },
    ),
  )
})

test('every delivery ends: after the schedule is used up it is given up, whatever was answered', () => {
  fc.assert(
    fc.property(failure, fc.integer({ min: 1, max: 50 }), (status, beyond) => {
      expect(decide(outcomeOf(status, '30'), DEFAULT_RETRY_SCHEDULE.length + beyond)).toEqual({ step: 'give-up' })
    }),
  )
})

test('endpoints that failed at the same moment come back at different ones', () => {
  const due = [0, 0.25, 0.5, 0.75].map((random) => JSON.stringify(decide(answered(500), 4, random)))
  expect(new Set(due).size).toBe(4)
})

test('the default schedule goes on for days', () => {
  const total = DEFAULT_RETRY_SCHEDULE.reduce((sum, seconds) => sum + seconds, 0)
  expect(total / 86_400).toBeGreaterThan(3)
})

test.each([
  ['120', 120],
  ['0', 0],
  [' 7 ', 7],
  ['Fri, 01 May 2026 12:02:00 GMT', 120],
  ['Fri, 01 May 2026 11:00:00 GMT', 0],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['2026', 2026],
  ['', null],
  [null, null],
])('Retry-After "%s" asks for %s seconds', (field, seconds) => {
  expect(retryAfterSeconds(field, now)).toBe(seconds)
})

test('an endpoint is paused after days of failures, not after one failure long ago', () => {
  const failingSince = new Date(now.getTime() - PAUSE_AFTER_MS)
  expect(shouldPause({ failingSince, failedAttempts: 5, now })).toBe(true)
  expect(shouldPause({ failingSince, failedAttempts: 4, now })).toBe(false)
  expect(shouldPause({ failingSince: new Date(failingSince.getTime() + 1), failedAttempts: 500, now })).toBe(false)
})

test.each([
  ['5,300, 1800', [5, 300, 1800]],
  ['0.2', [0.2]],
  ['', null],
  ['5,,6', null],
  ['5;6', null],
  ['-1', null],
  ['9999999', null],
])('the retry schedule "%s" is read as %j', (text, schedule) => {
  expect(parseSchedule(text)).toEqual(schedule)
})

test('a lease outlives the attempt it covers', () => {
  expect(leaseMs(15_000)).toBeGreaterThan(15_000)
  expect(leaseMs(0)).toBeGreaterThan(0)
})
