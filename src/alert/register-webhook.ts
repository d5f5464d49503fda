import { AppError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { checkWebhookUrl } from './address-guard.ts'
import type { EventFilter } from './event-filter.ts'
import { formatSecret, rotateSecrets, SECRET_RANDOM_BYTES } from './sign-webhook.ts'
import { MOST_WEBHOOKS, type Webhook } from './webhook.ts'
import { insertWebhook, saveSecrets } from './webhook-queries.ts'

const freshSecret = () => formatSecret(crypto.getRandomValues(new Uint8Array(SECRET_RANDOM_BYTES)))

/** @returns the URL as it will be called @throws AppError when it may not be called */
export function requireCallable(
  url: string,
  { webhookAllowPrivate }: Pick<Ports['settings'], 'webhookAllowPrivate'>,
): string {
  const check = checkWebhookUrl(url, { allowPrivate: webhookAllowPrivate })
  if (check.isAllowed) return check.url.href
  throw new AppError('invalid-request', `This URL cannot be called: ${check.message}`, {
    errors: [{ field: 'url', message: check.message }],
  })
}

/** The secret is in this answer and in no other. */
export async function registerWebhook(
  { storage, settings }: Pick<Ports, 'storage' | 'settings'>,
  order: { keyId: string; url: string; name: string | null; filter: EventFilter },
): Promise<{ webhook: Webhook; secret: string }> {
  const secret = freshSecret()
  const webhook = await insertWebhook(
    storage.run,
    {
      ...order,
      url: requireCallable(order.url, settings),
      id: `wh_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`,
      secrets: [{ secret, until: null }],
    },
    MOST_WEBHOOKS,
  )
  if (webhook === null) throw new AppError('conflict', `A key has at most ${MOST_WEBHOOKS} webhooks.`)
  return { webhook, secret }
}

/** A new secret; those before it go on signing beside it for a while. */
export async function rotateSecret(
  { storage, now }: Pick<Ports, 'storage' | 'now'>,
  webhook: Webhook,
): Promise<{ secret: string; previousUntil: string | null }> {
  const secret = freshSecret()
  const secrets = rotateSecrets(webhook.secrets, secret, now())
  await saveSecrets(storage.run, webhook.id, secrets)
  return { secret, previousUntil: secrets[1]?.until ?? null }
}
