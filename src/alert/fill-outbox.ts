import { eventsAfter } from '../incident/queries.ts'
import { announceEnds } from '../push/queries.ts'
import type { Storage } from '../storage/database.ts'
import {
  ensureOutbox,
  insertDeliveries,
  isOutboxBehind,
  moveOutbox,
  type NewDelivery,
  takeOutbox,
} from './delivery-queries.ts'
import { passes } from './event-filter.ts'
import { activeWebhooks } from './webhook-queries.ts'

/** Events of one transaction. */
const PAGE = 100

/** Rows of one statement. */
const MOST_ROWS = 2_000

/**
 * Puts the next events by for every webhook that wants them, and ends of incidents for the browsers that wait for them. Events and position move in one transaction, so a crash loses
 * none and repeats none; and as event ids are in commit order, none can appear behind the position.
 *
 * @returns whether there may be more
 */
export async function fillOutbox(storage: Storage): Promise<boolean> {
  if (!(await isOutboxBehind(storage.run))) return false
  await ensureOutbox(storage.run)
  return storage.transaction(async (run) => {
    const last = await takeOutbox(run)
    if (last === null) return false
    const events = await eventsAfter(run, BigInt(last), PAGE)
    if (events.length === 0) return false
    const webhooks = await activeWebhooks(run)
    const deliveries = events.flatMap((event) =>
      webhooks
        .filter(({ filter, sinceEvent }) => Number(event.id) > sinceEvent && passes(filter, event))
        .map(({ id }): NewDelivery => ({ webhookId: id, messageId: event.id, type: event.type, body: null })),
    )
    await announceEnds(
      run,
      events.flatMap((event) =>
        event.type === 'incident.resolved' ? [{ service: event.service, incidentId: event.incident.id }] : [],
      ),
    )
    for (let n = 0; n < deliveries.length; n += MOST_ROWS)
      await insertDeliveries(run, deliveries.slice(n, n + MOST_ROWS))
    await moveOutbox(run, Number(events.at(-1)!.id))
    return events.length === PAGE
  })
}
