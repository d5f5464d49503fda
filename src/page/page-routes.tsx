import { Hono } from 'hono'
import { z } from 'zod'
import { AboutPage } from '../../web/pages/about-page.tsx'
import { HomePage } from '../../web/pages/home-page.tsx'
import { MapPage } from '../../web/pages/map-page.tsx'
import { OfflinePage } from '../../web/pages/offline-page.tsx'
import { PrivacyPage } from '../../web/pages/privacy-page.tsx'
import { RegionPage } from '../../web/pages/region-page.tsx'
import { ReportPage } from '../../web/pages/report-page.tsx'
import { ServicePage } from '../../web/pages/service-page.tsx'
import { readServiceView, viewQuery } from '../../web/pages/service-view.ts'
import { ThanksPage } from '../../web/pages/thanks-page.tsx'
import { localPath } from '../../web/strings/language.ts'
import { AppError } from '../errors.ts'
import { Slug } from '../http/parameters.ts'
import { cached } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { canonicalRegion, firstLevelOf } from '../region/region.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import { donePath, readBody } from '../report/routes.ts'
import { submitReport } from '../report/submit-report.ts'
import type { ServiceRow } from '../service/tables.ts'
import { answerProblem } from './answer-problem.tsx'
import { frameOf, splitPath } from './page-frame.ts'
import { canonical, LIVE_PAGE, STILL_PAGE, secured } from './page-headers.ts'
import { readAtOnce } from './read-at-once.ts'
import { readHome } from './read-home.ts'
import { readMap } from './read-map.ts'
import { readRegion } from './read-region.ts'
import { readService } from './read-service.ts'
import { isTrapped, ReportForm, reportOf } from './report-form.ts'

const FOUND_SHOWN = 20
const OUTCOMES = ['counted', 'works', 'again', 'queued'] as const

const DoneQuery = z.object({
  outcome: z.enum(OUTCOMES).catch('counted'),
  type: z.enum(ERROR_TYPES).nullable().catch(null),
})

const none = () => ({})
const viewOf = (query: Record<string, string>) => viewQuery(readServiceView(query))
const mapQuery = (query: Record<string, string>) => ({
  ...viewQuery({ ...readServiceView(query), range: '24h', view: 'chart' }),
  service: Slug.safeParse(query.service).data ?? null,
})

async function servicesBySlug({ directory }: Pick<Ports, 'directory'>): Promise<Map<string, ServiceRow>> {
  return new Map((await directory.all()).map((service) => [service.slug, service]))
}

/** The pages that people open. Mounted at the root for English and below `/de`, `/es`, … for the other languages. */
export const pageRoutes = new Hono<{ Bindings: Ports }>()
  .get(
    '/',
    secured,
    canonical(({ query }) => ({ query: query?.trim().slice(0, 100) ?? null })),
    cached(LIVE_PAGE),
    async (c) => {
      const { query } = c.req.query()
      const services = await servicesBySlug(c.env)
      const search =
        query === undefined
          ? null
          : { query, found: c.env.searchServices([...services.values()], query, { limit: FOUND_SHOWN }) }
      const snapshot = await readAtOnce(c.env.storage, (run) => readHome(run, services, search))
      return c.html(<HomePage frame={frameOf(c)} snapshot={snapshot} />)
    },
  )
  .get('/s/:slug', secured, canonical(viewOf), cached(LIVE_PAGE), async (c) => {
    const service = await c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
    const view = readServiceView(c.req.query())
    const services = await servicesBySlug(c.env)
    const snapshot = await readAtOnce(c.env.storage, (run) => readService(run, services, service, view))
    return c.html(<ServicePage frame={frameOf(c)} snapshot={snapshot} view={view} />)
  })
  .get('/s/:slug/report', secured, canonical(none), cached(STILL_PAGE), async (c) => {
    const service = await c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
    return c.html(<ReportPage frame={frameOf(c)} service={service} refusal={null} />)
  })
  .post('/s/:slug/report', secured, async (c) => {
    // Another site must not make its visitors report.
    if (c.req.header('sec-fetch-site') === 'cross-site')
      throw new AppError('forbidden', 'A report is sent from the form on this site.')
    const service = await c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
    const form = parse(ReportForm, (await readBody(c.req.raw)).input, 'report')
    const { language } = splitPath(c.req.path)
    const kind = form.kind ?? 'problem'
    if (isTrapped(form)) {
      c.env.metrics.count('outcry_intake_total', { outcome: 'trap' })
      return c.redirect(localPath(language, `/s/${service.slug}/done?outcome=counted`), 303)
    }
    const answer = await submitReport(c.env, {
      ...reportOf(form, service.slug, c.env.locate(c.req.raw)),
      identity: await c.env.identify(c.req.raw),
      idempotencyKey: null,
    })
    for (const [name, value] of Object.entries(answer.headers)) c.header(name, value)
    c.header('cache-control', 'no-store')
    return c.redirect(localPath(language, donePath(answer, kind, form.errorType ?? null)), 303)
  })
  .get(
    '/s/:slug/done',
    secured,
    canonical((query) => DoneQuery.parse({ outcome: query.outcome, type: query.type ?? null })),
    cached(LIVE_PAGE),
    async (c) => {
      const service = await c.env.directory.require(parse(Slug, c.req.param('slug'), 'service'))
      const { outcome, type } = DoneQuery.parse({ outcome: c.req.query('outcome'), type: c.req.query('type') ?? null })
      const services = await servicesBySlug(c.env)
      const full = await readAtOnce(c.env.storage, (run) => readService(run, services, service, readServiceView({})))
      const snapshot = {
        asOf: full.asOf,
        service: full.service,
        lastHour: full.lastHour,
        works: full.votes.works,
        onsetAt: full.incident?.onsetAt ?? null,
        trend: full.trend,
      }
      return c.html(
        <ThanksPage frame={frameOf(c)} snapshot={snapshot} outcome={outcome} errorType={type} pushKey={null} />,
      )
    },
  )
  .get('/map', secured, canonical(mapQuery), cached(LIVE_PAGE), async (c) => {
    const { service: slug, ...query } = c.req.query()
    const service = slug === undefined ? null : await c.env.directory.require(slug)
    const view = readServiceView(query)
    const services = await servicesBySlug(c.env)
    const snapshot = await readAtOnce(c.env.storage, (run) => readMap(run, services, service, view))
    return c.html(<MapPage frame={frameOf(c)} snapshot={snapshot} view={view} />)
  })
  .get('/r/:region', secured, canonical(none), cached(LIVE_PAGE), async (c) => {
    const known = canonicalRegion(c.req.param('region'))
    if (known === null) throw new AppError('not-found', 'There is no such region.')
    const region = firstLevelOf(known)
    const { language } = splitPath(c.req.path)
    if (region !== c.req.param('region')) return c.redirect(localPath(language, `/r/${region}`), 301)
    const services = await servicesBySlug(c.env)
    const snapshot = await readAtOnce(c.env.storage, (run) => readRegion(run, services, region))
    return c.html(<RegionPage frame={frameOf(c)} snapshot={snapshot} />)
  })
  .get('/about', secured, canonical(none), cached(STILL_PAGE), (c) => c.html(<AboutPage frame={frameOf(c)} />))
  .get('/privacy', secured, canonical(none), cached(STILL_PAGE), (c) =>
    c.html(<PrivacyPage frame={frameOf(c)} retentionDays={c.env.settings.retentionDays} />),
  )
  .get('/offline', secured, cached(STILL_PAGE), (c) => c.html(<OfflinePage frame={frameOf(c)} />))
  .onError(answerProblem)
