import { expect, test } from 'vitest'
import type { PendingReport } from '../../src/ports.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { storeReports } from '../../src/report/store-reports.ts'
import { newReport } from '../support/report-batch.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('storing reports', (storage) => {
  const store = async (...batches: PendingReport[][]) => {
    await ensurePartitions(storage())
    const answers = []
    for (const batch of batches) answers.push(...(await storeReports(storage().run, batch)))
    return answers
  }
  const reporters = async () => {
    const [row] = await storage().run<{ n: number }>(
      `select coalesce(sum(reporters), 0)::int as n from counts_1m where region = 'world'`,
    )
    return row!.n
  }
  const known = (reporter: string, otherReporter: string | null): PendingReport => {
    const report = newReport()
    return { ...report, identity: { ...report.identity, reporter, otherReporter } }
  }
  const before = () => known('yesterday', 'today')
  const after = () => known('today', 'yesterday')

  test('answers each report in its place, and a repeat with the id that counted', async () => {
    const [first, other] = [known('a', null), known('b', null)]
    const again = known('a', null)
    const later = known('a', null)
    expect(await store([first, other, again], [later])).toMatchObject([
      { id: first.id, isCounted: true },
      { id: other.id, isCounted: true },
      { id: first.id, isCounted: false },
      { id: first.id, isCounted: false },
    ])
    expect(await reporters()).toBe(2)
  })

  test('lets nobody speak twice by the change of the salt at midnight', async () => {
    const first = before()
    expect(await store([first], [after()])).toMatchObject([
      { id: first.id, isCounted: true },
      { id: first.id, isCounted: false },
    ])
    expect(await reporters()).toBe(1)
  })

  test('nor when both sides of midnight come in one batch', async () => {
    const first = before()
    expect(await store([first, after()])).toMatchObject([
      { id: first.id, isCounted: true },
      { id: first.id, isCounted: false },
    ])
    expect(await reporters()).toBe(1)
  })

  test('hears a person again after half an hour', async () => {
    await store([known('a', null)])
    await storage().run(`update voices set counted_at = now() - interval '31 minutes'`)
    await store([known('a', null)])
    expect(await reporters()).toBe(2)
  })

  test('gives a crowd behind one network little more weight than one person', async () => {
    const crowd = Array.from({ length: 100 }, () => newReport({ network: 'one', widerNetwork: 'one-wider' }))
    await store(crowd)
    const [sums] = await storage().run<{ reporters: number; weight: number; networks: number }>(
      `select reporters, weight::int as weight, networks from counts_1m where region = 'world'`,
    )
    expect(sums).toMatchObject({ reporters: 100, networks: 1 })
    expect(sums!.weight).toBeLessThan(4_000)
  })

  test('keeps what cannot be stored out, together with its batch', async () => {
    const broken = { ...newReport(), comment: '\u0000' }
    await expect(store([newReport(), broken])).rejects.toThrow()
    expect(await reporters()).toBe(0)
    expect(await storage().run('select 1 from voices')).toEqual([])
  })
})
