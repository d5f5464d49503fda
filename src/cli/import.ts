import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { readArchiveDay } from '../record/read-archive.ts'
import type { Storage } from '../storage/database.ts'
import type { Command } from './command.ts'

const HELP = `Usage: outcry import FOLDER...

Reads days of the open archive (written by outcry archive, or downloaded from /archive) into this instance: FOLDER is one
day, or a folder of days. Each day is checked against its manifest and read whole or not at all; reading it again changes
nothing. Counts of the same quarters of an hour are replaced. Services that are missing are added.

Example:
  outcry import ./archive
`

/** `outcry import`. @param open opens the database that the environment names */
export function createImportCommand(open: (env: Record<string, string | undefined>) => Promise<Storage>): Command {
  return {
    name: 'import',
    summary: 'read days of the open archive into this instance',
    help: HELP,
    async run(args, { stdout, stderr, env }) {
      const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
      if (positionals.length === 0) {
        stderr.write(`name a folder\n\n${HELP}`)
        return 2
      }
      const folders = (await Promise.all(positionals.map(dayFolders))).flat()
      if (folders.length === 0) {
        stderr.write('no day with a manifest.json was found\n')
        return 1
      }
      const storage = await open(env)
      try {
        for (const folder of folders) {
          const { day, counts, incidents } = await readArchiveDay(
            storage,
            await readFile(join(folder, 'manifest.json'), 'utf8'),
            await readFiles(folder),
          )
          stdout.write(`${day}: ${counts} counts, ${incidents} incidents\n`)
        }
        return 0
      } finally {
        await storage.close()
      }
    },
  }
}

async function dayFolders(path: string): Promise<string[]> {
  if (existsSync(join(path, 'manifest.json'))) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'manifest.json')))
    .map(({ name }) => join(path, name))
    .sort()
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.gz'))
  const contents = await Promise.all(
    names.map(async (name) => [name.slice(0, -3), gunzipSync(await readFile(join(folder, name))).toString('utf8')]),
  )
  return Object.fromEntries(contents)
}
