import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { LIMITS } from '../http/limits.ts'
import type { Limiter, LimitName } from '../ports.ts'

export function createMemoryLimiter(): Limiter {
  const limiters = new Map<string, RateLimiterMemory>()
  const limiterOf = (name: LimitName, points: number, seconds: number) => {
    const keyPrefix = `${name} ${points} ${seconds}`
    const limiter = limiters.get(keyPrefix) ?? new RateLimiterMemory({ keyPrefix, points, duration: seconds })
    limiters.set(keyPrefix, limiter)
    return limiter
  }
  return {
    async consume(name, key, points = 1, { points: limit, seconds: windowSeconds } = LIMITS[name]) {
      const describe = (result: RateLimiterRes, isAllowed: boolean) => ({
        isAllowed,
        limit,
        windowSeconds,
        remaining: Math.max(0, result.remainingPoints),
        resetSeconds: Math.ceil(result.msBeforeNext / 1000),
      })
      try {
        return describe(await limiterOf(name, limit, windowSeconds).consume(key, points), true)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return describe(refusal, false)
        throw refusal
      }
    },
  }
}
