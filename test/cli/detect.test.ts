import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { backtest } from '../../src/cli/backtest.ts'
import type { Command } from '../../src/cli/command.ts'
import { detect } from '../../src/cli/detect.ts'
import { writeNumber } from '../../src/cli/row-writer.ts'
import { poisson, rhythm, uniform } from '../detection/count-stream.ts'

const MINUTE = 60_000
const START = Date.parse('2026-01-05T00:00:00Z')

function sink(isTTY = false) {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY }), text: () => Buffer.concat(chunks).toString() }
}

async function run(command: Command, args: string[], input: string | string[], isTTY = false) {
  const [out, err] = [sink(), sink(isTTY)]
  const pieces = (Array.isArray(input) ? input : [input]).map((text) => Buffer.from(text))
  const stdin = Readable.from(pieces)
  const status = await command.run(args, { stdin, stdout: out.stream, stderr: err.stream, env: {} })
  return { status, out: out.text(), err: err.text() }
}

const time = (ms: number) => new Date(ms).toISOString().replace('.000', '')

function counts(minutes: number, stepMs = MINUTE, series = ''): string[] {
  const random = uniform(1)
  const rows: string[] = []
  for (let i = 0; i < minutes; i++) {
    const at = START + i * stepMs
    rows.push(`${series}${time(at)},${poisson(4 * rhythm(at), random)}`)
  }
  return rows
}

const HEADER = 'timestamp,count\n'

test('every row comes back as it was, with four columns added', async () => {
  const rows = counts(500)
  const { status, out } = await run(detect, [], `${HEADER}${rows.join('\n')}\n`)
  const lines = out.trimEnd().split('\n')

  expect(status).toBe(0)
  expect(lines[0]).toBe('timestamp,count,expected,upper,score,alarm')
  expect(lines).toHaveLength(501)
  for (const [i, row] of rows.entries())
    expect(lines[i + 1]).toMatch(new RegExp(`^${row},[0-9.]+,[0-9.]+,[0-9.]+,[01]$`))
})

test('a row is judged by the rows up to it alone', async () => {
  const rows = counts(3000)
  const cut = 2500
  const whole = await run(detect, [], HEADER + rows.join('\n'))
  const changed = rows.map((row, i) => (i < cut ? row : row.replace(/,.*/, ',99999')))
  const other = await run(detect, [], HEADER + changed.join('\n'))
  const short = await run(detect, [], HEADER + rows.slice(0, cut).join('\n'))
  const first = (text: string) => text.split('\n').slice(0, cut + 1)

  expect(first(other.out)).toEqual(first(whole.out))
  expect(first(short.out)).toEqual(first(whole.out))
})

test('how the input is cut into pieces does not matter', async () => {
  const text = HEADER + counts(300).join('\r\n')
  const pieces = text.match(/[\s\S]{1,7}/g)!

  expect((await run(detect, [], pieces)).out).toBe((await run(detect, [], text)).out)
})

test('many series are judged apart, whatever their order', async () => {
  const [a, b] = [counts(200, MINUTE, 'a,'), counts(200, 5 * MINUTE, '"b, c",')]
  const mixed = a.flatMap((row, i) => [row, b[i]!])
  const { out } = await run(detect, [], `series,timestamp,count\n${mixed.join('\n')}\n`)
  const alone = await run(detect, [], `series,timestamp,count\n${b.join('\n')}\n`)

  expect(out.split('\n').filter((line) => line.startsWith('"b'))).toEqual(alone.out.split('\n').slice(1, -1))
})

test.each([
  ['minutes', MINUTE],
  ['half hours', 30 * MINUTE],
  ['days', 1440 * MINUTE],
  ['weeks', 7 * 1440 * MINUTE],
])('counts by %s are judged without being told the width', async (_name, stepMs) => {
  const { status, out } = await run(detect, [], HEADER + counts(400, stepMs).join('\n'))

  expect(status).toBe(0)
  expect(
    out
      .trimEnd()
      .split('\n')
      .slice(100)
      .every((line) => line.endsWith(',0')),
  ).toBe(true)
})

test.each([
  ['2026-01-05T00:01:00Z,abc', '"abc" is no count'],
  ['2026-01-05T00:01:00Z,-1', '"-1" is no count'],
  ['2026-01-05T00:01:00Z,', '"" is no count'],
  ['2026-13-05T00:01:00Z,1', 'is no ISO 8601 time'],
  ['2026-02-30T00:01:00Z,1', 'is no ISO 8601 time'],
  ['yesterday,1', '"yesterday" is no ISO 8601 time'],
  ['no comma', 'no comma'],
  ['2026-01-05T00:01:00Z,1e300', '"1e300" is no count'],
  [`2026-01-05T00:01:00Z,${'9'.repeat(400)}`, `"${'9'.repeat(80)}…" is no count`],
  ['2026-01-05T00:01:00Z,1\u001b[2J', '"1\\u001b[2J" is no count'],
])('the row "%s" ends the run with its line, and nothing partial', async (row, message) => {
  const { status, out, err } = await run(
    detect,
    [],
    `${HEADER}2026-01-05T00:00:00Z,1\n${row}\n2026-01-05T00:02:00Z,1\n`,
  )

  expect(status).toBe(1)
  expect(err).toContain('line 3')
  expect(err).toContain(message)
  expect(out.split('\n')).toHaveLength(3)
  expect(out.endsWith('\n')).toBe(true)
})

test.each(['', 'time;count\n', '2026-01-05T00:00:00Z,1\n'])(
  'without its header nothing is written: %j',
  async (input) => {
    const { status, out, err } = await run(detect, [], input)

    expect(status).toBe(1)
    expect(out).toBe('')
    expect(err).toContain('line 1')
  },
)

test('a row that is not later than the one before it is passed on, told of, and not learned from', async () => {
  const rows = counts(50)
  const doubled = [...rows.slice(0, 30), rows[10]!, ...rows.slice(30)]
  const plain = await run(detect, [], HEADER + rows.join('\n'))
  const { status, out, err } = await run(detect, [], HEADER + doubled.join('\n'))

  expect(status).toBe(0)
  expect(err).toContain('line 32')
  const lines = out.trimEnd().split('\n')
  expect(lines).toHaveLength(52)
  expect(lines.filter((_, i) => i !== 31)).toEqual(plain.out.trimEnd().split('\n'))
})

test.each([['--season', 'soon'], ['--season', '-5'], ['--colour', 'red'], ['extra']])(
  'wrong options %s %s are refused',
  async (...args) => {
    const { status, err } = await run(detect, args.filter(Boolean), HEADER)

    expect(status).toBe(2)
    expect(err).toContain('outcry detect --help')
    expect(err).not.toContain('NaN')
  },
)

test('help has an example', async () => {
  expect((await run(detect, ['--help'], '')).out).toContain('Example:')
  expect((await run(backtest, ['--help'], '')).out).toContain('Example:')
})

test('a slow reader holds the writer back', async () => {
  const out = new PassThrough({ highWaterMark: 1024 })
  let read = 0
  const stdin = Readable.from([Buffer.from(HEADER), ...counts(3000).map((row) => Buffer.from(`${row}\n`))])
  const done = detect.run([], { stdin, stdout: out, stderr: sink().stream, env: {} })
  await new Promise((resolve) => setImmediate(resolve))
  expect(out.writableLength).toBeLessThan(200_000)
  out.on('data', (chunk: Buffer) => {
    read += chunk.length
  })

  expect(await done).toBe(0)
  expect(read).toBeGreaterThan(3000 * 20)
})

test.each([
  [0, '0'],
  [12, '12'],
  [0.30000001, '0.3'],
  [0.00123456, '0.001235'],
  [9.87654, '9.877'],
  [999.9996, '1000'],
  [12345.6, '12346'],
])('%d is written as %s', (value, text) => {
  const bytes = Buffer.alloc(40)
  expect(bytes.toString('latin1', 0, writeNumber(bytes, 0, value))).toBe(text)
})

test('a backtest tells what was found, how soon, and what was false', async () => {
  const random = uniform(5)
  const outage = START + 10 * 1440 * MINUTE + 14 * 60 * MINUTE
  const other = outage + 1440 * MINUTE
  const rows: string[] = []
  for (let at = START; at < START + 12 * 1440 * MINUTE; at += MINUTE) {
    const isRisen = (at >= outage && at < outage + 60 * MINUTE) || (at >= other && at < other + 60 * MINUTE)
    rows.push(`${time(at)},${poisson(4 * rhythm(at) * (isRisen ? 10 : 1), random)}`)
  }
  const file = join(await mkdtemp(join(tmpdir(), 'labels-')), 'labels.csv')
  await writeFile(file, `start,end\n${time(outage)},${time(outage + 60 * MINUTE)}\n`)
  const { status, out } = await run(backtest, ['--labels', file], HEADER + rows.join('\n'))

  expect(status).toBe(0)
  expect(out).toContain('1 labelled outages in 1 series')
  const alarm = out
    .split('\n')
    .find((line) => line.startsWith('alarm'))!
    .split(/\s{2,}/)
  expect(alarm[1]).toBe('1.000')
  expect(Number.parseInt(alarm[2]!, 10)).toBeLessThan(5)
  // The unlabelled outage is one false alarm in some eleven days.
  expect(Number(alarm[4])).toBeGreaterThan(25)
  expect(Number(alarm[4])).toBeLessThan(50)
})

async function backtestOf(labels: string, args: string[], input: string) {
  const file = join(await mkdtemp(join(tmpdir(), 'labels-')), 'labels.csv')
  await writeFile(file, labels)
  return run(backtest, ['--labels', file, ...args], input)
}

test('a label without a series is an outage of each series, so that nothing is found twice', async () => {
  const risen = (row: string, i: number) => (i >= 250 && i < 280 ? row.replace(/[^,]*$/, '99') : row)
  const rows = ['a,', 'b,'].flatMap((series) => counts(300, MINUTE, series).map(risen))
  const label = `start,end\n${time(START + 250 * MINUTE)},${time(START + 280 * MINUTE)}\n`
  const { out } = await backtestOf(label, ['--warm-up', '0'], `series,timestamp,count\n${rows.join('\n')}`)

  expect(out).toContain('2 labelled outages in 2 series')
  expect(out).toMatch(/^alarm +1\.000/m)
})

test.each([
  ['of a series that is not there', 'series,start,end\nother,2026-01-05T01:00:00Z,2026-01-05T02:00:00Z\n', []],
  ['after the last row', 'start,end\n2027-01-05T01:00:00Z,2027-01-05T02:00:00Z\n', []],
  [
    'of the warm-up, also behind another one',
    'start,end\n2026-01-05T01:00:00Z,2026-01-05T01:10:00Z\n2026-01-05T01:20:00Z,2026-01-05T01:30:00Z\n',
    ['--warm-up', '7200'],
  ],
])('a label %s is told of and lowers no recall', async (_where, labels, args) => {
  const { status, out, err } = await backtestOf(labels, args, HEADER + counts(300).join('\n'))

  expect(status).toBe(0)
  expect(out).toContain('0 labelled outages')
  expect(out).toMatch(/^alarm +- /m)
  expect(err).toMatch(/(1 of 1|2 of 2) labels are not counted/)
})

test('labels that cannot be read are named by their file', async () => {
  const { status, err } = await run(backtest, ['--labels', tmpdir()], HEADER)

  expect(status).toBe(1)
  expect(err).toContain(`cannot read ${tmpdir()}`)
})

test('years before the 100th are years like others', async () => {
  const { err } = await run(detect, [], `${HEADER}0050-01-05T00:00:00Z,3\n0050-01-05T00:01:00.0Z,3\n`)

  expect(err).toBe('')
})

test('a wrong label is named by its line', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'labels-')), 'labels.csv')
  await writeFile(file, 'start,end\n2026-01-05T00:00:00Z,2026-01-04T00:00:00Z\n')
  const { status, err } = await run(backtest, ['--labels', file], HEADER)

  expect(status).toBe(1)
  expect(err).toContain('line 2')
})

test('a backtest without labels is called wrongly', async () => {
  expect((await run(backtest, [], HEADER)).status).toBe(2)
})
