import { Hono } from 'hono'
import { AppError } from '../errors.ts'
import { cached } from '../http/read-cache.ts'
import type { Ports } from '../ports.ts'
import { ASSET } from './page-headers.ts'

/** What pages load: style sheet, scripts, font, icon; and what a browser needs to keep the site on a device. */
export const assetRoutes = new Hono<{ Bindings: Ports }>()
  .get('/assets/:name', cached(ASSET), (c) => {
    const asset = c.env.asset(c.req.param('name'))
    if (asset === null) throw new AppError('not-found', 'There is no such asset.')
    return c.body(asset.body, 200, { 'content-type': asset.type, 'x-content-type-options': 'nosniff' })
  })
  .get('/service-worker.js', (c) => {
    const worker = c.env.asset('service-worker.js')
    if (worker === null) throw new AppError('not-found', 'There is no such asset.')
    return c.body(worker.body, 200, { 'content-type': worker.type, 'cache-control': 'no-cache' })
  })
  .get('/manifest.webmanifest', (c) => {
    const names = JSON.parse(textOf(c.env.asset('manifest.json')?.body ?? '{}')) as Record<string, string>
    const manifest = {
      name: 'Outcry',
      short_name: 'Outcry',
      start_url: '/',
      display: 'minimal-ui',
      background_color: '#ffffff',
      theme_color: '#ffffff',
      icons: [{ src: names['icon.svg'], sizes: 'any', type: 'image/svg+xml' }],
    }
    return c.body(JSON.stringify(manifest), 200, {
      'content-type': 'application/manifest+json',
      'cache-control': 'public, max-age=3600',
    })
  })
  .get('/robots.txt', (c) =>
    c.text('User-agent: *\nDisallow: /v1/\nDisallow: /*/done\nAllow: /\n', 200, {
      'cache-control': 'public, max-age=3600',
    }),
  )

function textOf(body: Uint8Array<ArrayBuffer> | string): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}
