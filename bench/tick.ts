/**
 * What a tick costs: a catalogue of 10,000 services and of 100,000, with 1,000 series that have news each minute, on
 * PostgreSQL with fsync.
 *
 *   node bench/run.mjs tick
 */
import { databaseNow } from '../src/count/queries.ts'
import { ensurePartitions } from '../src/report/partitions.ts'
import { readMigrations } from '../src/runtime/project-files.ts'
import type { Storage } from '../src/storage/database.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPostgres } from '../src/storage/open-postgres.ts'
import { runTick } from '../src/tick/run-tick.ts'
import { TickMemory } from '../src/tick/tick-memory.ts'
import { MINUTE, SECOND } from '../src/time.ts'
import { startPostgres } from '../test/support/postgres-server.ts'

const SERIES_WITH_NEWS = 1_000
const MINUTES = 12

const ports = (storage: Storage) => ({
  storage,
  now: () => new Date(),
  metrics: { count() {}, observe() {}, gauge() {}, render: async () => '' },
  log: { info() {}, warn() {}, error() {} },
})

async function addServices(storage: Storage, from: number, until: number): Promise<void> {
  await storage.run(
    `insert into services (slug, name, category, homepage)
     select 'service-' || n, 'Service ' || n, 'mail', 'https://example.com' from generate_series($1::int, $2::int) n`,
    [from + 1, until],
  )
  // All have been seen before: a state each, from a report a while ago.
  await storage.run(
    `insert into counts_1m (service_id, region, bucket, reporters, weight)
     select id, 'world', date_trunc('minute', now() - interval '1 day' * random()), 1, 1000 from services
     where id > $1::int`,
    [from],
  )
  await storage.run(
    `insert into series_state (service_id, region, begun_at, advanced_until, expected_15m, prior_expected, prior_weight)
     select service_id, region, bucket, bucket, 0.1, 2, 500 from counts_1m where service_id > $1::int`,
    [from],
  )
  // So are the countries of those with news: one to three reports a minute are usual for them.
  await storage.run(
    `insert into series_state (service_id, region, begun_at, advanced_until, prior_expected, prior_weight)
     select n, 'US', date_trunc('minute', now()), date_trunc('minute', now()), 2, 500 from generate_series(1, $1::int) n
     on conflict do nothing`,
    [SERIES_WITH_NEWS / 2],
  )
}

/** News in one minute for 500 services, each worldwide and in a country; one in a hundred has an outage. */
async function addNews(storage: Storage, atMs: number): Promise<void> {
  await storage.run(
    `insert into counts_1m (service_id, region, bucket, reporters, weight, networks, unavailable)
     select n, r, to_timestamp($1::float8 / 1000), c, c * 1000, c, c
     from generate_series(1, $2::int) n, lateral (values ('world'), ('US')) v(r),
       lateral (select case when n % 100 = 0 then 20 else 1 + (n * 7 + $3::int) % 3 end as c) w
     on conflict (service_id, region, bucket) do update set weight = counts_1m.weight + excluded.weight`,
    [atMs, SERIES_WITH_NEWS / 2, Math.floor(atMs / MINUTE) % 1000],
  )
}

function describe(label: string, seconds: number[]): string {
  const sorted = [...seconds].sort((a, b) => a - b)
  const at = (part: number) =>
    `${(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]! * 1000).toFixed(0)} ms`
  return `${label.padEnd(46)} median ${at(0.5)}, largest ${at(1)}`
}

const server = await startPostgres({ durable: true })
const storage = openPostgres(server.url)
try {
  await migrate(storage, readMigrations())
  await ensurePartitions(storage)
  let nowMs = Math.floor((await databaseNow(storage.run)) / MINUTE) * MINUTE
  let services = 0
  for (const catalogue of [10_000, 100_000]) {
    await addServices(storage, services, catalogue)
    services = catalogue
    await storage.run('analyze')
    let memory = new TickMemory()
    const tick = async (atMs: number) => {
      const before = performance.now()
      const { series } = await runTick(ports(storage), { memory, clock: async () => atMs })
      return { seconds: (performance.now() - before) / 1000, series }
    }
    const finished: number[] = []
    const between: number[] = []
    let cold = 0
    for (let minute = 0; minute < MINUTES; minute++) {
      await addNews(storage, nowMs)
      between.push((await tick(nowMs + 30 * SECOND)).seconds)
      nowMs += MINUTE
      const { seconds, series } = await tick(nowMs + 12 * SECOND)
      // The first ones wake states from their beginning.
      if (minute >= 3 && series >= SERIES_WITH_NEWS) finished.push(seconds)
    }
    memory = new TickMemory()
    await addNews(storage, nowMs)
    nowMs += MINUTE
    cold = (await tick(nowMs + 12 * SECOND)).seconds
    process.stdout.write(`${catalogue} services, ${SERIES_WITH_NEWS} series with news\n`)
    process.stdout.write(`  ${describe('tick that takes in a finished minute', finished)}\n`)
    process.stdout.write(`  ${describe('tick in between', between)}\n`)
    process.stdout.write(`  first tick of a new leader, without memory     ${(cold * 1000).toFixed(0)} ms\n`)
  }
} finally {
  await storage.close()
  await server.stop()
}
