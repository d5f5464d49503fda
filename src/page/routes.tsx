import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { AboutPage } from '../../web/pages/about-page.tsx'
import { HomePage } from '../../web/pages/home-page.tsx'
import { MapPage } from '../../web/pages/map-page.tsx'
import { OfflinePage } from '../../web/pages/offline-page.tsx'
import { PrivacyPage } from '../../web/pages/privacy-page.tsx'
import { RegionPage } from '../../web/pages/region-page.tsx'
import { ReportPage } from '../../web/pages/report-page.tsx'
import { ServicePage } from '../../web/pages/service-page.tsx'
import { queryOf, readServiceView } from '../../web/pages/service-view.ts'
import { type Outcome, ThanksPage } from '../../web/pages/thanks-page.tsx'
import { type Language, localPath } from '../../web/strings/language.ts'
import { AppError } from '../errors.ts'
import { cached } from '../http/read-cache.ts'
import type { Ports } from '../ports.ts'
import { vapidKeysOf } from '../push/vapid-keys.ts'
import { canonicalRegion, firstLevelOf } from '../region/region.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import { atOneMoment } from '../storage/database.ts'
import { answerPageFailure } from './answer-problem.tsx'
import { frameOf } from './page-frame.ts'
import { PAGE, pageHeaders } from './page-headers.ts'
import { readHomeSnapshot } from './read-home-snapshot.ts'
import { readMapSnapshot } from './read-map-snapshot.ts'
import { readRegionSnapshot } from './read-region-snapshot.ts'
import { readServiceSnapshot } from './read-service-snapshot.ts'
import { readThanksSnapshot } from './read-thanks-snapshot.ts'
import { takeForm } from './report-form.ts'

const OUTCOMES: readonly Outcome[] = ['counted', 'works', 'again', 'queued']

/** The address without what no page asks for, so that a stray `?x=1` finds the answer that is there. */
function canonical(pathAndQuery: string): string {
  const { pathname, search, searchParams } = new URL(pathAndQuery, 'http://localhost')
  if (search === '') return pathname
  const query = Object.fromEntries(searchParams)
  const extra = ['query', 'service', 'outcome', 'type'].flatMap((name) =>
    query[name] ? [`${name}=${encodeURIComponent(query[name].slice(0, 100))}`] : [],
  )
  return [pathname + queryOf(readServiceView(query)), ...extra].join('&')
}

const page = cached(PAGE, canonical)

/** The pages in one language. */
export function pagesIn(language: Language) {
  const frame = (ports: Ports, url: string, query = '') => frameOf(ports, url, language, query)
  return new Hono<{ Bindings: Ports }>()
    .onError(answerPageFailure(language))
    .get('/', page, pageHeaders, async (c) => {
      const services = await c.env.directory.all()
      const query = (c.req.query('query') ?? '').trim().slice(0, 100)
      const search = query === '' ? null : { query, found: c.env.searchServices(services, query) }
      const snapshot = await atOneMoment(c.env.storage, (run) =>
        readHomeSnapshot(run, services, namesOf(services), search),
      )
      return html(<HomePage frame={frame(c.env, c.req.url)} snapshot={snapshot} />)
    })
    .get('/s/:slug', page, pageHeaders, async (c) => {
      const service = await c.env.directory.require(c.req.param('slug'))
      const view = readServiceView(c.req.query())
      const names = namesOf(await c.env.directory.all())
      const snapshot = await atOneMoment(c.env.storage, (run) => readServiceSnapshot(run, service, view, names))
      return html(<ServicePage frame={frame(c.env, c.req.url, queryOf(view))} snapshot={snapshot} view={view} />)
    })
    .get('/s/:slug/report', page, pageHeaders, async (c) => {
      const service = await c.env.directory.require(c.req.param('slug'))
      return html(<ReportPage frame={frame(c.env, c.req.url)} service={service} refusal={null} />)
    })
    .post('/s/:slug/report', pageHeaders, async (c) => {
      // Another site must not make its visitors report.
      if (c.req.header('sec-fetch-site') === 'cross-site')
        throw new AppError('forbidden', 'A report is sent from the form on this site.')
      const service = await c.env.directory.require(c.req.param('slug'))
      const { outcome, errorType } = await takeForm(c.env, c.req.raw, service.slug)
      const type = errorType === null ? '' : `&type=${errorType}`
      return c.redirect(localPath(language, `/s/${service.slug}/thanks?outcome=${outcome}${type}`), 303)
    })
    .get('/s/:slug/thanks', page, pageHeaders, async (c) => {
      const service = await c.env.directory.require(c.req.param('slug'))
      const outcome = OUTCOMES.find((value) => value === c.req.query('outcome')) ?? 'counted'
      const errorType = ERROR_TYPES.find((value) => value === c.req.query('type')) ?? null
      const snapshot = await atOneMoment(c.env.storage, (run) => readThanksSnapshot(run, service))
      const { publicKey } = await vapidKeysOf(c.env.storage.run)
      const of = { frame: frame(c.env, c.req.url), snapshot, outcome, errorType, pushKey: publicKey }
      return html(<ThanksPage {...of} />)
    })
    .get('/map', page, pageHeaders, async (c) => {
      const services = await c.env.directory.all()
      const slug = c.req.query('service')
      const service = slug ? await c.env.directory.require(slug) : null
      const view = readServiceView(c.req.query())
      const snapshot = await atOneMoment(c.env.storage, (run) => readMapSnapshot(run, services, service, view))
      return html(<MapPage frame={frame(c.env, c.req.url)} snapshot={snapshot} view={view} />)
    })
    .get('/r/:region', page, pageHeaders, async (c) => {
      const region = canonicalRegion(c.req.param('region'))
      if (region === null) throw new AppError('not-found', 'There is no such region.')
      const own = firstLevelOf(region)
      if (own !== c.req.param('region')) return c.redirect(localPath(language, `/r/${own}`), 301)
      const services = await c.env.directory.all()
      const snapshot = await atOneMoment(c.env.storage, (run) =>
        readRegionSnapshot(run, services, namesOf(services), own),
      )
      return html(<RegionPage frame={frame(c.env, c.req.url)} snapshot={snapshot} />)
    })
    .get('/about', page, pageHeaders, (c) => html(<AboutPage frame={frame(c.env, c.req.url)} />))
    .get('/privacy', page, pageHeaders, (c) =>
      html(<PrivacyPage frame={frame(c.env, c.req.url)} retentionDays={c.env.settings.retentionDays} />),
    )
    .get('/offline', page, pageHeaders, (c) => html(<OfflinePage frame={frame(c.env, c.req.url)} />))
}

function namesOf<Row extends { slug: string }>(services: readonly Row[]): Map<string, Row> {
  return new Map(services.map((service) => [service.slug, service]))
}

async function html(element: Child): Promise<Response> {
  return new Response(String(await element), { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
