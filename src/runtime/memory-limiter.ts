import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Limiter, LimitName } from '../ports.ts'
import { LIMITS } from './limits.ts'

export function createMemoryLimiter(): Limiter {
  const limiters = Object.fromEntries(
    Object.entries(LIMITS).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    ]),
  ) as Record<LimitName, RateLimiterMemory>
  return {
    async consume(name, key, points = 1) {
      const { points: limit, seconds: windowSeconds } = LIMITS[name]
      const describe = (result: RateLimiterRes, isAllowed: boolean) => ({
        isAllowed,
        limit,
        windowSeconds,
        remaining: Math.max(0, result.remainingPoints),
        resetSeconds: Math.ceil(result.msBeforeNext / 1000),
      })
      try {
        return describe(await limiters[name].consume(key, points), true)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return describe(refusal, false)
        throw refusal
      }
    },
  }
}
