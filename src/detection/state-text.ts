/** Numbers as short text that reads back to the very same numbers. */

/** Numbers, comma-separated, zeros left empty. */
export function writeNumbers(numbers: ArrayLike<number>): string {
  const parts: string[] = []
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]!
    parts.push(value === 0 ? '' : String(value))
  }
  return parts.join(',')
}

export function readNumbers(text: string): number[] {
  return text.split(',').map((part) => (part === '' ? 0 : Number(part)))
}

/** Numbers with their repetitions counted, as `0*4000 3 2*2`: what thin series hold is mostly the same. */
export function writeRuns(numbers: Float32Array): string {
  const parts: string[] = []
  for (let i = 0, end = 0; i < numbers.length; i = end) {
    const value = numbers[i]!
    for (end = i + 1; end < numbers.length && numbers[end] === value; ) end++
    parts.push(end - i > 1 ? `${value}*${end - i}` : String(value))
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
