import { z } from 'zod'
import type { DrawnFigure } from '../../web/record/incident-figures.ts'
import { drawingWidth, drawPicture } from '../../web/record/picture.ts'
import type { Locale } from '../../web/strings/format.ts'
import { AppError } from '../errors.ts'
import { originOf } from '../http/origin.ts'
import { parse } from '../http/validate.ts'
import { figureCsv, figureJson, figureMetadata } from './figure.ts'
import type { Call } from './page-answer.ts'

export const FIGURE_ENDINGS = ['csv', 'json', 'metadata.json', 'svg', 'png'] as const

export type FigureEnding = (typeof FIGURE_ENDINGS)[number]

/** For paths: `:file{trend\\.(csv|…)}`. */
export const ENDING_PATTERN = '(?:csv|json|metadata\\.json|svg|png)'

/** In pixels: for a page, and for the narrow column of a phone, where letters of the first would be too small. */
const WIDTHS = ['960', '480'] as const

export const LookQuery = z.object({
  theme: z.enum(['light', 'dark']).default('light'),
  scale: z.enum(['1', '2']).default('1').transform(Number),
  width: z.enum(WIDTHS).default('960').transform(Number),
})

export function endingOf(file: string): { name: string; ending: FigureEnding } {
  const dot = file.endsWith('.metadata.json') ? file.length - '.metadata.json'.length : file.lastIndexOf('.')
  return { name: file.slice(0, dot), ending: file.slice(dot + 1) as FigureEnding }
}

/** A figure in the form that the ending of its path names; picture, table and file are made of the same rows. */
export async function answerFigure(c: Call, { figure, draw }: DrawnFigure, ending: FigureEnding, locale: Locale) {
  const name = figure.path.split('?')[0]!.slice(1).replaceAll('/', '-')
  if (ending === 'csv')
    return c.body(figureCsv(figure), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="outcry-${name}.csv"`,
    })
  if (ending === 'json') return c.json(figureJson(figure, originOf(c.env, c.req.url)))
  if (ending === 'metadata.json') return c.json(figureMetadata(figure, originOf(c.env, c.req.url)))
  const { theme, scale, width } = parse(LookQuery, c.req.query())
  const asOf = `${locale.strings.site.updated.replace('{time}', locale.dateTime(figure.asOf))} ${locale.zoneName}`
  const svg = drawPicture(
    draw(drawingWidth(width)),
    {
      title: figure.title,
      subtitle: figure.subtitle,
      foot: [
        `${figure.source} · ${asOf}`,
        originOf(c.env, c.req.url).replace(/^https?:\/\//, '') + figure.page.split('#')[0],
      ],
      direction: locale.direction,
    },
    theme,
    width,
  )
  return ending === 'svg' ? answerSvg(c, svg) : answerPng(c, svg, scale)
}

export function answerSvg(c: Call, svg: string): Response {
  return c.body(svg, 200, {
    'content-type': 'image/svg+xml; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  })
}

/** @throws AppError `not-found` where the platform draws no PNG, or has no letters for what is written */
export async function answerPng(c: Call, svg: string, scale: number): Promise<Response> {
  const png = c.env.renderPng === null ? null : await c.env.renderPng(svg, scale)
  if (png === null)
    throw new AppError('not-found', 'This platform cannot draw that as PNG; ask for the same path with .svg.')
  return c.body(png, 200, { 'content-type': 'image/png' })
}
