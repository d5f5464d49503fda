import { expect, test } from 'vitest'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { takeQueued } from '../../src/report/take-queued.ts'
import { DAY, MINUTE, SECOND } from '../../src/time.ts'
import { newReport } from '../support/report-batch.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('queued reports', (storage) => {
  const takeAfter = async (ms: number) => {
    await ensurePartitions(storage())
    const outcomes: string[] = []
    const metrics = {
      count: (_name: string, labels: Record<string, string> = {}) => void outcomes.push(labels.outcome!),
      observe() {},
      gauge() {},
      render: async () => '',
    }
    const now = new Date()
    const queuedAt = new Date(now.getTime() - ms)
    await takeQueued({ run: storage().run, metrics, now }, [{ report: newReport({ region: 'DE' }), queuedAt }])
    const counts = await storage().run<{ reporters: number; late: number }>(
      `select sum(reporters)::int as reporters, sum(late)::int as late from counts_1m where region = 'world' having count(*) > 0`,
    )
    return { outcomes, counts: counts[0] ?? null }
  }

  test('that waited for seconds are live', async () => {
    expect(await takeAfter(20 * SECOND)).toEqual({ outcomes: ['counted'], counts: { reporters: 1, late: 0 } })
  })

  test('that waited for minutes are counted where they belong, and look like no outage', async () => {
    expect(await takeAfter(10 * MINUTE)).toEqual({ outcomes: ['late'], counts: { reporters: 0, late: 1 } })
  })

  test('that waited for more than a day are let go', async () => {
    expect(await takeAfter(DAY + MINUTE)).toEqual({ outcomes: ['queued-too-long'], counts: null })
  })
})
