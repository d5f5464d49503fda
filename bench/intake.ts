/**
 * Reports a second through the whole intake, durable on PostgreSQL and on the embedded database, beside what bounds it from above.
 * All in one run, in interleaved rounds, at 64 connections; ratios are medians of the rounds' ratios. The tick runs in one row alone: all
 * services rise at once out of nothing here, which no day brings.
 *
 *   node bench/run.mjs intake [--rounds 7] [--seconds 3] [--connections 64] [--profile DIR]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStorage } from '../src/cli/open-storage.ts'
import { readSettings } from '../src/cli/settings.ts'
import type { PendingReport } from '../src/ports.ts'
import { ERROR_TYPES } from '../src/report/error-type.ts'
import { identityOf } from '../src/report/identity.ts'
import { ensurePartitions } from '../src/report/partitions.ts'
import { storeReports } from '../src/report/store-reports.ts'
import { BUILT_IN_SERVICES } from '../src/service/catalogue/built-in.ts'
import { openPostgres } from '../src/storage/open-postgres.ts'
import { startPostgres } from '../test/support/postgres-server.ts'
import { ADDRESS, type LoadResult, median, startLoadSource } from './support/load.ts'
import { startTarget, type Target } from './support/target.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    profile: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = Number(values.connections)

/** Rows of a statement of PostgreSQL alone. */
const ALONE_ROWS = 500

const REGIONS = ['US-TX', 'US-CA', 'US-NY', 'US-FL', 'GB', 'GB-ENG', 'DE-BY', 'FR-IDF', 'IN-MH', 'BR-SP', 'JP-13', null]

/** A big outage: half of all reports name one service, the others are spread over the catalogue. */
const reports = Array.from({ length: 997 }, (_, n) => ({
  service: n % 2 === 0 ? 'exchange-online' : BUILT_IN_SERVICES[(n * 7) % BUILT_IN_SERVICES.length]!.slug,
  errorType: ERROR_TYPES[(n * 3) % ERROR_TYPES.length]!,
  region: REGIONS[n % REGIONS.length]!,
}))

const requests = reports.map(({ region, ...report }) => {
  const body = JSON.stringify(region === null ? report : { ...report, region })
  return [
    'POST /v1/reports HTTP/1.1',
    'host: 127.0.0.1',
    `x-forwarded-for: ${ADDRESS}`,
    'user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'accept: application/json',
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n')
})

interface Sample {
  perSecond: number
  /** Processor time of the server's process for one answer; `null` where there is no such process. */
  cpuMicroseconds: number | null
  load: LoadResult | null
}

const folder = mkdtempSync(join(tmpdir(), 'outcry-bench-'))
const postgres = await startPostgres({ durable: true })
const source = startLoadSource()
const targets: Target[] = []

async function measureTarget(target: Target): Promise<Sample> {
  const before = await target.usage()
  const load = await source.run({ port: target.port, requests, connections, seconds })
  const { cpuMs } = await target.usage()
  return { perSecond: load.perSecond, cpuMicroseconds: ((cpuMs - before.cpuMs) * 1000) / load.answered, load }
}

async function databaseOf(name: string): Promise<string> {
  const admin = openPostgres(postgres.url, { connections: 1 })
  await admin.run(`create database ${name}`)
  await admin.close()
  return postgres.url.replace(/postgres$/, name)
}

const intakeUrl = await databaseOf('intake')

async function target(kind: Parameters<typeof startTarget>[0], environment: Record<string, string> = {}) {
  const isProfiled = environment.DATABASE_URL === intakeUrl
  const proxies = { TRUSTED_PROXIES: '127.0.0.1' }
  const started = await startTarget(kind, { ...proxies, ...environment }, isProfiled ? (values.profile ?? null) : null)
  targets.push(started)
  return () => measureTarget(started)
}

/** The very statement of the intake, 500 rows at a time on two connections, without a server in front. */
async function postgresAlone(url: string) {
  const storage = await openStorage(readSettings({ DATABASE_URL: url }))
  await ensurePartitions(storage)
  const ids = new Map(
    (await storage.run<{ id: number; slug: string }>('select id, slug from services')).map(({ id, slug }) => [
      slug,
      id,
    ]),
  )
  let made = 0
  const pending = (): PendingReport => {
    const { service, errorType, region } = reports[made % reports.length]!
    const mixed = Math.imul(++made, 2_654_435_761) >>> 0
    const address = [mixed >>> 24, (mixed >>> 16) & 255, (mixed >>> 8) & 255, mixed & 255].join('.')
    return {
      id: crypto.randomUUID(),
      serviceId: ids.get(service)!,
      kind: 'problem',
      errorType,
      region,
      feature: null,
      comment: null,
      observedAt: null,
      identity: identityOf(address, 'salt', null, null),
      source: null,
      trust: 1000,
      idempotency: null,
    }
  }
  // Made beforehand: only the statements are measured.
  let ready: PendingReport[][] = []
  const measure = async (store: (batch: PendingReport[]) => Promise<unknown>): Promise<Sample> => {
    ready = Array.from({ length: 60 * seconds }, () => Array.from({ length: ALONE_ROWS }, pending))
    const begun = performance.now()
    const isOver = () => performance.now() - begun > seconds * 1000
    let rows = 0
    const connection = async () => {
      for (let batch = ready.pop(); batch && !isOver(); batch = ready.pop()) {
        await store(batch)
        rows += batch.length
      }
    }
    await Promise.all([connection(), connection()])
    return { perSecond: (rows / (performance.now() - begun)) * 1000, cpuMicroseconds: null, load: null }
  }
  return {
    counting: () => measure((batch) => storeReports(storage.run, batch)),
    plain: () =>
      measure((batch) =>
        storage.run(
          `insert into reports (service_id, received_at, id, kind, error_type, region, reporter, network, wider_network, weight, is_new_network)
           select "serviceId", now(), id, kind, "errorType", region, reporter, network, "widerNetwork", 1000, true
           from json_to_recordset($1::text::json) as r("serviceId" int, id text, kind text, "errorType" text, region text,
             reporter text, network text, "widerNetwork" text)`,
          [JSON.stringify(batch.map(({ identity, ...report }) => ({ ...report, ...identity })))],
        ),
      ),
    close: () => storage.close(),
  }
}

async function storedRows(url: string): Promise<{ reports: number; counted: number }> {
  const storage = openPostgres(url, { connections: 1 })
  const [row] = await storage.run<{ reports: number; counted: number }>(
    `select (select count(*) from reports)::int as reports,
       (select coalesce(sum(reporters), 0) from counts_1m where region = 'world')::int as counted`,
  )
  await storage.close()
  return row!
}

try {
  const alone = await postgresAlone(await databaseOf('alone'))
  const measures: Record<string, () => Promise<Sample>> = {
    'intake, PostgreSQL': await target('outcry', { DATABASE_URL: intakeUrl, TICK: 'off' }),
    'the same, and the tick': await target('outcry', { DATABASE_URL: await databaseOf('ticking') }),
    'intake, embedded': await target('outcry', { DATA_DIR: folder, TICK: 'off' }),
    '(a) same server, not storing': await target('outcry-without-storing', {
      DATABASE_URL: await databaseOf('idle'),
      TICK: 'off',
    }),
    '(a2) Hono and zod alone': await target('hono-validating'),
    '(b) node:http, bare': await target('node-http'),
    '(c) PostgreSQL, same statement': alone.counting,
    '(c2) PostgreSQL, plain insert': alone.plain,
  }
  const samples = new Map<string, Sample[]>(Object.keys(measures).map((name) => [name, []]))
  // Round 0 warms up and is not counted.
  for (let round = 0; round <= rounds; round++)
    for (const [name, measure] of Object.entries(measures)) {
      const sample = await measure()
      if (round > 0) samples.get(name)!.push(sample)
      if (process.stderr.isTTY) process.stderr.write(`\rround ${round} of ${rounds}: ${name.padEnd(40)}`)
    }
  if (process.stderr.isTTY) process.stderr.write('\n')

  const whole = samples.get('intake, PostgreSQL')!
  const embedded = samples.get('intake, embedded')!
  const ratio = (of: Sample[], to: Sample[]) => median(of.map(({ perSecond }, n) => perSecond / to[n]!.perSecond))
  console.log(`${rounds} rounds of ${seconds} s, ${connections} connections; medians`)
  console.log(
    `${'what'.padEnd(32)}${'per s'.padStart(8)}${'[min-max]'.padStart(16)}${'p50 ms'.padStart(8)}${'p99 ms'.padStart(8)}${'max ms'.padStart(8)}${'CPU us'.padStart(8)}${'PG/it'.padStart(8)}${'emb/it'.padStart(8)}`,
  )
  for (const [name, all] of samples) {
    const speeds = all.map(({ perSecond }) => perSecond)
    const ofLoads = (pick: (load: LoadResult) => number) =>
      all[0]!.load === null ? '' : median(all.map(({ load }) => pick(load!))).toFixed(1)
    const cpu = all[0]!.cpuMicroseconds === null ? '' : median(all.map((s) => s.cpuMicroseconds!)).toFixed(0)
    console.log(
      name.padEnd(32) +
        median(speeds).toFixed(0).padStart(8) +
        `[${Math.min(...speeds).toFixed(0)}-${Math.max(...speeds).toFixed(0)}]`.padStart(16) +
        ofLoads(({ p50Ms }) => p50Ms).padStart(8) +
        ofLoads(({ p99Ms }) => p99Ms).padStart(8) +
        ofLoads(({ maxMs }) => maxMs).padStart(8) +
        cpu.padStart(8) +
        ratio(whole, all).toFixed(2).padStart(8) +
        ratio(embedded, all).toFixed(2).padStart(8),
    )
  }
  const loads = [...samples.values()].flat().flatMap(({ load }) => load ?? [])
  const total = (statuses: number[], of: LoadResult[]) =>
    of.reduce((sum, { statuses: seen }) => sum + statuses.reduce((s, status) => s + (seen[status] ?? 0), 0), 0)
  console.log(
    `answers ${loads.reduce((sum, { answered }) => sum + answered, 0)}, refused ${loads.reduce((sum, load) => sum + load.answered - total([200, 201], [load]), 0)}, unanswered ${loads.reduce((sum, { unanswered }) => sum + unanswered, 0)}`,
  )
  const { reports: rows, counted } = await storedRows(intakeUrl)
  console.log(`PostgreSQL holds ${rows} reports and counts ${counted}`)
  await alone.close()
} finally {
  source.stop()
  await Promise.all(targets.map((one) => one.stop()))
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
