import { z } from 'zod'
import { AppError } from '../errors.ts'
import { canonicalRegion } from '../region/region.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028\u2029]/

/** Words of somebody, in as many lines as they like. */
export const Words = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isPlain(text), 'Must not contain control characters.')

/** Text without control characters and lone surrogates, which neither a page nor a database could show. */
export const isPlain = (text: string) => !CONTROL.test(text) && text.isWellFormed()

export const SingleLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isPlain(text) && !/[\r\n\t]/.test(text), 'Must not contain control characters.')

/** A slug as people may send it; whether there is such a service is another question. */
export const Slug = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => isPlain(text), 'Must not contain control characters.')
  .meta({ description: 'Slug of a service.', examples: ['exchange-online'] })

export const RegionCode = z
  .string()
  .max(12)
  .transform((text, context) => {
    const code = canonicalRegion(text)
    if (code === null)
      context.addIssue({
        code: 'custom',
        message: 'Must be an ISO 3166-2 code such as US-TX, or a country such as US.',
      })
    return code as string
  })
  .meta({ description: 'ISO 3166-2 subdivision or ISO 3166-1 country.', examples: ['US-TX'] })

/** Id of a spike, an incident, a snapshot. */
export const Id = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => isPlain(text), 'Must not contain control characters.')

/** A time of this century, which every calendar and database has. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'Must be a time such as 2026-01-31T12:00:00Z.', abort: true })
  .regex(/^20/, { error: 'Must be a time of this century.', abort: true })
  .transform((text) => new Date(text))
  .meta({ description: 'RFC 3339.', examples: ['2026-01-31T12:00:00Z'] })

/** Query parameters are text; what is empty counts as given and wrong. */
export const Limit = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `Must be a whole number from 1 to ${most}.`)
    .transform(Number)
    .pipe(z.number().min(1).max(most))
    .default(usual)
    // What is validated is text; what is meant is a number.
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: most,
      default: usual,
      pattern: undefined,
      description: 'Most items in the answer.',
    })

/** Where a list goes on: opaque to callers. */
export function toCursor(position: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(position))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

export const Cursor = z.string().max(400).meta({ description: '`nextCursor` of the answer before.' })

/** @throws AppError when the cursor is not one of ours */
export function fromCursor<Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> {
  try {
    const binary = atob(cursor.replace(/-/g, '+').replace(/_/g, '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    const message = 'Must be the `nextCursor` of an answer.'
    throw new AppError('invalid-request', `Invalid cursor. ${message}`, { errors: [{ field: 'cursor', message }] })
  }
}

/** `Link: rel="next"` of RFC 8288, relative to the request. */
export function nextLink(requestUrl: string, cursor: string): string {
  const url = new URL(requestUrl)
  url.searchParams.set('cursor', cursor)
  return `<${url.pathname}${url.search}>; rel="next"`
}
