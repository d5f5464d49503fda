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

export function openPostgres(url: string, options: PostgresOptions = {}): Storage {
  const prepare = options.prepare ?? true
  const client = postgres(url, {
    max: options.connections ?? 10,
    fetch_types: options.fetchTypes ?? false,
    prepare,
    idle_timeout: 60,
    connect_timeout: 5,
    onnotice: () => {},
    connection: {
      application_name: 'outcry',
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: 15_000,
    },
  })
  const runOn =
    (sql: Pick<postgres.Sql, 'unsafe'>): Run =>
    async <T extends Row>(text: string, parameters: unknown[] = []) =>
      (await sql.unsafe(text, parameters as postgres.ParameterOrJSON<never>[], { prepare })) as unknown as T[]
  // Drizzle changes how this client reads dates, so it comes first and `run` sees the same.
  const db = drizzle(client) as unknown as Database
  return {
    engine: 'postgres',
    db,
    run: runOn(client),
    transaction: async <T>(work: (run: Run) => Promise<T>) => {
      // Where the server ends a connection in mid-transaction (one that slept too long, a restart), the driver rejects, and then
      // brings the process down over whatever is still sent on it, its own rollback included. So nothing reaches it after that.
      let hasEnded = false
      const guarded =
        (run: Run): Run =>
        async (text, parameters) => {
          if (hasEnded) throw new Error('the transaction has ended with its connection')
          return run(text, parameters)
        }
      try {
        return (await client.begin(
          (sql) =>
            new Promise<T>((resolve, reject) => {
              work(guarded(runOn(sql))).then(
                (result) => hasEnded || resolve(result),
                (error) => hasEnded || reject(error),
              )
            }),
        )) as T
      } finally {
        hasEnded = true
      }
    },
    close: (timeoutSeconds = 5) => client.end({ timeout: timeoutSeconds }),
  }
}
