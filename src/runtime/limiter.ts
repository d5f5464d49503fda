import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { LIMITS } from '../http/limits.ts'
import type { Limiter, Log } from '../ports.ts'

interface Quota {
  keyPrefix: string
  points: number
  /** Seconds. */
  duration: number
}

/** Limits of this process alone. */
export function createMemoryLimiter(): Limiter {
  return createLimiter((quota) => new RateLimiterMemory(quota))
}

export interface SharedLimiter {
  limiter: Limiter
  close(): void
}

/** Longer than a healthy Redis takes, shorter than a reader would wait for a limit. */
const ANSWER_WITHIN_MS = 200
const RECONNECT_WITHIN_MS = 5_000

/**
 * Limits that all replicas share through Redis or Valkey. While it is away each process counts by itself: a limit is worth less
 * than an answer.
 */
export async function createRedisLimiter(url: string, log: Log): Promise<SharedLimiter> {
  // Half of what a start takes, for those alone who ask for it.
  const { Redis } = await import('ioredis')
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: ANSWER_WITHIN_MS,
    connectTimeout: RECONNECT_WITHIN_MS,
    retryStrategy: (attempts) => Math.min(RECONNECT_WITHIN_MS, 100 * attempts),
  })
  let isAway = false
  let hasEnded = false
  let reason: Error | null = null
  client.on('ready', () => {
    if (isAway) log.info({}, 'Redis is back; limits are shared again')
    isAway = false
    reason = null
  })
  client.on('error', (error) => {
    reason = error
  })
  // Once for each time that it is away, and not for each attempt to come back.
  client.on('close', () => {
    if (!isAway && !hasEnded) log.warn({ err: reason }, 'Redis is away; limits are kept by each process for itself')
    isAway = true
  })
  const limiter = createLimiter(
    (quota) =>
      new RateLimiterRedis({
        ...quota,
        keyPrefix: `outcry ${quota.keyPrefix}`,
        storeClient: client,
        rejectIfRedisNotReady: true,
        // Whoever is over the limit costs no more round trips.
        inMemoryBlockOnConsumed: quota.points,
        insuranceLimiter: new RateLimiterMemory(quota),
      }),
  )
  const close = () => {
    hasEnded = true
    client.disconnect()
  }
  return { limiter, close }
}

function createLimiter(make: (quota: Quota) => RateLimiterAbstract): Limiter {
  const limiters = new Map<string, RateLimiterAbstract>()
  const limiterOf = (keyPrefix: string, points: number, duration: number) => {
    const limiter = limiters.get(keyPrefix) ?? make({ keyPrefix, points, duration })
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
        const limiter = limiterOf(`${name} ${limit} ${windowSeconds}`, limit, windowSeconds)
        return describe(await limiter.consume(key, points), true)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return describe(refusal, false)
        throw refusal
      }
    },
  }
}
