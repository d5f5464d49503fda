import type { MiddlewareHandler } from 'hono'
import { type Keyring, requireScope, showsKey } from '../key/keyring.ts'
import type { Ports } from '../ports.ts'
import { deprecationOf } from './deprecation.ts'
import { takeFrom } from './limit.ts'

/** How long an answer is given again without asking anew. */
export interface Freshness {
  /** Answered from memory without a look at the database. */
  freshMs: number
  /** After that, answered from memory while one request asks anew. */
  staleMs: number
  cacheControl: string
}

export const LIVE: Freshness = {
  freshMs: 2_000,
  staleMs: 30_000,
  cacheControl: 'public, max-age=5, s-maxage=10, stale-while-revalidate=60, stale-if-error=600',
}

export interface Entry {
  status: number
  /** A plain record goes to the socket as it is; a `Headers` object would be made and read anew for each answer. */
  headers: Record<string, string>
  /** The same for the compressed bodies. */
  gzipHeaders: Record<string, string>
  brotliHeaders: Record<string, string>
  etag: string
  identity: Uint8Array<ArrayBuffer>
  gzip: Uint8Array<ArrayBuffer> | null
  /** Made once somebody asks for it: slower than gzip, and smaller. */
  brotli: Uint8Array<ArrayBuffer> | 'under-way' | null
  madeAt: number
  freshMs: number
}

/** What scripts of other sites may read of an answer. */
const EXPOSED = 'etag, link, ratelimit, ratelimit-policy, retry-after, deprecation, sunset'

const MAX_ENTRIES = 2_000
/** An isolate has 128 MB for everything. */
const MOST_SHARED_ENTRIES = 200
/** Maps of arbitrary hours would otherwise fill the memory. */
const MAX_BYTES = 64_000_000
const MAX_BODY_BYTES = 2_000_000

/** Answers of one process, by {@link cacheKey}. */
export interface ReadCache {
  entries: Map<string, Entry | Promise<Entry | null>>
  /** How often all was forgotten: what began to be made before the last time is not kept. */
  forgettings: number
}

export function createReadCache(): ReadCache {
  return { entries: new Map(), forgettings: 0 }
}

/** For whoever has changed what any answer may hold: none that was made before is given again. */
export function forgetAnswers(cache: ReadCache): void {
  cache.entries.clear()
  cache.forgettings++
}

/**
 * For platforms where a promise belongs to the request that made it, and may never settle once that request is gone: only
 * finished answers are shared, and fewer of them.
 */
export function createFinishedOnlyCache(): ReadCache {
  return { entries: new FinishedOnly(), forgettings: 0 }
}

class FinishedOnly extends Map<string, Entry | Promise<Entry | null>> {
  override set(key: string, entry: Entry | Promise<Entry | null>): this {
    if (entry instanceof Promise) return this
    if (this.size >= MOST_SHARED_ENTRIES) this.delete(this.keys().next().value!)
    return super.set(key, entry)
  }
}

function remember({ entries }: ReadCache, key: string, entry: Entry | null) {
  entries.delete(key)
  if (entry === null || entry.status !== 200) return
  entries.set(key, entry)
  let bytes = 0
  for (const kept of entries.values()) if (!(kept instanceof Promise)) bytes += sizeOf(kept)
  for (const [oldest, kept] of entries) {
    if (entries.size <= MAX_ENTRIES && bytes <= MAX_BYTES) break
    entries.delete(oldest)
    if (!(kept instanceof Promise)) bytes -= sizeOf(kept)
  }
}

const sizeOf = ({ identity, gzip }: Entry): number => identity.length + 2 * (gzip?.length ?? 0)

/**
 * Under which an answer is kept: path and query, and without a `PUBLIC_URL` the host before them, which then stands in the addresses of the
 * answer. Else whoever asks under an invented name would put it in the pages that all others are given.
 */
function cacheKey({ settings }: Pick<Ports, 'settings'>, host: string, pathAndQuery: string): string {
  return settings.publicUrl === null ? host + pathAndQuery : pathAndQuery
}

/** The parts of a request's URL that an answer is kept by. */
export function splitUrl(url: string): { host: string; pathAndQuery: string } {
  const hostAt = url.indexOf('//') + 2
  const pathAt = url.indexOf('/', hostAt)
  return { host: url.slice(hostAt, pathAt), pathAndQuery: url.slice(pathAt) }
}

/**
 * The fresh answer to a request, found without routing it, which would cost as much as the answer; `null` when there is none, and
 * for whoever shows a key, since those are counted.
 *
 * @param url parts of the request's; a page with parameters has a key of its own and is not found here
 */
export function answerFromMemory(
  ports: Pick<Ports, 'readCache' | 'brotli' | 'settings'>,
  request: Request,
  { host, pathAndQuery }: { host: string; pathAndQuery: string },
): Response | null {
  const found = ports.readCache.entries.get(cacheKey(ports, host, pathAndQuery))
  if (found === undefined || found instanceof Promise || Date.now() - found.madeAt >= found.freshMs) return null
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  return showsKey(request) ? null : answer(request, found, null, ports)
}

/**
 * Keeps whole answers, compressed once per fill. A burst of misses on one key makes one request inside; a stale answer is
 * given while it is renewed, and when renewing fails. Each query is kept by itself, so routes must refuse unknown parameters.
 * Only a miss takes from the caller's limit: an answer from memory costs us nothing.
 *
 * @param canonical leaves out what does not change the answer
 */
export function cached(
  freshness: Freshness,
  canonical: (pathAndQuery: string) => string = (pathAndQuery) => pathAndQuery,
): MiddlewareHandler<{ Bindings: Ports }> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    const cache = c.env.readCache
    const { host, pathAndQuery } = splitUrl(c.req.url)
    const key = cacheKey(c.env, host, canonical(pathAndQuery))
    // Who shows a key is known and counted, whether or not the answer is at hand.
    const keyLimit = showsKey(c.req.raw) ? await takeFromKey(c.env.keyring, c.req.raw) : null
    const found = cache.entries.get(key)
    if (found instanceof Promise) {
      const entry = await found
      return entry ? answer(c.req.raw, entry, keyLimit, c.env) : next()
    }
    const now = Date.now()
    if (found && now - found.madeAt < freshness.freshMs) return answer(c.req.raw, found, keyLimit, c.env)

    const isStale = found !== undefined && now - found.madeAt < freshness.staleMs
    // Whoever comes while this one renews a stale answer is given the stale one, for a second at a time.
    if (isStale) found.madeAt = now - freshness.freshMs + 1_000
    let limit = keyLimit
    const { forgettings } = cache
    const filling = (async () => {
      limit ??= await takeFrom(c.env.limiter, 'read', c.env.clientKey(c.req.raw))
      await next()
      if (c.error) return null
      for (const [name, value] of Object.entries(deprecationOf(c.req.path))) c.res.headers.append(name, value)
      return toEntry(c.res, freshness)
    })()
    if (!isStale)
      cache.entries.set(
        key,
        filling.catch(() => null),
      )
    let entry: Entry | null = null
    try {
      entry = await filling
    } catch (error) {
      if (!isStale && cache.forgettings === forgettings) cache.entries.delete(key)
      throw error
    }
    if (entry === null && isStale) {
      // Else the fields of the failure would be carried over.
      c.res = undefined
      c.res = answer(c.req.raw, found, limit, c.env)
      return
    }
    if (cache.forgettings === forgettings) remember(cache, key, entry)
    if (entry) c.res = answer(c.req.raw, entry, limit, c.env)
    else for (const [name, value] of Object.entries(limit ?? {})) c.res.headers.set(name, value)
  }
}

async function takeFromKey(keyring: Keyring, request: Request): Promise<Record<string, string>> {
  return keyring.take(await requireScope(keyring, request, 'read'))
}

async function toEntry(response: Response, freshness: Freshness): Promise<Entry | null> {
  if (response.body === null || response.headers.get('cache-control') === 'no-store') return null
  const identity = new Uint8Array(await response.arrayBuffer())
  const hash = await crypto.subtle.digest('SHA-256', identity)
  const etag = `"${btoa(String.fromCharCode(...new Uint8Array(hash).slice(0, 12)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')}"`
  const headers = new Headers(response.headers)
  headers.set('etag', etag)
  if (!headers.has('cache-control')) headers.set('cache-control', freshness.cacheControl)
  headers.set('access-control-allow-origin', '*')
  headers.set('access-control-expose-headers', EXPOSED)
  headers.set('vary', 'accept-encoding')
  const plain = Object.fromEntries(headers)
  return {
    status: response.status,
    headers: plain,
    // Other bytes, so another strong tag.
    gzipHeaders: { ...plain, etag: etag.replace(/"$/, `${GZIP_TAG}"`), 'content-encoding': 'gzip' },
    brotliHeaders: { ...plain, etag: etag.replace(/"$/, `${BROTLI_TAG}"`), 'content-encoding': 'br' },
    etag,
    identity,
    gzip: identity.length > 600 && identity.length < MAX_BODY_BYTES ? await gzip(identity) : null,
    brotli: null,
    madeAt: Date.now(),
    freshMs: freshness.freshMs,
  }
}

async function gzip(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const GZIP_TAG = '-gzip'
const BROTLI_TAG = '-br'

/** `gzip`, unless it is named to be refused. */
const ACCEPTS_GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/
const ACCEPTS_BROTLI = /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/

/** @param limit fields for this one caller, which no other may be given */
function answer(
  request: Request,
  entry: Entry,
  limit: Record<string, string> | null,
  ports: Pick<Ports, 'brotli'>,
): Response {
  const own = (headers: Record<string, string>) => (limit === null ? headers : { ...headers, ...limit })
  const { headers, body } = formFor(request.headers.get('accept-encoding') ?? '', entry, ports)
  const asked = request.headers.get('if-none-match')
  if (asked && entry.status === 200 && (asked === '*' || asked.split(',').some((tag) => plainTag(tag) === entry.etag)))
    return new Response(null, { status: 304, headers: own(headers) })
  const init: ResponseInit & { encodeBody?: 'manual' } = { status: entry.status, headers: own(headers) }
  // A Worker would compress once more what says that it is compressed.
  if (body !== entry.identity) init.encodeBody = 'manual'
  return new Response(request.method === 'HEAD' ? null : body, init)
}

/** The smallest form at hand that is accepted. Who first asks for Brotli sets off its making, and is given gzip. */
function formFor(accepted: string, entry: Entry, { brotli }: Pick<Ports, 'brotli'>) {
  if (entry.gzip === null) return { headers: entry.headers, body: entry.identity }
  if (brotli !== undefined && ACCEPTS_BROTLI.test(accepted)) {
    if (entry.brotli instanceof Uint8Array) return { headers: entry.brotliHeaders, body: entry.brotli }
    if (entry.brotli === null) {
      entry.brotli = 'under-way'
      void brotli(entry.identity).then(
        (body) => {
          entry.brotli = body
        },
        () => {},
      )
    }
  }
  if (ACCEPTS_GZIP.test(accepted)) return { headers: entry.gzipHeaders, body: entry.gzip }
  return { headers: entry.headers, body: entry.identity }
}

const plainTag = (tag: string) =>
  tag.trim().replace(/^W\//, '').replace(`${GZIP_TAG}"`, '"').replace(`${BROTLI_TAG}"`, '"')
