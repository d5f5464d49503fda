import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Command, CommandIo } from './command.ts'
import { MalformedRow } from './count-rows.ts'
import { judgeRows, SeasonOption, tellLate } from './judge-rows.ts'
import { RowWriter } from './row-writer.ts'

const Options = z.strictObject({
  season: SeasonOption,
  help: z.boolean().default(false),
})

const help = `Usage: outcry detect [--season SECONDS] < counts.csv > judged.csv

Judges counts row by row. Reads CSV on standard input with the header
  timestamp,count            or, for many series at once,
  series,timestamp,count
and writes the same rows with expected,upper,score,alarm added:
  expected  what the baseline foresaw for the bucket
  upper     upper end of its 95 % band
  score     evidence for a rise, in decades, calibrated on the series' own past
  alarm     1 while an alarm is open

Row t is judged by rows up to t alone. Buckets are regular and of any width from a minute to a week; the width is taken
from the pace of the first rows of each series. Times are ISO 8601, UTC unless they carry an offset. An absent row is a
gap, not a zero. Rows of one series come in order of time; one that does not is passed on with the verdict before it and
not learned from. A row that cannot be read ends the run with status 1: every row before it was written whole, it and
what follows are not written at all.

Options:
  --season SECONDS  after how long the rhythm repeats (default 604800, a week; 31449600 for weekly counts of many years)
  --help            this text

Example:
  printf 'timestamp,count\\n2026-01-05T00:00:00Z,3\\n2026-01-05T00:01:00Z,2\\n' | outcry detect
`

/** `outcry detect`: the detector of the service over any counts, as a pipe. */
export const detect: Command = {
  name: 'detect',
  summary: 'judge counts from a pipe, row by row',
  help,
  async run(args: string[], io: CommandIo): Promise<number> {
    const options = readOptions(args, io)
    if (options === null) return 2
    if (options.help) {
      io.stdout.write(help)
      return 0
    }
    return judge(io, options.season * 1000)
  },
}

function readOptions(args: string[], io: CommandIo): z.output<typeof Options> | null {
  try {
    const { values } = parseArgs({
      args,
      options: { season: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    const parsed = Options.safeParse(values)
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues)
      io.stderr.write(`outcry detect: --${path.join('.')} ${message}\n`)
  } catch (error) {
    io.stderr.write(`outcry detect: ${error instanceof Error ? error.message : String(error)}\n`)
  }
  io.stderr.write('Try: outcry detect --help\n')
  return null
}

async function judge(io: CommandIo, seasonMs: number): Promise<number> {
  const writer = new RowWriter(io.stdout)
  try {
    const late = await judgeRows(io, seasonMs, {
      onHeader: (header) => writer.text(`${header},expected,upper,score,alarm\n`),
      onRow: (_series, _atMs, { expected, upper, score, level }, text) =>
        writer.row(text, expected, upper, score, level === 'open'),
      onChunk: () => writer.flush(),
    })
    tellLate(io, 'detect', late)
    return 0
  } catch (error) {
    if (!(error instanceof MalformedRow)) throw error
    io.stderr.write(`outcry detect: ${error.message}\n`)
    return 1
  }
}
