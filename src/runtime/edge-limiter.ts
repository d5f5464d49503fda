import type { Limiter, LimitName } from '../ports.ts'
import { LIMITS } from './limits.ts'
import type { RateLimitBinding } from './worker-platform.ts'

/** The platform knows windows of 10 and 60 seconds only. */
export const EDGE_LIMITS: typeof LIMITS = { ...LIMITS, snapshot: { points: 3, seconds: 60 } }

/**
 * The platform's limiter behind our port. It answers yes or no and nothing else, so what remains is unknown until nothing does. Its
 * quotas stand in `wrangler.toml` and must be those above.
 */
export function createEdgeLimiter(bindings: Record<LimitName, RateLimitBinding>): Limiter {
  return {
    async consume(name, key, points = 1) {
      const { points: limit, seconds: windowSeconds } = EDGE_LIMITS[name]
      let isAllowed = true
      for (let taken = 0; taken < points && isAllowed; taken++)
        isAllowed = (await bindings[name].limit({ key })).success
      return { isAllowed, limit, windowSeconds, remaining: isAllowed ? null : 0, resetSeconds: windowSeconds }
    },
  }
}
