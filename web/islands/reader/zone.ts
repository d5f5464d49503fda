import { DEFAULT_LANGUAGE, isLanguage, type Language } from '../../strings/language.ts'

/** The language of the page. */
export function pageLanguage(): Language {
  const { lang } = document.documentElement
  return isLanguage(lang) ? lang : DEFAULT_LANGUAGE
}

export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** Whether the reader asked for UTC, in the address or once before. */
export function wantsUtc(): boolean {
  if (new URLSearchParams(location.search).get('tz') === 'UTC') return true
  try {
    return localStorage.getItem('zone') === 'UTC'
  } catch {
    return false
  }
}

export function readerZone(): string {
  return wantsUtc() ? 'UTC' : ownZone
}
