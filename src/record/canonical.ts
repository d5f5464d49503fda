/** Plain data as JSON has it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * The one text of a value: JSON without spaces, members sorted by UTF-16 code units, numbers as ECMAScript writes them
 * (RFC 8785, JSON Canonicalization Scheme). The same data give the same bytes in any language.
 *
 * @throws RangeError for a number or text that JSON cannot hold: NaN, infinities, lone surrogates
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no JSON`)
    return Object.is(value, -0) ? '0' : String(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new RangeError('a lone surrogate has no canonical JSON')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonicalJson(key)}:${canonicalJson(value[key]!)}`)
  return `{${members.join(',')}}`
}

/** SHA-256 of a text in UTF-8 (or of bytes), as 64 hexadecimal digits. */
export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
