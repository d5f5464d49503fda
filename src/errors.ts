/** The failures a caller can understand. `http/problem.ts` gives each its status; a new one does not compile without it. */
export type FailureCode =
  | 'invalid-request'
  | 'malformed-json'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'unknown-service'
  | 'method-not-allowed'
  | 'conflict'
  | 'gone'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'idempotency-key-reused'
  | 'rate-limited'
  | 'overloaded'

export interface FieldError {
  field: string
  message: string
}

export interface FailureDetails {
  /** Which inputs were wrong, and how. */
  errors?: FieldError[]
  /** After how many seconds it is worth trying again. */
  retryAfterSeconds?: number
  /** Further members of the problem document, such as `didYouMean`. */
  extensions?: Record<string, unknown>
}

/** A foreseen failure. The message is shown to the caller, so it holds no secret and no address. */
export class AppError extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message)
    this.name = 'AppError'
  }
}
