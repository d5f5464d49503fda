import { expect, test } from 'vitest'
import { listIncidents, listSpikes } from '../../src/incident/queries.ts'
import { DAY, MINUTE } from '../../src/time.ts'
import { type Burst, SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const ALL = { service: null, region: null, status: 'all', since: null, after: null, limit: 100 } as const
const CARRIER = 64_500

describeOnBothEngines('whose network a rise comes from', (storage) => {
  /** Half an hour of ordinary reports, then a rise; what is told of it. */
  async function rise(usual: Omit<Burst, 'serviceId' | 'region'>, risen: Omit<Burst, 'serviceId' | 'region'>) {
    const world = new SimulatedWorld(storage())
    await world.begin()
    // Prefixes are known under the name of a day, so that the day is one.
    if (world.nowMs % DAY > DAY - 60 * MINUTE) world.nowMs -= 2 * 60 * MINUTE
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world', 'DE'], 1)
    await world.tick()
    const at = { serviceId: mail, region: 'DE' }
    await world.pass(30, [{ ...at, ...usual }])
    await world.live(12, () => [
      { ...at, ...usual },
      { ...at, ...risen },
    ])
    const [incident] = await listIncidents(world.run, ALL)
    const spike = (await listSpikes(world.run, ALL)).find(({ region }) => region === null)!
    return { incident: incident!, spike }
  }

  test("a carrier's customers are told as one network, with its part of the excess", async () => {
    const { incident, spike } = await rise({ people: 1 }, { people: 30, asn: CARRIER })
    expect(spike).toMatchObject({ status: 'open', reach: 'network' })
    expect(spike.largestNetworkShare).toBeGreaterThan(0.9)
    expect(incident).toMatchObject({ reach: 'network', largestNetworkShare: spike.largestNetworkShare })
  })

  test('a network that always has most of the reports is no failure of it', async () => {
    const { incident, spike } = await rise({ people: 1, asn: CARRIER }, { people: 30, asn: CARRIER })
    expect(spike.reach).not.toBe('network')
    expect(spike.largestNetworkShare).toBeGreaterThan(0.9)
    expect(incident.reach).not.toBe('network')
  })

  test('a rise from many networks has none that matters', async () => {
    const { spike } = await rise({ people: 1 }, { people: 30 })
    expect(spike.reach).not.toBe('network')
    expect(spike.largestNetworkShare ?? 0).toBeLessThan(0.1)
  })
})
