import { expect, test } from 'vitest'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('what a series is thought to be like before its first report', (storage) => {
  test('a new service borrows from its category, and its regions from what all services see of them', async () => {
    const world = new SimulatedWorld(storage())
    await world.begin()
    for (const [slug, category, perMinute] of [
      ['mail', 'mail', 4],
      ['post', 'mail', 1],
      ['game', 'games', 9],
    ] as const) {
      const id = await world.addService(slug, { category })
      await world.addHistory(id, ['world'], perMinute, 2)
      await world.addHistory(id, ['US'], perMinute / 2, 2)
      await world.addHistory(id, ['AT'], perMinute / 8, 2)
    }
    const usual = [1, 2, 3].flatMap((serviceId) => ['US', 'AT'].map((region) => ({ serviceId, region, people: 2 })))
    await world.live(16, () => usual)
    const fresh = await world.addService('fresh', { category: 'mail' })
    await world.live(1, () => [
      ...usual,
      { serviceId: fresh, region: 'US', people: 1 },
      { serviceId: fresh, region: 'AT', people: 1 },
    ])

    const rows = await world.run<{ region: string; expected: number; weight: number }>(
      'select region, prior_expected as expected, prior_weight as weight from series_state where service_id = $1',
      [fresh],
    )
    const expected = Object.fromEntries(rows.map((row) => [row.region, row.expected]))
    const [known] = await world.run<{ mail: number; us: number; at: number }>(
      `select (select exp(avg(ln(expected_15m / 15))) from series_state where service_id in (1, 2) and region = 'world') as mail,
         (select sum(expected_15m) filter (where region = 'US') / sum(expected_15m) filter (where region = 'world') from series_state)::float8 as us,
         (select sum(expected_15m) filter (where region = 'AT') / sum(expected_15m) filter (where region = 'world') from series_state)::float8 as at`,
    )
    expect(expected.world).toBeGreaterThan(0.9 * known!.mail)
    expect(expected.world).toBeLessThan(1.1 * known!.mail)
    expect(expected.US! / expected.world!).toBeCloseTo(known!.us, 1)
    expect(expected.AT! / expected.world!).toBeCloseTo(known!.at, 1)
    expect(expected.AT).toBeLessThan(expected.US!)
    // Worth half a report: its own soon overrule it.
    expect(rows.every(({ weight }) => weight === 0.5)).toBe(true)
  })
})
