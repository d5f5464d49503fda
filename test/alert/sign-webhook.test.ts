import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import {
  formatSecret,
  ROTATION_OVERLAP_HOURS,
  rotateSecrets,
  secretsInForce,
  signatureHeaders,
} from '../../src/alert/sign-webhook.ts'

// The example of the Standard Webhooks specification and of its reference libraries' own tests.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1614265330_000), body: '{"test": 2432232314}' }

test('the signature of the published example is the published one', () => {
  expect(signatureHeaders([SECRET], MESSAGE)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('the signature is HMAC-SHA-256 as another implementation computes it', async () => {
  const raw = Uint8Array.from(atob(SECRET.slice(6)), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const content = new TextEncoder().encode(`${MESSAGE.id}.1614265330.${MESSAGE.body}`)
  const mac = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, content))))
  expect(signatureHeaders([SECRET], MESSAGE)['webhook-signature']).toBe(`v1,${mac}`)
})

test('a body beyond ASCII is signed as the UTF-8 that is sent', () => {
  const now = new Date()
  const body = '{"title":"Störung – 障害 🔥"}'
  const headers = signatureHeaders([SECRET], { id: '1', at: now, body })
  expect(new Webhook(SECRET).verify(body, headers)).toEqual({ title: 'Störung – 障害 🔥' })
  expect(new Webhook(SECRET).verify(Buffer.from(body), headers)).toEqual({ title: 'Störung – 障害 🔥' })
})

test('while secrets overlap, the receiver can verify with either', () => {
  const now = new Date()
  const fresh = formatSecret(new Uint8Array(32).fill(9))
  const secrets = rotateSecrets([{ secret: SECRET, until: null }], fresh, now)
  const headers = signatureHeaders(
    secretsInForce(secrets, now).map(({ secret }) => secret),
    { id: '7', at: now, body: '{}' },
  )
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2)
  expect(new Webhook(SECRET).verify('{}', headers)).toEqual({})
  expect(new Webhook(fresh).verify('{}', headers)).toEqual({})
  expect(() => new Webhook(formatSecret(new Uint8Array(32))).verify('{}', headers)).toThrow('No matching signature')
})

test('a replaced secret stops signing when the overlap ends', () => {
  const now = new Date('2026-05-01T00:00:00Z')
  const secrets = rotateSecrets([{ secret: SECRET, until: null }], 'whsec_new', now)
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
  expect(secretsInForce(secrets, later(ROTATION_OVERLAP_HOURS - 1))).toHaveLength(2)
  expect(secretsInForce(secrets, later(ROTATION_OVERLAP_HOURS))).toEqual([{ secret: 'whsec_new', until: null }])
})

test('rotating again and again keeps three secrets at most, the newest first', () => {
  const now = new Date('2026-05-01T00:00:00Z')
  let secrets = rotateSecrets([], 'whsec_0', now)
  for (let i = 1; i < 6; i++) secrets = rotateSecrets(secrets, `whsec_${i}`, now)
  expect(secrets.map(({ secret }) => secret)).toEqual(['whsec_5', 'whsec_4', 'whsec_3'])
  expect(secrets[0]!.until).toBeNull()
})

test('a message cannot leave unsigned', () => {
  expect(() => signatureHeaders([], MESSAGE)).toThrow(RangeError)
})

test('a secret of less than 24 bytes is refused', () => {
  expect(() => formatSecret(new Uint8Array(16))).toThrow(RangeError)
})
