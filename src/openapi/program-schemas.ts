import { z } from 'zod'
import { EVENT_TYPES } from '../alert/event.ts'
import { SEVERITIES } from '../alert/filter-schema.ts'
import { KEY_SCOPES } from '../key/key.ts'
import { At, Count, Incident, Spike } from './state-schemas.ts'

/** The answers that concern a program itself: its reports, keys and webhooks; and how anything fails. */

export const Problem = z
  .looseObject({
    type: z
      .string()
      .meta({ description: 'Stable; programs switch on it.', examples: ['urn:outcry:problem:not-found'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
    didYouMean: z.array(z.string()).optional().meta({ description: 'Slugs that were perhaps meant.' }),
    'violated-policies': z.array(z.string()).optional().meta({ description: 'Quotas that were used up.' }),
  })
  .meta({ description: 'RFC 9457.' })

const stored = {
  id: z.string(),
  service: z.string(),
  region: z.string().nullable(),
  counted: z.boolean().optional().meta({ description: 'False when the same person had reported within half an hour.' }),
  queued: z.literal(true).optional(),
  reason: z.literal('duplicate').optional(),
  receivedAt: At,
}

export const Report = z.strictObject(stored).meta({ description: 'What became of a report.' })

export const Subscription = z
  .strictObject({ service: z.string(), until: At.meta({ description: 'When it is forgotten, at the latest.' }) })
  .meta({ description: 'A browser that is told once.' })

export const BatchAnswer = z.strictObject({
  items: z
    .array(z.union([z.strictObject({ status: z.int(), ...stored }), Problem]))
    .meta({ description: 'One for each report, in order.' }),
})

export const Key = z
  .strictObject({
    id: z.string(),
    hint: z.string().meta({ description: 'Its first characters.' }),
    name: z.string(),
    scopes: z.array(z.enum(KEY_SCOPES)),
    quota: z.strictObject({ perMinute: z.int(), perDay: z.int() }),
    trust: z.number(),
    createdAt: At,
    lastUsedOn: z.iso.date().nullable(),
    revokedAt: At.nullable(),
  })
  .meta({ description: 'A key as everybody but its owner knows it.' })

export const IssuedKey = Key.extend({ key: z.string().meta({ description: 'Shown this once.' }) })
/** Lists that always come whole end like those that go on. */
const WholeList = z.null().meta({ description: 'The list is whole.' })

export const KeyList = z.strictObject({ items: z.array(Key), nextCursor: WholeList })

export const Usage = z.strictObject({
  key: Key,
  remainingToday: Count,
  days: z
    .array(z.strictObject({ day: z.iso.date(), requests: Count, refused: Count, reports: Count }))
    .meta({ description: 'The last days of use (UTC), newest first.' }),
})

export const Webhook = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    name: z.string().nullable(),
    filter: z.strictObject({
      services: z.array(z.string()),
      regions: z.array(z.string()),
      types: z.array(z.enum(EVENT_TYPES)),
      severities: z.array(z.enum(SEVERITIES)),
    }),
    state: z.enum(['active', 'paused', 'disabled']).meta({
      description:
        '`paused` failed for days or rests, `disabled` answered 410. Then nothing is put by: replay what it missed.',
    }),
    stateReason: z.string().nullable(),
    failingSince: At.nullable(),
    createdAt: At,
    updatedAt: At,
  })
  .meta({ description: 'Where a program wants to be told.' })

const secret = z
  .string()
  .meta({ description: 'Signs messages by Standard Webhooks. Shown this once.', examples: ['whsec_…'] })

export const RegisteredWebhook = Webhook.extend({ secret })
export const WebhookList = z.strictObject({ items: z.array(Webhook), nextCursor: WholeList })
export const RotatedSecret = z.strictObject({
  id: z.string(),
  secret,
  previousUntil: At.nullable().meta({ description: 'Until then the old secret signs beside the new one.' }),
  overlapHours: z.number(),
})

export const Delivery = z.strictObject({
  messageId: z.string(),
  type: z.string(),
  state: z.enum(['pending', 'delivered', 'failed']),
  createdAt: At,
  dueAt: At.nullable(),
  settledAt: At.nullable(),
  attempts: z.array(
    z.strictObject({
      at: At,
      status: z.int().nullable(),
      failure: z.string().nullable().meta({
        description: 'Where there was no answer: forbidden-address, dns, tls, timeout, connection, too-large.',
      }),
      durationMs: z.number(),
    }),
  ),
})
export const DeliveryList = z.strictObject({ items: z.array(Delivery), nextCursor: z.string().nullable() })

export const SentTest = z.strictObject({ messageId: z.string() })
export const Replayed = z.strictObject({ replayed: Count.meta({ description: 'Messages put by for delivery.' }) })

export const WebhookMessage = z
  .strictObject({ type: z.enum(EVENT_TYPES), timestamp: At, data: z.union([Spike, Incident]) })
  .meta({ description: 'What is posted to a webhook, by Standard Webhooks; `webhook-id` is the id of the event.' })
