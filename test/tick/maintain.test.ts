import { expect, test } from 'vitest'
import { maintain } from '../../src/tick/maintain.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('housekeeping', (storage) => {
  test('forgets who spoke, from where and under which salt, and keeps what is of use', async () => {
    const { run } = storage()
    await run(`insert into voices (service_id, reporter, counted_at, report_id) values
      (1, 'long ago', now() - interval '2 hours', 'a'), (1, 'just now', now() - interval '20 minutes', 'b')`)
    await run(`insert into network_voices (service_id, network, seen, seen_at) values
      (1, 'long ago', 3, now() - interval '7 hours'), (1, 'just now', 3, now())`)
    await run(`insert into idempotency_keys (client, key, request_hash, report_id, answered_at) values
      ('c', 'long ago', 'h', 'a', now() - interval '25 hours'), ('c', 'just now', 'h', 'b', now())`)
    await run(`insert into reporter_salts (day, salt) values
      ((now() at time zone 'UTC')::date - 3, 'old'), ((now() at time zone 'UTC')::date, 'in force')`)

    expect(await maintain(new SimulatedWorld(storage()).ports(), { retentionDays: 30 })).toEqual({
      droppedPartitions: [],
      voices: 1,
      networks: 1,
      idempotencyKeys: 1,
      salts: 1,
      events: 0,
    })
    expect(await run('select reporter from voices')).toEqual([{ reporter: 'just now' }])
    expect(await run('select network from network_voices')).toEqual([{ network: 'just now' }])
    expect(await run('select salt from reporter_salts')).toEqual([{ salt: 'in force' }])
  })

  test('shortens the event log, as far as webhooks have been told', async () => {
    const { run } = storage()
    await run(`insert into events (id, at, type, service, payload) values
      (1, now() - interval '91 days', 'spike.opened', 'mail', '{}'), (2, now() - interval '91 days', 'spike.updated', 'mail', '{}'),
      (3, now() - interval '89 days', 'spike.resolved', 'mail', '{}')`)
    await run(
      'insert into outbox_position (last_event_id) values (1) on conflict (is_only) do update set last_event_id = 1',
    )
    const told = await maintain(new SimulatedWorld(storage()).ports(), { retentionDays: 30 })
    expect(told).toMatchObject({ events: 1 })
    expect(await run('select id::int as id from events order by id')).toEqual([{ id: 2 }, { id: 3 }])
  })

  test('makes the partitions that reports will need, and drops those past their retention', async () => {
    const { run } = storage()
    const past = await run<{ name: string; day: string }>(
      `select 'reports_' || to_char(d, 'YYYYMMDD') as name, d::text as day from (select (now() at time zone 'UTC')::date - 40 as d) days`,
    )
    const { name, day } = past[0]!
    await run(
      `create table ${name} partition of reports for values from ('${day} 00:00:00+00') to ('${day} 23:59:59+00')`,
    )
    const { droppedPartitions } = await maintain(new SimulatedWorld(storage()).ports(), { retentionDays: 30 })
    expect(droppedPartitions).toEqual([name])
    const days = await run<{ ahead: number }>(
      `select (to_date(right(relname, 8), 'YYYYMMDD') - (now() at time zone 'UTC')::date)::int as ahead
       from pg_inherits join pg_class on oid = inhrelid where inhparent = 'reports'::regclass order by 1`,
    )
    expect(days.map(({ ahead }) => ahead)).toEqual(expect.arrayContaining([0, 1, 2]))
  })

  test('sums an hour anew into which a late report came', async () => {
    const { run } = storage()
    await run(`insert into counts_1m (service_id, region, bucket, reporters, weight, late)
      values (1, 'world', date_trunc('hour', now(), 'UTC') - interval '5 hours', 2, 2000, 1)`)
    await maintain(new SimulatedWorld(storage()).ports(), { retentionDays: 30 })
    expect(await run('select reporters, late from counts_1h')).toEqual([{ reporters: 2, late: 1 }])
  })
})
