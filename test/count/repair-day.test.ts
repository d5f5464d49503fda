import { expect, test } from 'vitest'
import { differencesOf, hasReportsOf, repairDay } from '../../src/count/repair-day.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { newReport, submitBatch } from '../support/report-batch.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const today = () => new Date().toISOString().slice(0, 10)

describeOnBothEngines('recounting a day', (storage) => {
  async function reported() {
    await ensurePartitions(storage())
    const late = new Date(Date.now() - 2 * 3_600_000).toISOString()
    await submitBatch(storage().run, [
      newReport({ region: 'US-TX', errorType: 'login' }),
      newReport({ region: 'US' }),
      newReport({ region: null, kind: 'ok' }),
      newReport({ region: 'DE-BY', observedAt: late }),
      ...Array.from({ length: 20 }, () =>
        newReport({ region: 'DE', network: 'crowded', widerNetwork: 'crowded-wide' }),
      ),
    ])
  }

  test('finds nothing to change in what intake counted', async () => {
    await reported()
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    expect(await hasReportsOf(storage().run, today())).toBe(true)
    expect(await differencesOf(storage().run, today())).toBe(0)
    expect(await differencesOf(storage().run, yesterday)).toBe(0)
    expect(await repairDay(storage(), today())).toBe(0)
  })

  test('puts right what was changed by hand, and then finds nothing', async () => {
    await reported()
    const { run } = storage()
    await run(`update counts_1m set reporters = reporters + 5 where region = 'US'`)
    await run(`delete from counts_1m where region = 'US-TX'`)
    expect(await differencesOf(run, today())).toBe(2)
    expect(await repairDay(storage(), today())).toBe(2)
    expect(await differencesOf(run, today())).toBe(0)
  })
})
