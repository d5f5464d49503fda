import { describe, expect, test } from 'vitest'
import { appendEvents, eventsAfter, listIncidents } from '../../src/incident/queries.ts'
import type { Spike } from '../../src/incident/spike.ts'
import { TickMemory } from '../../src/tick/tick-memory.ts'
import { MINUTE, SECOND } from '../../src/time.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines, useStorage } from '../support/storage.ts'

const ALL = { service: null, region: null, status: 'all', since: null, after: null, limit: 100 } as const

const SPIKE: Spike = {
  id: 'spike',
  service: 'mail',
  region: null,
  status: 'open',
  cause: 'volume',
  openedAt: new Date(0),
  onsetAt: new Date(0),
  resolvedAt: null,
  endedAt: null,
  updatedAt: new Date(0),
  observed: 10,
  expected: 1,
  ratio: 10,
  surprise: 5,
  confidence: 0.9,
  peak: { observed: 10, at: new Date(0) },
  errorTypes: {},
  regions: [],
  reach: 'unclear',
  largestNetworkShare: null,
  networks: 10,
  incidentId: null,
  spillOverOf: null,
  methodVersion: '1',
}

describeOnBothEngines('replicas', (storage) => {
  test('of two that tick at once one leads, and nothing is told twice', async () => {
    const world = new SimulatedWorld(storage())
    await world.begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 0.3)
    await world.tick()
    const memories = [new TickMemory(), new TickMemory(), new TickMemory()]
    for (let minute = 0; minute < 6; minute++) {
      await world.report([{ serviceId: mail, region: null, people: 15 }])
      world.nowMs += MINUTE
      const outcomes = await Promise.all(memories.map((memory) => world.tick(memory, world.nowMs + 12 * SECOND)))
      expect(outcomes.filter(({ isLeader }) => isLeader).length).toBeGreaterThan(0)
    }
    expect(await listIncidents(world.run, ALL)).toHaveLength(1)
    const opened = (await eventsAfter(world.run, 0n, 100)).filter(({ type }) => type === 'incident.opened')
    expect(opened).toHaveLength(1)
  })

  test('writers at the same time leave no hole in the event log and none out of order', async () => {
    const writers = Array.from({ length: 8 }, (_, writer) =>
      storage().transaction((run) =>
        appendEvents(
          run,
          [1, 2, 3].map((n) => ({
            type: 'spike.updated',
            service: `service-${writer}-${n}`,
            region: null,
            spike: SPIKE,
          })),
          new Date(0),
        ),
      ),
    )
    const failing = storage().transaction(async (run) => {
      await appendEvents(run, [{ type: 'spike.updated', service: 'none', region: null, spike: SPIKE }], new Date(0))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    await Promise.all(writers)
    const events = await eventsAfter(storage().run, 0n, 100)
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, n) => String(n + 1)))
    // Three of one writer follow each other: it held the head until it committed.
    for (let n = 0; n < 24; n += 3)
      expect(new Set(events.slice(n, n + 3).map(({ service }) => service.slice(0, -2))).size).toBe(1)
  })
})

describe('a sleeping leader', () => {
  const storage = useStorage('postgres')

  test('holds nobody up: others see at once that they do not lead', async () => {
    const world = new SimulatedWorld(storage())
    await world.begin()
    await world.tick()
    await storage().transaction(async (run) => {
      await run(`select 1 from tick_state where name = 'tick' for update`)
      expect((await world.tick(new TickMemory())).isLeader).toBe(false)
    })
    expect((await world.tick(new TickMemory())).isLeader).toBe(true)
  })

  test('loses its lock with its connection', async () => {
    const world = new SimulatedWorld(storage())
    await world.begin()
    await world.tick()
    const asleep = storage().transaction(async (run) => {
      await run(`select set_config('idle_in_transaction_session_timeout', '50', true)`)
      const [mine] = await run<{ pid: number }>(
        `select pg_backend_pid() as pid from tick_state where name = 'tick' for update`,
      )
      await untilGone(world, mine!.pid)
      expect((await world.tick(new TickMemory())).isLeader).toBe(true)
      await run(`update tick_state set watermark = 'infinity' where name = 'tick'`)
    })
    await expect(asleep).rejects.toThrow()
    const [position] = await world.run<{ isOver: boolean }>(
      `select watermark = 'infinity' as "isOver" from tick_state where name = 'tick'`,
    )
    expect(position!.isOver).toBe(false)
  })

  async function untilGone(world: SimulatedWorld, pid: number): Promise<void> {
    const isThere = () => world.run('select 1 from pg_stat_activity where pid = $1', [pid])
    while ((await isThere()).length > 0);
    // One more turn, in which the driver hears of it.
    await isThere()
  }
})
