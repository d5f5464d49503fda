import { AppError } from '../errors.ts'
import type { LimitAnswer, Limiter, LimitName } from '../ports.ts'

/** A quota under its name, and how it stands. */
export interface PolicyAnswer {
  name: LimitName | 'key-day'
  answer: LimitAnswer
}

/** `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers: quoted policy name, quota, window, remaining, reset. */
export function limitHeaders(policies: readonly PolicyAnswer[]): Record<string, string> {
  const known = policies.filter(({ answer }) => answer.remaining !== null)
  return {
    'ratelimit-policy': policies
      .map(({ name, answer }) => `"${name}";q=${answer.limit};w=${answer.windowSeconds}`)
      .join(', '),
    ...(known.length === 0
      ? {}
      : {
          ratelimit: known
            .map(({ name, answer }) => `"${name}";r=${answer.remaining};t=${answer.resetSeconds}`)
            .join(', '),
        }),
  }
}

export class LimitExceeded extends AppError {
  readonly headers: Record<string, string>

  constructor(policies: readonly PolicyAnswer[]) {
    const violated = policies.filter(({ answer }) => !answer.isAllowed)
    const { answer } = violated.at(-1)!
    super('rate-limited', `At most ${answer.limit} requests in ${answer.windowSeconds} seconds.`, {
      retryAfterSeconds: Math.max(1, ...violated.map(({ answer: { resetSeconds } }) => resetSeconds)),
      extensions: { 'violated-policies': violated.map(({ name }) => name) },
    })
    this.headers = limitHeaders(policies)
  }
}

export async function takeFrom(
  limiter: Limiter,
  name: LimitName,
  key: string,
  points = 1,
): Promise<Record<string, string>> {
  const policy = { name, answer: await limiter.consume(name, key, points) }
  if (!policy.answer.isAllowed) throw new LimitExceeded([policy])
  return limitHeaders([policy])
}
