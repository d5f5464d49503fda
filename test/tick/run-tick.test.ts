import { expect, test } from 'vitest'
import { eventsAfter, listIncidents, listSpikes } from '../../src/incident/queries.ts'
import { TickMemory } from '../../src/tick/tick-memory.ts'
import { MINUTE, SECOND } from '../../src/time.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const ALL = { service: null, region: null, status: 'all', since: null, after: null, limit: 100 } as const

describeOnBothEngines('the tick', (storage) => {
  async function begin() {
    const world = new SimulatedWorld(storage(), true)
    await world.begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world', 'US'], 0.3, 8)
    await world.tick()
    return { world, mail, run: world.run }
  }

  test('an outage opens one incident, which closes when reports cease', async () => {
    const { world, mail, run } = await begin()
    await world.live(3, () => [{ serviceId: mail, region: 'US', people: 1 }])
    expect(await listIncidents(run, ALL)).toEqual([])

    await world.live(10, () => [{ serviceId: mail, region: 'US-TX', people: 12 }])
    const [incident, ...others] = await listIncidents(run, ALL)
    expect(others).toEqual([])
    expect(incident).toMatchObject({ service: 'mail', status: 'open', class: 'outage' })
    // Whether the country alone tells it, or its subdivision too, depends on the hour of the week it is told in.
    expect(incident!.regions.map(({ region }) => region)).toContain('US')
    const spikes = await listSpikes(run, ALL)
    expect(spikes.map(({ region }) => region)).toEqual(expect.arrayContaining([null, 'US']))
    expect([null, 'US', 'US-TX']).toEqual(expect.arrayContaining(spikes.map(({ region }) => region)))
    expect(spikes.every(({ incidentId }) => incidentId === incident!.id)).toBe(true)

    const endMs = world.nowMs
    await world.live(40, () => [{ serviceId: mail, region: 'US', people: 0, ok: 2 }])
    expect((await listSpikes(run, ALL)).filter(({ status }) => status !== 'resolved')).toEqual([])
    const [closed] = await listIncidents(run, ALL)
    expect(closed).toMatchObject({ id: incident!.id, status: 'resolved', endedAt: new Date(endMs) })
    expect(closed!.resolvedAt!.getTime()).toBeGreaterThan(endMs)
  })

  test('a rise within half an hour of the end re-opens the incident', async () => {
    const { world, mail, run } = await begin()
    const outage = () => [{ serviceId: mail, region: 'US', people: 12 }]
    await world.live(8, outage)
    let minutes = 0
    while ((await listIncidents(run, ALL))[0]!.status !== 'resolved') {
      await world.live(1)
      expect(++minutes).toBeLessThan(60)
    }
    await world.live(5)
    await world.live(8, outage)
    const incidents = await listIncidents(run, ALL)
    expect(incidents).toHaveLength(1)
    expect(incidents[0]!.status).toBe('open')
  })

  test('a rise is seen while its minute is under way', async () => {
    const { world, mail, run } = await begin()
    await world.report([{ serviceId: mail, region: 'US', people: 30 }])
    await world.tick(world.memory, world.nowMs + 20 * SECOND)
    const opened = await listSpikes(run, ALL)
    expect(opened).not.toEqual([])

    // The next minute has just begun, and the one before it is not yet final.
    world.nowMs += MINUTE
    await world.report([{ serviceId: mail, region: 'US', people: 2 }])
    await world.tick(world.memory, world.nowMs + 6 * SECOND)
    await world.tick(world.memory, world.nowMs + 12 * SECOND)
    const later = await listSpikes(run, ALL)
    expect(later.map(({ id }) => id)).toEqual(opened.map(({ id }) => id))
    expect(later.filter(({ status }) => status === 'resolved')).toEqual([])
  })

  test('a crowd behind one network is suspected at most', async () => {
    const { world, mail, run } = await begin()
    await world.live(15, () => [{ serviceId: mail, region: 'US', people: 40, isOneNetwork: true }])
    const spikes = await listSpikes(run, ALL)
    expect(spikes.filter(({ status }) => status === 'open')).toEqual([])
  })

  test('a second tick over the same minutes changes nothing', async () => {
    const { world, mail, run } = await begin()
    await world.live(6, () => [{ serviceId: mail, region: 'US', people: 12 }])
    const state = () =>
      Promise.all(
        ['spikes', 'incidents', 'events', 'incident_updates', 'series_state', 'expectations_15m', 'counts_15m'].map(
          (table) => run(`select * from ${table} order by 1, 2, 3`),
        ),
      )
    const before = await state()
    await world.tick(new TickMemory(), world.nowMs + 12 * SECOND)
    await world.tick(world.memory, world.nowMs + 12 * SECOND)
    expect(await state()).toEqual(before)
  })

  test('a tick whose transaction fails leaves nothing, and the next one does it', async () => {
    const { world, mail, run } = await begin()
    await world.live(2, () => [{ serviceId: mail, region: 'US', people: 1 }])
    await world.report([{ serviceId: mail, region: 'US', people: 40 }])
    world.nowMs += MINUTE
    const failing = {
      ...world.storage,
      transaction: <T>(work: Parameters<typeof world.storage.transaction<T>>[0]) =>
        world.storage.transaction<T>((inside) =>
          work(async (text, parameters) => {
            if (text.startsWith('update tick_state')) throw new Error('killed')
            return inside(text, parameters)
          }),
        ),
    }
    const killed = new SimulatedWorld(failing)
    killed.nowMs = world.nowMs
    await expect(killed.tick(world.memory, world.nowMs + 12 * SECOND)).rejects.toThrow('killed')
    expect(await listSpikes(run, ALL)).toEqual([])
    expect(await eventsAfter(run, 0n, 10)).toEqual([])

    await world.tick(world.memory, world.nowMs + 12 * SECOND)
    expect(await listSpikes(run, ALL)).not.toEqual([])
  })

  test('minutes in which nobody listened are gaps, not zeros', async () => {
    const { world, mail, run } = await begin()
    await world.live(3, () => [{ serviceId: mail, region: 'US', people: 1 }])
    world.nowMs += 50 * MINUTE
    await world.tick()
    const gaps = await run<{ minutes: number }>(
      `select (extract(epoch from until_at - from_at) / 60)::float8 as minutes from collector_gaps`,
    )
    expect(gaps).toHaveLength(1)
    expect(gaps[0]!.minutes).toBeGreaterThanOrEqual(48)
  })

  test.each([5, 15, 40])('an outage goes on through %i minutes in which nobody listened', async (minutes) => {
    const { world, mail, run } = await begin()
    const outage = () => [{ serviceId: mail, region: 'US', people: 12 }]
    await world.live(12, outage)
    const [before] = await listIncidents(run, ALL)
    expect(before).toMatchObject({ status: 'open' })

    world.nowMs += minutes * MINUTE
    await world.live(8, outage)
    const ended = (await eventsAfter(run, 0n, 1_000)).filter(({ type }) => type.endsWith('.resolved'))
    expect(ended).toEqual([])
    expect(await listIncidents(run, ALL)).toMatchObject([{ id: before!.id, status: 'open' }])
  })

  test('a clock that jumps opens no spike', async () => {
    const { world, mail, run } = await begin()
    const usual = (minute: number) => [{ serviceId: mail, region: 'US', people: minute % 3 === 0 ? 1 : 0 }]
    await world.live(5, usual)
    world.nowMs += 5 * 60 * MINUTE
    await world.live(5, usual)
    world.nowMs -= 5 * 60 * MINUTE
    await world.live(10, usual)
    expect(await listSpikes(run, ALL)).toEqual([])
    const [position] = await run<{ behind: number }>(
      `select (extract(epoch from to_timestamp($1::float8 / 1000) - watermark))::float8 as behind from tick_state where name = 'tick'`,
      [world.nowMs],
    )
    expect(position!.behind).toBeLessThanOrEqual(60)
  })

  test('finished minutes are rolled up to quarters and hours', async () => {
    const { world, mail, run } = await begin()
    for (let n = 0; n < 7; n++) await world.pass(20, [{ serviceId: mail, region: 'US', people: 1 }])
    for (const table of ['counts_15m', 'counts_1h']) {
      const [sums] = await run<{ rolled: number; minutes: number }>(
        `select (select sum(reporters) from ${table})::float8 as rolled,
           (select sum(reporters) from counts_1m where bucket >= (select min(bucket) from ${table})
              and bucket < (select max(bucket) from ${table}) + interval '${table === 'counts_1h' ? '1 hour' : '15 minutes'}')::float8 as minutes`,
      )
      expect(sums!.rolled).toBeGreaterThan(0)
      expect(sums!.rolled).toBe(sums!.minutes)
    }
  })

  test('the event log has ids without holes', async () => {
    const { world, mail, run } = await begin()
    await world.live(10, () => [{ serviceId: mail, region: 'US', people: 12 }])
    const events = await eventsAfter(run, 0n, 100)
    expect(events.length).toBeGreaterThan(2)
    expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, n) => n + 1))
    expect(events.map(({ type }) => type)).toContain('incident.opened')
  })
})
