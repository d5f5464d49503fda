import { Hono } from 'hono'
import { z } from 'zod'
import { ComparePage } from '../../web/pages/compare-page.tsx'
import { comparisonFigure, comparisonQuery } from '../../web/record/comparison.ts'
import { localeOf } from '../../web/strings/format.ts'
import { METHOD_VERSION } from '../detection/detector.ts'
import { cached } from '../http/read-cache.ts'
import { PAGE } from '../page/page-headers.ts'
import type { Ports } from '../ports.ts'
import { answerFigure, ENDING_PATTERN, endingOf } from './figure-answer.ts'
import { type ComparisonQuery, loadComparison, splitNames } from './load-comparison.ts'
import { answerPage, canonicalQuery, frameOf, languageOf } from './page-answer.ts'

const KEYS = ['from', 'incidents', 'regions', 'scale', 'services', 'to']

const Instant = z.iso.datetime({ offset: true }).nullable().default(null).catch(null)

function readQuery(query: Record<string, string>): ComparisonQuery {
  return {
    services: splitNames(query.services?.slice(0, 400)),
    regions: splitNames(query.regions?.slice(0, 100)),
    incidents: splitNames(query.incidents?.slice(0, 400)),
    scale: query.scale === 'ratio' ? 'ratio' : 'count',
    from: Instant.parse(query.from),
    to: Instant.parse(query.to),
  }
}

/** `/compare`, and its files at the same path with another ending. */
export const comparePages = new Hono<{ Bindings: Ports }>()
  .get(`/:file{compare\\.${ENDING_PATTERN}}`, cached(PAGE), async (c) => {
    const comparison = await loadComparison(c.env, readQuery(c.req.query()))
    const locale = localeOf(languageOf(c))
    const drawn = comparisonFigure(comparison, locale, METHOD_VERSION)
    return answerFigure(c, drawn, endingOf(c.req.param('file')).ending, locale)
  })
  .get('/compare', cached(PAGE), async (c) => {
    const { query, redirect } = canonicalQuery(c, KEYS)
    if (redirect !== null) return c.redirect(redirect, 301)
    const comparison = await loadComparison(c.env, readQuery(query))
    const frame = frameOf(c, `/compare${comparisonQuery(comparison.query)}`)
    return answerPage(c, ComparePage({ comparison, frame, methodVersion: METHOD_VERSION }))
  })
