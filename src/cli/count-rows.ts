/** Reading counts as CSV, byte by byte: `timestamp,count` or `series,timestamp,count`, any number of rows in constant memory. */

/** A row that cannot be read; the message names the line. */
export class MalformedRow extends Error {
  constructor(
    readonly line: number,
    what: string,
  ) {
    super(`line ${line}: ${what}`)
    this.name = 'MalformedRow'
  }
}

/** What was found, for a message: short, and without the bytes that would steer a terminal. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text)
}

const LONGEST_QUOTE = 80

/** Called for each row; `text` is the row without its line end, valid during the call only. */
export type OnRow = (series: Buffer | null, atMs: number, count: number, text: Buffer, line: number) => void

const COMMA = 44
const NEWLINE = 10
const RETURN = 13
const ZERO = 48

/** Splits a stream of bytes into rows. Feed it chunks, then `end()`. */
export class CountRows {
  private rest: Buffer = Buffer.alloc(0)
  private line = 0
  private hasSeries: boolean | null = null

  constructor(
    private readonly onHeader: (header: string) => void,
    private readonly onRow: OnRow,
  ) {}

  /** @throws MalformedRow at the first row that cannot be read; the rows before it were handed on */
  push(chunk: Buffer): void {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.take(bytes, start, end)
      start = end + 1
    }
    if (bytes.length - start > MAX_ROW_BYTES) throw new MalformedRow(this.line + 1, 'longer than any row of counts')
    this.rest = Buffer.from(bytes.subarray(start))
  }

  /** @throws MalformedRow for a last row that cannot be read, or where there was no header */
  end(): void {
    if (this.rest.length > 0) this.take(this.rest, 0, this.rest.length)
    this.rest = Buffer.alloc(0)
    if (this.hasSeries === null) throw new MalformedRow(1, `the header is missing; expected ${HEADERS}`)
  }

  private take(bytes: Buffer, start: number, lineEnd: number): void {
    this.line++
    const end = lineEnd > start && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd
    if (this.hasSeries === null) {
      this.takeHeader(bytes.toString('utf8', start, end))
      return
    }
    if (end === start) return
    const countAt = bytes.lastIndexOf(COMMA, end - 1) + 1
    if (countAt <= start) throw new MalformedRow(this.line, `no comma in ${quote(bytes.toString('utf8', start, end))}`)
    let timeAt = start
    let series: Buffer | null = null
    if (this.hasSeries) {
      timeAt = bytes.lastIndexOf(COMMA, countAt - 2) + 1
      if (timeAt <= start || countAt - 2 < start) throw new MalformedRow(this.line, 'expected series,timestamp,count')
      series = bytes.subarray(start, timeAt - 1)
    }
    const atMs = readInstant(bytes, timeAt, countAt - 1)
    if (Number.isNaN(atMs)) {
      const found = bytes.toString('utf8', timeAt, countAt - 1)
      throw new MalformedRow(this.line, `${quote(found)} is no ISO 8601 time`)
    }
    const count = readCount(bytes, countAt, end)
    if (Number.isNaN(count)) {
      const found = bytes.toString('utf8', countAt, end)
      throw new MalformedRow(this.line, `${quote(found)} is no count of 0 to ${Number.MAX_SAFE_INTEGER}`)
    }
    this.onRow(series, atMs, count, bytes.subarray(start, end), this.line)
  }

  private takeHeader(text: string): void {
    const header = text.replace(/^\uFEFF/, '').trim()
    if (header !== 'timestamp,count' && header !== 'series,timestamp,count')
      throw new MalformedRow(1, `the header is ${quote(header)}; expected ${HEADERS}`)
    this.hasSeries = header.startsWith('series,')
    this.onHeader(header)
  }
}

const HEADERS = '"timestamp,count" or "series,timestamp,count"'
const MAX_ROW_BYTES = 1 << 16

function readCount(bytes: Buffer, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - ZERO
    if (digit < 0 || digit > 9) return readDecimal(bytes.toString('latin1', start, end))
    value = value * 10 + digit
  }
  return end > start ? countOrNaN(value) : Number.NaN
}

function readDecimal(text: string): number {
  if (!/^\s*\d+(\.\d*)?([eE][+-]?\d+)?\s*$/.test(text)) return Number.NaN
  return countOrNaN(Number(text))
}

/** Larger numbers overflow in the detector's sums of squares, after which it would foresee nothing any more. */
function countOrNaN(value: number): number {
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN
}

let dayText = -1
let dayMs = 0

/**
 * `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM[:SS[.fff]]`, a blank for the `T`, `Z` or an offset at the end, UTC without one.
 *
 * @returns milliseconds since the epoch; `NaN` for anything else
 */
export function readInstant(bytes: Buffer, start: number, end: number): number {
  const length = end - start
  const isFast = length >= 19 && (length === 19 || (length === 20 && bytes[end - 1] === 90))
  if (!isFast) return readSlowly(bytes.toString('latin1', start, end))
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2)
  // `Date.UTC` takes a year below 100 for one of the 20th century.
  if (year < 100) return readSlowly(bytes.toString('latin1', start, end))
  const month = twoDigits(bytes, start + 5)
  const day = twoDigits(bytes, start + 8)
  const hour = twoDigits(bytes, start + 11)
  const minute = twoDigits(bytes, start + 14)
  const second = twoDigits(bytes, start + 17)
  const separator = bytes[start + 10]
  const isShaped =
    bytes[start + 4] === 45 &&
    bytes[start + 7] === 45 &&
    (separator === 84 || separator === 32) &&
    bytes[start + 13] === 58 &&
    bytes[start + 16] === 58
  if (!isShaped || !(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  const key = (year * 100 + month) * 100 + day
  if (key !== dayText) {
    const parsed = Date.UTC(year, month - 1, day)
    // A day such as 31 February rolls over to another month.
    if (!(month >= 1 && month <= 12) || new Date(parsed).getUTCDate() !== day) return Number.NaN
    dayText = key
    dayMs = parsed
  }
  return dayMs + ((hour * 60 + minute) * 60 + second) * 1000
}

/** `NaN` unless both bytes are digits. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at]! - ZERO
  const ones = bytes[at + 1]! - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function readSlowly(text: string): number {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text.trim())
  if (match === null) return Number.NaN
  const [, date, time = '00:00', seconds = ':00', zone = 'Z'] = match
  const parsed = Date.parse(`${date}T${time}${seconds}${zone}`)
  const midnight = Date.parse(`${date}T00:00:00Z`)
  return new Date(Number.isNaN(midnight) ? 0 : midnight).toISOString().startsWith(date!) ? parsed : Number.NaN
}
