import { createEventFeed, EVENT_FEED, type EventFeed } from '../alert/event-feed.ts'
import type { Run } from '../storage/database.ts'
import { SECOND } from '../time.ts'

/** Nothing tells one isolate what another has written, so each stream looks into the log by itself. */
const POLL_MS = 2 * SECOND
const POLLS_PER_BEAT = 7

/** The event log for the one stream of one request, which looks for news while it is read. */
export function createPolledFeed(run: Run, pollMs = POLL_MS): EventFeed {
  const feed = createEventFeed(run, { ...EVENT_FEED, maxReaders: 1, keptEvents: 100 })
  const poll = async () => {
    for (let polls = 1; feed.readers() > 0; polls++) {
      await new Promise((resolve) => setTimeout(resolve, pollMs))
      await feed.read()
      if (polls % POLLS_PER_BEAT === 0) feed.beat()
    }
  }
  return {
    ...feed,
    async open(request) {
      const opened = await feed.open(request)
      // A stream that cannot be told ends, and its reader comes back with its cursor.
      if (opened.isOpen) poll().catch(() => feed.close())
      return opened
    },
  }
}
