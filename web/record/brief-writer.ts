import { DAY, MINUTE } from '../../src/time.ts'
import type { BriefWords } from '../strings/brief-words.ts'
import { briefWords } from '../strings/briefs.ts'
import type { Plural } from '../strings/en.ts'
import { type Locale, localeOf } from '../strings/format.ts'
import type { Language } from '../strings/language.ts'
import { fill } from '../strings/spans.ts'

/** Longest quotation of the provider; the whole text stands with the official updates. */
const QUOTE_LENGTH = 280

/** What a brief's sentences are made with: words, numbers and instants of one language. */
export class BriefWriter {
  readonly words: BriefWords
  readonly locale: Locale

  /** @param onset from then on, times of the same UTC day are written without their date */
  constructor(
    readonly language: Language,
    private readonly onset: number,
  ) {
    this.words = briefWords[language]
    this.locale = localeOf(language)
  }

  say(template: string, slots: Record<string, string> = {}): string {
    return fill(template, slots)
  }

  count(forms: Plural, count: number, slots: Record<string, string> = {}): string {
    return this.locale.plural(forms, count, slots)
  }

  /** Date and time, UTC. */
  instant(at: number): string {
    return this.apart(this.locale.dateTime(at))
  }

  /** The time, with its date where that is not the onset's. */
  moment(at: number): string {
    const isSameDay = Math.floor(at / DAY) === Math.floor(this.onset / DAY)
    return isSameDay ? this.apart(this.locale.time(at)) : this.instant(at)
  }

  /** Date and time where a region's clock is. */
  localInstant(at: number, timeZone: string): { time: string; zone: string } {
    const there = localeOf(this.language, timeZone)
    return { time: this.apart(there.dateTime(at)), zone: this.apart(there.zoneName) }
  }

  duration(ms: number): string {
    return this.apart(this.locale.duration(Math.max(MINUTE, ms)))
  }

  name(text: string): string {
    return this.apart(text)
  }

  share(share: number): string {
    // Rounding must not make all or none of what is neither.
    const percent = Math.round(share * 100)
    if (percent === 100 && share < 1) return `>${this.locale.percent(0.99)}`
    if (percent === 0 && share > 0) return `<${this.locale.percent(0.01)}`
    return this.locale.percent(share)
  }

  /** Somebody else's words: one line, cut at a word. */
  quote(text: string): string {
    const line = text.replace(/\s+/g, ' ').trim()
    if (line.length <= QUOTE_LENGTH) return this.apart(line)
    const cut = line.slice(0, QUOTE_LENGTH)
    return this.apart(`${cut.slice(0, Math.max(cut.lastIndexOf(' '), QUOTE_LENGTH / 2)).trimEnd()}…`)
  }

  /** As {@link quote}, for words that stand inside a sentence of ours: without a full stop of their own. */
  phrase(text: string): string {
    return this.quote(text.trim().replace(/[.。]$/, ''))
  }

  /** Text of another direction keeps its order inside a sentence from right to left (Unicode first strong isolate). */
  private apart(text: string): string {
    return this.locale.direction === 'rtl' ? `\u2068${text}\u2069` : text
  }
}
