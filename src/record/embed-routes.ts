import { Hono } from 'hono'
import { z } from 'zod'
import { drawTrend, largestOf } from '../../web/charts/draw-trend.ts'
import type { Trend } from '../../web/charts/trend.ts'
import { EmbedBuilderPage, embedBuildPath } from '../../web/pages/embed-builder-page.tsx'
import { EMBED_KINDS, EMBED_THEMES, EmbedPage, type EmbedView, embedCode } from '../../web/pages/embed-page.tsx'
import { readServiceView } from '../../web/pages/service-view.ts'
import { drawSharePicture, SHARE_SIZE } from '../../web/record/picture.ts'
import { serviceMapFigure, serviceTrendFigure } from '../../web/record/service-figures.ts'
import { trendOf } from '../../web/record/trend-of.ts'
import { writeBrief } from '../../web/record/write-brief.ts'
import { type Locale, localeOf } from '../../web/strings/format.ts'
import { AppError } from '../errors.ts'
import { originOf } from '../http/origin.ts'
import { Id } from '../http/parameters.ts'
import { cached } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import { PAGE } from '../page/page-headers.ts'
import { readServiceSnapshot } from '../page/read-service-snapshot.ts'
import type { Ports } from '../ports.ts'
import { atOneMoment } from '../storage/database.ts'
import { answerFigure, answerPng, ENDING_PATTERN, endingOf } from './figure-answer.ts'
import type { IncidentRecord } from './incident-record.ts'
import { loadIncidentView } from './load-incident-view.ts'
import { loadRecord } from './load-record.ts'
import { answerPage, type Call, canonicalQuery, frameOf, languageOf, splitLanguage } from './page-answer.ts'

const EmbedQuery = z.object({
  kind: z.enum(EMBED_KINDS).default('chart').catch('chart'),
  theme: z.enum(EMBED_THEMES).default('auto').catch('auto'),
})

async function viewOfService(c: Call, slug: string, query: Record<string, string>): Promise<EmbedView> {
  const service = await c.env.directory.require(slug)
  const { kind, theme } = EmbedQuery.parse(query)
  const { strings } = localeOf(languageOf(c))
  return {
    subject: `/s/${service.slug}`,
    name: service.name,
    kind,
    theme,
    title: {
      chart: `${service.name}: ${strings.service.trendTitle}`,
      map: `${service.name}: ${strings.places.title}`,
      badge: service.name,
    }[kind],
  }
}

async function viewOfIncident(c: Call, id: string, query: Record<string, string>): Promise<EmbedView> {
  const { record } = await loadRecord(c.env, id)
  const { headline } = writeBrief(record, languageOf(c))
  return {
    subject: `/i/${record.id}`,
    name: record.service.name,
    kind: 'chart',
    theme: EmbedQuery.parse(query).theme,
    title: headline,
  }
}

const MOST_MEANT = 5

/** The service of that slug or name alone, or those that were most probably meant. */
async function servicesMeantBy(c: Call, asked: string): Promise<{ slug: string; name: string }[]> {
  if (asked === '') return []
  const exact = await c.env.directory.find(asked.toLowerCase())
  if (exact !== null) return [exact]
  const found = c.env.searchServices(await c.env.directory.all(), asked).slice(0, MOST_MEANT)
  return found[0]?.name.toLowerCase() === asked.toLowerCase() ? found.slice(0, 1) : found
}

async function snapshotOf(c: Call, slug: string) {
  const service = await c.env.directory.require(slug)
  const services = await c.env.directory.all()
  const view = readServiceView(c.req.query())
  const names = new Map(services.map((row) => [row.slug, row]))
  const snapshot = await atOneMoment(c.env.storage, (run) => readServiceSnapshot(run, service, view, names))
  return { snapshot, view }
}

function shareLead({ reports, onset, endedAt, asOf }: IncidentRecord, locale: Locale): string {
  const until = endedAt ?? asOf
  const isSameDay = locale.date(onset.at) === locale.date(until)
  const span = `${locale.dateTime(onset.at)} – ${isSameDay ? locale.time(until) : locale.dateTime(until)} UTC`
  return `${locale.plural(locale.strings.service.reports, reports)} · ${span}`
}

const FOOT_DRAWING = { width: SHARE_SIZE.width - 64, height: 210 }

/** What other sites show of ours: frames, link previews, and the files of a service's figures. */
export const embedPages = new Hono<{ Bindings: Ports }>()
  .get(`/s/:file{[a-z0-9-]+\\.${ENDING_PATTERN}}`, cached(PAGE), async (c) => {
    const { name, ending } = endingOf(c.req.param('file'))
    const { snapshot, view } = await snapshotOf(c, name)
    const locale = localeOf(languageOf(c))
    return answerFigure(c, serviceTrendFigure(snapshot, view, locale), ending, locale)
  })
  .get(`/s/:slug/:file{map\\.${ENDING_PATTERN}}`, cached(PAGE), async (c) => {
    const { snapshot, view } = await snapshotOf(c, c.req.param('slug'))
    const locale = localeOf(languageOf(c))
    return answerFigure(c, serviceMapFigure(snapshot, view, locale), endingOf(c.req.param('file')).ending, locale)
  })
  .get('/embed', cached(PAGE), async (c) => {
    const { query, redirect } = canonicalQuery(c, ['incident', 'kind', 'service', 'theme'])
    if (redirect !== null) return c.redirect(redirect, 301)
    if (query.incident !== undefined) {
      const view = await viewOfIncident(c, parse(Id, query.incident), query)
      const build = { asked: '', kind: view.kind, theme: view.theme, view, others: [] }
      return answerPage(c, EmbedBuilderPage({ build, frame: frameOf(c, `/embed?incident=${query.incident}`) }))
    }
    const { kind, theme } = EmbedQuery.parse(query)
    const asked = (query.service ?? '').trim().slice(0, 100)
    const [found, ...others] = await servicesMeantBy(c, asked)
    const view = found === undefined ? null : await viewOfService(c, found.slug, query)
    const build = { asked, kind, theme, view, others }
    const path = embedBuildPath({ ...build, asked: found?.slug ?? asked })
    return answerPage(c, EmbedBuilderPage({ build, frame: frameOf(c, path) }))
  })
  .get('/embed/i/:id', cached(PAGE), async (c) => {
    const view = await viewOfIncident(c, c.req.param('id'), c.req.query())
    return answerPage(c, EmbedPage({ view, frame: frameOf(c, `/embed${view.subject}`) }), true)
  })
  .get('/embed/:slug', cached(PAGE), async (c) => {
    const view = await viewOfService(c, c.req.param('slug'), c.req.query())
    return answerPage(c, EmbedPage({ view, frame: frameOf(c, `/embed${view.subject.slice(2)}`) }), true)
  })
  .get('/og/i/:file{[^/]+\\.png}', cached(PAGE), async (c) => {
    const { record, world } = await loadIncidentView(c.env, endingOf(c.req.param('file')).name)
    const trend = trendOf(world)
    return answerSharePicture(c, (locale) => ({
      title: writeBrief(record, locale.language).headline,
      lead: shareLead(record, locale),
      trend,
      path: `/i/${record.id}`,
    }))
  })
  .get('/og/s/:file{[^/]+\\.png}', cached(PAGE), async (c) => {
    const { snapshot, view } = await snapshotOf(c, endingOf(c.req.param('file')).name)
    return answerSharePicture(c, (locale) => {
      const { title, subtitle } = serviceTrendFigure(snapshot, view, locale).figure
      return { title, lead: subtitle, trend: snapshot.trend, path: `/s/${snapshot.service.slug}` }
    })
  })

interface Share {
  title: string
  lead: string
  trend: Trend
  path: string
}

/** In the language of the page, or in English where there are no letters for it: a preview is better than none. */
async function answerSharePicture(c: Call, shareIn: (locale: Locale) => Share): Promise<Response> {
  const draw = (locale: Locale) => {
    const { title, lead, trend, path } = shareIn(locale)
    return drawSharePicture({
      title,
      lead,
      drawing: drawTrend(trend, locale, { title: '', sharedTop: largestOf(trend), frame: FOOT_DRAWING }),
      foot: `${originOf(c.env, c.req.url).replace(/^https?:\/\//, '')}${path}`,
      direction: locale.direction,
    })
  }
  const png = (await c.env.renderPng?.(draw(localeOf(languageOf(c))), 1)) ?? null
  return png === null ? answerPng(c, draw(localeOf('en')), 1) : c.body(png, 200, { 'content-type': 'image/png' })
}

const OembedQuery = z.object({
  url: z.url(),
  format: z.enum(['json']).default('json'),
  maxwidth: z.coerce.number().int().min(1).optional(),
  maxheight: z.coerce.number().int().min(1).optional(),
})

/** `/oembed` (oEmbed 1.0): the frame for an address of ours, for sites that turn links into content. */
export const oembedRoutes = new Hono<{ Bindings: Ports }>().get('/', cached(PAGE), async (c) => {
  const { url, maxwidth, maxheight } = parse(OembedQuery, c.req.query())
  const { pathname } = new URL(url)
  const { language, rest } = splitLanguage(pathname)
  const [, kind, name = ''] = rest.split('/')
  if (kind !== 's' && kind !== 'i') throw new AppError('not-found', 'Services and incidents can be embedded.')
  const view = kind === 's' ? await viewOfService(c, name, {}) : await viewOfIncident(c, name, {})
  const frame = frameOf(c, view.subject, language)
  const [width, height] = [Math.min(960, maxwidth ?? 960), Math.min(480, maxheight ?? 480)]
  return c.json({
    version: '1.0',
    type: 'rich',
    title: view.title,
    provider_name: 'Outcry',
    provider_url: originOf(c.env, c.req.url),
    cache_age: 3600,
    html: embedCode(view, frame)
      .frame.replace('width="100%"', `width="${width}"`)
      .replace(/height="\d+"/, `height="${height}"`),
    width,
    height,
    thumbnail_url: `${originOf(c.env, c.req.url)}/og${view.subject}.png`,
    thumbnail_width: SHARE_SIZE.width,
    thumbnail_height: SHARE_SIZE.height,
  })
})
