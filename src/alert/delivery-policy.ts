import { DAY, HOUR, SECOND } from '../time.ts'

/**
 * What happens after an attempt to deliver a webhook: pure, so that every case can be tested. The schedule is that which
 * Standard Webhooks recommends, about three days in all.
 */

/** Seconds from one attempt to the next; as many retries as entries. */
export const DEFAULT_RETRY_SCHEDULE = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** Each wait is lengthened by up to this share, so that what failed together does not come back together. */
const JITTER = 0.2

/** A receiver that asks for more patience than this is not believed. */
const MAX_RETRY_AFTER_SECONDS = DAY / SECOND

/** An endpoint that has refused everything for this long is paused. */
export const PAUSE_AFTER_MS = 3 * DAY

/** Fewer attempts than this say nothing about an endpoint, however long ago the first was. */
const PAUSE_AFTER_ATTEMPTS = 5

/** Why an attempt failed where there was no usable answer. */
export type DialFailure = 'forbidden-address' | 'dns' | 'tls' | 'timeout' | 'connection' | 'too-large'

export type AttemptOutcome =
  | { kind: 'answered'; status: number; retryAfter: string | null }
  | { kind: 'failed'; failure: DialFailure }

export type NextStep =
  | { step: 'delivered' }
  /** The receiver said 410: it wants nothing more, ever. */
  | { step: 'disable' }
  | { step: 'retry'; dueAt: Date }
  /** The schedule is used up; the delivery can be replayed by hand. */
  | { step: 'give-up' }

/** Only 2xx counts: a redirect is not followed, as its target was not checked, and is a failure like any other. */
export function isDelivered(outcome: AttemptOutcome): boolean {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300
}

/**
 * @param attempt which attempt this was, from 1
 * @param schedule seconds between attempts
 * @param random in [0, 1)
 */
export function nextStep(
  outcome: AttemptOutcome,
  { attempt, now, schedule, random }: { attempt: number; now: Date; schedule: number[]; random: number },
): NextStep {
  if (isDelivered(outcome)) return { step: 'delivered' }
  if (outcome.kind === 'answered' && outcome.status === 410) return { step: 'disable' }
  const planned = schedule[attempt - 1]
  if (planned === undefined) return { step: 'give-up' }
  const asked = outcome.kind === 'answered' ? (retryAfterSeconds(outcome.retryAfter, now) ?? 0) : 0
  const seconds = Math.max(planned, Math.min(asked, MAX_RETRY_AFTER_SECONDS)) * (1 + JITTER * random)
  return { step: 'retry', dueAt: new Date(now.getTime() + Math.ceil(seconds * SECOND)) }
}

/** Seconds that a `Retry-After` field asks for, in either of its forms (RFC 9110, 10.2.3); `null` when it makes no sense. */
export function retryAfterSeconds(field: string | null, now: Date): number | null {
  if (field === null) return null
  if (/^\s*\d{1,10}\s*$/.test(field)) return Number(field)
  const at = /[A-Za-z]{3}/.test(field) ? Date.parse(field) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / SECOND))
}

/** Whether an endpoint that failed again is to be paused: for days, often, and without one success in between. */
export function shouldPause({
  failingSince,
  failedAttempts,
  now,
}: {
  failingSince: Date
  failedAttempts: number
  now: Date
}): boolean {
  return failedAttempts >= PAUSE_AFTER_ATTEMPTS && now.getTime() - failingSince.getTime() >= PAUSE_AFTER_MS
}

/** Parses `WEBHOOK_RETRY_SCHEDULE`: seconds, separated by commas; `null` when it is not that. */
export function parseSchedule(text: string): number[] | null {
  const seconds = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  return seconds.every((value) => Number.isFinite(value) && value >= 0 && value <= (7 * DAY) / SECOND) ? seconds : null
}

/** How long a claimed delivery stays away from other senders: no attempt outlives it. */
export function leaseMs(timeoutMs: number): number {
  return Math.min(timeoutMs * 2 + 10 * SECOND, HOUR)
}
