import { once } from 'node:events'
import type { Writable } from 'node:stream'

const CHUNK = 1 << 16
/** Longest text that the numbers of one row take. */
const NUMBERS = 96
const COMMA = 44
const NEWLINE = 10
const ZERO = 48
const POINT = 46

/** Writes rows as bytes into large chunks, whole rows only; the caller waits for `flush()` between the chunks it reads. */
export class RowWriter {
  private bytes = Buffer.allocUnsafe(CHUNK)
  private length = 0

  constructor(private readonly out: Writable) {}

  text(text: string): void {
    this.reserve(text.length * 3)
    this.length += this.bytes.write(text, this.length)
  }

  /** The row as it came, then `expected,upper,score,alarm`. */
  row(row: Buffer, expected: number, upper: number, score: number, alarm: boolean): void {
    this.reserve(row.length + NUMBERS)
    const { bytes } = this
    bytes.set(row, this.length)
    let at = this.length + row.length
    bytes[at++] = COMMA
    at = writeNumber(bytes, at, expected)
    bytes[at++] = COMMA
    at = writeNumber(bytes, at, upper)
    bytes[at++] = COMMA
    at = writeNumber(bytes, at, score)
    bytes[at++] = COMMA
    bytes[at++] = alarm ? ZERO + 1 : ZERO
    bytes[at++] = NEWLINE
    this.length = at
  }

  /** Hands on what has gathered, and waits until the reader of the output has caught up. */
  async flush(): Promise<void> {
    this.handOn()
    if (this.out.writableNeedDrain) await once(this.out, 'drain')
  }

  private handOn(): void {
    if (this.length === 0) return
    this.out.write(this.bytes.subarray(0, this.length))
    this.bytes = Buffer.allocUnsafe(CHUNK)
    this.length = 0
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return
    this.handOn()
    if (size > this.bytes.length) this.bytes = Buffer.allocUnsafe(size)
  }
}

/** Four significant digits below 10, three decimals up to 1000, whole numbers above; plain decimals throughout. */
export function writeNumber(bytes: Buffer, start: number, value: number): number {
  if (!(value > 1e-9)) {
    bytes[start] = ZERO
    return start + 1
  }
  if (value >= 1000) return writeWhole(bytes, start, Math.round(value))
  let decimals = 3
  let scale = 1000
  for (let size = value; size < 1; size *= 10) {
    decimals++
    scale *= 10
  }
  const scaled = Math.round(value * scale)
  const whole = Math.floor(scaled / scale)
  let at = writeWhole(bytes, start, whole)
  let fraction = scaled - whole * scale
  if (fraction === 0) return at
  while (fraction % 10 === 0) {
    fraction /= 10
    decimals--
  }
  bytes[at++] = POINT
  for (let i = at + decimals - 1; i >= at; i--) {
    const digit = fraction % 10
    bytes[i] = ZERO + digit
    fraction = (fraction - digit) / 10
  }
  return at + decimals
}

function writeWhole(bytes: Buffer, start: number, value: number): number {
  if (value > Number.MAX_SAFE_INTEGER) return start + bytes.write(value.toFixed(0), start)
  let digits = 1
  for (let bound = 10; value >= bound; bound *= 10) digits++
  for (let i = start + digits - 1, left = value; i >= start; i--) {
    const digit = left % 10
    bytes[i] = ZERO + digit
    left = (left - digit) / 10
  }
  return start + digits
}
