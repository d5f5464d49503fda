import type { Frame } from '../../web/pages/frame.ts'
import { localeOf } from '../../web/strings/format.ts'
import { DEFAULT_LANGUAGE, type Language } from '../../web/strings/language.ts'
import { originOf } from '../http/origin.ts'
import type { Ports } from '../ports.ts'

/** What a page knows of its request: its language, its own address, and where its assets lie. */
export function frameOf(ports: Ports, requestUrl: string, language: Language, query = ''): Frame {
  const { pathname } = new URL(requestUrl)
  const prefix = language === DEFAULT_LANGUAGE ? '' : `/${language}`
  const path = pathname.slice(prefix.length) || '/'
  return {
    locale: localeOf(language),
    path: path + query,
    origin: originOf(ports, requestUrl),
    asset: ports.assetPath,
  }
}
