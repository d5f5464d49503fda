import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { importServices } from '../service/import-services.ts'
import { listServices } from '../service/queries.ts'
import { readServiceFile } from '../service/read-service-file.ts'
import { CATEGORIES } from '../service/service.ts'
import { toCsv, toJsonLines } from '../service/write-service-file.ts'
import type { Storage } from '../storage/database.ts'
import type { Command, CommandIo } from './command.ts'

const HELP = `Usage:
  outcry services import FILE              adds the services of a file, or changes those it has already
  outcry services list [--category NAME]   one line for each service
  outcry services export [--format FORMAT] the whole catalogue, ready to be edited and imported again

FILE is JSON lines, a JSON array or CSV with a header; - reads standard input. A row replaces the service of its slug
whole. Each wrong row is printed with its line, and then nothing is imported. FORMAT is ndjson (default) or csv.

Fields: slug, name, category, homepage; and if you like aliases, statusPage {url, format}, features, countries (ISO codes;
none means worldwide), dependsOn (slugs), isActive. In CSV, lists are parted by | and the status page is in the columns
statusPageUrl and statusPageFormat.

Categories: ${CATEGORIES.join(', ')}
`

type Open = (env: CommandIo['env']) => Promise<Storage>

class WrongCall extends Error {}

/** `outcry services`. @param open opens the database that the environment names */
export function createServicesCommand(open: Open): Command {
  return {
    name: 'services',
    summary: 'import, list and export the services that people report on',
    help: HELP,
    async run(args, io) {
      try {
        const { values, positionals } = parseCall(args)
        if (values.help) {
          io.stdout.write(HELP)
          return 0
        }
        const [action, ...rest] = positionals
        if (action === 'import' && rest.length === 1) return await runImport(open, rest[0]!, io)
        if (action === 'list' && rest.length === 0) return await runList(open, values.category ?? null, io)
        if (action === 'export' && rest.length === 0) return await runExport(open, values.format ?? 'ndjson', io)
        throw new WrongCall(
          action ? `cannot understand: services ${positionals.join(' ')}` : 'say import, list or export',
        )
      } catch (error) {
        if (!(error instanceof WrongCall)) throw error
        io.stderr.write(`${error.message}\n\n${HELP}`)
        return 2
      }
    },
  }
}

function parseCall(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        category: { type: 'string' },
        format: { type: 'string' },
      },
    })
  } catch (error) {
    throw new WrongCall((error as Error).message)
  }
}

async function runImport(open: Open, file: string, io: CommandIo): Promise<number> {
  const name = file === '-' ? 'standard input' : file
  let content: string
  try {
    content = file === '-' ? await text(io.stdin) : await readFile(file, 'utf8')
  } catch (error) {
    io.stderr.write(`cannot read ${name}: ${(error as Error).message}\n`)
    return 1
  }
  const read = readServiceFile(content)
  const result =
    read.errors.length > 0
      ? { errors: read.errors }
      : await using(open, io, (storage) => importServices(storage, read, 'command line'))
  if ('errors' in result) {
    for (const { line, message } of result.errors) io.stderr.write(`${name}:${line}: ${message}\n`)
    io.stderr.write('nothing was imported\n')
    return 1
  }
  io.stdout.write(`${result.added} added, ${result.changed} changed, ${result.unchanged} unchanged\n`)
  return 0
}

async function runList(open: Open, category: string | null, io: CommandIo): Promise<number> {
  if (category !== null && !(CATEGORIES as readonly string[]).includes(category)) {
    throw new WrongCall(`there is no category "${category}"`)
  }
  const all = await using(open, io, (storage) => listServices(storage.run))
  const services = all.filter((service) => category === null || service.category === category)
  const width = Math.max(0, ...services.map(({ slug }) => slug.length))
  for (const { slug, name, category, isActive } of services) {
    io.stdout.write(`${slug.padEnd(width)}  ${name} (${category}${isActive ? '' : ', not active'})\n`)
  }
  return 0
}

async function runExport(open: Open, format: string, io: CommandIo): Promise<number> {
  if (format !== 'ndjson' && format !== 'csv') throw new WrongCall(`there is no format "${format}"`)
  const services = await using(open, io, (storage) => listServices(storage.run))
  io.stdout.write(format === 'csv' ? toCsv(services) : toJsonLines(services))
  return 0
}

async function using<T>(open: Open, io: CommandIo, work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await open(io.env)
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}
