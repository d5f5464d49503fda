import { AppError } from '../errors.ts'
import { eventsAfter } from '../incident/queries.ts'
import type { Ports } from '../ports.ts'
import type { Interval } from '../time.ts'
import { eventById, eventRange, insertDeliveries, type NewDelivery, replayDeliveries } from './delivery-queries.ts'
import { passes } from './event-filter.ts'
import type { Webhook } from './webhook.ts'

const PAGE = 500

/** Most events of one replay. */
export const MOST_REPLAYED = 10_000

function requireActive({ state, stateReason }: Webhook): void {
  if (state !== 'active')
    throw new AppError(
      'conflict',
      `This webhook is ${state}. ${stateReason ?? ''} Set its state to active first.`.replace('  ', ' '),
    )
}

/** Sends a test message, whatever the filter. @returns its id, for the delivery log */
export async function sendTest({ storage, now }: Pick<Ports, 'storage' | 'now'>, webhook: Webhook): Promise<string> {
  requireActive(webhook)
  const messageId = `test_${crypto.randomUUID()}`
  const data = { message: 'A test from Outcry: nothing is down.', webhookId: webhook.id }
  const body = JSON.stringify({ type: 'webhook.test', timestamp: now().toISOString(), data })
  await insertDeliveries(storage.run, [{ webhookId: webhook.id, messageId, type: 'webhook.test', body }])
  return messageId
}

/** Delivers one message again, under its old id. */
export async function replayOne(
  { storage }: Pick<Ports, 'storage'>,
  webhook: Webhook,
  messageId: string,
): Promise<void> {
  requireActive(webhook)
  const event = /^\d{1,15}$/.test(messageId) ? await eventById(storage.run, messageId) : null
  if (event === null) throw new AppError('not-found', 'There is no such event to be delivered again.')
  await replayDeliveries(storage.run, [delivery(webhook, event)])
}

/**
 * Delivers what happened in an interval and passes the filter, also what was delivered before: ids are the old ones, so a
 * receiver that keeps them is not confused.
 *
 * @returns how many messages were put by
 */
export async function replayInterval(
  { storage }: Pick<Ports, 'storage'>,
  webhook: Webhook,
  { from, until }: Interval,
): Promise<number> {
  requireActive(webhook)
  const range = await eventRange(storage.run, from, until)
  if (range === null) return 0
  if (range.last - range.first >= MOST_REPLAYED)
    throw new AppError('invalid-request', `The interval has more than ${MOST_REPLAYED} events.`, {
      errors: [{ field: 'from', message: 'Choose a shorter interval.' }],
    })
  let replayed = 0
  let cursor = range.first - 1
  while (cursor < range.last) {
    const events = await eventsAfter(storage.run, BigInt(cursor), PAGE)
    if (events.length === 0) break
    cursor = Number(events.at(-1)!.id)
    const wanted = events.filter((event) => event.at >= from && event.at < until && passes(webhook.filter, event))
    replayed += await replayDeliveries(
      storage.run,
      wanted.map((event) => delivery(webhook, event)),
    )
  }
  return replayed
}

function delivery({ id }: Webhook, event: { id: string; type: string }): NewDelivery {
  return { webhookId: id, messageId: event.id, type: event.type, body: null }
}
