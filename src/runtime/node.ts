import type { HttpBindings } from '@hono/node-server'
import { type ServerType, serve } from '@hono/node-server'
import { DELIVERY, deliverWebhooks } from '../alert/deliver-webhooks.ts'
import { createEventFeed } from '../alert/event-feed.ts'
import { app } from '../app.ts'
import type { Settings } from '../cli/settings.ts'
import { answerFromMemory, createReadCache } from '../http/read-cache.ts'
import { createKeyring } from '../key/keyring.ts'
import type { Log, Ports } from '../ports.ts'
import { sendPushes } from '../push/send-pushes.ts'
import { createGroupCommit } from '../report/group-commit.ts'
import { ensurePartitions } from '../report/partitions.ts'
import { NOWHERE } from '../report/report.ts'
import { storeReports } from '../report/store-reports.ts'
import { didYouMean } from '../service/did-you-mean.ts'
import { createDirectory } from '../service/directory.ts'
import { createServiceSearch } from '../service/search-services.ts'
import type { Storage } from '../storage/database.ts'
import { maintain } from '../tick/maintain.ts'
import { runTick } from '../tick/run-tick.ts'
import { TickMemory } from '../tick/tick-memory.ts'
import { HOUR, SECOND } from '../time.ts'
import { createClientKnowledge } from './client-identity.ts'
import { compressBrotli } from './compress-brotli.ts'
import { createDial } from './dial-webhook.ts'
import { openGeoip } from './geoip.ts'
import { createMemoryLimiter, createRedisLimiter } from './limiter.ts'
import { readAssets } from './project-files.ts'
import { createMetrics } from './prometheus.ts'
import { renderPng } from './render-png.ts'
import { repeat } from './repeat.ts'

/** Longest a stop waits for what is under way. */
const DRAIN_SECONDS = 8

/** How soon the stream tells what was committed, by this or another replica. */
const FEED_INTERVAL_MS = 250
/** Proxies cut connections that are silent for half a minute. */
const HEARTBEAT_MS = 15 * SECOND
/** Longer than proxies keep idle connections (mostly a minute), or they would now and then send a request into one that closes. */
const IDLE_CONNECTION_MS = 75 * SECOND
const USAGE_INTERVAL_MS = 5 * SECOND
const PUSH_INTERVAL_MS = SECOND

export interface RunningServer {
  ports: Ports
  /** Address that it answers on. */
  url: string
  /** Starts what runs by itself: the tick, and the hourly housekeeping. */
  begin(): void
  /** Takes no more connections, finishes what is under way, and closes the database. */
  stop(): Promise<void>
}

/** Serves the app on Node over an open, migrated database. */
export async function startServer(storage: Storage, settings: Settings, log: Log): Promise<RunningServer> {
  await ensurePartitions(storage)
  const metrics = createMetrics()
  const now = () => new Date()
  const clients = createClientKnowledge(storage.run, {
    trustedProxies: settings.TRUSTED_PROXIES,
    placeOf: settings.GEOIP_DB ? openGeoip(settings.GEOIP_DB) : () => NOWHERE,
    now,
  })
  const intake = createGroupCommit((batch: Parameters<Ports['takeReport']>[0][]) => storeReports(storage.run, batch))
  const assets = readAssets()
  const shared = settings.REDIS_URL ? await createRedisLimiter(settings.REDIS_URL, log) : null
  const limiter = shared?.limiter ?? createMemoryLimiter()
  const ports: Ports = {
    storage,
    now,
    limiter,
    identify: clients.identify,
    identifyPartner: clients.identifyPartner,
    locate: clients.locate,
    clientKey: clients.clientKey,
    directory: createDirectory(storage.db, didYouMean),
    searchServices: createServiceSearch(),
    readCache: createReadCache(),
    brotli: compressBrotli,
    takeReport: intake.take,
    keyring: createKeyring({ storage, limiter, now }),
    eventFeed: createEventFeed(storage.run),
    metrics,
    log,
    renderPng,
    asset: (name) => assets.files.get(name) ?? null,
    assetPath: assets.pathOf,
    settings: {
      publicUrl: settings.PUBLIC_URL ?? null,
      adminKey: settings.ADMIN_KEY ?? null,
      retentionDays: settings.RETENTION_DAYS,
      webhookAllowPrivate: settings.WEBHOOK_ALLOW_PRIVATE,
    },
  }
  // The first request must not pay for what can be had before it.
  await Promise.all([ports.directory.all(), clients.ready()])

  let isStopping = false
  const server = await listen(settings, (request, { incoming, outgoing }) => {
    // Whoever keeps a connection would go on using it, and a stop would wait for them.
    if (isStopping) outgoing.shouldKeepAlive = false
    const kept = answerFromMemory(ports, request, {
      host: incoming.headers.host ?? '',
      pathAndQuery: incoming.url ?? '',
    })
    if (kept !== null) return kept
    clients.arrived(request, incoming.socket.remoteAddress ?? '0.0.0.0')
    return app.fetch(request, ports)
  })
  const memory = new TickMemory()
  const loops: (() => Promise<void>)[] = []
  const { port } = server.address() as { port: number }
  return {
    ports,
    url: `http://${settings.HOST === '0.0.0.0' || settings.HOST === '::' ? 'localhost' : settings.HOST}:${port}`,
    begin() {
      const { eventFeed, keyring } = ports
      const dial = createDial({ allowPrivate: settings.WEBHOOK_ALLOW_PRIVATE })
      if (settings.WEBHOOK_ALLOW_PRIVATE)
        log.warn(
          {},
          'WEBHOOK_ALLOW_PRIVATE is set: webhooks may reach private addresses; never do this on the public internet',
        )
      loops.push(
        repeat(FEED_INTERVAL_MS, eventFeed.read, log),
        repeat(HEARTBEAT_MS, async () => eventFeed.beat(), log),
        repeat(USAGE_INTERVAL_MS, keyring.flush, log),
        deliverWebhooks(
          { ...ports, dial },
          { ...DELIVERY, timeoutMs: settings.WEBHOOK_TIMEOUT_MS, schedule: settings.WEBHOOK_RETRY_SCHEDULE },
        ),
        repeat(PUSH_INTERVAL_MS, async () => void (await sendPushes({ ...ports, dial })), log),
        repeat(settings.DETECTOR_INTERVAL_MS, async () => void (await runTick(ports, { memory })), log),
        repeat(HOUR, async () => void (await maintain(ports, { retentionDays: settings.RETENTION_DAYS })), log),
      )
    },
    async stop() {
      isStopping = true
      ports.eventFeed.close()
      const halted = Promise.all(loops.map((halt) => halt()))
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // What was under way when the stop came falls idle once it is answered.
      const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 100)
      await within(DRAIN_SECONDS, Promise.all([closed, intake.drained(), halted]))
      clearInterval(sweep)
      if ('closeAllConnections' in server) server.closeAllConnections()
      await ports.keyring.flush().catch((error) => log.error({ err: error }, 'usage of keys could not be written down'))
      shared?.close()
      await storage.close(1)
    },
  }
}

function listen(
  { PORT, HOST }: Settings,
  fetch: (request: Request, bindings: HttpBindings) => Response | Promise<Response>,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, bindings) => fetch(request, bindings as HttpBindings),
        port: PORT,
        hostname: HOST,
        serverOptions: { keepAliveTimeout: IDLE_CONNECTION_MS },
      },
      () => resolve(server),
    )
    server.once('error', reject)
  })
}

async function within(seconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1000)))])
  clearTimeout(timer)
}
