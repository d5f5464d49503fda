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

/** An array of 32-bit floats as base64. */
export function writeFloats(floats: Float32Array): string {
  const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength)
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x2000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x2000))
  return btoa(binary)
}

/** @returns `null` for text that holds another number of floats */
export function readFloats(text: string, length: number): Float32Array | null {
  const binary = atob(text)
  if (binary.length !== length * 4) return null
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i)
  return new Float32Array(bytes.buffer)
}
