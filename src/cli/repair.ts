import { parseArgs } from 'node:util'
import { differencesOf, hasReportsOf, repairDay } from '../count/repair-day.ts'
import type { Storage } from '../storage/database.ts'
import type { Command } from './command.ts'

const HELP = `Usage: outcry repair [--write] [DAY]

Counts a UTC day (YYYY-MM-DD; today unless told) anew from its raw reports and compares; hidden reports do not count. Reports
and counts are written in one statement, so there is nothing to find unless somebody changed the database by hand or imported
counts for that day.
Exit status 0 where they agree, 1 where they do not.

  --write  put right what differs

Example:
  outcry repair 2026-03-14
`

/** `outcry repair`: proves that counts and reports agree, or makes them. */
export function createRepairCommand(open: (env: Record<string, string | undefined>) => Promise<Storage>): Command {
  return {
    name: 'repair',
    summary: 'recount a day from its reports; there should be nothing to change',
    help: HELP,
    async run(args, { stdout, stderr, env }) {
      const { values, positionals } = parseArgs({
        args,
        options: { write: { type: 'boolean', default: false } },
        allowPositionals: true,
      })
      const day = positionals[0] ?? new Date().toISOString().slice(0, 10)
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) {
        stderr.write(`outcry repair: "${day}" is not a day such as 2026-03-14\n`)
        return 2
      }
      const storage = await open(env)
      try {
        if (!(await hasReportsOf(storage.run, day))) {
          stderr.write(`outcry repair: the reports of ${day} are no longer kept\n`)
          return 1
        }
        const rows = values.write ? await repairDay(storage, day) : await differencesOf(storage.run, day)
        const verdict = rows === 0 ? 'nothing to change' : `${rows} rows ${values.write ? 'put right' : 'differ'}`
        stdout.write(`${day}: ${verdict}\n`)
        return rows === 0 || values.write ? 0 : 1
      } finally {
        await storage.close()
      }
    },
  }
}
