import { parseArgs } from 'node:util'
import pino from 'pino'
import { z } from 'zod'
import { prepareDemo } from '../demo/prepare-demo.ts'
import { runLiveDemo } from '../demo/run-live.ts'
import { startServer } from '../runtime/node.ts'
import type { Command } from './command.ts'
import { openStorage } from './open-storage.ts'
import { drawShare } from './progress.ts'
import { readSettings } from './settings.ts'

const HELP = `Usage: outcry serve [--demo [--speed N]]

Serves pages and API until SIGTERM or SIGINT; what npm start runs. Settings come from the environment:
PORT, HOST, DATABASE_URL, DATA_DIR, TRUSTED_PROXIES, ADMIN_KEY, GEOIP_DB and others that the README lists.

  --demo     an invented world with six weeks of history, in which Exchange Online fails within a minute
  --speed N  runs that outage N times as fast (1 to 20)

Example:
  PORT=8080 outcry serve
`

const Options = z.object({ demo: z.boolean().default(false), speed: z.coerce.number().min(1).max(20).default(1) })

export const serve: Command = {
  name: 'serve',
  summary: 'serve pages and API',
  help: HELP,
  async run(args, { stdout, stderr, env }) {
    const { values } = parseArgs({ args, options: { demo: { type: 'boolean' }, speed: { type: 'string' } } })
    const options = Options.safeParse(values)
    if (!options.success) {
      stderr.write('--speed must be a number from 1 to 20\n')
      return 2
    }
    const { demo, speed } = options.data
    // The invented world has a folder of its own, so that it never meets real reports.
    const settings = readSettings(
      demo && !env.DATABASE_URL && !env.DATA_DIR ? { ...env, DATA_DIR: './data/demo' } : env,
    )
    const log = pino({ level: settings.LOG_LEVEL, base: null }, pino.destination({ dest: 2, sync: false }))
    const storage = await openStorage(settings)
    if (storage.engine === 'pglite')
      stderr.write(
        `Embedded database in ${settings.DATA_DIR}: safe from a crash of the process, not from a power cut (it never calls fsync). Set DATABASE_URL for PostgreSQL.\n`,
      )
    const server = await startServer(storage, settings, log)
    let stopDemo = () => {}
    if (demo) {
      const { directory } = server.ports
      await prepareDemo(storage, directory, (share) => drawShare(stderr, 'writing six weeks of history', share))
      stopDemo = runLiveDemo(server.ports, speed)
    }
    server.begin()
    stdout.write(`Outcry answers on ${server.url}\n`)
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve())
      process.once('SIGINT', () => resolve())
    })
    stopDemo()
    await server.stop()
    return 0
  },
}
