import type { z } from 'zod'
import { AppError, type FieldError } from '../errors.ts'

/** What zod found wrong, one entry a field; an unknown field is named itself. */
export function fieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'Unknown field.' }))
    return [{ field: path.join('.') || '(body)', message: issue.message }]
  })
}

/** Parses or throws the problem that names each field. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown, what = 'request'): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const errors = fieldErrors(result.error)
  throw new AppError(
    'invalid-request',
    `The ${what} has invalid input: ${errors.map(({ field }) => field).join(', ')}.`,
    {
      errors,
    },
  )
}
