import { parseArgs } from 'node:util'
import pino from 'pino'
import { startServer } from '../runtime/node.ts'
import type { Command } from './command.ts'
import { openStorage } from './open-storage.ts'
import { readSettings } from './settings.ts'

const HELP = `Usage: outcry serve

Serves pages and API until SIGTERM or SIGINT; what npm start runs. Settings come from the environment:
PORT, HOST, DATABASE_URL, DATA_DIR, TRUSTED_PROXIES, ADMIN_KEY, GEOIP_DB and others that the README lists.

Example:
  PORT=8080 outcry serve
`

export const serve: Command = {
  name: 'serve',
  summary: 'serve pages and API',
  help: HELP,
  async run(args, { stdout, stderr, env }) {
    parseArgs({ args, options: {} })
    const settings = readSettings(env)
    const log = pino({ level: settings.LOG_LEVEL, base: null }, pino.destination({ dest: 2, sync: false }))
    const storage = await openStorage(settings)
    if (storage.engine === 'pglite')
      stderr.write(
        `Embedded database in ${settings.DATA_DIR}: safe from a crash of the process, not from a power cut (it never calls fsync). Set DATABASE_URL for PostgreSQL.\n`,
      )
    const server = await startServer(storage, settings, log)
    stdout.write(`Outcry answers on ${server.url}\n`)
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve())
      process.once('SIGINT', () => resolve())
    })
    await server.stop()
    return 0
  },
}
