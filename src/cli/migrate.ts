import { parseArgs } from 'node:util'
import { ensurePartitions } from '../report/partitions.ts'
import type { Command } from './command.ts'
import { openFromEnvironment } from './open-storage.ts'

const HELP = `Usage: outcry migrate

Brings the schema and the built-in catalogue of the database up to date, and ends. A server does the same when it starts.

Example:
  DATABASE_URL=postgres://outcry@localhost/outcry outcry migrate
`

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database up to date',
  help: HELP,
  async run(args, { stdout, env }) {
    parseArgs({ args, options: {} })
    const storage = await openFromEnvironment(env)
    await ensurePartitions(storage)
    await storage.close()
    stdout.write('The database is up to date.\n')
    return 0
  },
}
