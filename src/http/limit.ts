import { AppError } from '../errors.ts'
import type { LimitAnswer, Limiter, LimitName } from '../ports.ts'

/** `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers: quoted policy name, quota, window, remaining, reset. */
export function limitHeaders(name: LimitName, answer: LimitAnswer): Record<string, string> {
  return {
    'ratelimit-policy': `"${name}";q=${answer.limit};w=${answer.windowSeconds}`,
    ...(answer.remaining === null ? {} : { ratelimit: `"${name}";r=${answer.remaining};t=${answer.resetSeconds}` }),
  }
}

export class LimitExceeded extends AppError {
  constructor(
    readonly headers: Record<string, string>,
    name: LimitName,
    answer: LimitAnswer,
  ) {
    super('rate-limited', `At most ${answer.limit} requests in ${answer.windowSeconds} seconds.`, {
      retryAfterSeconds: Math.max(1, answer.resetSeconds),
      extensions: { 'violated-policies': [name] },
    })
  }
}

export async function takeFrom(limiter: Limiter, name: LimitName, key: string): Promise<Record<string, string>> {
  const answer = await limiter.consume(name, key)
  const headers = limitHeaders(name, answer)
  if (!answer.isAllowed) throw new LimitExceeded(headers, name, answer)
  return headers
}
