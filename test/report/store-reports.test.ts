import { expect, test } from 'vitest'
import { reportWeight } from '../../src/detection/network-diversity.ts'
import type { PendingReport } from '../../src/ports.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { storeReports } from '../../src/report/store-reports.ts'
import type { Storage } from '../../src/storage/database.ts'
import { newReport } from '../support/report-batch.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('storing reports', (storage, engine) => {
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

  test('nor when a batch is cut by the minute from which both days count', async () => {
    const first = known('yesterday', null)
    expect(await store([first, before()])).toMatchObject([{ id: first.id, isCounted: true }, { isCounted: false }])
    expect(await reporters()).toBe(1)
  })

  test.skipIf(engine === 'pglite')('nor when two replicas on both sides of midnight store at once', async () => {
    await ensurePartitions(storage())
    let second: ReturnType<typeof storeReports> | null = null
    await storage().transaction(async (run) => {
      await storeReports(run, [before()])
      second = storeReports(storage().run, [after()])
      await untilOneWaits(storage())
    })
    expect(await second).toMatchObject([{ isCounted: false }])
    expect(await reporters()).toBe(1)
  })

  test.skipIf(engine === 'pglite')(
    'counts what people add to their reports once, however many say it at once',
    async () => {
      const people: PendingReport[] = []
      let isOver = false
      await ensurePartitions(storage())
      const reporting = async () => {
        while (!isOver) {
          const person = newReport()
          people.push(person)
          await storeReports(storage().run, [person])
          const again = people.slice(-6).map(({ id, identity }) => ({ ...newReport(), identity, feature: `of ${id}` }))
          await storeReports(storage().run, people.length % 2 === 0 ? again : again.reverse())
          if (people.length >= 300) isOver = true
        }
      }
      await Promise.all([reporting(), reporting(), reporting()])
      const [features] = await storage().run(
        `select (select count(*) from reports where feature is not null)::int as told, sum(reporters)::int as counted,
         max(reporters) as most from feature_counts`,
      )
      expect(features).toEqual({ told: features!.counted, counted: features!.counted, most: 1 })
    },
  )

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

  test('weighs each report as the rule of network diversity says, within a batch as from batch to batch', async () => {
    const from = (network: string) => newReport({ network, widerNetwork: 'wide' })
    await store([from('a'), from('a'), from('b')], [from('b'), from('c')])
    const rows = await storage().run<{ weight: number }>('select weight from reports order by weight desc')
    // n from the same network and w from the wider one before each: nothing is forgotten within an instant.
    const said = [reportWeight(0, 0), reportWeight(1, 1), reportWeight(0, 2), reportWeight(1, 3), reportWeight(0, 4)]
    const wanted = said.sort((a, b) => b - a)
    for (const [n, { weight }] of rows.entries()) expect(Math.abs(weight - wanted[n]!)).toBeLessThanOrEqual(1)
    expect(rows).toHaveLength(wanted.length)
  })

  test('lets a rented block of 256 networks weigh as few people', async () => {
    await store(
      Array.from({ length: 500 }, (_, n) => newReport({ network: `block-${n % 256}`, widerNetwork: 'block' })),
    )
    const [sums] = await storage().run<{ weight: number }>(
      `select weight::int as weight from counts_1m where region = 'world'`,
    )
    expect(sums!.weight).toBeLessThan(9_000)
  })

  test('keeps what cannot be stored out, together with its batch', async () => {
    const broken = { ...newReport(), comment: '\u0000' }
    await expect(store([newReport(), broken])).rejects.toThrow()
    expect(await reporters()).toBe(0)
    expect(await storage().run('select 1 from voices')).toEqual([])
  })
})

/** Until a statement of another connection waits for a row of this one. */
async function untilOneWaits({ run }: Storage): Promise<void> {
  await expect
    .poll(async () => {
      const [row] = await run<{ n: number }>('select count(*)::int as n from pg_locks where not granted')
      return row!.n
    })
    .toBeGreaterThan(0)
}
