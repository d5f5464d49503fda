import type { Context } from 'hono'
import type { Frame } from '../../web/pages/frame.ts'
import { localeOf } from '../../web/strings/format.ts'
import { DEFAULT_LANGUAGE, isLanguage, type Language } from '../../web/strings/language.ts'
import { originOf } from '../http/origin.ts'
import type { Freshness } from '../http/read-cache.ts'
import { SECURITY_HEADERS } from '../page/page-headers.ts'
import type { Ports } from '../ports.ts'

export type Call = Context<{ Bindings: Ports }>

/** What never changes. */
export const FOR_EVER: Freshness = {
  freshMs: 600_000,
  staleMs: 3_600_000,
  cacheControl: 'public, max-age=31536000, immutable',
}

/** The language that a path begins with, and the path without it. */
export function splitLanguage(path: string): { language: Language; rest: string } {
  const [, first = ''] = path.split('/')
  if (!isLanguage(first)) return { language: DEFAULT_LANGUAGE, rest: path }
  return { language: first, rest: path.slice(first.length + 1) || '/' }
}

export const languageOf = (c: Call): Language => splitLanguage(c.req.path).language

/** What a page needs to know of the request. @param path canonical, without language */
export function frameOf(c: Call, path: string, language = languageOf(c)): Frame {
  return {
    locale: localeOf(language),
    path,
    origin: originOf(c.env, c.req.url),
    asset: c.env.assetPath,
  }
}

/** A page, with nothing allowed on it that is not ours. @param isEmbedded whether other sites may frame it */
export async function answerPage(c: Call, page: unknown, isEmbedded = false): Promise<Response> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value)
  if (isEmbedded) {
    c.header(
      'content-security-policy',
      SECURITY_HEADERS['content-security-policy']!.replace("frame-ancestors 'none'", 'frame-ancestors *'),
    )
    c.header('cross-origin-resource-policy', 'cross-origin')
  }
  return c.html(String(await page))
}

/**
 * The query of a page, known keys only and in order, or where to go instead: a strange key would make a cache keep the same
 * page twice.
 */
export function canonicalQuery(
  c: Call,
  known: readonly string[],
): { query: Record<string, string>; redirect: string | null } {
  const given = c.req.query()
  const query = Object.fromEntries(known.filter((key) => given[key]).map((key) => [key, given[key]!]))
  const isStrange = Object.keys(given).some((key) => !known.includes(key))
  return { query, redirect: isStrange ? c.req.path + queryText(query) : null }
}

/** A query as text, keys sorted; empty, or beginning with `?`. */
export function queryText(query: Record<string, string>): string {
  const text = new URLSearchParams(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))).toString()
  return text && `?${text.replaceAll('%2C', ',').replaceAll('%3A', ':')}`
}
