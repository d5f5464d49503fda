import { parseArgs } from 'node:util'
import { toCsvText } from '../http/csv.ts'
import { countToCsvRow, dayOf, WHOLE_COUNT_HEADER } from '../record/day-archive.ts'
import { quartersOf } from '../record/day-queries.ts'
import { findServiceId } from '../service/queries.ts'
import type { Storage } from '../storage/database.ts'
import type { Command } from './command.ts'

const HELP = `Usage: outcry export --from DAY --until DAY [--service SLUG] [--format FORMAT]

Writes this instance's own counts by quarter of an hour to standard output, whole: small counts of places are NOT kept back,
so the output is for its operator. What may be given to anyone is made by outcry archive. FORMAT is ndjson (default) or csv;
both days belong to the export.

Example:
  outcry export --from 2025-11-24 --until 2025-11-24 --service exchange-online --format csv
`

/** `outcry export`. @param open opens the database that the environment names */
export function createExportCommand(open: (env: Record<string, string | undefined>) => Promise<Storage>): Command {
  return {
    name: 'export',
    summary: "write this instance's own counts, whole",
    help: HELP,
    async run(args, { stdout, stderr, env }) {
      const { values } = parseArgs({
        args,
        options: {
          from: { type: 'string' },
          until: { type: 'string' },
          service: { type: 'string' },
          format: { type: 'string', default: 'ndjson' },
        },
      })
      const [from, until] = [dayOf(values.from ?? ''), dayOf(values.until ?? '')]
      const isFormat = values.format === 'ndjson' || values.format === 'csv'
      if (from === null || until === null || from.fromMs > until.fromMs || !isFormat) {
        stderr.write(`say which days, and a format that exists\n\n${HELP}`)
        return 2
      }
      const storage = await open(env)
      try {
        if (values.service !== undefined && (await findServiceId(storage.run, values.service)) === null) {
          stderr.write(`outcry export: there is no service "${values.service}"\n`)
          return 2
        }
        for (let at = from.fromMs; at < until.untilMs; at += 86_400_000) {
          const counts = (await quartersOf(storage.run, { fromMs: at, untilMs: at + 86_400_000 })).filter(
            ({ service }) => values.service === undefined || service === values.service,
          )
          const csv = () => toCsvText(WHOLE_COUNT_HEADER, counts.map(countToCsvRow))
          if (values.format === 'ndjson') for (const count of counts) stdout.write(`${JSON.stringify(count)}\n`)
          // The header belongs to the first day only.
          else stdout.write(at === from.fromMs ? csv() : csv().slice(csv().indexOf('\r\n') + 2))
        }
        return 0
      } finally {
        await storage.close()
      }
    },
  }
}
