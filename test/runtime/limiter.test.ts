import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryLimiter, createRedisLimiter, type SharedLimiter } from '../../src/runtime/limiter.ts'
import { hasRedis, RedisServer } from '../support/redis-server.ts'

const QUOTA = { points: 3, seconds: 60 }

test('a limiter says what is left, refuses what is too much, and keeps clients and quotas apart', async () => {
  const limiter = createMemoryLimiter()
  const take = (key: string, points = 1) => limiter.consume('read', key, points, QUOTA)
  expect(await take('a', 2)).toEqual({ isAllowed: true, limit: 3, windowSeconds: 60, remaining: 1, resetSeconds: 60 })
  expect(await take('a', 2)).toMatchObject({ isAllowed: false, remaining: 0 })
  expect(await take('b')).toMatchObject({ isAllowed: true, remaining: 2 })
  expect(await limiter.consume('webhook', 'a')).toMatchObject({ isAllowed: true })
})

describe.skipIf(!hasRedis)('limits shared through Redis', () => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  let redis: RedisServer
  let replicas: SharedLimiter[]
  const take = (replica: number, key = 'a', points = 1) =>
    replicas[replica]!.limiter.consume('read', key, points, QUOTA)
  const isShared = async () => {
    const key = String(Math.random())
    await take(0, key)
    return (await take(1, key)).remaining === 1
  }

  beforeEach(async () => {
    vi.clearAllMocks()
    redis = await RedisServer.start()
    replicas = [await createRedisLimiter(redis.url, log), await createRedisLimiter(redis.url, log)]
    await vi.waitUntil(isShared)
  })
  afterEach(async () => {
    for (const { close } of replicas) close()
    await redis.kill()
  })

  test('are one quota for all replicas', async () => {
    expect(await take(0)).toMatchObject({ isAllowed: true, remaining: 2 })
    expect(await take(1)).toMatchObject({ isAllowed: true, remaining: 1 })
    expect(await take(0)).toMatchObject({ isAllowed: true, remaining: 0 })
    for (const replica of [1, 0, 1])
      expect(await take(replica)).toMatchObject({ isAllowed: false, remaining: 0, limit: 3 })
    expect(await take(1, 'b')).toMatchObject({ isAllowed: true, remaining: 2 })
  })

  test('are kept by each process while Redis is gone, and shared again when it is back', async () => {
    await redis.kill()
    const taken = await Promise.all(Array.from({ length: 4 }, () => take(0, 'gone')))
    expect(taken.map(({ isAllowed }) => isAllowed)).toEqual([true, true, true, false])
    expect(await take(1, 'gone')).toMatchObject({ isAllowed: true })
    await redis.run()
    await vi.waitUntil(isShared, { timeout: 15_000 })
    expect(log.warn.mock.calls).toHaveLength(2)
    expect(log.error).not.toHaveBeenCalled()
  })

  test('do not wait for a Redis that hangs', async () => {
    redis.hang()
    expect(await take(0, 'hung')).toMatchObject({ isAllowed: true, remaining: 2 })
  })
})
