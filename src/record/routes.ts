import { Hono } from 'hono'
import { z } from 'zod'
import { ArchivePage, archivePath } from '../../web/pages/archive-page.tsx'
import { IncidentPage } from '../../web/pages/incident-page.tsx'
import { MethodologyPage } from '../../web/pages/methodology-page.tsx'
import { SnapshotPage } from '../../web/pages/snapshot-page.tsx'
import { type IncidentFigureName, incidentFigure } from '../../web/record/incident-figures.ts'
import { snapshotFigure } from '../../web/record/snapshot-figure.ts'
import { localeOf } from '../../web/strings/format.ts'
import type { Language } from '../../web/strings/language.ts'
import { METHOD_VERSION } from '../detection/detector.ts'
import { originOf } from '../http/origin.ts'
import { Id } from '../http/parameters.ts'
import { answerFailure } from '../http/problem.ts'
import { cached } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import { answerPageFailure } from '../page/answer-problem.tsx'
import { PAGE } from '../page/page-headers.ts'
import type { Ports } from '../ports.ts'
import { canonicalRegion } from '../region/region.ts'
import { VOICE_MINUTES } from '../report/store-reports.ts'
import { CATEGORIES } from '../service/service.ts'
import { measureMethod } from '../tick/measure-method.ts'
import { SELDOM } from '../tick/method-routes.ts'
import { comparePages } from './compare-routes.ts'
import { embedPages } from './embed-routes.ts'
import { figureMetadata } from './figure.ts'
import { answerFigure, ENDING_PATTERN, endingOf } from './figure-answer.ts'
import { exampleRecord, readAccuracy } from './load-accuracy.ts'
import { loadArchive } from './load-archive.ts'
import { loadIncidentView } from './load-incident-view.ts'
import { loadRecord } from './load-record.ts'
import { answerPage, canonicalQuery, FOR_EVER, frameOf, languageOf } from './page-answer.ts'
import { readSnapshot, readSnapshotFile } from './read-snapshot.ts'
import { recordToWire } from './record-wire.ts'

const ArchiveQuery = z.object({
  service: z.string().max(64).nullable().default(null),
  category: z.enum(CATEGORIES).nullable().default(null).catch(null),
  region: z
    .string()
    .nullable()
    .default(null)
    .transform((text) => (text === null ? null : canonicalRegion(text))),
  severity: z.enum(['minor', 'major', 'critical']).nullable().default(null).catch(null),
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .nullable()
    .default(null)
    .catch(null),
  page: z.coerce.number().int().min(1).max(10_000).default(1).catch(1),
})

const pages = new Hono<{ Bindings: Ports }>()
  .get(`/i/:id/:file{(?:trend|regions|types)\\.${ENDING_PATTERN}}`, cached(PAGE), async (c) => {
    const { name, ending } = endingOf(c.req.param('file'))
    const view = await loadIncidentView(c.env, parse(Id, c.req.param('id')))
    const locale = localeOf(languageOf(c))
    return answerFigure(c, incidentFigure(view, name as IncidentFigureName, locale), ending, locale)
  })
  .get(`/i/:file{[^/]+\\.${ENDING_PATTERN}}`, cached(PAGE), async (c) => {
    const { name: id, ending } = endingOf(c.req.param('file'))
    const locale = localeOf(languageOf(c))
    if (ending === 'json') {
      const { record } = await loadRecord(c.env, parse(Id, id))
      return c.json(recordToWire(record))
    }
    return answerFigure(
      c,
      incidentFigure(await loadIncidentView(c.env, parse(Id, id)), 'trend', locale),
      ending,
      locale,
    )
  })
  .get('/i/:id', cached(PAGE), async (c) => {
    const { redirect } = canonicalQuery(c, [])
    if (redirect !== null) return c.redirect(redirect, 301)
    // What follows the id is for people to read: the address works with any of it.
    const view = await loadIncidentView(c.env, parse(Id, c.req.param('id')))
    return answerPage(c, IncidentPage({ view, frame: frameOf(c, `/i/${view.record.id}`) }))
  })
  .get(`/snapshots/:file{[^/]+\\.${ENDING_PATTERN}}`, cached(FOR_EVER), async (c) => {
    const { name: id, ending } = endingOf(c.req.param('file'))
    if (ending === 'json') return c.json(await readSnapshotFile(c.env, parse(Id, id), originOf(c.env, c.req.url)))
    const { content, hash } = await readSnapshot(c.env, parse(Id, id))
    const locale = localeOf(languageOf(c))
    const drawn = snapshotFigure(id, content, locale)
    if (ending === 'metadata.json') return c.json({ ...figureMetadata(drawn.figure, originOf(c.env, c.req.url)), hash })
    return answerFigure(c, drawn, ending, locale)
  })
  .get('/snapshots/:id', cached(PAGE), async (c) => {
    const { redirect } = canonicalQuery(c, [])
    if (redirect !== null) return c.redirect(redirect, 301)
    const snapshot = await readSnapshot(c.env, parse(Id, c.req.param('id')))
    return answerPage(c, SnapshotPage({ snapshot, frame: frameOf(c, `/snapshots/${snapshot.id}`) }))
  })
  .get('/incidents', cached(PAGE), async (c) => {
    const { query, redirect } = canonicalQuery(c, ['category', 'month', 'page', 'region', 'service', 'severity'])
    if (redirect !== null) return c.redirect(redirect, 301)
    const wanted = parse(ArchiveQuery, query)
    const view = await loadArchive(c.env, wanted)
    return answerPage(c, ArchivePage({ view, frame: frameOf(c, archivePath(wanted)) }))
  })
  .get('/methodology', cached({ ...PAGE, freshMs: SELDOM.freshMs, staleMs: SELDOM.staleMs }), async (c) => {
    const { redirect } = canonicalQuery(c, [])
    if (redirect !== null) return c.redirect(redirect, 301)
    const facts = {
      accuracy: await readAccuracy(c.env.storage.run),
      measure: await measureMethod(c.env.storage.run),
      example: await exampleRecord(c.env),
      methodVersion: METHOD_VERSION,
      retentionDays: c.env.settings.retentionDays,
      voiceMinutes: VOICE_MINUTES,
    }
    return answerPage(c, MethodologyPage({ facts, frame: frameOf(c, '/methodology') }))
  })

const IS_FILE = new RegExp(`\\.${ENDING_PATTERN}$`)

/** Pages and files of the record in one language. A missing page is answered with a page, a missing file with a problem document. */
export function recordPagesIn(language: Language) {
  const answerPageProblem = answerPageFailure(language)
  return new Hono<{ Bindings: Ports }>()
    .onError((error, c) => (IS_FILE.test(c.req.path) ? answerFailure(error, c) : answerPageProblem(error, c)))
    .route('/', pages)
    .route('/', comparePages)
    .route('/', embedPages)
}
