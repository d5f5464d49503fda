import type { Locale } from '../strings/format.ts'
import { localPath } from '../strings/language.ts'

/** What every page needs to know about the request and the instance, besides its own data. */
export interface Frame {
  locale: Locale
  /** Canonical path and query without the language: `/s/slack?range=7d`. */
  path: string
  /** Origin of the instance, such as `https://outcry.example`; without a slash at the end. */
  origin: string
  /** Address of a built asset by its plain name: `outcry.css` is `/assets/outcry-5GQ2.css`. */
  asset(name: string): string
}

/** A path in the language of the page. */
export function hrefIn({ locale }: Frame, path: string): string {
  return localPath(locale.language, path)
}
