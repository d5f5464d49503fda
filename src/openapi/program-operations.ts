import { DeliveriesQuery, ReplayBody, WebhookBody, WebhookChangeBody } from '../alert/webhook-routes.ts'
import { KeyBody } from '../key/routes.ts'
import { SubscriptionBody, UnsubscriptionBody } from '../push/routes.ts'
import { MOST_IN_BATCH, PartnerBatch } from '../report/partner-routes.ts'
import { ReportBody } from '../report/routes.ts'
import * as example from './examples.ts'
import { json, type Operation } from './operation.ts'
import * as program from './program-schemas.ts'

const SERVICE = { slug: { description: 'Slug of a service.', example: 'exchange-online' } }
const WEBHOOK = { id: { description: 'Id of a webhook of yours.', example: 'wh_7c1e0a9d3b5f4e2d8c60' } }

/** Calls that tell Outcry something, and those about a program's own keys and webhooks. */
export const PROGRAM_OPERATIONS: readonly Operation[] = [
  {
    id: 'report',
    method: 'post',
    path: '/v1/reports',
    tag: 'Reports',
    summary: 'Say that it fails, or that it works',
    description:
      'One person’s word on one service; it counts once in half an hour. No account and no address is kept. `errorType` is needed for a problem. A plain HTML form is taken too.',
    requestHeaders: {
      'Idempotency-Key': {
        description: 'The same key with the same body gives the same answer for a day.',
        example: 'c0ffee',
      },
    },
    body: json(ReportBody, { service: 'exchange-online', errorType: 'login', region: 'US-TX' }),
    answers: {
      201: {
        description: 'Counted.',
        content: json(program.Report, example.REPORT_EXAMPLE),
        headers: ['RateLimit', 'RateLimit-Policy'],
      },
      200: {
        description: 'Not counted again: the same person had reported within half an hour.',
        content: json(program.Report, { ...example.REPORT_EXAMPLE, counted: false, reason: 'duplicate' }),
      },
      202: { description: 'Accepted for later storing.', content: json(program.Report) },
      303: { description: 'For a form: to the page that says thanks.' },
    },
    problems: [404, 413, 415, 422, 503],
  },
  {
    id: 'reportBatch',
    method: 'post',
    path: '/v1/reports/batch',
    tag: 'Reports',
    summary: 'Report for many people',
    description: `For partners: up to ${MOST_IN_BATCH} reports of \`PartnerReport\`, each answered by itself with the status that \`POST /v1/reports\` would have. Reporters are names of your own and are kept apart from those of other sources; a source weighs by its trust and cannot confirm a spike alone.`,
    body: json(PartnerBatch, {
      reports: [{ reporter: '5f0c9d', service: 'exchange-online', errorType: 'login', region: 'US-TX' }],
    }),
    answers: {
      200: {
        description: 'One answer for each report, in order.',
        content: json(program.BatchAnswer, { items: [{ status: 201, ...example.REPORT_EXAMPLE }] }),
        headers: ['RateLimit', 'RateLimit-Policy'],
      },
    },
    problems: [413, 415],
    access: 'report',
  },
  {
    id: 'subscribe',
    method: 'post',
    path: '/v1/services/{slug}/subscriptions',
    tag: 'Reports',
    summary: 'Be told in the browser when it is over',
    description:
      'For pages: takes what `PushManager.subscribe()` gives, and sends one message when the incident of the service has ended. No account; forgotten once it has served.',
    pathParameters: SERVICE,
    body: json(SubscriptionBody, {
      endpoint: 'https://push.example.org/send/5f0c9d',
      keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
      language: 'en',
    }),
    answers: {
      201: {
        description: 'It will be told.',
        content: json(program.Subscription, { service: 'exchange-online', until: '2026-02-07T12:00:00.000Z' }),
        headers: ['RateLimit', 'RateLimit-Policy'],
      },
    },
    problems: [404, 413, 415],
  },
  {
    id: 'unsubscribe',
    method: 'delete',
    path: '/v1/services/{slug}/subscriptions',
    tag: 'Reports',
    summary: 'Not be told after all',
    description: 'Forgets the browser; so does a call for one that is not known.',
    pathParameters: SERVICE,
    body: json(UnsubscriptionBody, { endpoint: 'https://push.example.org/send/5f0c9d' }),
    answers: { 204: { description: 'Forgotten.' } },
    problems: [404, 413, 415],
  },
  {
    id: 'createWebhook',
    method: 'post',
    path: '/v1/webhooks',
    tag: 'Webhooks',
    summary: 'Be told of events',
    description:
      'From now on every event that passes the filter is posted to the address, signed by Standard Webhooks, and again over three days until it is answered with 2xx. The secret is shown this once.',
    body: json(WebhookBody, {
      url: 'https://hooks.example.org/outcry',
      name: 'Status wall',
      filter: { services: ['exchange-online'], types: ['incident.opened', 'incident.resolved'] },
    }),
    answers: {
      201: {
        description: 'Registered.',
        content: json(program.RegisteredWebhook, { ...example.WEBHOOK_EXAMPLE, secret: example.SECRET_EXAMPLE }),
        headers: ['Location'],
      },
    },
    problems: [404, 409, 413, 415],
    access: 'webhooks',
  },
  {
    id: 'listWebhooks',
    method: 'get',
    path: '/v1/webhooks',
    tag: 'Webhooks',
    summary: 'Your webhooks',
    description: 'Every webhook of the key, oldest first, without secrets.',
    answers: {
      200: {
        description: 'The webhooks.',
        content: json(program.WebhookList, { items: [example.WEBHOOK_EXAMPLE], nextCursor: null }),
      },
    },
    access: 'webhooks',
  },
  {
    id: 'getWebhook',
    method: 'get',
    path: '/v1/webhooks/{id}',
    tag: 'Webhooks',
    summary: 'One webhook',
    description: 'With its state, and since when it fails.',
    pathParameters: WEBHOOK,
    answers: { 200: { description: 'The webhook.', content: json(program.Webhook, example.WEBHOOK_EXAMPLE) } },
    problems: [404],
    access: 'webhooks',
  },
  {
    id: 'changeWebhook',
    method: 'patch',
    path: '/v1/webhooks/{id}',
    tag: 'Webhooks',
    summary: 'Change a webhook',
    description:
      'What is not named stays. `state: "active"` starts one anew that was paused or disabled; replay what it missed.',
    pathParameters: WEBHOOK,
    body: json(WebhookChangeBody, { state: 'active' }),
    answers: { 200: { description: 'As it is now.', content: json(program.Webhook, example.WEBHOOK_EXAMPLE) } },
    problems: [404, 413, 415],
    access: 'webhooks',
  },
  {
    id: 'deleteWebhook',
    method: 'delete',
    path: '/v1/webhooks/{id}',
    tag: 'Webhooks',
    summary: 'Be told no more',
    description: 'With what was still to be delivered.',
    pathParameters: WEBHOOK,
    answers: { 204: { description: 'Gone.' } },
    problems: [404],
    access: 'webhooks',
  },
  {
    id: 'testWebhook',
    method: 'post',
    path: '/v1/webhooks/{id}/test',
    tag: 'Webhooks',
    summary: 'Send a test message',
    description: 'A message of type `webhook.test`, whatever the filter. The delivery log tells what became of it.',
    pathParameters: WEBHOOK,
    answers: { 202: { description: 'On its way.', content: json(program.SentTest, { messageId: 'test_5b0d2d7c' }) } },
    problems: [404, 409],
    access: 'webhooks',
  },
  {
    id: 'rotateWebhookSecret',
    method: 'post',
    path: '/v1/webhooks/{id}/rotate',
    tag: 'Webhooks',
    summary: 'Change the secret',
    description:
      'The new secret is shown this once. For a day the old one signs beside it, so that no message is lost while you change over.',
    pathParameters: WEBHOOK,
    answers: {
      200: {
        description: 'The new secret.',
        content: json(program.RotatedSecret, {
          id: 'wh_7c1e0a9d3b5f4e2d8c60',
          secret: example.SECRET_EXAMPLE,
          previousUntil: '2026-02-01T12:05:00.000Z',
          overlapHours: 24,
        }),
      },
    },
    problems: [404],
    access: 'webhooks',
  },
  {
    id: 'listDeliveries',
    method: 'get',
    path: '/v1/webhooks/{id}/deliveries',
    tag: 'Webhooks',
    summary: 'What became of messages',
    description: 'Newest first, each with its attempts; kept for 30 days.',
    pathParameters: WEBHOOK,
    query: DeliveriesQuery,
    queryExample: 'state=failed',
    answers: {
      200: {
        description: 'A page of deliveries.',
        content: json(program.DeliveryList, { items: [example.DELIVERY_EXAMPLE], nextCursor: null }),
        headers: ['Link'],
      },
    },
    problems: [404],
    access: 'webhooks',
  },
  {
    id: 'replayDelivery',
    method: 'post',
    path: '/v1/webhooks/{id}/deliveries/{messageId}/replay',
    tag: 'Webhooks',
    summary: 'Deliver one message again',
    description: 'Under its old id.',
    pathParameters: { ...WEBHOOK, messageId: { description: 'Id of an event.', example: '4711' } },
    answers: { 202: { description: 'On its way.', content: json(program.Replayed, { replayed: 1 }) } },
    problems: [404, 409],
    access: 'webhooks',
  },
  {
    id: 'replayInterval',
    method: 'post',
    path: '/v1/webhooks/{id}/replay',
    tag: 'Webhooks',
    summary: 'Deliver an interval again',
    description:
      'Every event of the interval (half open) that passes the filter, also what was delivered before, under the old ids; up to 10,000 events.',
    pathParameters: WEBHOOK,
    body: json(ReplayBody, { from: '2026-01-31T00:00:00Z', to: '2026-02-01T00:00:00Z' }),
    answers: { 202: { description: 'On their way.', content: json(program.Replayed, { replayed: 12 }) } },
    problems: [404, 409, 413, 415],
    access: 'webhooks',
  },
  {
    id: 'getUsage',
    method: 'get',
    path: '/v1/usage',
    tag: 'Keys',
    summary: 'What your key used',
    description: 'By day (UTC), with what is left of today.',
    answers: {
      200: {
        description: 'The usage.',
        content: json(program.Usage, {
          key: example.KEY_EXAMPLE,
          remainingToday: 999_881,
          days: [{ day: '2026-01-31', requests: 119, refused: 0, reports: 0 }],
        }),
        headers: ['RateLimit', 'RateLimit-Policy'],
      },
    },
    access: 'any-key',
  },
  {
    id: 'issueKey',
    method: 'post',
    path: '/v1/admin/keys',
    tag: 'Keys',
    summary: 'Issue a key',
    description: 'For the operator. The key is shown this once; only its hash is kept.',
    body: json(KeyBody, { name: 'Status wall', scopes: ['read', 'webhooks'] }),
    answers: {
      201: {
        description: 'Issued.',
        content: json(program.IssuedKey, { ...example.KEY_EXAMPLE, key: 'outcry_live_3kX9…' }),
      },
    },
    problems: [413, 415],
    access: 'admin',
  },
  {
    id: 'listKeys',
    method: 'get',
    path: '/v1/admin/keys',
    tag: 'Keys',
    summary: 'All keys',
    description: 'For the operator: revoked ones too, newest first.',
    answers: {
      200: {
        description: 'The keys.',
        content: json(program.KeyList, { items: [example.KEY_EXAMPLE], nextCursor: null }),
      },
    },
    access: 'admin',
  },
  {
    id: 'revokeKey',
    method: 'delete',
    path: '/v1/admin/keys/{id}',
    tag: 'Keys',
    summary: 'Revoke a key',
    description: 'For the operator. Other replicas follow within ten seconds.',
    pathParameters: { id: { description: 'Id of a key.', example: 'key_2b1f8c0de9a74f5c8a10' } },
    answers: { 204: { description: 'Revoked.' } },
    problems: [404],
    access: 'admin',
  },
]
