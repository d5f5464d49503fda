import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createRepairCommand } from '../../src/cli/repair.ts'
import { createReplayCommand } from '../../src/cli/replay.ts'
import { listSpikes } from '../../src/incident/queries.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { measureMethod } from '../../src/tick/measure-method.ts'
import { compareWithLive, replaySeries } from '../../src/tick/replay-series.ts'
import { DAY, MINUTE } from '../../src/time.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const ALL = { service: null, region: null, status: 'all', since: null, after: null, limit: 100 } as const

describeOnBothEngines('looking back', (storage) => {
  async function outage() {
    const world = new SimulatedWorld(storage())
    await world.begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 0.3, 2)
    await world.tick()
    const fromMs = world.nowMs
    await world.live(8, (minute) => [{ serviceId: mail, region: null, people: minute < 3 ? 1 : 14 }])
    return { world, mail, span: { fromMs, untilMs: world.nowMs } }
  }

  const command = (name: 'replay' | 'repair') => {
    const create = name === 'replay' ? createReplayCommand : createRepairCommand
    return create(async () => ({ ...storage(), close: async () => {} }))
  }

  async function call(name: 'replay' | 'repair', args: string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const status = await command(name).run(args, { stdin: new PassThrough(), stdout, stderr, env: {} })
    return { status, out: String(stdout.read() ?? ''), said: String(stderr.read() ?? '') }
  }

  test('a replay of stored counts raises the alarms that were raised live', async () => {
    const { world, mail, span } = await outage()
    const replayed = (await replaySeries(world.run, { serviceId: mail, scope: 'world' }, span))!
    expect(replayed).toHaveLength(8)
    expect(replayed.slice(0, 3).map(({ verdict }) => verdict.level)).toEqual(['quiet', 'quiet', 'quiet'])
    expect(replayed.at(-1)!.verdict.level).toBe('open')
    const compared = await compareWithLive(world.run, 'mail', 'world', span, replayed)
    expect(compared.map(({ level }) => level)).toEqual(['open'])
  })

  test('a replay does not confirm a spike that the counts do not bear out', async () => {
    const { world, mail, span } = await outage()
    const [spike] = await listSpikes(world.run, ALL)
    const early = { ...span, untilMs: span.fromMs + 3 * MINUTE }
    const replayed = (await replaySeries(world.run, { serviceId: mail, scope: 'world' }, early))!
    await world.run(
      `update spikes set opened_at = $1::text::timestamptz, data = jsonb_set(data, '{openedAt}', to_jsonb($1::text))`,
      [new Date(early.fromMs + MINUTE).toISOString()],
    )
    const compared = await compareWithLive(world.run, 'mail', 'world', early, replayed)
    expect(compared).toMatchObject([{ spike: { id: spike!.id }, level: 'quiet' }])
  })

  test('outcry replay writes a row a minute and says whether spikes come out again', async () => {
    const { span } = await outage()
    const [from, to] = [new Date(span.fromMs).toISOString(), new Date(span.untilMs).toISOString()]
    const { status, out, said } = await call('replay', ['--service', 'mail', '--from', from, '--to', to])
    expect(status).toBe(0)
    const lines = out.trim().split('\n')
    expect(lines[0]).toBe('timestamp,count,expected,lower,upper,score,level')
    expect(lines).toHaveLength(9)
    expect(lines.at(-1)).toMatch(/,14,.*,open$/)
    expect(said).toMatch(/: comes out again\n$/)
  })

  test('outcry replay reads times without an offset as UTC, and stops at the present', async () => {
    await outage()
    const from = new Date(Math.floor(Date.now() / MINUTE) * MINUTE - 5 * MINUTE).toISOString().slice(0, 19)
    const { out } = await call('replay', ['--service', 'mail', '--from', from, '--to', '2999-01-01'])
    const minutes = out.trim().split('\n').slice(1)
    expect(minutes[0]).toContain(`${from}.000Z,`)
    // The present minute may have moved on meanwhile.
    expect([5, 6]).toContain(minutes.length)
  })

  test.each(['MAIL', 'mailx'])('outcry replay says what service was perhaps meant by %s', async (slug) => {
    await outage()
    const answer = await call('replay', ['--service', slug])
    expect(answer).toMatchObject({ status: 2, out: '' })
    expect(answer.said).toBe(`outcry replay: there is no service "${slug}"; did you mean "mail"?\n`)
  })

  test('outcry replay says where the minutes that taught a series are not here', async () => {
    const { span, world } = await outage()
    const times = ['--from', new Date(span.fromMs).toISOString(), '--to', new Date(span.untilMs).toISOString()]
    expect((await call('replay', ['--service', 'mail', ...times])).said).not.toContain('are not here')
    await world.run('delete from counts_1m where bucket < $1::text::timestamptz', [new Date(span.fromMs).toISOString()])
    const { said } = await call('replay', ['--service', 'mail', ...times])
    expect(said).toContain(`The minutes before ${new Date(span.fromMs).toISOString()} are not here`)
  })

  test.each([
    { args: [], said: '--service is missing' },
    { args: ['--service', 'nobody'], said: 'there is no service "nobody"\n' },
    { args: ['--service', 'mail', '--region', 'XX-YY'], said: 'there is no region "XX-YY"' },
    { args: ['--service', 'mail', '--from', 'yesterday'], said: '--from and --to must be times' },
    { args: ['--service', 'mail', '--from', '1 January 2026'], said: '--from and --to must be times' },
    { args: ['--service', 'mail', '--from', '2999-01-01T00:00:00Z'], said: '--from must lie before' },
  ])('outcry replay $args is called wrongly', async ({ args, said }) => {
    const answer = await call('replay', args)
    expect(answer).toMatchObject({ status: 2, out: '' })
    expect(answer.said).toContain(said)
  })

  test('outcry repair finds nothing, and says so when counts were tampered with', async () => {
    await ensurePartitions(storage())
    const today = new Date().toISOString().slice(0, 10)
    expect(await call('repair', [today])).toMatchObject({ status: 0, out: `${today}: nothing to change\n` })
    await storage().run(`insert into counts_1m (service_id, region, bucket, reporters) values (1, 'world', now(), 3)`)
    expect(await call('repair', [today])).toMatchObject({ status: 1, out: `${today}: 1 rows differ\n` })
    expect(await call('repair', ['--write', today])).toMatchObject({ status: 0, out: `${today}: 1 rows put right\n` })
    expect(await call('repair', [today])).toMatchObject({ status: 0 })
    expect(await call('repair', ['2001-01-01'])).toMatchObject({ status: 1 })
    expect(await call('repair', ['tomorrow'])).toMatchObject({ status: 2 })
  })

  test('the method measures its own false alarms, bands and spikes', async () => {
    const { run } = storage()
    expect(await measureMethod(run)).toMatchObject({
      seriesWeeks: 0,
      falseAlarmsPerSeriesWeek: null,
      bands: [],
      peaks: [],
    })

    const { world, span } = await outage()
    await run(`insert into evidence_peaks (day, level, nats, peaks) values
      ((now() at time zone 'UTC')::date, 'world', 5, 40), ((now() at time zone 'UTC')::date, 'world', 8, 2), ((now() at time zone 'UTC')::date, 'country', 9, 7)`)
    await run(`insert into expectations_15m (service_id, region, bucket, expected, lower, upper)
      select service_id, 'world', date_trunc('hour', now() - interval '3 days') + n * interval '15 minutes', 20, 10, 30 from series_state, generate_series(1, 4) n`)
    await run(`insert into counts_15m (service_id, region, bucket, reporters, weight)
      select service_id, 'world', bucket, 25, case when row_number() over (order by bucket) = 1 then 99000 else 20000 end from expectations_15m where expected = 20`)
    const measure = await measureMethod(world.run)
    const promised = (nats: number) => expect.closeTo(measure.seriesWeeks * 0.02 * Math.exp(12 - nats), 9)
    expect(measure.peaks).toEqual([
      { nats: 5, peaks: 42, promised: promised(5) },
      { nats: 8, peaks: 2, promised: promised(8) },
    ])
    // Some twelve hours of one series; its two days of imported history nobody watched.
    const watchedWeeks = (Date.now() - span.fromMs) / (7 * DAY)
    expect(measure.seriesWeeks).toBeCloseTo(watchedWeeks, 3)
    await run(
      `insert into collector_gaps (from_at, until_at) values (now() - interval '3 hours', now() - interval '1 hour')`,
    )
    expect((await measureMethod(run)).seriesWeeks).toBeCloseTo(watchedWeeks - 2 / (7 * 24), 3)
    const { falseAlarmsInterval, falseAlarmsPerSeriesWeek } = measure
    expect(falseAlarmsPerSeriesWeek).toBeGreaterThan(falseAlarmsInterval!.lower)
    expect(falseAlarmsPerSeriesWeek).toBeLessThan(falseAlarmsInterval!.upper)
    expect(measure.bands).toContainEqual({
      expectedFrom: 10,
      expectedUntil: 30,
      quarters: 4,
      below: 0,
      within: 0.75,
      above: 0.25,
    })
    expect(measure.spikes).toEqual({ opened: 1, confirmed: 1, dismissed: 0 })
  })
})
