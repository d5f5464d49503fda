/** Numbers as short text that reads back to the very same numbers. */

const scratch = new Float64Array(1)
const scratchBytes = new Uint8Array(scratch.buffer)

/** Marks a number written as the bytes of its double, in base64, where that is shorter than its digits. */
const BYTES = '~'

/** Numbers, comma-separated, zeros left empty. */
export function writeNumbers(numbers: ArrayLike<number>): string {
  const parts: string[] = []
  for (let i = 0; i < numbers.length; i++) parts.push(writeNumber(numbers[i]!))
  return parts.join(',')
}

export function readNumbers(text: string): number[] {
  return text.split(',').map(readNumber)
}

function writeNumber(value: number): string {
  if (value === 0) return ''
  const digits = String(value)
  if (digits.length <= 12) return digits
  scratch[0] = value
  return BYTES + btoa(String.fromCharCode(...scratchBytes)).slice(0, 11)
}

function readNumber(text: string): number {
  if (text === '') return 0
  if (!text.startsWith(BYTES)) return Number(text)
  const binary = atob(`${text.slice(1)}=`)
  for (let i = 0; i < 8; i++) scratchBytes[i] = binary.charCodeAt(i)
  return scratch[0]!
}

/** The numbers of plain objects, in the order of their keys; what is not a number is no state of its own. */
export function numbersOf(parts: readonly object[]): number[] {
  return parts.flatMap((part) => Object.values(part).filter((value) => typeof value === 'number'))
}

/** Writes numbers back into objects they came from. */
export function readParts(parts: readonly object[], numbers: readonly number[]): void {
  let at = 0
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      if (typeof value === 'number') Object.assign(part, { [key]: numbers[at++] })
    }
  }
}

/** Numbers with their repetitions counted, as `0*4000 3 2*2`: what thin series hold is mostly the same. */
export function writeRuns(numbers: Float32Array): string {
  const parts: string[] = []
  for (let i = 0, end = 0; i < numbers.length; i = end) {
    const value = numbers[i]!
    for (end = i + 1; end < numbers.length && numbers[end] === value; ) end++
    // Nine digits tell every 32-bit float from its neighbours.
    const digits = Number(value.toPrecision(9))
    parts.push(end - i > 1 ? `${digits}*${end - i}` : String(digits))
  }
  return parts.join(' ')
}

/** Reads runs into an array. @returns false for text that does not fill it exactly */
export function readRuns(text: string, into: Float32Array): boolean {
  let at = 0
  for (const part of text.split(' ')) {
    const star = part.indexOf('*')
    const repeats = star < 0 ? 1 : Number(part.slice(star + 1))
    if (!(at + repeats <= into.length)) return false
    into.fill(Number(star < 0 ? part : part.slice(0, star)), at, at + repeats)
    at += repeats
  }
  return at === into.length
}
