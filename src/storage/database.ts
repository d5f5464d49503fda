import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** One type over both engines: PostgreSQL through postgres.js, and PGlite in a worker thread. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>

/** Answers of `run` are plain rows; bigint arrives as a string, timestamps as strings unless cast. */
export type Row = Record<string, unknown>

/** An open database: Drizzle for what is written once, `run` for hot statements that both engines prepare once and reuse. */
export interface Storage {
  readonly engine: 'postgres' | 'pglite'
  readonly db: Database
  run<T extends Row>(text: string, parameters?: unknown[]): Promise<T[]>
  /** All or nothing; `run` inside uses the transaction. */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>
  /** Waits for what is under way, up to `timeoutSeconds`. */
  close(timeoutSeconds?: number): Promise<void>
}

export type Run = <T extends Row>(text: string, parameters?: unknown[]) => Promise<T[]>

/** Whether the database could not be asked or could not go on: PostgreSQL's classes 08 (connection), 53 (resources) and 57 (shutdown, timeout), and the drivers' own words. */
export function isDatabaseAway(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  return /^(08|53|57)/.test(code) || /^(CONNECT|ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/.test(code)
}

/** Reads several things as they were at one moment. */
export function atOneMoment<T>(
  { transaction }: Pick<Storage, 'transaction'>,
  read: (run: Run) => Promise<T>,
): Promise<T> {
  return transaction(async (run) => {
    await run('set transaction isolation level repeatable read, read only')
    return read(run)
  })
}

/** Whether the database answers within some time. */
export async function isReachable({ run }: Pick<Storage, 'run'>, withinMs: number): Promise<boolean> {
  const answered = run('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answered, new Promise<false>((resolve) => setTimeout(resolve, withinMs, false))])
}
