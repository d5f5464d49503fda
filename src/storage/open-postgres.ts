import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database, Row, Run, Storage } from './database.ts'

export interface PostgresOptions {
  /** Most connections at a time. */
  connections?: number
  /** Type lookup costs a round trip per connection: off where connections live for one request. */
  fetchTypes?: boolean
  /** Off behind poolers that share a connection between transactions. */
  prepare?: boolean
}

/** A statement that takes longer has failed: the minute after its own is final ten seconds in, and nothing may commit later. */
export const STATEMENT_TIMEOUT_MS = 8_000

/** Even a statement that is cut off has its answer by now, so a server that says nothing is gone. */
const SILENCE_MS = STATEMENT_TIMEOUT_MS + 1_000

/** Longest wait before a connection that failed is tried again: when the database is back, so are we. */
const MOST_BACKOFF_SECONDS = 1

export function openPostgres(url: string, options: PostgresOptions = {}): Storage {
  const prepare = options.prepare ?? true
  const line = openLine(() =>
    postgres(url, {
      max: options.connections ?? 10,
      fetch_types: options.fetchTypes ?? false,
      prepare,
      idle_timeout: 60,
      connect_timeout: 5,
      backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, MOST_BACKOFF_SECONDS),
      onnotice: () => {},
      connection: {
        application_name: 'outcry',
        statement_timeout: STATEMENT_TIMEOUT_MS,
        idle_in_transaction_session_timeout: 15_000,
      },
    }),
  )
  const runOn =
    (sql: Pick<postgres.Sql, 'unsafe'>): Run =>
    async <T extends Row>(text: string, parameters: unknown[] = []) =>
      (await sql.unsafe(text, parameters as postgres.ParameterOrJSON<never>[], { prepare })) as unknown as T[]
  const onLine: Run = (text, parameters) => line.answered((client) => runOn(client)(text, parameters))
  return {
    engine: 'postgres',
    db: line.db,
    run: onLine,
    transaction: async <T>(work: (run: Run) => Promise<T>) => {
      // Where the server ends a connection in mid-transaction (one that slept too long, a restart), the driver rejects, and then
      // brings the process down over whatever is still sent on it, its own rollback included. So nothing reaches it after that.
      let hasEnded = false
      const guarded =
        (run: Run): Run =>
        async (text, parameters) => {
          if (hasEnded) throw new Error('the transaction has ended with its connection')
          const rows = await run(text, parameters)
          line.heard()
          return rows as never
        }
      try {
        // How long its statements take is the transaction's own affair; that it begins at all is not.
        let whole: Promise<unknown> = Promise.resolve()
        await line.answered(
          (client) =>
            new Promise<void>((begun, failed) => {
              whole = client.begin((sql) => {
                if (hasEnded) throw new Error('the transaction was given up before it began')
                begun()
                return new Promise<T>((resolve, reject) => {
                  work(guarded(runOn(sql))).then(
                    (result) => hasEnded || resolve(result),
                    (error) => hasEnded || reject(error),
                  )
                })
              })
              whole.catch(failed)
            }),
        )
        return (await whole) as T
      } finally {
        hasEnded = true
      }
    },
    close: (timeoutSeconds = 5) => line.close(timeoutSeconds),
  }
}

/**
 * Connections that are given up together when the server has fallen silent: one that vanished (a failover, a cable) ends no
 * connection, and the kernel would go on sending for a quarter of an hour.
 */
function openLine(connect: () => postgres.Sql) {
  const dial = () => {
    const client = connect()
    // Drizzle changes how a client reads dates, so it comes first and `run` sees the same.
    drizzle(client)
    return { client, heardMs: performance.now() }
  }
  let current = dial()
  const throughCurrent = new Proxy(current.client, { get: (_first, name) => Reflect.get(current.client, name) })
  return {
    db: drizzle(throughCurrent) as unknown as Database,
    /** The server has said something. */
    heard: () => {
      current.heardMs = performance.now()
    },
    /** @throws an error with the code of a timeout when nothing comes back */
    async answered<T>(ask: (client: postgres.Sql) => Promise<T>): Promise<T> {
      const asked = current
      let timer: ReturnType<typeof setTimeout> | undefined
      const silence = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          if (asked === current && performance.now() - asked.heardMs >= SILENCE_MS) {
            current = dial()
            void asked.client.end({ timeout: 0 }).catch(() => {})
          }
          reject(Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' }))
        }, SILENCE_MS)
      })
      try {
        const answer = await Promise.race([ask(asked.client), silence])
        asked.heardMs = performance.now()
        return answer
      } finally {
        clearTimeout(timer)
      }
    },
    close: (timeoutSeconds: number) => current.client.end({ timeout: timeoutSeconds }),
  }
}
