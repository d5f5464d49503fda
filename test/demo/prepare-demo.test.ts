import { expect, test } from 'vitest'
import { prepareDemo } from '../../src/demo/prepare-demo.ts'
import type { Directory } from '../../src/service/directory.ts'
import { measureMethod } from '../../src/tick/measure-method.ts'
import { HOUR, WEEK } from '../../src/time.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('the demo', (storage) => {
  test('its six weeks count as written, and as watched from its start on alone', async () => {
    const world = new SimulatedWorld(storage())
    const mail = await world.addService('mail')
    const nobody: Pick<Directory, 'all'> = { all: async () => [] }
    await prepareDemo(storage(), nobody as Directory, () => {})
    await world.run(
      `insert into series_state (service_id, region, state, begun_at, advanced_until) values ($1, 'world', '', now() - interval '40 days', now())`,
      [mail],
    )
    // Without word of when watching began, it is taken to be the day of the first peak.
    await world.run(
      `insert into evidence_peaks (day, level, nats, peaks) values ((now() at time zone 'UTC')::date - 3, 'world', 5, 1)`,
    )

    const { seriesWeeks } = await measureMethod(world.run)
    expect(seriesWeeks).toBeGreaterThan(0)
    expect(seriesWeeks).toBeLessThan(HOUR / WEEK)
  })
})
