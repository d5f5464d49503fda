import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readWranglerConfig } from 'wrangler'
import { readSettings } from '../../src/cli/settings.ts'
import type { Log } from '../../src/ports.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { startServer } from '../../src/runtime/node.ts'
import type { IncomingPlace } from '../../src/runtime/worker-platform.ts'
import { createDirectory } from '../../src/service/directory.ts'
import { seedCatalogue } from '../../src/service/seed-catalogue.ts'
import type { ServiceRow } from '../../src/service/tables.ts'
import type { Storage } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { runTick } from '../../src/tick/run-tick.ts'

const QUIET_LOG: Log = { info() {}, warn() {}, error() {} }

export interface Sender {
  /** Address that the request comes from; somebody new unless told. */
  from?: string
  headers?: Record<string, string>
  /** What an edge platform tells of the place; servers are told nothing. */
  place?: IncomingPlace
}

/** An Outcry that runs as in production, on one of its runtimes. */
export interface Outcry {
  storage: Storage
  /** Whether reports are answered before they are stored. */
  isQueueing: boolean
  fetch(path: string, init?: RequestInit & Sender): Promise<Response>
  get(path: string, sender?: Sender): Promise<Response>
  /** Sends a report as JSON. */
  post(report: unknown, sender?: Sender): Promise<Response>
  /** A service that nobody has reported on, another one at each call. */
  freshService(): ServiceRow
  /** Ends when all that was taken is stored. */
  settled(): Promise<void>
  /** Makes one tick, in the runtime. */
  tick(): Promise<void>
  stop(): Promise<void>
}

const MOST_SERVICES = 400

/** The built-in catalogue, and services of invented names: so many that each test has its own. */
async function addServices(storage: Storage): Promise<ServiceRow[]> {
  await ensurePartitions(storage)
  await seedCatalogue(storage.run)
  await storage.run(
    `insert into services (slug, name, category, homepage, features)
     select 'invented-' || n, 'Invented ' || n, 'mail-and-office', 'https://invented.example', array['send mail', 'sign in']
     from generate_series(1000, ${999 + MOST_SERVICES}) n`,
  )
  const all = await createDirectory(storage.db, () => []).all()
  return all.filter(({ slug }) => slug.startsWith('invented-'))
}

let people = 0

/** An address that nobody else has, in a network that nobody else has. */
export function newAddress(): string {
  people++
  return `${20 + (people >> 16)}.${(people >> 8) & 255}.${people & 255}.7`
}

interface CronTarget {
  scheduled(event: { cron: string }): Promise<{ outcome: string }>
}

type Transport = (
  path: string,
  init: RequestInit & { headers: Record<string, string> },
  sender: Sender,
) => Promise<Response>

function outcryOver(
  storage: Storage,
  services: ServiceRow[],
  transport: Transport,
  own: Pick<Outcry, 'isQueueing' | 'settled' | 'tick' | 'stop'>,
): Outcry {
  const send: Outcry['fetch'] = async (path, { from = newAddress(), headers = {}, place, ...init } = {}) => {
    const response = await transport(
      path,
      { redirect: 'manual', ...init, headers },
      { from, ...(place ? { place } : {}) },
    )
    // A body that no test reads would keep its connection, and a server that stops waits for it.
    const body = await response.arrayBuffer()
    const { status, headers: answered } = response
    return new Response(body.byteLength === 0 ? null : body, { status, headers: answered })
  }
  return {
    ...own,
    storage,
    fetch: send,
    get: (path, sender) => send(path, sender),
    post: (report, { headers, ...sender } = {}) =>
      send('/v1/reports', {
        ...sender,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(report),
      }),
    freshService: () => services.shift()!,
  }
}

/** The server of `npm start` on a free port, behind one proxy that it trusts. */
export async function startOnNode(storage: Storage, environment: Record<string, string> = {}): Promise<Outcry> {
  const settings = readSettings({
    PORT: '0',
    HOST: '127.0.0.1',
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'silent',
    ...environment,
  })
  const services = await addServices(storage)
  // The database belongs to the test and stays open.
  const server = await startServer({ ...storage, close: async () => {} }, settings, QUIET_LOG)
  return outcryOver(
    storage,
    services,
    (path, { headers, ...init }, { from }) =>
      fetch(server.url + path, { ...init, headers: { 'x-forwarded-for': from!, ...headers } }),
    {
      isQueueing: false,
      settled: async () => {},
      tick: async () => void (await runTick(server.ports)),
      stop: server.stop,
    },
  )
}

export interface EdgeOutcry extends Outcry {
  /** The file that would be deployed. */
  bundle: string
  /** An answer whose body is not waited for. */
  open(path: string): Promise<Response>
  /** Fires a cron event. */
  cron(expression: string): Promise<void>
}

/** The bundle that would be deployed, in the runtime that would run it, bound as `wrangler.toml` says. */
export async function startOnWorkerd(databaseUrl: string): Promise<EdgeOutcry> {
  const { workerOptions } = readWranglerConfig('wrangler.toml')
  const bundle = await bundleWorker()
  const miniflare = new Miniflare({
    ...(workerOptions as object),
    modulesRoot: dirname(bundle),
    modules: [
      { type: 'ESModule', path: bundle, contents: readFileSync(bundle, 'utf8') },
      ...compiledBeside(bundle).map((path) => ({ type: 'CompiledWasm' as const, path, contents: readFileSync(path) })),
    ],
    hyperdrives: {},
    // The emulator's Hyperdrive is a bare TCP proxy, which throws out of any test when a connection is reset.
    bindings: {
      ...workerOptions.bindings,
      DETECTOR_INTERVAL_MS: '60000',
      HYPERDRIVE: { connectionString: databaseUrl },
    },
    // Production waits a second for a batch to fill.
    queueConsumers: { 'outcry-reports': { maxBatchSize: 100, maxBatchTimeout: 0.05, maxRetries: 2, retryDelay: 0 } },
  })
  await miniflare.ready
  const storage = openPostgres(databaseUrl, { connections: 2 })
  const cron = async (expression: string) => {
    const worker = (await miniflare.getWorker()) as unknown as CronTarget
    const { outcome } = await worker.scheduled({ cron: expression })
    if (outcome !== 'ok') throw new Error(`the cron event ended with ${outcome}`)
  }
  const outcry = outcryOver(
    storage,
    await addServices(storage),
    async (path, { headers, ...init }, { from, place }) => {
      const response = await miniflare.dispatchFetch(`http://outcry.example${path}`, {
        ...(init as Record<string, never>),
        headers: { 'cf-connecting-ip': from!, ...(headers as Record<string, string>) },
        // Unless told, the platform knows nothing, which it writes as this country.
        cf: { country: 'XX', regionCode: '', ...place },
      })
      // Under which name the emulator says what the body was before it decoded it.
      const encoding = response.headers.get('mf-content-encoding')
      if (encoding !== null) response.headers.set('content-encoding', encoding)
      return response as unknown as Response
    },
    {
      isQueueing: true,
      settled: () => queueIsEmpty(async () => (await miniflare.dispatchFetch('http://outcry.example/metrics')).text()),
      tick: () => cron('* * * * *'),
      stop: async () => {
        await miniflare.dispose()
        rmSync(dirname(bundle), { recursive: true, force: true })
        await storage.close()
      },
    },
  )
  const open = async (path: string) =>
    (await miniflare.dispatchFetch(`http://outcry.example${path}`)) as unknown as Response
  return { ...outcry, bundle, open, cron }
}

/** What the bundle imports as compiled modules. */
export function compiledBeside(bundle: string): string[] {
  const folder = dirname(bundle)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wasm'))
    .map((name) => join(folder, name))
}

export async function bundleWorker(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-worker-'))
  await promisify(execFile)('node_modules/.bin/wrangler', ['deploy', '--dry-run', '--outdir', folder], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: folder },
  })
  return join(folder, 'workers.js')
}

/** Each queued report becomes counted, late or a duplicate. */
async function queueIsEmpty(readMetrics: () => Promise<string>): Promise<void> {
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline) {
    const outcomes = new Map(
      [...(await readMetrics()).matchAll(/outcry_intake_total\{outcome="(.*?)"\} (\d+)/g)].map(([, name, n]) => [
        name,
        Number(n),
      ]),
    )
    const of = (name: string) => outcomes.get(name) ?? 0
    if (of('queued') === of('counted') + of('duplicate') + of('late')) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the queue did not empty within 15 s')
}
