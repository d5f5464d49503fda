import { expect, test } from 'vitest'
import { rebuildStates } from '../../src/tick/rebuild-state.ts'
import { TickMemory } from '../../src/tick/tick-memory.ts'
import { SECOND } from '../../src/time.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('rebuilding what detection knows', (storage) => {
  test('counts alone give the states that the live tick has', async () => {
    const world = new SimulatedWorld(storage())
    await world.begin()
    const mail = await world.addService('mail')
    await world.tick()
    const clock = async () => world.nowMs
    // Long enough for a checkpoint, which comes after half an hour.
    await world.live(40, (minute) => [{ serviceId: mail, region: 'US', people: minute % 4 === 0 ? 2 : 0 }])
    const states = () =>
      world.run(
        `select region, carry, split_part(state, '|', 2) as numbers, split_part(state, '|', 3) as charts, md5(state) as whole from series_state where region = 'world'`,
      )
    const [live] = await world.run<{ until: number }>(
      `select (extract(epoch from advanced_until) * 1000)::float8 as until from series_state where region = 'world'`,
    )
    const before = await states()
    expect(before[0]!.numbers).not.toBe('')

    // The live checkpoint is some minutes old; the rebuilt one is brought to the same minute.
    await world.run(`update tick_state set watermark = to_timestamp($1::float8 / 1000) where name = 'tick'`, [
      live!.until,
    ])
    expect(await rebuildStates(world.storage, { clock })).toBe(2)
    const rebuilt = await states()
    expect(rebuilt).toEqual(before)
  })

  test('imported history is known once rebuilt', async () => {
    const world = new SimulatedWorld(storage())
    await world.begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world', 'US'], 0.5, 3)
    const seen: number[] = []
    await rebuildStates(world.storage, { clock: async () => world.nowMs, onProgress: (done) => seen.push(done) })
    expect(seen).toEqual([1])
    const rows = await world.run<{ region: string; expected: number }>(
      `select region, expected_15m::float8 as expected from series_state where state <> '' order by region`,
    )
    expect(rows.map(({ region }) => region)).toEqual(['US', 'world'])
    for (const { expected } of rows) expect(expected).toBeGreaterThan(4)
    await world.tick(new TickMemory(), world.nowMs + 12 * SECOND)
  })
})
