import { regionName } from '../../src/region/region.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { catalogues } from './catalogues.ts'
import type { Plural, Strings } from './en.ts'
import { type Instants, instantsIn, tagOf } from './instants.ts'
import { directionOf, type Language } from './language.ts'
import { fill } from './spans.ts'

/** Words and numbers of one language, with instants in one zone. */
export interface Locale extends Instants {
  language: Language
  direction: 'ltr' | 'rtl'
  /** IANA name of the zone in which instants are written. */
  timeZone: string
  strings: Strings
  number(value: number): string
  /** A rate such as 0.0123 as "0.012": two digits that count. */
  rate(value: number): string
  /** 0.44 is "44%". */
  percent(share: number): string
  /** 0.0132 is "1.3%". */
  tenthPercent(share: number): string
  /** A multiple as "29" or "2.4": whole from 10 on, "<0.1" for next to nothing. */
  multiple(ratio: number): string
  /** The form that the language wants for this number, with `{count}` and the other slots filled. */
  plural(forms: Plural, count: number, slots?: Record<string, string>): string
  /** "3 h 20 min" */
  duration(milliseconds: number): string
  /** "20 minutes ago" */
  ago(milliseconds: number): string
  list(items: string[]): string
  region(code: string): string
  /** A subdivision with its country: "Texas, United States". */
  place(code: string): string
  compare(a: string, b: string): number
}

const made = new Map<string, Locale>()

/** Locales are kept, since making `Intl` objects costs more than everything they do. */
export function localeOf(language: Language, timeZone = 'UTC'): Locale {
  const key = `${language} ${timeZone}`
  let locale = made.get(key)
  if (!locale) {
    locale = makeLocale(language, timeZone)
    made.set(key, locale)
  }
  return locale
}

function makeLocale(language: Language, timeZone: string): Locale {
  const tag = tagOf(language)
  const strings = catalogues[language]
  const integer = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const tenth = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  const twoDigits = new Intl.NumberFormat(tag, { maximumSignificantDigits: 2 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 })
  const tenthPercent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const plurals = new Intl.PluralRules(tag)
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'always' })
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const collator = new Intl.Collator(tag, { sensitivity: 'base', numeric: true })
  const unit = (name: 'day' | 'hour' | 'minute' | 'second') => {
    const format = new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short' })
    return (value: number) => format.format(value)
  }
  const units = { day: unit('day'), hour: unit('hour'), minute: unit('minute') }
  const region = (code: string) => regionName(code, language)

  return {
    ...instantsIn(language, timeZone),
    language,
    direction: directionOf(language),
    timeZone,
    strings,
    number: (value) => integer.format(value),
    rate: (value) => twoDigits.format(value),
    percent: (share) => percent.format(share),
    tenthPercent: (share) => tenthPercent.format(share),
    multiple: (ratio) =>
      ratio > 0 && ratio < 0.05 ? `<${tenth.format(0.1)}` : (ratio >= 9.95 ? integer : tenth).format(ratio),
    plural: (forms, count, slots = {}) =>
      fill(forms[plurals.select(count)] ?? forms.other, { count: integer.format(count), ...slots }),
    duration(milliseconds) {
      const minutes = Math.max(1, Math.round(milliseconds / MINUTE))
      if (minutes < 60) return units.minute(minutes)
      const hours = Math.floor(minutes / 60)
      const join = (...parts: (string | null)[]) => parts.filter((part) => part !== null).join(' ')
      if (hours < 24) return join(units.hour(hours), minutes % 60 ? units.minute(minutes % 60) : null)
      return join(units.day(Math.floor(hours / 24)), hours % 24 ? units.hour(hours % 24) : null)
    },
    ago(milliseconds) {
      if (milliseconds < MINUTE) return relative.format(-Math.round(milliseconds / 1000), 'second')
      if (milliseconds < HOUR) return relative.format(-Math.round(milliseconds / MINUTE), 'minute')
      if (milliseconds < DAY) return relative.format(-Math.round(milliseconds / HOUR), 'hour')
      return relative.format(-Math.round(milliseconds / DAY), 'day')
    },
    list: (items) => list.format(items),
    region,
    place: (code) => (code.includes('-') ? `${region(code)}, ${region(code.slice(0, 2))}` : region(code)),
    compare: (a, b) => collator.compare(a, b),
  }
}
