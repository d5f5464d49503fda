import type { Run, Storage } from '../storage/database.ts'

/**
 * Reads of one moment: all statements see the same state of the database and the same `now()`, so that no two numbers of a
 * page contradict each other.
 */
export function readAtOnce<T>(storage: Storage, read: (run: Run) => Promise<T>): Promise<T> {
  return storage.transaction(async (run) => {
    await run('set transaction isolation level repeatable read, read only')
    return read(run)
  })
}
