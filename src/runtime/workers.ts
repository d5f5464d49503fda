import { createDeliverer } from '../alert/deliver-webhooks.ts'
import { DEFAULT_RETRY_SCHEDULE } from '../alert/delivery-policy.ts'
import { app } from '../app.ts'
import { answerFromMemory, createFinishedOnlyCache, type ReadCache, splitUrl } from '../http/read-cache.ts'
import { createKeyring } from '../key/keyring.ts'
import type { Log, Metrics, PendingReport, Ports } from '../ports.ts'
import { sendPushes } from '../push/send-pushes.ts'
import { takeQueued } from '../report/take-queued.ts'
import { didYouMean } from '../service/did-you-mean.ts'
import { createDirectory, type DirectoryMemory, newDirectoryMemory } from '../service/directory.ts'
import { createServiceSearch } from '../service/search-services.ts'
import { isDatabaseAway } from '../storage/database.ts'
import { openPostgres } from '../storage/open-postgres.ts'
import { maintain } from '../tick/maintain.ts'
import { runTick } from '../tick/run-tick.ts'
import { TickMemory } from '../tick/tick-memory.ts'
import { SECOND } from '../time.ts'
import { createEdgeClients, type SaltMemory } from './edge-clients.ts'
import { dialFromEdge } from './edge-dial.ts'
import { createPolledFeed } from './edge-feed.ts'
import { createEdgeLimiter, type WindowMemory } from './edge-limiter.ts'
import { createEdgePng, type FontMemory } from './edge-png.ts'
import { createMemoryMetrics } from './memory-metrics.ts'
import type {
  AssetsBinding,
  CronEvent,
  ExecutionContext,
  Hyperdrive,
  MessageBatch,
  QueueBinding,
  RateLimitBinding,
} from './worker-platform.ts'

/** Bindings and variables of `wrangler.toml`. */
export interface WorkerBindings {
  HYPERDRIVE: Hyperdrive
  REPORTS: QueueBinding<PendingReport>
  ASSETS: AssetsBinding
  REPORT_LIMIT: RateLimitBinding
  READ_LIMIT: RateLimitBinding
  WEBHOOK_LIMIT: RateLimitBinding
  PUSH_LIMIT: RateLimitBinding
  SNAPSHOT_LIMIT: RateLimitBinding
  PUBLIC_URL?: string
  ADMIN_KEY?: string
  RETENTION_DAYS?: string
  DETECTOR_INTERVAL_MS?: string
}

/** The cron expression, in `wrangler.toml` too, at which the housekeeping runs; any other one ticks. */
const HOUSEKEEPING_CRON = '7 * * * *'

/** A cron fires each minute at most, so one event ticks for most of its minute. */
const CRON_BUSY_MS = 50 * SECOND
const DETECTOR_INTERVAL_MS = 10 * SECOND

/** An isolate has 128 MB, and a detector takes some 50 KB. */
const MOST_SERIES = 800

/** A request may have six connections under way, and a page reads all in one transaction. */
const CONNECTIONS = 3

/** A Worker has six connections, three of which are the database's. */
const DELIVERY = {
  timeoutMs: 8 * SECOND,
  schedule: DEFAULT_RETRY_SCHEDULE,
  concurrency: 3,
  failingConcurrency: 1,
  perWebhook: 2,
}

/** What an isolate keeps from request to request: plain values only, made at the first request. */
interface IsolateMemory {
  directory: DirectoryMemory
  salts: SaltMemory
  windows: WindowMemory
  readCache: ReadCache
  searchServices: Ports['searchServices']
  metrics: Metrics
  tick: TickMemory
  assetPaths: Record<string, string>
  fonts: FontMemory
}

let isolate: IsolateMemory | null = null

async function isolateMemory({ ASSETS }: WorkerBindings): Promise<IsolateMemory> {
  if (isolate !== null) return isolate
  const manifest = await ASSETS.fetch('https://assets/assets/manifest.json')
  isolate ??= {
    directory: newDirectoryMemory(),
    salts: new Map(),
    windows: new Map(),
    readCache: createFinishedOnlyCache(),
    searchServices: createServiceSearch(),
    metrics: createMemoryMetrics(),
    tick: new TickMemory(MOST_SERIES),
    assetPaths: (await manifest.json()) as Record<string, string>,
    fonts: { fonts: null },
  }
  return isolate
}

/** The ports of one request: a connection may not outlive the request that opened it, so each has a client of its own. */
async function portsOf(bindings: WorkerBindings): Promise<Ports> {
  const memory = await isolateMemory(bindings)
  const storage = openPostgres(bindings.HYPERDRIVE.connectionString, { connections: CONNECTIONS })
  const now = () => new Date()
  const limiter = createEdgeLimiter(
    {
      report: bindings.REPORT_LIMIT,
      read: bindings.READ_LIMIT,
      webhook: bindings.WEBHOOK_LIMIT,
      push: bindings.PUSH_LIMIT,
      snapshot: bindings.SNAPSHOT_LIMIT,
    },
    memory.windows,
  )
  return {
    storage,
    now,
    ...createEdgeClients(storage.run, memory.salts, now),
    limiter,
    keyring: createKeyring({ storage, limiter, now }),
    eventFeed: createPolledFeed(storage.run),
    directory: createDirectory(storage.db, didYouMean, { memory: memory.directory }),
    searchServices: memory.searchServices,
    readCache: memory.readCache,
    takeReport: async (report) => {
      await bindings.REPORTS.send(report, { contentType: 'json' })
      return null
    },
    metrics: memory.metrics,
    log: consoleLog,
    renderPng: createEdgePng(bindings.ASSETS, memory.fonts),
    // The platform answers for files before it asks us.
    asset: () => null,
    assetPath: (name) => memory.assetPaths[name] ?? `/assets/${name}`,
    settings: settingsOf(bindings),
  }
}

function settingsOf({ PUBLIC_URL, ADMIN_KEY, RETENTION_DAYS }: WorkerBindings): Ports['settings'] {
  return {
    publicUrl: PUBLIC_URL ?? null,
    adminKey: ADMIN_KEY ?? null,
    retentionDays: Number(RETENTION_DAYS ?? 30),
    webhookAllowPrivate: false,
  }
}

const write = (level: 'info' | 'warn' | 'error', data: Record<string, unknown>, message: string) =>
  console[level](
    JSON.stringify({ level, message, ...data }, (_key, value) =>
      value instanceof Error ? { message: value.message, stack: value.stack } : value,
    ),
  )

const consoleLog: Log = {
  info: (data, message) => write('info', data, message),
  warn: (data, message) => write('warn', data, message),
  error: (data, message) => write('error', data, message),
}

export default {
  async fetch(request: Request, bindings: WorkerBindings, context: ExecutionContext): Promise<Response> {
    const { readCache } = await isolateMemory(bindings)
    const kept = answerFromMemory({ readCache, settings: settingsOf(bindings) }, request, splitUrl(request.url))
    if (kept !== null) return kept
    const ports = await portsOf(bindings)
    const response = await app.fetch(request, ports)
    context.waitUntil(ports.keyring.flush())
    return response
  },

  /** What fails is delivered again, and after its last attempt goes to the dead-letter queue. */
  async queue({ messages }: MessageBatch<PendingReport>, bindings: WorkerBindings): Promise<void> {
    const { storage, metrics, log, now } = await portsOf(bindings)
    const take = (some: typeof messages) =>
      takeQueued(
        { run: storage.run, metrics, now: now() },
        some.map(({ body, timestamp }) => ({ report: body, queuedAt: timestamp })),
      )
    try {
      await take(messages)
    } catch (error) {
      log.error({ err: error, reports: messages.length }, 'queued reports could not be stored')
      if (isDatabaseAway(error) || messages.length === 1) throw error
      // One that cannot be stored must not take the others with it.
      for (const message of messages)
        await take([message]).then(
          () => message.ack(),
          () => message.retry(),
        )
    }
  },

  async scheduled({ cron }: CronEvent, bindings: WorkerBindings): Promise<void> {
    const ports = await portsOf(bindings)
    if (cron === HOUSEKEEPING_CRON) {
      await maintain(ports, { retentionDays: ports.settings.retentionDays })
      return
    }
    const { tick } = await isolateMemory(bindings)
    const everyMs = Number(bindings.DETECTOR_INTERVAL_MS ?? DETECTOR_INTERVAL_MS)
    const startedMs = Date.now()
    const deliverer = createDeliverer({ ...ports, dial: dialFromEdge }, DELIVERY)
    for (let turn = 0; turn * everyMs < CRON_BUSY_MS; turn++) {
      await pause(startedMs + turn * everyMs - Date.now())
      await runTick(ports, { memory: tick })
      // What is left over waits for the next turn.
      if ((await deliverer.turn()) > 0) await deliverer.drained()
      await sendPushes({ ...ports, dial: dialFromEdge })
    }
  },
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
