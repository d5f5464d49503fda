import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { EDGE_LIMITS } from '../../src/runtime/edge-limiter.ts'
import type { QueueMessage } from '../../src/runtime/worker-platform.ts'
import worker, { type WorkerBindings } from '../../src/runtime/workers.ts'
import type { Storage } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { newReport } from '../support/report-batch.ts'
import { usePostgresUrl } from '../support/storage.ts'

test('the platform limits by the quotas that we tell', () => {
  const ratelimits: { name: string; simple: object }[] = readWranglerConfig({ config: 'wrangler.toml' }).ratelimits
  const bound = Object.fromEntries(ratelimits.map(({ name, simple }) => [name, simple]))
  const told = Object.entries(EDGE_LIMITS)
    .filter(([name]) => name !== 'key-minute')
    .map(([name, { points, seconds }]) => [
      `${name.toUpperCase().replace('-', '_')}_LIMIT`,
      { limit: points, period: seconds },
    ])
  expect(bound).toEqual(Object.fromEntries(told))
})

describe('the queue', () => {
  const databaseUrl = usePostgresUrl()
  let storage: Storage
  beforeAll(async () => {
    storage = openPostgres(databaseUrl(), { connections: 2 })
    await ensurePartitions(storage)
  })
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
  afterEach(() => void vi.restoreAllMocks())
  afterAll(() => storage?.close())

  const bindings = () =>
    ({
      HYPERDRIVE: { connectionString: databaseUrl() },
      ASSETS: { fetch: async () => Response.json({}) },
    }) as unknown as WorkerBindings

  const messageOf = (told: Parameters<typeof newReport>[0], comment: string | null = null) => {
    const message = {
      id: crypto.randomUUID(),
      timestamp: new Date(),
      attempts: 1,
      body: { ...newReport(told), comment },
      outcome: 'none',
      ack: () => {
        message.outcome = 'stored'
      },
      retry: () => {
        message.outcome = 'again'
      },
    }
    return message satisfies QueueMessage<unknown>
  }
  const reportersOf = async (serviceId: number) => {
    const [row] = await storage.run<{ n: number }>(
      `select coalesce(sum(reporters), 0)::int as n from counts_1m where region = 'world' and service_id = $1`,
      [serviceId],
    )
    return row!.n
  }

  test('has its batch stored and counted', async () => {
    const messages = Array.from({ length: 5 }, () => messageOf({ serviceId: 1 }))
    await worker.queue({ queue: 'outcry-reports', messages }, bindings())
    expect(await reportersOf(1)).toBe(5)
  })

  test('delivers a batch twice, and it counts once', async () => {
    const messages = Array.from({ length: 5 }, () => messageOf({ serviceId: 2 }))
    await worker.queue({ queue: 'outcry-reports', messages }, bindings())
    await storage.run(`update voices set counted_at = counted_at - interval '40 minutes' where service_id = 2`)
    await worker.queue({ queue: 'outcry-reports', messages }, bindings())
    expect(await reportersOf(2)).toBe(5)
  })

  test('keeps one that cannot be stored, without the others', async () => {
    const messages = [messageOf({ serviceId: 3 }), messageOf({ serviceId: 3 }, '\u0000'), messageOf({ serviceId: 3 })]
    await worker.queue({ queue: 'outcry-reports', messages }, bindings())
    expect(messages.map(({ outcome }) => outcome)).toEqual(['stored', 'again', 'stored'])
    expect(await reportersOf(3)).toBe(2)
  })

  test('keeps the whole batch while the database is away', async () => {
    const away = { ...bindings(), HYPERDRIVE: { connectionString: 'postgres://nobody@127.0.0.1:1/none' } }
    const messages = [messageOf({ serviceId: 4 }), messageOf({ serviceId: 4 })]
    await expect(worker.queue({ queue: 'outcry-reports', messages }, away)).rejects.toThrow()
    expect(messages.map(({ outcome }) => outcome)).toEqual(['none', 'none'])
  })
})
