import { generateRequestDetails } from 'web-push-neo'
import { leaseMs } from '../alert/delivery-policy.ts'
import type { Dial, Ports } from '../ports.ts'
import { SECOND } from '../time.ts'
import { afterAttempt, MESSAGE_TTL_SECONDS, type VapidKeys } from './push.ts'
import { type ClaimedPush, claimPushes, forgetSubscription, retryPush } from './queries.ts'
import { vapidKeysOf } from './vapid-keys.ts'
import { writePush } from './write-push.ts'

/** Messages under way at a time. */
export const MOST_PUSHES = 200

const TIMEOUT_MS = 10 * SECOND

/** Whom a push service may write to about this instance, where it has no public address (RFC 8292, 2.1). */
const NO_CONTACT = 'mailto:operator@localhost'

type Needs = Pick<Ports, 'storage' | 'now' | 'metrics' | 'log'> & {
  dial: Dial
  settings: Pick<Ports['settings'], 'publicUrl'>
}

/**
 * Tells those who asked that a service works again, as far as there is room, and waits for the attempts. What a killed process had
 * under way is taken anew when its lease ends.
 *
 * @returns how many attempts were made
 */
export async function sendPushes(ports: Needs): Promise<number> {
  const { storage, log } = ports
  const claimed = await claimPushes(storage.run, { most: MOST_PUSHES, leaseMs: leaseMs(TIMEOUT_MS) })
  if (claimed.length === 0) return 0
  const keys = await vapidKeysOf(storage.run)
  await Promise.all(
    claimed.map((push) =>
      sendOne(ports, push, keys).catch((error) =>
        log.error({ err: error }, 'a push message could not be sent; it is tried again when its lease ends'),
      ),
    ),
  )
  return claimed.length
}

async function sendOne({ storage, now, metrics, dial, settings }: Needs, push: ClaimedPush, keys: VapidKeys) {
  const { publicUrl } = settings
  const { headers, body } = await generateRequestDetails(push, JSON.stringify(writePush(push)), {
    TTL: MESSAGE_TTL_SECONDS,
    urgency: 'normal',
    vapidDetails: { subject: publicUrl?.startsWith('https:') ? publicUrl : NO_CONTACT, ...keys },
  })
  const outcome = await dial({ url: push.endpoint, headers, body: body!, timeoutMs: TIMEOUT_MS })
  const next = afterAttempt(outcome, { attempt: push.attempt, now: now(), random: Math.random() })
  metrics.count('outcry_push_attempts_total', { outcome: next.step })
  if (next.step === 'retry') await retryPush(storage.run, push.id, next.dueAt.getTime() - now().getTime())
  else await forgetSubscription(storage.run, push.id)
}
