import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ARCHIVE_SCHEMA } from '../record/archive-schema.ts'
import { dayOf } from '../record/day-archive.ts'
import { ARCHIVE_FILES, archiveDay, finalDays, gzip, manifestOf } from '../record/write-archive.ts'
import type { Storage } from '../storage/database.ts'
import type { Command } from './command.ts'

const HELP = `Usage: outcry archive [--from DAY] [--until DAY] [--out FOLDER]

Writes each final UTC day into FOLDER (./archive unless told): counts by service, region and quarter of an hour, and incidents,
as NDJSON and CSV (gzip), with a manifest of checksums, and one schema.json. A day is final 26 hours after its end, since late
reports may come until then. Small counts of places are kept back, so that the files can be given to anyone. The server
answers the same files under /archive; outcry import reads them back.

  --from, --until   first and last day, such as 2025-11-24; all final days unless told

Example:
  outcry archive --from 2025-11-01 --out /srv/archive
`

/** `outcry archive`. @param open opens the database that the environment names */
export function createArchiveCommand(open: (env: Record<string, string | undefined>) => Promise<Storage>): Command {
  return {
    name: 'archive',
    summary: 'write the open archive: counts and incidents by day',
    help: HELP,
    async run(args, { stdout, stderr, env }) {
      const { values } = parseArgs({
        args,
        options: { from: { type: 'string' }, until: { type: 'string' }, out: { type: 'string', default: './archive' } },
      })
      for (const text of [values.from, values.until])
        if (text !== undefined && dayOf(text) === null) {
          stderr.write(`outcry archive: "${text}" is not a day such as 2025-11-24\n`)
          return 2
        }
      const storage = await open(env)
      try {
        const now = new Date()
        const days = (await finalDays(storage.run, now))
          .filter((day) => day >= (values.from ?? '') && day <= (values.until ?? '9999'))
          .reverse()
        await mkdir(values.out, { recursive: true })
        await writeFile(join(values.out, 'schema.json'), `${JSON.stringify(ARCHIVE_SCHEMA, null, 2)}\n`)
        for (const day of days) {
          const archive = await archiveDay(storage.run, day, now)
          const folder = join(values.out, day)
          await mkdir(folder, { recursive: true })
          for (const name of ARCHIVE_FILES) await writeFile(join(folder, `${name}.gz`), await gzip(archive.files[name]))
          // Last, so that a day with a manifest is whole.
          await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(await manifestOf(archive), null, 2)}\n`)
          stdout.write(
            `${day}: ${archive.rows['counts.ndjson']} counts, ${archive.rows['incidents.ndjson']} incidents\n`,
          )
        }
        if (days.length === 0) stdout.write('no final day to write\n')
        return 0
      } finally {
        await storage.close()
      }
    },
  }
}
