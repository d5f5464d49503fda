import type { EventFilter } from './event-filter.ts'
import type { SigningSecret } from './sign-webhook.ts'

/**
 * `active` is told of events; `paused` failed for days, or its owner wants a rest; `disabled` answered 410. While it is not
 * active nothing is put by for it: a replay fetches what it missed.
 */
export type WebhookState = 'active' | 'paused' | 'disabled'

/** Where a program wants to be told of events. */
export interface Webhook {
  id: string
  keyId: string
  url: string
  name: string | null
  /** Newest first. */
  secrets: SigningSecret[]
  filter: EventFilter
  state: WebhookState
  /** Why it is not active, in words; `null` while it is. */
  stateReason: string | null
  failingSince: Date | null
  createdAt: Date
  updatedAt: Date
}

/** `failed` after the last retry, or because its webhook was paused or disabled; it can be replayed. */
export type DeliveryState = 'pending' | 'delivered' | 'failed'

/** One try. `status` of the answer, or else `failure`. */
export interface Attempt {
  at: string
  status: number | null
  failure: string | null
  durationMs: number
}

/** A message on its way to one webhook, or there. */
export interface Delivery {
  /** Id of the event, or of the test; what `webhook-id` says. */
  messageId: string
  type: string
  state: DeliveryState
  createdAt: Date
  /** When the next attempt is due; `null` once settled. */
  dueAt: Date | null
  settledAt: Date | null
  attempts: Attempt[]
}

/** Most webhooks of one key. */
export const MOST_WEBHOOKS = 100
