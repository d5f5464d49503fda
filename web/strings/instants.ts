import type { Language } from './language.ts'
import type { InstantForm } from './spans.ts'

/** The tag that `Intl` is given: British order and 24 hours make "24 Nov 2025, 14:00" read the same everywhere. */
export function tagOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language === 'pt' ? 'pt-BR' : language
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const CALENDAR = { day: 'numeric', month: 'short', year: 'numeric' } as const
const FORMS: Record<string, Intl.DateTimeFormatOptions> = {
  time: CLOCK,
  date: CALENDAR,
  dateTime: { ...CALENDAR, ...CLOCK },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
}

/** Instants in one language and zone; on the server for pages, in the browser for the reader's own zone. */
export type Instants = Record<InstantForm | 'day' | 'month', (instant: number) => string> & {
  /** "UTC", or the zone's city. */
  zoneName: string
}

export function instantsIn(language: Language, timeZone: string): Instants {
  const zoneName = timeZone === 'UTC' ? 'UTC' : timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ')
  const form = (name: string) => {
    const format = new Intl.DateTimeFormat(tagOf(language), { timeZone, ...FORMS[name] })
    return (instant: number) => format.format(instant)
  }
  const time = form('time')
  return {
    time,
    clock: (instant) => `${time(instant)} ${zoneName}`,
    date: form('date'),
    dateTime: form('dateTime'),
    day: form('day'),
    month: form('month'),
    zoneName,
  }
}
