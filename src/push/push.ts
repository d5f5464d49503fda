import { type AttemptOutcome, nextStep } from '../alert/delivery-policy.ts'
import { HOUR, SECOND } from '../time.ts'

/** A browser's address at its push service, and the keys under which a message to it is sealed (W3C Push API, RFC 8291). */
export interface PushSubscription {
  endpoint: string
  keys: {
    /** P-256 public key, uncompressed, base64url. */
    p256dh: string
    /** 16 secret bytes, base64url. */
    auth: string
  }
}

/** Key pair of this instance, base64url: the public point uncompressed, and the private scalar. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** Who asked to be told is forgotten after so long, whether or not anything has ended. */
export const SUBSCRIPTION_DAYS = 7

/** How long a push service may keep a message for a browser that is off: older news that something works helps nobody. */
export const MESSAGE_TTL_SECONDS = 4 * (HOUR / SECOND)

/** Seconds between attempts; after the last the message is dropped. */
const RETRY_SCHEDULE = [30, 120, 600, 3600]

/**
 * What becomes of a subscription after an attempt: it has served once the push service has taken the message, and is worthless
 * when the service knows it no more (404 or 410, RFC 8030, 7.3).
 *
 * @param attempt from 1
 * @param random in [0, 1)
 */
export function afterAttempt(
  outcome: AttemptOutcome,
  { attempt, now, random }: { attempt: number; now: Date; random: number },
): { step: 'served' | 'gone' | 'dropped' } | { step: 'retry'; dueAt: Date } {
  if (outcome.kind === 'answered' && [404, 410].includes(outcome.status)) return { step: 'gone' }
  const next = nextStep(outcome, { attempt, now, schedule: RETRY_SCHEDULE, random })
  if (next.step === 'delivered') return { step: 'served' }
  return next.step === 'retry' ? next : { step: 'dropped' }
}
