import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDeliverer, type DeliveryOptions } from '../../src/alert/deliver-webhooks.ts'
import { claimDeliveries, forgetDeliveries } from '../../src/alert/delivery-queries.ts'
import { fillOutbox } from '../../src/alert/fill-outbox.ts'
import type { Dial } from '../../src/ports.ts'
import { createDial } from '../../src/runtime/dial-webhook.ts'
import { incidentEvent, spikeEvent, tellEvents } from '../support/build-events.ts'
import { call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const OPTIONS: DeliveryOptions = {
  timeoutMs: 5_000,
  schedule: [0, 0, 0],
  concurrency: 40,
  failingConcurrency: 10,
  perWebhook: 4,
}

describeOnBothEngines('delivery of webhooks', (storage) => {
  let receiver: Receiver
  beforeEach(async () => {
    receiver = await startReceiver()
  })
  afterEach(() => receiver.close())

  async function begin(options: Partial<DeliveryOptions> = {}, dial: Dial = createDial({ allowPrivate: true })) {
    const ports = createTestPorts(storage())
    const { key } = await issueTestKey(ports, { scopes: ['webhooks'] })
    const ask = (path: string, more: { method?: string; body?: unknown } = {}) =>
      call(ports, `/v1/webhooks${path}`, { key, ...more })
    const register = async (url = receiver.url, filter = {}) =>
      (await (await ask('', { body: { url, filter } })).json()) as { id: string; secret: string }
    const deliveries = async (id: string) =>
      (
        (await (await ask(`/${id}/deliveries`)).json()) as {
          items: { messageId: string; state: string; attempts: { status: number }[] }[]
        }
      ).items
    const deliverer = createDeliverer({ ...ports, dial }, { ...OPTIONS, ...options })
    const all = async () => {
      for (let turns = 0; (await deliverer.turn()) > 0; turns++) {
        await deliverer.drained()
        if (turns > 50) throw new Error('deliveries do not come to an end')
      }
    }
    return { ports, ask, register, deliveries, deliverer, all, run: ports.storage.run }
  }
  const idsOf = (messages: Receiver['received']) => messages.map(({ headers }) => headers['webhook-id'])

  test('an event arrives signed, under its own id, as Standard Webhooks say', async () => {
    const { register, all } = await begin()
    const { secret } = await register()
    await tellEvents(storage(), [spikeEvent()], new Date('2026-03-01T12:00:03Z'))
    await all()

    const [message] = receiver.received
    expect(message!.headers['content-type']).toBe('application/json')
    expect(message!.headers['webhook-id']).toBe('1')
    const verified = new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>)
    expect(verified).toMatchObject({
      type: 'spike.opened',
      timestamp: '2026-03-01T12:00:03.000Z',
      data: { service: 'mail', observed: 60 },
    })
  })

  test('each webhook gets what passes its filter, from its registration on, and nothing twice', async () => {
    const { register, deliveries, all } = await begin()
    await tellEvents(storage(), [spikeEvent()])
    const everything = await register()
    const severe = await register(`${receiver.url}?severe`, { severities: ['critical'] })
    await tellEvents(storage(), [
      spikeEvent(),
      incidentEvent({ severity: 'critical' }),
      incidentEvent({ severity: 'minor' }, 'updated'),
    ])
    await all()
    await all()

    expect((await deliveries(everything.id)).map(({ messageId }) => messageId)).toEqual(['4', '3', '2'])
    expect((await deliveries(severe.id)).map(({ messageId }) => messageId)).toEqual(['3'])
    expect(idsOf(receiver.received).sort()).toEqual(['2', '3', '3', '4'])
  })

  test('two replicas that fill and send at once deliver each event once', async () => {
    const { ports, register, deliverer } = await begin()
    await register()
    const other = createDeliverer({ ...ports, dial: createDial({ allowPrivate: true }) }, OPTIONS)
    for (let n = 0; n < 10; n++) {
      await tellEvents(storage(), [spikeEvent(), spikeEvent()])
      await Promise.all([deliverer.turn(), other.turn()])
    }
    while ((await deliverer.turn()) + (await other.turn()) > 0)
      await Promise.all([deliverer.drained(), other.drained()])
    expect(
      idsOf(receiver.received)
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  })

  test('what a sender took and never settled is taken again when its lease ends', async () => {
    const { register, deliveries, all, run } = await begin()
    const { id } = await register()
    await tellEvents(storage(), [spikeEvent()])
    await fillOutbox(storage())
    const take = (leaseMs: number) =>
      claimDeliveries(run, { lane: 'healthy', skip: [], perWebhook: 4, most: 10, leaseMs })
    expect(await take(60_000)).toHaveLength(1)
    expect(await take(60_000)).toHaveLength(0)
    await run(`update webhook_deliveries set due_at = now() - interval '1 second'`)
    await all()
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: [{ status: 204 }] }])
  })

  test('a failure is tried again by the schedule, with the same id, until the schedule is used up', async () => {
    const { register, deliveries, all } = await begin()
    const { id } = await register()
    receiver.answer = (_, response) => void response.writeHead(500).end()
    await tellEvents(storage(), [spikeEvent()])
    await all()
    expect(idsOf(receiver.received)).toEqual(['1', '1', '1', '1'])
    const [delivery] = await deliveries(id)
    expect(delivery).toMatchObject({ state: 'failed' })
    expect(delivery!.attempts.map(({ status }) => status)).toEqual([500, 500, 500, 500])
  })

  test('a redirect is not followed, and is a failure', async () => {
    const { register, deliveries, all } = await begin({ schedule: [] })
    const target = await startReceiver()
    const { id } = await register()
    receiver.answer = (_, response) => void response.writeHead(307, { location: target.url }).end()
    await tellEvents(storage(), [spikeEvent()])
    await all()
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', attempts: [{ status: 307 }] }])
    expect(target.received).toEqual([])
    await target.close()
  })

  test('Retry-After is honoured', async () => {
    const { register, all, run } = await begin()
    await register()
    receiver.answer = (_, response) => void response.writeHead(503, { 'retry-after': '120' }).end()
    await tellEvents(storage(), [spikeEvent()])
    await all()
    const [row] = await run<{ wait: number }>(
      'select extract(epoch from due_at - now())::float8 as wait from webhook_deliveries',
    )
    expect(row!.wait).toBeGreaterThan(110)
    expect(row!.wait).toBeLessThan(120 * 1.25)
  })

  test('410 disables the webhook, which says so, and gives up the rest', async () => {
    const { ask, register, deliveries, all } = await begin()
    const { id } = await register()
    receiver.answer = (_, response) => void response.writeHead(410).end()
    await tellEvents(storage(), [spikeEvent()])
    await all()
    await tellEvents(storage(), [spikeEvent()])
    await all()
    expect(receiver.received).toHaveLength(1)
    expect(await (await ask(`/${id}`)).json()).toMatchObject({
      state: 'disabled',
      stateReason: expect.stringContaining('410'),
    })
    expect(await deliveries(id)).toMatchObject([{ messageId: '1', state: 'failed' }])

    receiver.answer = (_, response) => void response.writeHead(204).end()
    await ask(`/${id}`, { method: 'PATCH', body: { state: 'active' } })
    await ask(`/${id}/deliveries/1/replay`, { method: 'POST' })
    await all()
    expect(await deliveries(id)).toMatchObject([{ messageId: '1', state: 'delivered' }])
  })

  test('an endpoint that failed for days is paused and says since when; success in between forgives', async () => {
    const { ask, register, deliveries, all, run } = await begin({ schedule: [] })
    const { id } = await register()
    receiver.answer = (_, response) => void response.writeHead(500).end()
    const fail = async () => {
      await tellEvents(storage(), [spikeEvent()])
      await all()
    }
    for (let n = 0; n < 4; n++) await fail()
    await run(`update webhooks set failing_since = now() - interval '4 days'`)
    receiver.answer = (_, response) => void response.writeHead(200).end()
    await fail()
    expect(await (await ask(`/${id}`)).json()).toMatchObject({ state: 'active', failingSince: null })

    receiver.answer = (_, response) => void response.writeHead(500).end()
    for (let n = 0; n < 4; n++) await fail()
    await run(`update webhooks set failing_since = now() - interval '4 days'`)
    await fail()
    expect(await (await ask(`/${id}`)).json()).toMatchObject({
      state: 'paused',
      stateReason: expect.stringContaining('since'),
    })
    expect((await deliveries(id)).filter(({ state }) => state === 'pending')).toEqual([])
  })

  test('receivers that hang keep nobody else waiting', async () => {
    const hanging: (() => void)[] = []
    const slow: Dial = (message) =>
      message.url.includes('slow')
        ? new Promise((resolve) => hanging.push(() => resolve({ kind: 'failed', failure: 'timeout' })))
        : createDial({ allowPrivate: true })(message)
    const { register, deliverer } = await begin({}, slow)
    for (let n = 0; n < 5; n++) await register(`${receiver.url}?slow=${n}`)
    await register()
    await tellEvents(
      storage(),
      Array.from({ length: 30 }, () => spikeEvent()),
    )
    const arrived = receiver.has(30)
    let isDone = false
    void arrived.then(() => {
      isDone = true
    })
    while (!isDone) {
      await deliverer.turn()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    // Each slow one holds its part and no more.
    expect(hanging.length).toBe(5 * OPTIONS.perWebhook)
    while (hanging.length > 0) {
      for (const end of hanging.splice(0)) end()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await deliverer.drained()
  })

  test('after a rotation both secrets sign, for a day', async () => {
    const { ask, register, all, run } = await begin()
    const { id, secret } = await register()
    const rotated = (await (await ask(`/${id}/rotate`, { method: 'POST' })).json()) as { secret: string }
    await tellEvents(storage(), [spikeEvent()])
    await all()
    const { body, headers } = receiver.received[0]!
    for (const one of [secret, rotated.secret])
      expect(() => new Webhook(one).verify(body, headers as Record<string, string>)).not.toThrow()
    await run(`update webhooks set secrets = jsonb_set(secrets, '{1,until}', '"2020-01-01T00:00:00Z"')`)
    await tellEvents(storage(), [spikeEvent()])
    await all()
    const later = receiver.received[1]!
    expect(() => new Webhook(secret).verify(later.body, later.headers as Record<string, string>)).toThrow()
    expect(() => new Webhook(rotated.secret).verify(later.body, later.headers as Record<string, string>)).not.toThrow()
  })

  test('a late result of a lost lease changes nothing', async () => {
    let release = () => {}
    const first = new Promise<void>((resolve) => {
      release = resolve
    })
    let dials = 0
    const dial: Dial = async () => {
      if (++dials > 1) return { kind: 'answered', status: 204, retryAfter: null }
      await first
      return { kind: 'answered', status: 500, retryAfter: null }
    }
    const { ports, register, deliveries, deliverer, run } = await begin({}, dial)
    const { id } = await register()
    await tellEvents(storage(), [spikeEvent()])
    await deliverer.turn()
    await run(`update webhook_deliveries set due_at = now() - interval '1 second'`)
    const other = createDeliverer({ ...ports, dial }, OPTIONS)
    await other.turn()
    await other.drained()
    release()
    await deliverer.drained()
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: [{ status: 204 }] }])
  })

  test('old deliveries are forgotten, and those of webhooks that are gone', async () => {
    const { ask, register, all, run } = await begin()
    const kept = await register()
    const gone = await register()
    await tellEvents(storage(), [spikeEvent()])
    await all()
    await run(`update webhook_deliveries set settled_at = now() - interval '31 days' where webhook_id = $1`, [kept.id])
    await tellEvents(storage(), [spikeEvent()])
    await all()
    await ask(`/${gone.id}`, { method: 'DELETE' })
    expect(await forgetDeliveries(run, 30)).toBe(1)
    expect(await run('select webhook_id, message_id from webhook_deliveries')).toEqual([
      { webhook_id: kept.id, message_id: '2' },
    ])
  })
})
