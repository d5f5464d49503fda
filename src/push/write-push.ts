import { localeOf } from '../../web/strings/format.ts'
import { DEFAULT_LANGUAGE, isLanguage, localPath } from '../../web/strings/language.ts'
import { fill } from '../../web/strings/spans.ts'
import type { ClaimedPush } from './queries.ts'

/** What the service worker of the pages is sent; it shows it as it is. */
export interface PushText {
  title: string
  body: string
  language: string
  direction: 'ltr' | 'rtl'
  /** Of the page that it opens. */
  path: string
  /** A later message of the same tag takes the place of an earlier one. */
  tag: string
}

/** That a service works again, in the language of the page on which it was asked for. */
export function writePush({
  language: asked,
  service,
  incidentId,
  endedAt,
}: Pick<ClaimedPush, 'language' | 'service' | 'incidentId' | 'endedAt'>): PushText {
  const language = isLanguage(asked) ? asked : DEFAULT_LANGUAGE
  const locale = localeOf(language)
  return {
    title: fill(locale.strings.push.title, { service: service.name }),
    body: fill(locale.strings.push.body, { time: locale.clock(endedAt.getTime()) }),
    language,
    direction: locale.direction,
    path: localPath(language, `/i/${incidentId}`),
    tag: `over-${service.slug}`,
  }
}
