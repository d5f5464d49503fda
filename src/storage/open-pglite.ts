import type { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import type { Database, Row, Run, Storage } from './database.ts'

export interface RawQuery {
  text: string
  parameters: unknown[]
  rowMode: 'array' | 'object'
}

/** What is asked of a PGlite, wherever it runs: in this thread (tests) or in a worker thread (the embedded database). */
export interface RawPglite {
  query(query: RawQuery): Promise<{ rows: unknown[]; affectedRows?: number }>
  close(): Promise<void>
}

const asText = (value: string) => value

/** Leaves times and big integers as text, as the other driver does, so that one mapping serves both engines. */
export const TEXT_PARSERS: Record<number, (value: string) => unknown> = Object.fromEntries(
  [20, 1082, 1083, 1114, 1115, 1182, 1184, 1185, 1186, 1187, 1231].map((oid) => [oid, asText]),
)

/** PGlite in this very thread. */
export function inThisThread(pglite: PGlite): RawPglite {
  return {
    query: ({ text, parameters, rowMode }) => pglite.query(text, parameters, { rowMode, parsers: TEXT_PARSERS }),
    close: () => pglite.close(),
  }
}

/** One connection: statements queue up, and a transaction keeps all others waiting until it ends. */
export function openPglite(raw: RawPglite): Storage {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }
  const atOnce = {
    query: (text: string, parameters: unknown[] = [], options?: { rowMode?: 'array' | 'object' }) =>
      raw.query({ text, parameters, rowMode: options?.rowMode ?? 'object' }),
  }
  const transaction = <T>(work: (client: typeof atOnce) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await atOnce.query('begin')
      try {
        const result = await work(atOnce)
        await atOnce.query('commit')
        return result
      } catch (error) {
        await atOnce.query('rollback')
        throw error
      }
    })
  const client = {
    query: (...query: Parameters<typeof atOnce.query>) => inTurn(() => atOnce.query(...query)),
    transaction,
  }
  const runOn =
    (target: typeof atOnce): Run =>
    async <T extends Row>(text: string, parameters?: unknown[]) =>
      (await target.query(text, parameters)).rows as T[]

  return {
    engine: 'pglite',
    db: drizzle(client as unknown as PGlite) as unknown as Database,
    run: runOn(client),
    transaction: (work) => transaction((target) => work(runOn(target))),
    close: () => inTurn(() => raw.close()),
  }
}
