import { eventsAfter } from '../incident/queries.ts'
import type { Run } from '../storage/database.ts'
import type { OutcryEvent } from './event.ts'
import { type EventFilter, passes } from './event-filter.ts'
import { eventToWire } from './wire.ts'

export interface EventFeedOptions {
  /** Bytes that may wait for a reader; what has no room is read from the log once there is. */
  maxBufferedBytes: number
  maxReaders: number
  maxReadersPerClient: number
  /** Events kept in memory, for readers that come back after a moment. */
  keptEvents: number
}

export const EVENT_FEED: EventFeedOptions = {
  maxBufferedBytes: 64 * 1024,
  maxReaders: 12_000,
  maxReadersPerClient: 20,
  keptEvents: 1_000,
}

/** Events of one read of the log. */
const PAGE = 200

/** Signs of life after which a reader that is full and takes nothing is let go, to come back with its cursor. */
const PATIENCE_BEATS = 4

interface Told {
  id: number
  event: OutcryEvent
  /** As it goes over the wire: made once, for all readers. */
  bytes: Uint8Array<ArrayBuffer>
}

interface Reader {
  client: string
  filter: EventFilter
  /** Id of the last event it was given, or that did not concern it. */
  cursor: number
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>
  /** Whether it has all that was told, so that new events go to it directly. */
  isLive: boolean
  /** While it has no room: where it stood at the last sign of life, and for how many it has not moved. */
  stalled: { at: number; beats: number }
}

export type OpenOutcome =
  | { isOpen: true; body: ReadableStream<Uint8Array<ArrayBuffer>> }
  | { isOpen: false; full: 'client' | 'all' }

/**
 * The event log as this process tells it: one reader of the database, however many readers of the stream. Whoever calls
 * repeats `read` and, less often, `beat`; nothing runs by itself.
 */
export interface EventFeed {
  /** @param cursor id of the last event that the reader has; `null` begins with the next */
  open(request: { client: string; filter: EventFilter; cursor: number | null }): Promise<OpenOutcome>
  /** Looks for new events and tells them. */
  read(): Promise<void>
  /** Sends each reader a sign of life with its cursor. */
  beat(): void
  /** Ends every stream; none is opened any more. */
  close(): void
  readers(): number
}

const encoder = new TextEncoder()

/** First of a stream: how soon to come back, and where one stands, should the connection break before the first event. */
const greeting = (cursor: number) => encoder.encode(`retry: 3000\nid: ${cursor}\n\n: outcry\n\n`)
const signOfLife = (cursor: number) => encoder.encode(`: keep-alive\nid: ${cursor}\n\n`)

function tellable(event: OutcryEvent): Told {
  const text = `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(eventToWire(event))}\n\n`
  return { id: Number(event.id), event, bytes: encoder.encode(text) }
}

export function createEventFeed(run: Run, options: EventFeedOptions = EVENT_FEED): EventFeed {
  const readers = new Set<Reader>()
  const perClient = new Map<string, number>()
  /** The latest events without a hole, oldest first. */
  let kept: Told[] = []
  /** Every event up to this one was told. */
  let head: number | null = null
  let isClosed = false

  const headNow = async (): Promise<number> => {
    const [row] = await run<{ last_id: number }>('select last_id::float8 as last_id from event_head')
    return row?.last_id ?? 0
  }
  const begun = async (): Promise<number> => {
    const found = head ?? (await headNow())
    head ??= found
    return head
  }

  const release = (client: string) => {
    const others = (perClient.get(client) ?? 1) - 1
    if (others > 0) perClient.set(client, others)
    else perClient.delete(client)
  }
  const forget = (reader: Reader) => {
    if (readers.delete(reader)) release(reader.client)
  }
  const letGo = (reader: Reader) => {
    forget(reader)
    try {
      reader.controller.close()
    } catch {
      // It was closed from the other side in the same moment.
    }
  }
  // What is larger than the whole buffer goes out alone.
  const fits = ({ controller }: Reader, { byteLength }: Uint8Array) =>
    (controller.desiredSize ?? 0) >= Math.min(byteLength, options.maxBufferedBytes)
  /** @returns whether there was room; what found none is read again once the reader asks for more */
  const tell = (reader: Reader, { id, event, bytes }: Told): boolean => {
    if (id <= reader.cursor) return true
    const isWanted = passes(reader.filter, event)
    if (isWanted && !fits(reader, bytes)) return false
    reader.cursor = id
    if (isWanted) reader.controller.enqueue(bytes)
    return true
  }

  /** Gives a reader what it missed, page by page and only as fast as it takes it. Ends when it is live, gone or full. */
  const catchUp = async (reader: Reader): Promise<void> => {
    while (readers.has(reader) && !reader.isLive) {
      // From the check to going live nothing awaits, so no event can fall between.
      if (reader.cursor >= (head ?? 0)) {
        reader.isLive = true
        return
      }
      const told = head ?? 0
      const missed = await after(reader.cursor)
      for (const one of missed) if (!readers.has(reader) || !tell(reader, one)) return
      // Only of a log that was cut; what was told since then is not passed over.
      if (missed.length === 0) reader.cursor = Math.max(reader.cursor, told)
    }
  }
  /** A cursor from ahead is of another log; its reader begins with the next event. */
  const startOf = async (cursor: number | null): Promise<number> => {
    const latest = await begun()
    if (cursor === null) return latest
    return cursor <= latest ? cursor : Math.min(cursor, await headNow())
  }
  const after = async (cursor: number): Promise<Told[]> => {
    const first = kept[0]
    if (first !== undefined && cursor >= first.id - 1) return kept.filter(({ id }) => id > cursor)
    return (await eventsAfter(run, BigInt(cursor), PAGE)).map(tellable)
  }

  let reading: Promise<void> | null = null
  const readOn = async (): Promise<void> => {
    let known = await begun()
    for (;;) {
      const fresh = (await eventsAfter(run, BigInt(known), PAGE)).map(tellable)
      if (fresh.length === 0) return
      known = fresh.at(-1)!.id
      kept = [...kept, ...fresh].slice(-options.keptEvents)
      head = known
      // One that is full catches up at its own pace, so that a burst of events cuts nobody off.
      for (const reader of readers) if (reader.isLive) reader.isLive = fresh.every((told) => tell(reader, told))
    }
  }

  return {
    async open({ client, filter, cursor }) {
      if (isClosed || readers.size >= options.maxReaders) return { isOpen: false, full: 'all' }
      const own = perClient.get(client) ?? 0
      if (own >= options.maxReadersPerClient) return { isOpen: false, full: 'client' }
      perClient.set(client, own + 1)
      const from = await startOf(cursor).catch((error) => {
        release(client)
        throw error
      })
      let reader: Reader | null = null
      let underWay: Promise<void> | null = null
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
        {
          start(controller) {
            reader = { client, filter, cursor: from, controller, isLive: false, stalled: { at: from, beats: 0 } }
            readers.add(reader)
            controller.enqueue(greeting(from))
          },
          async pull() {
            if (reader === null || reader.isLive) return
            const mine = reader
            underWay ??= catchUp(mine).finally(() => {
              underWay = null
            })
            await underWay.catch(() => letGo(mine))
          },
          cancel() {
            if (reader !== null) forget(reader)
          },
        },
        new ByteLengthQueuingStrategy({ highWaterMark: options.maxBufferedBytes }),
      )
      return { isOpen: true, body }
    },
    read() {
      reading ??= readOn().finally(() => {
        reading = null
      })
      return reading
    },
    beat() {
      for (const reader of readers) {
        const bytes = signOfLife(reader.cursor)
        if (reader.isLive && fits(reader, bytes)) reader.controller.enqueue(bytes)
        else if (reader.cursor !== reader.stalled.at) reader.stalled = { at: reader.cursor, beats: 0 }
        else if (++reader.stalled.beats >= PATIENCE_BEATS) letGo(reader)
      }
    },
    close() {
      isClosed = true
      for (const reader of readers) letGo(reader)
    },
    readers: () => readers.size,
  }
}
