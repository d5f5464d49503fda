import { Hono } from 'hono'
import type { Ports } from '../ports.ts'
import { monthsWithIncidents } from '../record/archive-queries.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** Pages that are always there. */
const PAGES = ['/', '/map', '/incidents', '/compare', '/embed', '/methodology', '/docs', '/about', '/privacy']

/** Built files, whose names change with their content, and the few files whose address is fixed. */
export const assetRoutes = new Hono<{ Bindings: Ports }>()
  .get('/assets/:name', (c) => fileAnswer(c.env, c.req.param('name'), c.req.header('accept-encoding'), FOREVER))
  .get('/service-worker.js', (c) =>
    fileAnswer(c.env, 'service-worker.js', c.req.header('accept-encoding'), 'public, max-age=300'),
  )
  .get('/manifest.webmanifest', (c) =>
    c.body(
      JSON.stringify({
        name: 'Outcry',
        short_name: 'Outcry',
        start_url: '/',
        display: 'minimal-ui',
        icons: [{ src: c.env.assetPath('icon.svg'), sizes: 'any', type: 'image/svg+xml' }],
      }),
      200,
      { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=86400' },
    ),
  )
  .get('/robots.txt', (c) => {
    const origin = c.env.settings.publicUrl?.replace(/\/$/, '') ?? new URL(c.req.url).origin
    return c.text(`User-agent: *\nDisallow: /v1/\nSitemap: ${origin}/sitemap.xml\n`, 200, {
      'cache-control': 'public, max-age=86400',
    })
  })
  .get('/sitemap.xml', async (c) => {
    const origin = c.env.settings.publicUrl?.replace(/\/$/, '') ?? new URL(c.req.url).origin
    const months = await monthsWithIncidents(c.env.storage.run)
    const paths = [
      ...PAGES,
      ...(await c.env.directory.all()).map(({ slug }) => `/s/${slug}`),
      ...months.map(({ month }) => `/incidents?month=${month}`),
    ]
    const urls = paths.map((path) => `<url><loc>${origin}${path}</loc></url>`).join('')
    return c.body(
      `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`,
      200,
      { 'content-type': 'application/xml', 'cache-control': 'public, max-age=86400' },
    )
  })

function fileAnswer(ports: Ports, name: string, accepted: string | undefined, cacheControl: string): Response {
  const asset = ports.asset(name)
  if (asset === null) return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } })
  const headers = new Headers({ 'content-type': asset.type, 'cache-control': cacheControl, vary: 'accept-encoding' })
  headers.set('x-content-type-options', 'nosniff')
  if (asset.brotli && /\bbr\b/.test(accepted ?? '')) {
    headers.set('content-encoding', 'br')
    return new Response(asset.brotli, { headers })
  }
  return new Response(asset.body, { headers })
}
