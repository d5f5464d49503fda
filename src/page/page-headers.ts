import type { MiddlewareHandler } from 'hono'
import type { Freshness } from '../http/read-cache.ts'
import type { Ports } from '../ports.ts'

/** Live pages: short in shared caches, never in the browser alone, and still there when we are not. */
export const LIVE_PAGE: Freshness = {
  freshMs: 5_000,
  staleMs: 60_000,
  cacheControl: 'public, max-age=0, s-maxage=15, stale-while-revalidate=60, stale-if-error=600',
}

/** Pages without numbers. */
export const STILL_PAGE: Freshness = {
  freshMs: 600_000,
  staleMs: 3_600_000,
  cacheControl: 'public, max-age=300, s-maxage=3600, stale-while-revalidate=86400, stale-if-error=86400',
}

/** Files whose name changes with their content. */
export const ASSET: Freshness = {
  freshMs: 86_400_000,
  staleMs: 86_400_000,
  cacheControl: 'public, max-age=31536000, immutable',
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Nothing on a page comes from elsewhere, and no page is shown inside another. */
export const secured: MiddlewareHandler<{ Bindings: Ports }> = async (c, next) => {
  await next()
  c.res.headers.set('content-security-policy', POLICY)
  c.res.headers.set('x-content-type-options', 'nosniff')
  c.res.headers.set('referrer-policy', 'strict-origin-when-cross-origin')
  c.res.headers.set('cross-origin-opener-policy', 'same-origin')
  c.res.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
}

/**
 * One address for one content: a query that a page does not know, or writes otherwise, leads to the one it would write
 * itself. So `?utm=…` cannot get past a cache.
 */
export function canonical(
  write: (query: Record<string, string>) => Record<string, string | null>,
): MiddlewareHandler<{ Bindings: Ports }> {
  return async (c, next) => {
    const { pathname, search } = new URL(c.req.url)
    const wanted = Object.entries(write(c.req.query()))
      .filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join('&')
    const query = wanted && `?${wanted}`
    // Forms write a space as a plus sign.
    if (search.replaceAll('+', '%20') === query) return next()
    return c.redirect(pathname + query, 301)
  }
}
