import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lockFolder } from '../runtime/folder-lock.ts'
import { inWorkerThread } from '../runtime/pglite-thread.ts'
import { PROJECT_ROOT, readMigrations } from '../runtime/project-files.ts'
import { seedCatalogue } from '../service/seed-catalogue.ts'
import type { Storage } from '../storage/database.ts'
import { migrate } from '../storage/migrate.ts'
import { openPglite } from '../storage/open-pglite.ts'
import { openPostgres } from '../storage/open-postgres.ts'
import { readSettings, type Settings } from './settings.ts'

/** Opens the database that the settings name and brings it up to date: PostgreSQL, or the embedded one in `DATA_DIR`. */
export async function openStorage(settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>): Promise<Storage> {
  const storage = settings.DATABASE_URL ? openPostgres(settings.DATABASE_URL) : openEmbedded(settings.DATA_DIR)
  try {
    await migrate(storage, readMigrations())
    await seedCatalogue(storage.run)
    return storage
  } catch (error) {
    await storage.close(1).catch(() => {})
    throw error
  }
}

/** For commands: the settings come from the environment. */
export const openFromEnvironment = (environment: Record<string, string | undefined>): Promise<Storage> =>
  openStorage(readSettings(environment))

/** The embedded database belongs to one process at a time. */
function openEmbedded(dataDir: string): Storage {
  const folder = resolve(dataDir)
  mkdirSync(folder, { recursive: true })
  const unlock = lockFolder(folder)
  const program = new URL(`file://${join(PROJECT_ROOT, 'dist/pglite-worker.js')}`)
  const storage = openPglite(inWorkerThread(program, join(folder, 'database')))
  return {
    ...storage,
    close: async (timeoutSeconds) => {
      await storage.close(timeoutSeconds)
      unlock()
    },
  }
}
