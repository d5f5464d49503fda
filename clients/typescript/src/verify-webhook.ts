import type { WebhookMessage } from './api.ts'

/** A message that did not come from whom it says, or not now. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError'
}

/** Older or newer than this, a message is a recording. */
const TOLERANCE_SECONDS = 5 * 60

/**
 * Checks a message by Standard Webhooks. Keep its `webhook-id`: the same one comes again when your answer was lost.
 *
 * @param body exactly as it came, before any parsing
 * @param secret `whsec_…`
 * @throws WebhookVerificationError
 */
export async function verifyWebhook(
  body: string,
  headers: Headers | Record<string, string | string[] | undefined>,
  secret: string,
  now: Date = new Date(),
): Promise<WebhookMessage> {
  const field = (name: string) => (headers instanceof Headers ? headers.get(name) : [headers[name]].flat()[0]) ?? null
  const [id, timestamp, signatures] = [field('webhook-id'), field('webhook-timestamp'), field('webhook-signature')]
  if (id === null || timestamp === null || signatures === null)
    throw new WebhookVerificationError('a field of the signature is missing')
  if (!(Math.abs(now.getTime() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS))
    throw new WebhookVerificationError('the message is too old or too new')

  const bytes = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey(
    'raw',
    bytes(secret.replace(/^whsec_/, '')),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  )
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  for (const signature of signatures.split(' ')) {
    const [version, value] = signature.split(',')
    if (version !== 'v1' || value === undefined || !/^[A-Za-z0-9+/]{43}=$/.test(value)) continue
    if (await crypto.subtle.verify('HMAC', key, bytes(value), signed)) return JSON.parse(body) as WebhookMessage
  }
  throw new WebhookVerificationError('no signature fits')
}
