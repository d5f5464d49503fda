import type { AttemptOutcome } from './alert/delivery-policy.ts'
import type { EventFeed } from './alert/event-feed.ts'
import type { FailureCode } from './errors.ts'
import type { ReadCache } from './http/read-cache.ts'
import type { Keyring } from './key/keyring.ts'
import type { Place } from './report/report.ts'
import type { Directory } from './service/directory.ts'
import type { SearchOptions } from './service/search-services.ts'
import type { ServiceRow } from './service/tables.ts'
import type { Storage } from './storage/database.ts'

/** Who sends a request, as keyed hashes under the day's salt; the address itself goes no further than this. */
export interface Identity {
  /** The person: an IPv4 address or an IPv6 /64. */
  reporter: string
  /** The same person under the neighbouring day's salt, near midnight UTC; else `null`. */
  otherReporter: string | null
  /** /24 or /48. */
  network: string
  /** /16 or /32. */
  widerNetwork: string
  asn: number | null
}

export type LimitName = 'report' | 'read' | 'webhook' | 'push' | 'snapshot' | 'key-minute'

export interface LimitAnswer {
  isAllowed: boolean
  limit: number
  /** `null` where the platform does not tell. */
  remaining: number | null
  /** Until the window starts anew. */
  resetSeconds: number
  windowSeconds: number
}

export interface Limiter {
  /** @param quota in place of the usual one of that name */
  consume(
    name: LimitName,
    key: string,
    points?: number,
    quota?: { points: number; seconds: number },
  ): Promise<LimitAnswer>
}

/** A counter per name and reason; the runtime publishes them on `/metrics`. */
export interface Metrics {
  count(name: string, labels?: Record<string, string>, by?: number): void
  observe(name: string, seconds: number, labels?: Record<string, string>): void
  gauge(name: string, value: number, labels?: Record<string, string>): void
  render(): Promise<string>
}

export interface Log {
  info(data: Record<string, unknown>, message: string): void
  warn(data: Record<string, unknown>, message: string): void
  error(data: Record<string, unknown>, message: string): void
}

/** One report on its way to the database, already validated. */
export interface PendingReport {
  id: string
  serviceId: number
  kind: 'problem' | 'ok'
  errorType: string | null
  region: string | null
  feature: string | null
  comment: string | null
  observedAt: string | null
  identity: Identity
  source: string | null
  /** Weight ceiling in thousandths, below 1000 for sources that are trusted less. */
  trust: number
  idempotency: { client: string; key: string; requestHash: string } | null
}

export interface StoredReport {
  id: string
  isCounted: boolean
  /** Server time, milliseconds since the epoch. */
  receivedAtMs: number
}

/** Takes a report and answers once it is durable; `null` where it was queued for later storing. */
export type TakeReport = (report: PendingReport) => Promise<StoredReport | null>

/** One POST to a stranger's address. Never rejects. The address that is dialled was checked, and no redirect is followed. */
export type Dial = (message: {
  url: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
  timeoutMs: number
}) => Promise<AttemptOutcome>

/** A file that pages load. */
export interface Asset {
  body: Uint8Array<ArrayBuffer>
  /** Compressed once, where that makes it smaller. */
  brotli: Uint8Array<ArrayBuffer> | null
  type: string
}

/** Everything we need from outside; handed to each call of `app.fetch`. */
export interface Ports {
  storage: Storage
  now(): Date
  limiter: Limiter
  identify(request: Request): Promise<Identity>
  /** Who a partner's reporter is counted as. @param source id of the partner's key @param reporter what the partner calls them */
  identifyPartner(source: string, reporter: string): Promise<Identity>
  locate(request: Request): Place
  /** Who asks, as an opaque key for limits; forgotten with the process. */
  clientKey(request: Request): string
  directory: Directory
  /** Services that fit what somebody typed, best first; forgives slips. */
  searchServices(services: readonly ServiceRow[], query: string, options?: SearchOptions): ServiceRow[]
  readCache: ReadCache
  /** Compresses by RFC 7932; absent where the platform does so itself. */
  brotli?: (body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>
  takeReport: TakeReport
  keyring: Keyring
  eventFeed: EventFeed
  metrics: Metrics
  log: Log
  /** An SVG of ours as PNG, `scale` pixels to a unit; `null` where the platform has no renderer. */
  renderPng: ((svg: string, scale: number) => Promise<Uint8Array<ArrayBuffer> | null>) | null
  /** A built asset by its name, or `null`. */
  asset(path: string): Asset | null
  /** The address of a built asset by its plain name. */
  assetPath(name: string): string
  settings: PublicSettings
}

/** Settings that handlers need. */
export interface PublicSettings {
  publicUrl: string | null
  adminKey: string | null
  retentionDays: number
  webhookAllowPrivate: boolean
}

export type { FailureCode, Place }
