import { createEventFeed, EVENT_FEED, type EventFeedOptions } from '../../src/alert/event-feed.ts'
import { app } from '../../src/app.ts'
import { createReadCache } from '../../src/http/read-cache.ts'
import { createKeyring } from '../../src/key/keyring.ts'
import type { Log, Metrics, PendingReport, Ports } from '../../src/ports.ts'
import { createGroupCommit } from '../../src/report/group-commit.ts'
import { partnerIdentityOf } from '../../src/report/identity.ts'
import { storeReports } from '../../src/report/store-reports.ts'
import { createMemoryLimiter } from '../../src/runtime/limiter.ts'
import { didYouMean } from '../../src/service/did-you-mean.ts'
import { createDirectory } from '../../src/service/directory.ts'
import { createServiceSearch } from '../../src/service/search-services.ts'
import type { Storage } from '../../src/storage/database.ts'

export const QUIET_METRICS: Metrics = { count() {}, observe() {}, gauge() {}, render: async () => '' }
/** A defect must be seen where a test fails. */
export const TEST_LOG: Log = { info() {}, warn() {}, error: (data, message) => console.error(message, data) }

export const ADMIN_KEY = 'admin-key-of-the-tests'

/** Clock of a test: stands still until it is set. */
export interface Clock {
  now: Date
}

/** Ports over a test database, with everybody at one address. */
export function createTestPorts(
  storage: Storage,
  {
    clock = null,
    feed = {},
    settings = {},
  }: { clock?: Clock | null; feed?: Partial<EventFeedOptions>; settings?: Partial<Ports['settings']> } = {},
): Ports {
  const now = () => (clock === null ? new Date() : clock.now)
  const limiter = createMemoryLimiter()
  return {
    storage,
    now,
    limiter,
    identify: async (request) => {
      const person = request.headers.get('x-test-person') ?? 'someone'
      return { reporter: person, otherReporter: null, network: `${person}/24`, widerNetwork: `${person}/16`, asn: null }
    },
    identifyPartner: async (source, reporter) => partnerIdentityOf(source, reporter, 'salt', null),
    locate: () => ({ country: null, subdivision: null }),
    clientKey: (request) => request.headers.get('x-test-client') ?? 'client',
    directory: createDirectory(storage.db, didYouMean),
    searchServices: createServiceSearch(),
    readCache: createReadCache(),
    // As a server does it: reports of one moment share a statement, in their order.
    takeReport: createGroupCommit((batch: PendingReport[]) => storeReports(storage.run, batch)).take,
    keyring: createKeyring({ storage, limiter, now }),
    eventFeed: createEventFeed(storage.run, { ...EVENT_FEED, ...feed }),
    metrics: QUIET_METRICS,
    log: TEST_LOG,
    renderPng: null,
    asset: () => null,
    assetPath: (name) => name,
    settings: { publicUrl: null, adminKey: ADMIN_KEY, retentionDays: 30, webhookAllowPrivate: true, ...settings },
  }
}

export interface Call {
  method?: string
  key?: string
  body?: unknown
  headers?: Record<string, string>
}

/** Asks the app as a program does. */
export async function call(
  ports: Ports,
  path: string,
  { method, key, body, headers = {} }: Call = {},
): Promise<Response> {
  return app.fetch(
    new Request(`http://outcry.test${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
    ports,
  )
}

/** Issues a key over the API. */
export async function issueTestKey(
  ports: Ports,
  order: Record<string, unknown> = {},
): Promise<{ id: string; key: string }> {
  const response = await call(ports, '/v1/admin/keys', { key: ADMIN_KEY, body: { name: 'a test', ...order } })
  if (response.status !== 201) throw new Error(await response.text())
  return (await response.json()) as { id: string; key: string }
}
