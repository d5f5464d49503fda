import { LIMITS } from '../http/limits.ts'
import type { Limiter, LimitName } from '../ports.ts'
import type { RateLimitBinding } from './worker-platform.ts'

/** Limits that the platform keeps; those with a quota of their own per key it cannot. */
export type BoundLimitName = Exclude<LimitName, 'key-minute'>

/** The platform knows windows of 10 and 60 seconds only. */
export const EDGE_LIMITS: typeof LIMITS = { ...LIMITS, snapshot: { points: 3, seconds: 60 } }

/** What an isolate has counted itself, by name and key. */
export type WindowMemory = Map<string, { taken: number; untilMs: number }>

const MOST_WINDOWS = 10_000

/**
 * The platform's limiter behind our port. It answers yes or no and nothing else, so what remains is unknown until nothing does. Its
 * quotas stand in `wrangler.toml` and must be those above. Quotas of single keys are counted in the isolate, so that a client that
 * reaches several has one in each; the quota of its day holds everywhere.
 */
export function createEdgeLimiter(bindings: Record<BoundLimitName, RateLimitBinding>, windows: WindowMemory): Limiter {
  const countHere = (key: string, points: number, limit: number, windowSeconds: number) => {
    const nowMs = Date.now()
    const open = windows.get(key)
    const window = open && open.untilMs > nowMs ? open : { taken: 0, untilMs: nowMs + windowSeconds * 1000 }
    window.taken += points
    windows.delete(key)
    windows.set(key, window)
    if (windows.size > MOST_WINDOWS) windows.delete(windows.keys().next().value!)
    return {
      isAllowed: window.taken <= limit,
      limit,
      windowSeconds,
      remaining: Math.max(0, limit - window.taken),
      resetSeconds: Math.ceil((window.untilMs - nowMs) / 1000),
    }
  }
  return {
    async consume(name, key, points = 1, quota) {
      const { points: limit, seconds: windowSeconds } = quota ?? EDGE_LIMITS[name]
      if (quota !== undefined || name === 'key-minute') return countHere(`${name} ${key}`, points, limit, windowSeconds)
      let isAllowed = true
      for (let taken = 0; taken < points && isAllowed; taken++)
        isAllowed = (await bindings[name].limit({ key })).success
      return { isAllowed, limit, windowSeconds, remaining: isAllowed ? null : 0, resetSeconds: windowSeconds }
    },
  }
}
