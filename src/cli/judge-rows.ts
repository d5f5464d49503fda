import { z } from 'zod'
import type { Verdict } from '../detection/detector.ts'
import { PacedDetector } from '../detection/paced-detector.ts'
import type { CommandIo } from './command.ts'
import { CountRows } from './count-rows.ts'
import { Progress } from './progress.ts'

const SEASON = 'must be a number of seconds above 0'

/** After how many seconds the rhythm of the rows repeats; a week unless told. */
export const SeasonOption = z.coerce.number(SEASON).positive(SEASON).default(604_800)

export interface RowSink {
  onHeader(header: string): void
  /** A row as it came, with the verdict on it. `series` is empty where the rows name none; `text` is valid during the call only. */
  onRow(series: string, atMs: number, verdict: Verdict, text: Buffer): void
  /** After each chunk of input: the place to write on, and to wait for the reader of the output. */
  onChunk(): Promise<void>
}

/** Rows that were not later than the one before them in their series: judged like it, and not learned from. */
export interface LateRows {
  count: number
  firstLine: number
}

/**
 * Runs a detector for each series over the rows of standard input, in one pass.
 *
 * @throws MalformedRow at the first row that cannot be read, after the rows before it were handed on
 */
export async function judgeRows(io: CommandIo, seasonMs: number, sink: RowSink): Promise<LateRows> {
  const progress = new Progress(io.stderr)
  const late: LateRows = { count: 0, firstLine: 0 }
  const detectors = new Map<string, PacedDetector>()
  let key: Buffer | null = null
  let name = ''
  let detector = new PacedDetector({ seasonMs })

  const rows = new CountRows(
    (header) => sink.onHeader(header),
    (series, atMs, count, text, line) => {
      // Rows of one series mostly follow one another: comparing bytes is cheaper than a string for each row.
      if (series !== null && (key === null || key.compare(series) !== 0)) {
        key = Buffer.from(series)
        name = key.toString('utf8')
        detector = detectors.get(name) ?? new PacedDetector({ seasonMs })
        detectors.set(name, detector)
      }
      let verdict = detector.advance(atMs, count)
      if (verdict === null) {
        verdict = detector.peek()
        if (late.count++ === 0) late.firstLine = line
      }
      sink.onRow(name, atMs, verdict, text)
      progress.rows++
    },
  )

  try {
    for await (const chunk of io.stdin) {
      rows.push(chunk as Buffer)
      await sink.onChunk()
      progress.draw()
    }
    rows.end()
  } finally {
    await sink.onChunk()
    progress.clear()
  }
  return late
}

/** One line on standard error where rows came late. */
export function tellLate(io: CommandIo, command: string, late: LateRows): void {
  if (late.count === 0) return
  io.stderr.write(
    `outcry ${command}: ${late.count} rows were not later than the one before them and taught nothing (first: line ${late.firstLine})\n`,
  )
}
