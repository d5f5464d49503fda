import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DEFAULT_QUOTA } from '../key/key.ts'
import type { Limiter, LimitName } from '../ports.ts'

/** Points and seconds. An office behind one address must be able to report, so the report limit is no vote limit: that is the voice. */
export const LIMITS: Record<LimitName, { points: number; seconds: number }> = {
  report: { points: 240, seconds: 60 },
  read: { points: 1_200, seconds: 60 },
  webhook: { points: 60, seconds: 60 },
  push: { points: 30, seconds: 60 },
  snapshot: { points: 30, seconds: 3_600 },
  'key-minute': { points: DEFAULT_QUOTA.perMinute, seconds: 60 },
}

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
