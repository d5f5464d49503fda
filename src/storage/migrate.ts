import type { Storage } from './database.ts'

export interface Migration {
  /** File name without ending, such as `0001_foundation`; they run in this order. */
  name: string
  sql: string
}

/** The advisory lock under which migrations run; any fixed number that nothing else here uses. */
const MIGRATION_LOCK = 7_231_964

/**
 * Brings the schema up to date and returns the names of what it ran. Safe from any number of replicas at once: the lock is
 * the transaction's own, so a second starter waits for the commit and then finds nothing to do.
 */
export async function migrate(storage: Storage, migrations: Migration[]): Promise<string[]> {
  const ordered = migrations.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return storage.transaction(async (run) => {
    await run(`set local statement_timeout = '10min'`)
    await run(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
    await run(
      `create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`,
    )
    const applied = new Set((await run<{ name: string }>('select name from migrations')).map(({ name }) => name))
    const missing = ordered.filter(({ name }) => !applied.has(name))
    for (const { name, sql } of missing) {
      for (const statement of statementsOf(sql)) await run(statement)
      await run('insert into migrations (name) values ($1)', [name])
    }
    return missing.map(({ name }) => name)
  })
}

/** Splits at semicolons that end a line; migrations hold no function bodies. */
function statementsOf(sql: string): string[] {
  return sql
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '')
}
