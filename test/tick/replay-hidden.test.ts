import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createReplayCommand } from '../../src/cli/replay.ts'
import { listSpikes } from '../../src/incident/queries.ts'
import { hideReports } from '../../src/report/hide-reports.ts'
import { HOUR } from '../../src/time.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('looking back at what was hidden since', (storage) => {
  async function outage() {
    const world = new SimulatedWorld(storage())
    await world.begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 0.3, 2)
    await world.tick()
    const fromMs = world.nowMs
    await world.live(8, (minute) => [{ serviceId: mail, region: null, people: minute < 3 ? 1 : 14 }])
    const times = ['--from', new Date(fromMs).toISOString(), '--to', new Date(world.nowMs).toISOString()]
    const hide = (isHidden: boolean) =>
      hideReports(
        { storage: storage() },
        {
          isHidden,
          selection: {
            filter: {
              serviceId: mail,
              from: new Date(fromMs - HOUR).toISOString(),
              until: null,
              kind: null,
              errorType: null,
              region: null,
              source: null,
              network: null,
              words: [],
              isHidden: null,
            },
          },
          note: null,
          actor: 'a test',
          told: {},
        },
      )
    return { hide, times }
  }

  async function replay(times: string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const command = createReplayCommand(async () => ({ ...storage(), close: async () => {} }))
    const io = { stdin: new PassThrough(), stdout, stderr, env: {} }
    const status = await command.run(['--service', 'mail', ...times], io)
    return { status, out: String(stdout.read() ?? ''), said: String(stderr.read() ?? '') }
  }

  test('a replay says that reports were hidden, and that the spike came of them, also when they are no longer kept', async () => {
    const { hide, times } = await outage()
    const before = await replay(times)
    expect(before).toMatchObject({ status: 0, said: expect.stringMatching(/: comes out again\n$/) })
    const [spike] = await listSpikes(storage().run, {
      service: 'mail',
      region: null,
      status: 'all',
      since: null,
      after: null,
      limit: 1,
    })

    expect(await hide(true)).toMatchObject({ changed: 73 })
    await storage().run('delete from reports')
    const { status, out, said } = await replay(times)
    expect(status).toBe(0)
    expect(said).toMatch(
      /^73 reports of this series, from .* to .*, were hidden since \(last at .*Z\): these are the verdicts without them\.$/m,
    )
    expect(said).toContain(`spike ${spike!.id}, `)
    expect(said).toMatch(/: comes out again only with the reports that were hidden since\n$/)
    expect(out).not.toContain('open')
  })

  test('a spike that came of nothing that was ever counted is still told from it', async () => {
    const { hide, times } = await outage()
    await hide(true)
    await storage().run('delete from hidden_counts_1m where bucket > (select min(bucket) from hidden_counts_1m)')
    expect(await replay(times)).toMatchObject({
      status: 1,
      said: expect.stringMatching(/were hidden since[\s\S]*: does not come out again\n$/),
    })
  })

  test('shown again, the same counts give the same verdicts', async () => {
    const { hide, times } = await outage()
    const before = await replay(times)
    await hide(true)
    await hide(false)
    expect(await replay(times)).toEqual(before)
  })
})
