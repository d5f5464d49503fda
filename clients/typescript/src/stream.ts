import type { Calls, Event } from './api.ts'
import { errorOf } from './client.ts'

export interface StreamOptions extends Omit<Calls['streamEvents']['parameters'], 'cursor'> {
  /** Id of the last event that you have; without it the stream begins with the next. */
  cursor?: string
  signal?: AbortSignal
  /** Silence after which a connection counts as lost; signs of life come every 15 seconds. */
  silenceMs?: number
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/** @throws OutcryError when the stream is refused for good, as with a wrong filter */
export async function* readEvents(
  ask: (url: string, init: RequestInit) => Promise<Response>,
  url: string,
  { cursor, signal, silenceMs = 45_000, ...filter }: StreamOptions,
): AsyncGenerator<Event> {
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])),
  )
  let lastId = cursor
  let waitMs = FIRST_WAIT_MS
  while (!signal?.aborted) {
    const connection = new AbortController()
    const stop = () => connection.abort()
    signal?.addEventListener('abort', stop)
    let silence: ReturnType<typeof setTimeout> | undefined
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(stop, silenceMs)
    }
    let askedToWaitMs = 0
    try {
      heard()
      const response = await ask(`${url}?${query}`, {
        headers: { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
        signal: connection.signal,
      })
      if (!response.ok || response.body === null) {
        const error = await errorOf(response)
        if (response.status !== 429 && response.status < 500) throw error
        askedToWaitMs = (error.retryAfterSeconds ?? 0) * 1_000
      } else {
        for await (const block of blocksOf(response.body, heard)) {
          waitMs = FIRST_WAIT_MS
          lastId = /^id: ?(.*)$/m.exec(block)?.[1] ?? lastId
          const data = [...block.matchAll(/^data: ?(.*)$/gm)].map((line) => line[1]).join('\n')
          if (data !== '') yield JSON.parse(data) as Event
        }
      }
    } catch (error) {
      if (signal?.aborted) return
      if ((error as Error).name === 'OutcryError') throw error
    } finally {
      clearTimeout(silence)
      signal?.removeEventListener('abort', stop)
      connection.abort()
    }
    await rest(Math.max(askedToWaitMs, waitMs * (0.5 + Math.random() / 2)), signal)
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
  }
}

async function* blocksOf(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      heard()
      text += decoder.decode(value, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        yield text.slice(0, end)
        text = text.slice(end + 2)
      }
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
