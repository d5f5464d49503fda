/**
 * What the tick costs, and how long it keeps requests waiting, when hundreds of services rise at once: 500 services of 20
 * categories, each worldwide and in six countries, of all sizes, on PostgreSQL with fsync.
 *
 *   node bench/run.mjs rises
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { databaseNow } from '../src/count/queries.ts'
import { ensurePartitions } from '../src/report/partitions.ts'
import { readMigrations } from '../src/runtime/project-files.ts'
import type { Storage } from '../src/storage/database.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPostgres } from '../src/storage/open-postgres.ts'
import { runTick } from '../src/tick/run-tick.ts'
import { TickMemory } from '../src/tick/tick-memory.ts'
import { HOUR, MINUTE, SECOND } from '../src/time.ts'
import { startPostgres } from '../test/support/postgres-server.ts'

const SERVICES = 500
const CATEGORIES = 20
const COUNTRIES = ['US', 'DE', 'FR', 'GB', 'JP', 'BR']
const USUAL_MINUTES = 5
const RISE_MINUTES = 16

const ports = (storage: Storage) => ({
  storage,
  now: () => new Date(),
  metrics: { count() {}, observe() {}, gauge() {}, render: async () => '' },
  log: { info() {}, warn() {}, error() {} },
})

async function addServices({ run }: Storage, nowMs: number): Promise<void> {
  await run(
    `insert into services (slug, name, category, homepage)
     select 'service-' || n, 'Service ' || n, 'category-' || n % $2::int, 'https://example.com' from generate_series(1, $1::int) n`,
    [SERVICES, CATEGORIES],
  )
  await run(
    `insert into series_state (service_id, region, begun_at, advanced_until, expected_15m, prior_expected, prior_weight)
     select id, r, to_timestamp($2::float8 / 1000), to_timestamp($2::float8 / 1000), 15, 1, 500
     from services, json_array_elements_text($1::text::json) r`,
    [JSON.stringify(['world', ...COUNTRIES]), nowMs],
  )
}

/** A minute's counts and reports; from `rise` on each service has its own height, a course, and begins at its own minute. */
async function addMinute({ run }: Storage, atMs: number, rise: number): Promise<void> {
  await run(
    `with people as (
       select id as s, r.r, case when $4::int < id % 4 then 1 else 1 + (5 * exp(5.0 * (id * 7919 % 500) / 500) / (1 + r.n) * (1 + 0.3 * sin(id + $4::int)))::int end as c
       from services, json_array_elements_text($1::text::json) with ordinality r(r, n)
     ), counted as (
       insert into counts_1m as c (service_id, region, bucket, reporters, weight, networks, unavailable)
       select s, coalesce(r, 'world'), to_timestamp($2::float8 / 1000), sum(c), sum(c) * 1000, sum(c), sum(c)
       from people group by grouping sets ((s, r), (s)) on conflict (service_id, region, bucket) do nothing
     )
     insert into reports (service_id, received_at, id, kind, error_type, region, reporter, network, wider_network, weight, is_new_network)
     select s, to_timestamp($2::float8 / 1000), s || '-' || r || '-' || $3::text || '-' || n, 'problem', 'unavailable', r, s || '-' || n, n::text || $3::text, (n % 300)::text, 1000, true
     from (select s, r, c from people) p, generate_series(1, least(20, c)) n`,
    [JSON.stringify(COUNTRIES), atMs, String(atMs), rise],
  )
}

const inMs = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b)
  return `median ${sorted[sorted.length >> 1]!.toFixed(0)} ms, largest ${sorted.at(-1)!.toFixed(0)} ms`
}

const server = await startPostgres({ durable: true })
const storage = openPostgres(server.url)
try {
  await migrate(storage, readMigrations())
  await ensurePartitions(storage)
  // On the hour: how far a quarter of an hour has gone decides what its end teaches the baselines.
  let nowMs = Math.floor((await databaseNow(storage.run)) / HOUR) * HOUR
  await addServices(storage, nowMs)
  const memory = new TickMemory()
  const [ticks, stalls, shares]: number[][] = [[], [], []]
  const tick = async (atMs: number, isRise: boolean) => {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const [before, cpu] = [performance.now(), process.cpuUsage()]
    const { events } = await runTick(ports(storage), { memory, clock: async () => atMs })
    const spent = process.cpuUsage(cpu)
    delay.disable()
    if (!isRise) return events
    ticks!.push(performance.now() - before)
    stalls!.push(delay.max / 1e6)
    shares!.push((spent.user + spent.system) / 1000)
    return events
  }
  let events = 0
  for (let minute = 0; minute < USUAL_MINUTES + RISE_MINUTES; minute++) {
    const rise = minute - USUAL_MINUTES
    await addMinute(storage, nowMs, rise)
    events += await tick(nowMs + 30 * SECOND, rise > 4)
    nowMs += MINUTE
    events += await tick(nowMs + 12 * SECOND, rise > 4)
  }
  const [row] = await storage.run<{ open: number; spilled: number }>(
    `select count(*)::int as open, count(*) filter (where class = 'spill-over')::int as spilled from incidents where resolved_at is null`,
  )
  process.stdout.write(
    `${SERVICES} services rising at once: ${row!.open} incidents, ${row!.spilled} of them spill-over; ${events} events\n`,
  )
  process.stdout.write(`  a tick                     ${inMs(ticks!)}\n`)
  process.stdout.write(`  processor time of it       ${inMs(shares!)}\n`)
  process.stdout.write(`  longest stall of requests  ${inMs(stalls!)}\n`)
} finally {
  await storage.close()
  await server.stop()
}
