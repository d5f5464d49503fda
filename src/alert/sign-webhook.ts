import { Webhook } from 'standardwebhooks'

/** Standard Webhooks (standardwebhooks.com): HMAC-SHA-256 over `id.timestamp.body`, secrets `whsec_` + base64. */

/** Bytes of randomness that `formatSecret` asks for; the specification wants 24 to 64. */
export const SECRET_RANDOM_BYTES = 32

/** A signing secret in force: `until` is set once it was replaced, and it signs beside its successor until then. */
export interface SigningSecret {
  secret: string
  /** ISO 8601; `null` for the newest secret. */
  until: string | null
}

/** For how long a replaced secret goes on signing, so that receivers can change over without losing a message. */
export const ROTATION_OVERLAP_HOURS = 24

/** Most secrets that sign at a time; a rotation in haste lets go of the oldest. */
const MAX_SECRETS = 3

export function formatSecret(random: Uint8Array): string {
  if (random.length < 24 || random.length > 64) throw new RangeError('a webhook secret has 24 to 64 bytes')
  return `whsec_${btoa(String.fromCharCode(...random))}`
}

/** The secrets after a rotation, newest first. */
export function rotateSecrets(secrets: SigningSecret[], fresh: string, now: Date): SigningSecret[] {
  const until = new Date(now.getTime() + ROTATION_OVERLAP_HOURS * 3_600_000).toISOString()
  const kept = secretsInForce(secrets, now).map((old) => ({ ...old, until: old.until ?? until }))
  return [{ secret: fresh, until: null }, ...kept].slice(0, MAX_SECRETS)
}

export function secretsInForce(secrets: SigningSecret[], now: Date): SigningSecret[] {
  return secrets.filter(({ until }) => until === null || Date.parse(until) > now.getTime())
}

/** The three header fields of a message: one signature for each secret, newest first, separated by spaces. */
export function signatureHeaders(
  secrets: string[],
  message: { id: string; at: Date; body: string },
): { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string } {
  if (secrets.length === 0) throw new RangeError('a message needs a secret to be signed with')
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(message.at.getTime() / 1000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret).sign(message.id, message.at, message.body))
      .join(' '),
  }
}
