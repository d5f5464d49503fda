import { databaseNow } from '../../src/count/queries.ts'
import type { Log, Metrics, Ports } from '../../src/ports.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import type { Run, Storage } from '../../src/storage/database.ts'
import { runTick, type TickOutcome } from '../../src/tick/run-tick.ts'
import { TickMemory } from '../../src/tick/tick-memory.ts'
import { HOUR, MINUTE, SECOND } from '../../src/time.ts'

const QUIET_METRICS: Metrics = { count() {}, observe() {}, gauge() {}, render: async () => '' }
const QUIET_LOG: Log = { info() {}, warn() {}, error() {} }

export interface Burst {
  serviceId: number
  region: string | null
  /** People in the minute. */
  people: number
  ok?: number
  errorType?: string
  /** All from one /24 rather than each from a network of its own. */
  isOneNetwork?: boolean
  /** The autonomous system that the platform tells of all of them. */
  asn?: number
}

/** A world whose minutes pass when told to: reports are stored with their time, and the tick is given the clock. */
export class SimulatedWorld {
  nowMs = 0
  memory = new TickMemory()
  private people = 0

  /** @param looksWithinMinutes whether there is a tick in the middle of each minute too, as there are many in reality */
  constructor(
    readonly storage: Storage,
    private readonly looksWithinMinutes = false,
  ) {}

  get run(): Run {
    return this.storage.run
  }

  /** Begins some minutes past an hour that is a while before the database's now, so that the day's partitions hold what happens. */
  async begin({ hoursAgo = 12, minutesPast = 0 } = {}): Promise<void> {
    await ensurePartitions(this.storage)
    this.nowMs = Math.floor((await databaseNow(this.run)) / HOUR) * HOUR - hoursAgo * HOUR + minutesPast * MINUTE
  }

  async addService(slug: string, extra: { countries?: string[]; dependsOn?: string[]; category?: string } = {}) {
    const [row] = await this.run<{ id: number }>(
      `insert into services (slug, name, category, homepage, countries, depends_on)
       values ($1, $1, $2, 'https://example.com', array(select json_array_elements_text($3::text::json)),
         array(select json_array_elements_text($4::text::json))) returning id`,
      [slug, extra.category ?? 'mail', JSON.stringify(extra.countries ?? []), JSON.stringify(extra.dependsOn ?? [])],
    )
    return row!.id
  }

  /** Usual life before the beginning: so many reports a minute, as counts, for some days; those of every so many minutes say `login`. */
  async addHistory(
    serviceId: number,
    scopes: string[],
    perMinute: number,
    days = 3,
    loginEvery: number | null = null,
  ): Promise<void> {
    let seed = serviceId * 7919
    const counts = Array.from({ length: days * 24 * 60 }, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return Math.floor(perMinute + seed / 2147483648)
    })
    // The counts alone, once for all scopes: whole rows are megabytes, which an engine in this thread is slow to take in.
    await this.run(
      `insert into counts_1m (service_id, region, bucket, reporters, weight, networks, unavailable, login)
       select $1::int, scope, to_timestamp($2::float8 / 1000) - make_interval(mins => ago), n, n * 1000, n,
         case when ago % $3::int = 0 then 0 else n end, case when ago % $3::int = 0 then n else 0 end
       from (select n::int as n, ($4::int - nth + 1)::int as ago from json_array_elements_text($5::text::json) with ordinality as counts(n, nth)) minutes,
         json_array_elements_text($6::text::json) as scopes(scope)
       where n > 0`,
      [serviceId, this.nowMs, loginEvery, counts.length, JSON.stringify(counts), JSON.stringify(scopes)],
    )
  }

  /** Reports of the present minute, stored and counted as intake does it. */
  async report(bursts: Burst[]): Promise<void> {
    const rows = bursts.flatMap(
      ({ serviceId, region, people, ok = 0, errorType = 'unavailable', isOneNetwork, asn = null }) =>
        Array.from({ length: people + ok }, (_, n) => {
          const person = ++this.people
          return {
            s: serviceId,
            r: region,
            id: `report-${person}`,
            kind: n < people ? 'problem' : 'ok',
            e: n < people ? errorType : null,
            who: `person-${person}`,
            net: isOneNetwork ? 'one-network' : `network-${person}`,
            wider: isOneNetwork ? 'one-wider' : `wider-${person % 500}`,
            w: isOneNetwork && n > 0 ? Math.max(1, Math.round(1000 / (1 + n) ** 2)) : 1000,
            fresh: !(isOneNetwork && n > 0),
            asn,
          }
        }),
    )
    const live = `kind = 'problem'`
    await this.run(
      `with stored as (
         insert into reports (service_id, received_at, id, kind, error_type, region, reporter, network, wider_network, weight, is_new_network, asn)
         select s, to_timestamp($2::float8 / 1000), id, kind, e, r, who, net, wider, w, fresh, asn
         from json_to_recordset($1::text::json) as k(s int, r text, id text, kind text, e text, who text, net text, wider text, w int, fresh boolean, asn int)
         returning *)
       insert into counts_1m as c (service_id, region, bucket, reporters, weight, networks, ok, unavailable, login, timeout)
       select service_id, scope, date_trunc('minute', received_at, 'UTC'), count(*) filter (where ${live}),
         coalesce(sum(weight) filter (where ${live}), 0), count(*) filter (where ${live} and is_new_network), count(*) filter (where kind = 'ok'),
         count(*) filter (where error_type = 'unavailable'), count(*) filter (where error_type = 'login'), count(*) filter (where error_type = 'timeout')
       from stored, lateral (values ('world'), (left(region, 2)), (case when length(region) > 2 then region end)) s(scope)
       where scope is not null group by 1, 2, 3 order by 1, 2, 3
       on conflict (service_id, region, bucket) do update set reporters = c.reporters + excluded.reporters, weight = c.weight + excluded.weight,
         networks = c.networks + excluded.networks, ok = c.ok + excluded.ok, unavailable = c.unavailable + excluded.unavailable,
         login = c.login + excluded.login, timeout = c.timeout + excluded.timeout`,
      [JSON.stringify(rows), this.nowMs + 5 * SECOND],
    )
  }

  tick(memory: TickMemory = this.memory, atMs: number = this.nowMs): Promise<TickOutcome> {
    return runTick(this.ports(), { memory, clock: async () => atMs })
  }

  /** So many minutes, each with the same reports and a tick when it is final. */
  async live(minutes: number, bursts: (minute: number) => Burst[] = () => []): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      await this.report(bursts(minute))
      if (this.looksWithinMinutes) await this.tick(this.memory, this.nowMs + 30 * SECOND)
      this.nowMs += MINUTE
      await this.tick(this.memory, this.nowMs + 12 * SECOND)
    }
  }

  /** Many minutes with the same reports, and a tick when all are final. */
  async pass(minutes: number, bursts: Burst[]): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      await this.report(bursts)
      this.nowMs += MINUTE
    }
    await this.tick(this.memory, this.nowMs + 12 * SECOND)
  }

  ports(): Pick<Ports, 'storage' | 'now' | 'metrics' | 'log'> {
    return { storage: this.storage, now: () => new Date(this.nowMs), metrics: QUIET_METRICS, log: QUIET_LOG }
  }
}
