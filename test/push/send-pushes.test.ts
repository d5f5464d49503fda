import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto'
import { decrypt } from 'http_ece'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fillOutbox } from '../../src/alert/fill-outbox.ts'
import { sendPushes } from '../../src/push/send-pushes.ts'
import { vapidKeysOf } from '../../src/push/vapid-keys.ts'
import { createDial } from '../../src/runtime/dial-webhook.ts'
import { maintain } from '../../src/tick/maintain.ts'
import { addService, incidentEvent, tellEvents } from '../support/build-events.ts'
import { call, createTestPorts } from '../support/program-ports.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { describeOnBothEngines } from '../support/storage.ts'

/** A browser as its push service knows it, and what reads its messages. */
function openBrowser(endpoint: string) {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    subscription: {
      endpoint,
      expirationTime: null,
      keys: { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') },
    },
    read: (sealed: Buffer) =>
      JSON.parse(
        decrypt(sealed, { version: 'aes128gcm', privateKey: ecdh, authSecret: auth.toString('base64url') }).toString(),
      ) as Record<string, string>,
  }
}

describeOnBothEngines('telling a browser that it is over', (storage) => {
  let pushService: Receiver
  beforeEach(async () => {
    pushService = await startReceiver()
    pushService.answer = (_, response) => void response.writeHead(201).end()
  })
  afterEach(() => pushService.close())

  async function begin() {
    const ports = createTestPorts(storage(), { settings: { publicUrl: 'https://outcry.example' } })
    await addService(storage().run, 'mail')
    const subscribe = (body: unknown, method = 'POST') =>
      call(ports, '/v1/services/mail/subscriptions', { method, body })
    const incident = (id: string, resolvedAt: string | null) =>
      storage().run(
        `insert into incidents (id, service_id, service, status, class, severity, opened_at, resolved_at, updated_at, data)
         select $1, id, slug, 'open', 'outage', 'major', now(), $2::text::timestamptz, now(), '{}' from services where slug = 'mail'
         on conflict (id) do update set resolved_at = excluded.resolved_at`,
        [id, resolvedAt],
      )
    const resolve = async (id: string) => {
      await incident(id, '2026-03-01T14:05:00Z')
      await tellEvents(storage(), [incidentEvent({ id }, 'resolved')])
      while (await fillOutbox(storage())) {}
    }
    const send = () => sendPushes({ ...ports, dial: createDial({ allowPrivate: true }) })
    const waiting = async () =>
      (await storage().run<{ n: number }>('select count(*)::int as n from push_subscriptions'))[0]!.n
    /** Whatever waits for its time, or for a lease to end, is due. */
    const later = () => storage().run('update push_subscriptions set due_at = now() where due_at is not null')
    return { ports, subscribe, incident, resolve, send, waiting, later }
  }

  test('one message comes, sealed for it alone, in its language, and is signed by this instance', async () => {
    const { subscribe, resolve, send, waiting } = await begin()
    const browser = openBrowser(pushService.url)
    expect((await subscribe({ ...browser.subscription, language: 'de' })).status).toBe(201)
    expect(await send()).toBe(0)
    await resolve('over')
    expect(await send()).toBe(1)

    const [message] = pushService.received
    expect(message!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '14400' })
    expect(message!.body).not.toContain('Mail')
    expect(browser.read(message!.bytes)).toMatchObject({ language: 'de', path: '/de/i/over', tag: 'over-mail' })
    expect(browser.read(message!.bytes).body).toContain('14:05 UTC')

    const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(message!.headers.authorization!)!
    expect(key).toBe((await vapidKeysOf(storage().run)).publicKey)
    const [head, claims, signature] = token!.split('.')
    const point = Buffer.from(key!, 'base64url')
    const jwk = { kty: 'EC', crv: 'P-256', x: point.toString('base64url', 1, 33), y: point.toString('base64url', 33) }
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
    const signed = Buffer.from(`${head}.${claims}`)
    const isSigned = verify(
      'sha256',
      signed,
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature!, 'base64url'),
    )
    expect(isSigned).toBe(true)
    expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({
      aud: new URL(pushService.url).origin,
      sub: 'https://outcry.example',
    })

    expect(await waiting()).toBe(0)
    await resolve('over-again')
    expect(await send()).toBe(0)
  })

  test('who has changed their mind is not told', async () => {
    const { subscribe, resolve, send } = await begin()
    const { subscription } = openBrowser(pushService.url)
    await subscribe(subscription)
    expect((await subscribe({ endpoint: subscription.endpoint }, 'DELETE')).status).toBe(204)
    await resolve('over')
    expect(await send()).toBe(0)
  })

  test('what begins anew before the message went out is told when it ends', async () => {
    const { subscribe, incident, resolve, send } = await begin()
    await subscribe(openBrowser(pushService.url).subscription)
    await resolve('over')
    await incident('over', null)
    expect(await send()).toBe(0)
    await incident('over', '2026-03-01T15:00:00Z')
    expect(await send()).toBe(1)
  })

  test('a push service that is away is tried again, one that knows the browser no more is not', async () => {
    const { subscribe, resolve, send, waiting, later } = await begin()
    await subscribe(openBrowser(pushService.url).subscription)
    await resolve('over')
    pushService.answer = (_, response) => void response.writeHead(503).end()
    expect([await send(), await send()]).toEqual([1, 0])
    await later()
    pushService.answer = (_, response) => void response.writeHead(410).end()
    expect([await send(), await waiting()]).toEqual([1, 0])
  })

  test('what a killed process had taken is taken anew when its lease ends', async () => {
    const { ports, subscribe, resolve, send, later } = await begin()
    await subscribe(openBrowser(pushService.url).subscription)
    await resolve('over')
    let isDialled = () => {}
    const dialled = new Promise<void>((done) => (isDialled = done))
    // Never answers, as from a process that is gone.
    const dial = () => new Promise<never>(isDialled)
    void sendPushes({ ...ports, dial })
    await dialled
    expect(await send()).toBe(0)
    await later()
    expect(await send()).toBe(1)
    expect(pushService.received).toHaveLength(1)
  })

  test('nobody is remembered for more than a week', async () => {
    const { ports, subscribe, waiting } = await begin()
    await subscribe(openBrowser(pushService.url).subscription)
    await storage().run(`update push_subscriptions set created_at = now() - interval '8 days'`)
    await maintain(ports, { retentionDays: 30 })
    expect(await waiting()).toBe(0)
  })

  test('what is no subscription is refused, and names the field', async () => {
    const { subscribe } = await begin()
    const { subscription } = openBrowser(pushService.url)
    const refused = async (change: object) => {
      const response = await subscribe({ ...subscription, ...change })
      expect(response.status).toBe(400)
      return ((await response.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field)
    }
    const { keys } = subscription
    expect(await refused({ endpoint: 'no address' })).toEqual(['endpoint'])
    expect(await refused({ keys: { ...keys, auth: 'short' } })).toEqual(['keys.auth'])
    expect(await refused({ keys: { ...keys, p256dh: `B${'A'.repeat(86)}` } })).toEqual(['keys.p256dh'])
    expect(await refused({ language: 'xx', more: 1 })).toEqual(['language', 'more'])
  })

  test.each(['http://push.example.com/1', 'https://127.0.0.1/1', 'https://localhost/1', 'https://169.254.169.254/1'])(
    'no message goes to %s',
    async (endpoint) => {
      const { ports } = await begin()
      const strict = { ...ports, settings: { ...ports.settings, webhookAllowPrivate: false } }
      const { keys } = openBrowser(endpoint).subscription
      const response = await call(strict, '/v1/services/mail/subscriptions', { body: { endpoint, keys } })
      expect(response.status).toBe(400)
    },
  )
})
