import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Stands in a request for a client address of its own. */
export const ADDRESS = '{address}'

export interface LoadOrder {
  port: number
  /** Whole HTTP/1.1 requests, sent in turn. */
  requests: string[]
  connections: number
  seconds: number
  /** Ends earlier after so many requests. */
  most?: number
}

export interface LoadResult {
  perSecond: number
  answered: number
  /** Sent, and the connection ended or ten seconds passed without an answer. */
  unanswered: number
  statuses: Record<number, number>
  bytes: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

export interface LoadSource {
  run(order: LoadOrder): Promise<LoadResult>
  stop(): void
}

/** One process that sends all loads of a measurement, so that it is warm for each. */
export function startLoadSource(): LoadSource {
  const child = fork(programBeside('load-worker.js'))
  return { run: (order) => ask<LoadResult>(child, order), stop: () => child.kill() }
}

/** A built program of `bench/`. */
export const programBeside = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Sends a message and gives the next one that comes back. */
export function ask<Answer>(child: ChildProcess, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null) => reject(new Error(`a process of the measurement ended (status ${code})`))
    child.once('exit', failed)
    child.once('message', (answer) => {
      child.off('exit', failed)
      resolve(answer as Answer)
    })
    child.send(message)
  })
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
