import { randomBytes } from 'node:crypto'

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'

/** A short id that sorts by time: nine characters of milliseconds, seven of chance (35 bits), in Crockford's base 32. */
export function newId(now: Date): string {
  let text = ''
  let rest = now.getTime()
  for (let n = 0; n < 9; n++) {
    text = DIGITS[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  for (const byte of randomBytes(7)) text += DIGITS[byte % 32]
  return text
}
