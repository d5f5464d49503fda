import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { DAY } from '../time.ts'
import { formatBacktest } from './backtest-report.ts'
import { BacktestTally, type Label } from './backtest-tally.ts'
import type { Command, CommandIo } from './command.ts'
import { MalformedRow, quote, readInstant } from './count-rows.ts'
import { judgeRows, SeasonOption, tellLate } from './judge-rows.ts'

const WARM_UP = 'must be a number of seconds, 0 or more'

const Options = z.strictObject({
  labels: z.string('is needed: the file with the known outages').min(1, 'is needed: the file with the known outages'),
  season: SeasonOption,
  'warm-up': z.coerce
    .number(WARM_UP)
    .nonnegative(WARM_UP)
    .default(DAY / 1000),
})

const help = `Usage: outcry backtest --labels FILE [--season SECONDS] [--warm-up SECONDS] < counts.csv

Runs the detector over labelled history, as "outcry detect" would have seen it, and prints how many of the known outages
it found, how soon, and how often it alarmed without one: for the alarm rule itself and as a curve over thresholds of the
score. Counts are read from standard input as for "outcry detect".

The file of labels is CSV with the header
  start,end                  or, for many series,
  series,start,end
Times are ISO 8601. A label without a series holds for each. An outage is found when the alarm is on in a row within
[start, end]. Alarms outside every label are false;
those less than an hour (or three buckets) apart are one.

Options:
  --labels FILE      the known outages
  --season SECONDS   after how long the rhythm repeats (default 604800)
  --warm-up SECONDS  begin of each series in which nothing is counted (default 86400)
  --help             this text

Example:
  outcry backtest --labels outages.csv < counts.csv
`

/** `outcry backtest`: recall, delay and false alarms on labelled history. */
export const backtest: Command = {
  name: 'backtest',
  summary: 'measure the detector on labelled history',
  help,
  async run(args: string[], io: CommandIo): Promise<number> {
    if (args.includes('--help') || args.includes('-h')) {
      io.stdout.write(help)
      return 0
    }
    const options = readOptions(args, io)
    if (options === null) return 2
    let file: Buffer
    try {
      file = await readFile(options.labels)
    } catch (error) {
      io.stderr.write(`outcry backtest: cannot read ${options.labels}: ${(error as Error).message}\n`)
      return 1
    }
    try {
      const labels = readLabels(file)
      const tally = new BacktestTally(labels, options['warm-up'] * 1000)
      const late = await judgeRows(io, options.season * 1000, {
        onHeader: () => undefined,
        onRow: (series, atMs, verdict) => tally.add(series, atMs, verdict.score, verdict.level === 'open'),
        onChunk: async () => undefined,
      })
      const results = tally.results()
      io.stdout.write(formatBacktest(results))
      if (results.unmet > 0)
        io.stderr.write(
          `outcry backtest: ${results.unmet} of ${labels.length} labels are not counted: no row lies in them, or they belong to no series here or to the warm-up\n`,
        )
      tellLate(io, 'backtest', late)
      return 0
    } catch (error) {
      if (!(error instanceof MalformedRow)) throw error
      io.stderr.write(`outcry backtest: ${error.message}\n`)
      return 1
    }
  },
}

function readOptions(args: string[], io: CommandIo): z.output<typeof Options> | null {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({ args, options: { labels: text, season: text, 'warm-up': text } })
    const parsed = Options.safeParse(values)
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues)
      io.stderr.write(`outcry backtest: --${path.join('.')} ${message}\n`)
  } catch (error) {
    io.stderr.write(`outcry backtest: ${error instanceof Error ? error.message : String(error)}\n`)
  }
  io.stderr.write('Try: outcry backtest --help\n')
  return null
}

/** @throws MalformedRow that names the line of the file of labels */
export function readLabels(bytes: Buffer): Label[] {
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  const header = lines[0]?.trim()
  if (header !== 'start,end' && header !== 'series,start,end')
    throw new MalformedRow(
      1,
      `the header of the labels is ${quote(header ?? '')}; expected "start,end" or "series,start,end"`,
    )
  const labels: Label[] = []
  for (const [i, line] of lines.slice(1).entries()) {
    if (line.trim() === '') continue
    const fields = line.split(',')
    const [start, end] = fields.slice(-2).map((text) => readInstant(Buffer.from(text.trim()), 0, text.trim().length))
    const isShaped = header === 'start,end' ? fields.length === 2 : fields.length >= 3
    if (!isShaped || start === undefined || end === undefined || !(start <= end))
      throw new MalformedRow(i + 2, `${quote(line)} is no label; expected ${header} with start not after end`)
    labels.push({ series: fields.slice(0, -2).join(','), startMs: start, endMs: end })
  }
  return labels
}
