import { checkWebhookUrl } from '../alert/address-guard.ts'
import { AppError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { type PushSubscription, SUBSCRIPTION_DAYS } from './push.ts'
import { subscribe } from './queries.ts'

/**
 * Remembers a browser until a service works again. Its push service is an address of a stranger's choice, so that the same is refused as
 * of webhooks, and whatever is not https besides.
 *
 * @returns until when it is remembered
 * @throws AppError `invalid-request`
 */
export async function registerSubscription(
  { storage, settings }: Pick<Ports, 'storage' | 'settings'>,
  subscription: PushSubscription & { serviceId: number; language: string },
): Promise<Date> {
  const refuse = (field: string, message: string) =>
    new AppError('invalid-request', `The subscription has invalid input: ${field}.`, { errors: [{ field, message }] })
  const allowPrivate = settings.webhookAllowPrivate
  const check = checkWebhookUrl(subscription.endpoint, { allowPrivate })
  if (!check.isAllowed) throw refuse('endpoint', check.message)
  if (check.url.protocol !== 'https:' && !allowPrivate) throw refuse('endpoint', 'Must be an https URL.')
  if (!(await isPoint(subscription.keys.p256dh))) throw refuse('keys.p256dh', 'Must be a point of P-256.')
  return subscribe(storage.run, subscription, SUBSCRIPTION_DAYS)
}

/** Whether base64url text is a point on the curve: nothing can be sealed for another. */
async function isPoint(text: string): Promise<boolean> {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  )
  return crypto.subtle.importKey('raw', bytes, { name: 'ECDH', namedCurve: 'P-256' }, false, []).then(
    () => true,
    () => false,
  )
}
