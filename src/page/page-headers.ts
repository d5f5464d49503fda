import type { MiddlewareHandler } from 'hono'
import type { Freshness } from '../http/read-cache.ts'
import type { Ports } from '../ports.ts'

/** Pages may be a quarter of a minute old at an edge, and a stale one is better than none while we are away. */
export const PAGE: Freshness = {
  freshMs: 5_000,
  staleMs: 60_000,
  cacheControl: 'public, max-age=0, s-maxage=15, stale-while-revalidate=60, stale-if-error=600',
}

/** Nothing on a page comes from anywhere else, and no page may be framed; what is to be embedded has an address of its own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const SECURITY_HEADERS: Record<string, string> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'geolocation=(), camera=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
}

export const pageHeaders: MiddlewareHandler<{ Bindings: Ports }> = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value)
}
