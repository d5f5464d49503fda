import type { ErrorHandler, NotFoundHandler } from 'hono'
import { AppError, type FailureCode, type FieldError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { isDatabaseAway } from '../storage/database.ts'
import { LimitExceeded } from './limit.ts'

const STATUS: Record<FailureCode, number> = {
  'invalid-request': 400,
  'malformed-json': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'unknown-service': 404,
  'method-not-allowed': 405,
  conflict: 409,
  gone: 410,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
  'idempotency-key-reused': 422,
  'rate-limited': 429,
  overloaded: 503,
}

const TITLE: Record<FailureCode, string> = {
  'invalid-request': 'The request has invalid input',
  'malformed-json': 'The body is not valid JSON',
  unauthorized: 'A valid key is needed',
  forbidden: 'This key may not do that',
  'not-found': 'Nothing is here',
  'unknown-service': 'No such service',
  'method-not-allowed': 'This method does not work here',
  conflict: 'The request conflicts with the current state',
  gone: 'This is gone',
  'payload-too-large': 'The body is too large',
  'unsupported-media-type': 'This content type is not understood',
  'idempotency-key-reused': 'This Idempotency-Key was used for another request',
  'rate-limited': 'Too many requests',
  overloaded: 'Outcry is busy',
}

/** RFC 9457. `type` is stable and names the failure; programs switch on it. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  errors?: FieldError[]
  [extension: string]: unknown
}

/** The draft's registry name for what it covers, a stable URN of ours for the rest. */
function typeOf(code: FailureCode): string {
  return code === 'rate-limited'
    ? 'https://iana.org/assignments/http-problem-types#quota-exceeded'
    : `urn:outcry:problem:${code}`
}

export function problemOf(error: AppError): Problem {
  const { errors, extensions } = error.details
  return {
    type: typeOf(error.code),
    title: TITLE[error.code],
    status: STATUS[error.code],
    detail: error.message,
    ...(errors ? { errors } : {}),
    ...extensions,
  }
}

export function problemResponse(error: AppError): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  headers.set('access-control-allow-origin', '*')
  if (error.details.retryAfterSeconds !== undefined) headers.set('retry-after', String(error.details.retryAfterSeconds))
  if (error.code === 'unauthorized') headers.set('www-authenticate', 'Bearer')
  return new Response(JSON.stringify(problemOf(error)), { status: STATUS[error.code], headers })
}

/**
 * What the database refuses of what a caller said (a zero byte in a text, a time outside its calendar), and a database that
 * is away, are foreseen: every text of a request may end up in a statement.
 */
export function foreseenFailure(error: Error): AppError | null {
  if (error instanceof AppError) return error
  const cause = error.cause ?? error
  const { code } = cause as { code?: unknown }
  if (code === '22021' || code === '22008' || code === '22003')
    return new AppError('invalid-request', 'The request holds a text or a number that cannot be looked up.')
  return isDatabaseAway(cause)
    ? new AppError('overloaded', 'The database cannot be reached right now. Try again shortly.', {
        retryAfterSeconds: 5,
      })
    : null
}

export const answerFailure: ErrorHandler<{ Bindings: Ports }> = (thrown, c) => {
  const error = foreseenFailure(thrown)
  if (error instanceof LimitExceeded) {
    const response = problemResponse(error)
    for (const [name, value] of Object.entries(error.headers)) response.headers.set(name, value)
    return response
  }
  if (error !== null) return problemResponse(error)
  c.env.log.error({ err: thrown, path: c.req.path, method: c.req.method }, 'unforeseen failure')
  return new Response(
    JSON.stringify({
      type: 'urn:outcry:problem:internal',
      title: 'Something went wrong on our side',
      status: 500,
      detail: 'The failure was logged.',
    }),
    { status: 500, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  )
}

export const answerNotFound: NotFoundHandler<{ Bindings: Ports }> = (c) =>
  problemResponse(new AppError('not-found', `There is nothing at ${c.req.path}.`))
