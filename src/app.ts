import { Hono } from 'hono'
import { eventRoutes } from './alert/event-routes.ts'
import { streamRoutes } from './alert/stream-routes.ts'
import { webhookRoutes } from './alert/webhook-routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { AppError } from './errors.ts'
import { feedRoutes, statuspageRoutes } from './feed/routes.ts'
import { heatmapRoutes } from './heatmap/routes.ts'
import { healthRoutes } from './http/health-routes.ts'
import { answerFailure, answerNotFound, problemResponse } from './http/problem.ts'
import { incidentRoutes, spikeRoutes } from './incident/routes.ts'
import { adminKeyRoutes, usageRoutes } from './key/routes.ts'
import { mcpRoutes } from './mcp/routes.ts'
import { openapiRoutes } from './openapi/routes.tsx'
import { answerPageFailure } from './page/answer-problem.tsx'
import { assetRoutes } from './page/asset-routes.ts'
import { pagesIn } from './page/routes.tsx'
import type { Ports } from './ports.ts'
import { pushRoutes } from './push/routes.ts'
import { recordAdminRoutes } from './record/admin-routes.ts'
import { archiveRoutes } from './record/archive-routes.ts'
import { oembedRoutes } from './record/embed-routes.ts'
import { recordPagesIn } from './record/routes.ts'
import { snapshotRoutes } from './record/snapshot-routes.ts'
import { adminReportRoutes } from './report/admin-routes.ts'
import { partnerRoutes } from './report/partner-routes.ts'
import { reportRoutes } from './report/routes.ts'
import { whereRoutes } from './report/where-routes.ts'
import { adminServiceRoutes } from './service/admin-routes.ts'
import { serviceRoutes } from './service/routes.ts'
import { methodRoutes } from './tick/method-routes.ts'

const problemPage = answerPageFailure('en')

/** A browser that follows a link wants a page, a program wants a problem document. */
const wantsPage = (request: Request) => (request.headers.get('accept') ?? '').includes('text/html')

/** A form of a page that somebody else made, sent to the API. */
const isSentByPage = (request: Request) =>
  wantsPage(request) && (request.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded')

async function ask(request: Request, ports: Ports): Promise<Response> {
  return app.fetch(request, ports)
}

/** A path without the slash that people and programs put at its end; `null` if it has none. Two at its beginning would name another site. */
const withoutSlash = (path: string) => (/^\/[^/].*\/$/.test(path) ? path.slice(0, -1) : null)

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/** The whole HTTP surface. A constant: whatever it needs from outside comes with each call, `app.fetch(request, ports)`. */
export const app = new Hono<{ Bindings: Ports }>()
  .on('OPTIONS', ['/v1/*', '/mcp', '/feed.*', '/s/*', '/api/*', '/badge/*'], (c) =>
    c.body(null, 204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers':
        'authorization, content-type, idempotency-key, if-none-match, last-event-id, mcp-protocol-version',
      'access-control-max-age': '86400',
    }),
  )
  .route('/v1/reports/batch', partnerRoutes)
  .route('/v1/reports', reportRoutes)
  .route('/v1/where', whereRoutes)
  .route('/v1/services', serviceRoutes)
  .route('/v1/services', pushRoutes)
  .route('/v1/heatmap', heatmapRoutes)
  .route('/v1/spikes/stream', streamRoutes)
  .route('/v1/spikes', spikeRoutes)
  .route('/v1/incidents', incidentRoutes)
  .route('/v1/events', eventRoutes)
  .route('/v1/method', methodRoutes)
  .route('/v1/snapshots', snapshotRoutes)
  .route('/v1/admin/incidents', recordAdminRoutes)
  .route('/v1/webhooks', webhookRoutes)
  .route('/v1/usage', usageRoutes)
  .route('/v1/admin/keys', adminKeyRoutes)
  .route('/v1/admin/services', adminServiceRoutes)
  .route('/v1/admin/reports', adminReportRoutes)
  .route('/v1/admin/audit-log', auditRoutes)
  .route('/', healthRoutes)
  .route('/mcp', mcpRoutes(ask))
  .route('/', openapiRoutes)
  .route('/', feedRoutes)
  .route('/', statuspageRoutes)
  .route('/', assetRoutes)
  .route('/archive', archiveRoutes)
  .route('/oembed', oembedRoutes)
  .route('/', recordPagesIn('en'))
  .route('/de', recordPagesIn('de'))
  .route('/es', recordPagesIn('es'))
  .route('/fr', recordPagesIn('fr'))
  .route('/pt', recordPagesIn('pt'))
  .route('/ja', recordPagesIn('ja'))
  .route('/ar', recordPagesIn('ar'))
  .route('/', pagesIn('en'))
  .route('/de', pagesIn('de'))
  .route('/es', pagesIn('es'))
  .route('/fr', pagesIn('fr'))
  .route('/pt', pagesIn('pt'))
  .route('/ja', pagesIn('ja'))
  .route('/ar', pagesIn('ar'))
  .onError((error, c) => (isSentByPage(c.req.raw) ? problemPage(error, c) : answerFailure(error, c)))
  .notFound((c) => {
    const { path, method } = c.req
    const trimmed = withoutSlash(path)
    if (trimmed !== null && method === 'GET' && app.router.match(method, trimmed)[0].length > 0)
      return c.redirect(trimmed + new URL(c.req.url).search, 301)
    const allowed = METHODS.filter((other) => other !== method && app.router.match(other, path)[0].length > 0)
    if (allowed.length === 0 && wantsPage(c.req.raw))
      return problemPage(new AppError('not-found', 'Nothing is here.'), c)
    if (allowed.length === 0) return answerNotFound(c)
    const response = problemResponse(new AppError('method-not-allowed', `${path} answers ${allowed.join(', ')}.`))
    response.headers.set('allow', allowed.join(', '))
    return response
  })
