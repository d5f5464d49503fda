import { afterAll, beforeAll } from 'vitest'
import { readSettings } from '../../src/cli/settings.ts'
import { type RunningServer, startServer } from '../../src/runtime/node.ts'
import type { Storage } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { ADMIN_KEY, TEST_LOG } from './program-ports.ts'
import { usePostgresUrl } from './storage.ts'

/** For one suite: the program as it is served, on a database of its own, with everything that runs by itself. */
export function useRunningServer(prepare: (storage: Storage) => Promise<void>): () => {
  server: RunningServer
  storage: Storage
} {
  const url = usePostgresUrl()
  let running: { server: RunningServer; storage: Storage }
  beforeAll(async () => {
    const storage = openPostgres(url())
    await prepare(storage)
    const settings = readSettings({ PORT: '0', HOST: '127.0.0.1', ADMIN_KEY, WEBHOOK_ALLOW_PRIVATE: '1' })
    const server = await startServer(storage, settings, { ...TEST_LOG, warn() {} })
    server.begin()
    running = { server, storage }
  })
  afterAll(() => running.server.stop())
  return () => running
}
