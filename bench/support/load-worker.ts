/** Sends the load, in a process of its own: plain keep-alive HTTP/1.1 over sockets, so that it is cheaper than what it measures. */
import { connect, type Socket } from 'node:net'
import { ADDRESS, type LoadOrder, type LoadResult } from './load.ts'

/** Longest that answers under way are waited for when the time is up. */
const PATIENCE_MS = 10_000

let sent = 0

/** Addresses that no two requests share, spread over all networks; never one of loopback, which is the trusted proxy. */
function nextAddress(): string {
  const mixed = Math.imul(++sent, 2_654_435_761) >>> 0
  const first = mixed >>> 24
  return `${first === 127 || first === 0 ? 1 : first}.${(mixed >>> 16) & 255}.${(mixed >>> 8) & 255}.${mixed & 255}`
}

async function run({ port, requests, connections, seconds, most = Infinity }: LoadOrder): Promise<LoadResult> {
  const parts = requests.map((request) => request.split(ADDRESS) as [string, string?])
  const milliseconds: number[] = []
  const statuses: Record<number, number> = {}
  let bytes = 0
  let left = most
  let unanswered = 0
  let next = Math.floor(Math.random() * parts.length)
  const begun = performance.now()
  const until = begun + seconds * 1000
  let lastAnswerAt = begun

  const talk = () =>
    new Promise<void>((resolve) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let sentAt = 0
      let isWaiting = false
      let missing = 0
      let head = ''

      const send = () => {
        if (performance.now() >= until || left-- <= 0) return socket.destroy()
        const [before, after] = parts[next++ % parts.length]!
        sentAt = performance.now()
        isWaiting = true
        socket.write(after === undefined ? before : before + nextAddress() + after, 'latin1')
      }
      const answered = () => {
        lastAnswerAt = performance.now()
        milliseconds.push(lastAnswerAt - sentAt)
        isWaiting = false
        send()
      }
      socket.on('connect', send)
      socket.on('data', (chunk) => {
        bytes += chunk.length
        if (missing > 0) {
          missing -= chunk.length
          if (missing <= 0) answered()
          return
        }
        const end = chunk.indexOf('\r\n\r\n')
        head += chunk.toString('latin1', 0, end < 0 ? chunk.length : end)
        if (end < 0) return
        const status = Number(head.slice(9, 12))
        statuses[status] = (statuses[status] ?? 0) + 1
        const length = status === 304 ? '0' : /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
        if (length === undefined) throw new Error(`an answer without content-length:\n${head}`)
        head = ''
        missing = Number(length) - (chunk.length - end - 4)
        if (missing <= 0) answered()
      })
      socket.on('error', () => {})
      socket.on('close', () => {
        if (isWaiting) unanswered++
        resolve()
      })
      setTimeout(() => socket.destroy(), seconds * 1000 + PATIENCE_MS).unref()
    })

  await Promise.all(Array.from({ length: connections }, talk))
  milliseconds.sort((a, b) => a - b)
  const quantile = (share: number) => milliseconds[Math.ceil(share * milliseconds.length) - 1] ?? 0
  return {
    perSecond: (milliseconds.length / (lastAnswerAt - begun)) * 1000,
    answered: milliseconds.length,
    unanswered,
    statuses,
    bytes,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    maxMs: quantile(1),
  }
}

process.on('message', async (order: LoadOrder) => process.send!(await run(order)))
process.on('disconnect', () => process.exit())
