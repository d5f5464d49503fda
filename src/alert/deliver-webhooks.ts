import type { Dial, Ports } from '../ports.ts'
import { createGroupCommit } from '../report/group-commit.ts'
import { SECOND } from '../time.ts'
import { type AttemptOutcome, isDelivered, leaseMs, nextStep, shouldPause } from './delivery-policy.ts'
import {
  type AttemptResult,
  type ClaimedDelivery,
  claimDeliveries,
  eventById,
  haltWebhook,
  noteHealth,
  settleAttempts,
} from './delivery-queries.ts'
import { fillOutbox } from './fill-outbox.ts'
import { secretsInForce, signatureHeaders } from './sign-webhook.ts'
import { eventToWire } from './wire.ts'

export interface DeliveryOptions {
  /** Longest an attempt may take. */
  timeoutMs: number
  /** Seconds between attempts. */
  schedule: number[]
  /** Attempts under way at a time. */
  concurrency: number
  /** Of those, for webhooks that failed the last time. */
  failingConcurrency: number
  /** Attempts under way at a time for one webhook. */
  perWebhook: number
}

export const DELIVERY: Pick<DeliveryOptions, 'concurrency' | 'failingConcurrency' | 'perWebhook'> = {
  concurrency: 400,
  failingConcurrency: 100,
  perWebhook: 4,
}

/** Bodies remembered: an event that goes to a thousand webhooks is read and written once. */
const REMEMBERED_BODIES = 200

/** How long ended attempts are gathered before more are begun. */
const GATHER_MS = 20

type Needs = Pick<Ports, 'storage' | 'now' | 'metrics' | 'log'> & { dial: Dial }

export interface Deliverer {
  /** Fills the outbox and begins attempts, as many as there is room for. @returns how many are under way */
  turn(): Promise<number>
  /** Ends when an attempt ends. */
  someEnded(): Promise<void>
  /** Ends when no attempt is under way. */
  drained(): Promise<void>
}

/** Sends what the outbox holds. Any number of replicas may do so at once; each message is with one of them at a time. */
export function createDeliverer(ports: Needs, options: DeliveryOptions): Deliverer {
  const { storage, now, metrics, dial } = ports
  const underWay = new Map<Promise<void>, { webhookId: string; isFailing: boolean }>()
  const bodies = new Map<string, Promise<string | null>>()
  const settling = createGroupCommit((results: Settled[]) => settle(ports, results), {
    maxBatch: 500,
    maxInFlight: 1,
    maxWaiting: 10_000,
    deadlineMs: 30 * SECOND,
  })

  const bodyOf = ({ messageId, body }: ClaimedDelivery): Promise<string | null> => {
    if (body !== null) return Promise.resolve(body)
    const known = bodies.get(messageId)
    if (known !== undefined) return known
    const made = eventById(storage.run, messageId).then((event) => {
      if (event === null) return null
      const { type, at, data } = eventToWire(event)
      return JSON.stringify({ type, timestamp: at, data })
    })
    made.catch(() => bodies.delete(messageId))
    bodies.set(messageId, made)
    if (bodies.size > REMEMBERED_BODIES) bodies.delete(bodies.keys().next().value!)
    return made
  }

  const attempt = async (delivery: ClaimedDelivery): Promise<void> => {
    const body = await bodyOf(delivery)
    const at = now()
    const secrets = secretsInForce(delivery.secrets, at).map(({ secret }) => secret)
    const outcome: AttemptOutcome =
      body === null
        ? { kind: 'failed', failure: 'connection' }
        : await dial({
            url: delivery.url,
            headers: {
              'content-type': 'application/json',
              'user-agent': 'Outcry-Webhooks/1',
              ...signatureHeaders(secrets, { id: delivery.messageId, at, body }),
            },
            body,
            timeoutMs: options.timeoutMs,
          })
    const durationMs = Math.max(0, now().getTime() - at.getTime())
    metrics.count('outcry_webhook_attempts_total', { outcome: isDelivered(outcome) ? 'delivered' : 'failed' })
    metrics.observe('outcry_webhook_attempt_seconds', durationMs / 1000)
    await settling.take({ delivery, outcome, at, durationMs, schedule: options.schedule })
  }

  const begin = (deliveries: ClaimedDelivery[], isFailing: boolean) => {
    for (const delivery of deliveries) {
      const work: Promise<void> = attempt(delivery)
        // Its lease ends and it is tried again.
        .catch((error) => ports.log.error({ err: error, webhook: delivery.webhookId }, 'an attempt could not be made'))
        .finally(() => underWay.delete(work))
      underWay.set(work, { webhookId: delivery.webhookId, isFailing })
    }
  }

  const claim = async (lane: 'healthy' | 'failing', most: number): Promise<void> => {
    if (most <= 0) return
    const claimed = await claimDeliveries(storage.run, {
      lane,
      // One with anything under way waits for its turn, so that no webhook ever has more than its part.
      skip: [...new Set([...underWay.values()].map(({ webhookId }) => webhookId))],
      perWebhook: lane === 'failing' ? 1 : options.perWebhook,
      most,
      leaseMs: leaseMs(options.timeoutMs),
    })
    begin(claimed, lane === 'failing')
  }

  return {
    async turn() {
      while (await fillOutbox(storage)) {}
      const failing = [...underWay.values()].filter(({ isFailing }) => isFailing).length
      await claim('healthy', options.concurrency - options.failingConcurrency - (underWay.size - failing))
      await claim('failing', options.failingConcurrency - failing)
      return underWay.size
    },
    someEnded: async () => void (await Promise.race(underWay.keys())),
    async drained() {
      while (underWay.size > 0) await Promise.all(underWay.keys())
    },
  }
}

interface Settled {
  delivery: ClaimedDelivery
  outcome: AttemptOutcome
  at: Date
  durationMs: number
  schedule: number[]
}

/** Writes down what became of a batch of attempts, and halts webhooks that said 410 or failed for days. */
async function settle({ storage, now, metrics, log }: Needs, batch: Settled[]): Promise<undefined[]> {
  const health = new Map<string, { webhookId: string; hasDelivered: boolean; failures: number }>()
  const gone = new Set<string>()
  const results = batch.map(({ delivery, outcome, at, durationMs, schedule }): AttemptResult => {
    const { webhookId, messageId, attempt } = delivery
    const next = nextStep(outcome, { attempt, now: now(), schedule, random: Math.random() })
    const own = health.get(webhookId) ?? { webhookId, hasDelivered: false, failures: 0 }
    if (next.step === 'delivered') own.hasDelivered = true
    else own.failures++
    health.set(webhookId, own)
    if (next.step === 'disable') gone.add(webhookId)
    return {
      webhookId,
      messageId,
      attempt,
      log: {
        at: at.toISOString(),
        status: outcome.kind === 'answered' ? outcome.status : null,
        failure: outcome.kind === 'failed' ? outcome.failure : null,
        durationMs,
      },
      state: next.step === 'delivered' ? 'delivered' : next.step === 'retry' ? 'pending' : 'failed',
      dueInMs: next.step === 'retry' ? next.dueAt.getTime() - now().getTime() : null,
    }
  })
  const halted = await storage.transaction(async (run) => {
    await settleAttempts(run, results)
    const failing = await noteHealth(run, [...health.values()])
    const tired = failing.filter((webhook) => shouldPause({ ...webhook, now: now() }))
    for (const id of gone) await haltWebhook(run, id, 'disabled', 'Its receiver answered 410 Gone.')
    for (const { webhookId, failingSince } of tired)
      await haltWebhook(run, webhookId, 'paused', `Every attempt has failed since ${failingSince.toISOString()}.`)
    return [...gone, ...tired.map(({ webhookId }) => webhookId)]
  })
  for (const webhook of halted) {
    metrics.count('outcry_webhooks_halted_total')
    log.warn({ webhook }, 'a webhook is told no more')
  }
  return batch.map(() => undefined)
}

/**
 * Delivers until told to stop: looks each `everyMs`, and at once when an attempt has ended and more is waiting.
 *
 * @returns stops it, and waits for the attempts under way
 */
export function deliverWebhooks(ports: Needs, options: DeliveryOptions, everyMs = 250): () => Promise<void> {
  const deliverer = createDeliverer(ports, options)
  let isStopped = false
  let wake = () => {}
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const run = async () => {
    while (!isStopped) {
      let underWay = 0
      try {
        underWay = await deliverer.turn()
      } catch (error) {
        ports.log.error({ err: error }, 'webhooks could not be looked after; it is tried again')
      }
      if (isStopped) break
      // A moment lets attempts that end together be followed by one look.
      if (underWay > 0) await Promise.race([deliverer.someEnded().then(() => pause(GATHER_MS)), pause(everyMs)])
      else await pause(everyMs)
    }
    await deliverer.drained()
  }
  const ended = run()
  return () => {
    isStopped = true
    wake()
    return ended
  }
}
