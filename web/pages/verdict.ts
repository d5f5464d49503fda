import { HOUR } from '../../src/time.ts'
import type { Locale } from '../strings/format.ts'
import { localPath } from '../strings/language.ts'
import { fill, fillSpans, type Span, type Spans } from '../strings/spans.ts'
import { type PlaceCount, type ServiceSnapshot, timesUsual, type WindowCount } from './service-snapshot.ts'

/** What is said of a service in one sentence, and what is known beside it. */
export interface Verdict {
  headline: Spans
  lede: Spans
  tone: 'down' | 'suspected' | 'calm'
}

/** Below this multiple an incident that is still open is easing. */
const EASING = 1.5
/** From this multiple of the usual, and this many reports, nobody is told that there are no more than usual. */
const ABOVE = 2
const MANY = 10
const PLACES_NAMED = 2
/** A place named as "most of them" holds at least this share. */
const SHARE_NAMED = 0.15

type Words = Locale['strings']['service']

/** The verdict of a snapshot. It claims no cause, names its number, its start and its places, and says what it does not know. */
export function verdictOf(snapshot: ServiceSnapshot, locale: Locale): Verdict {
  const words = locale.strings.service
  const { state } = snapshot
  const slots = { service: snapshot.service.name }
  if (state === 'unknown' && !snapshot.isWatched && snapshot.lastHour.expected !== null)
    return {
      tone: 'calm',
      headline: [fill(words.headlineAway, slots)],
      lede: [...countSentence(snapshot, locale), ' ', words.awayWhy],
    }
  if (state === 'unknown' && snapshot.trend.points.every(({ count }) => !count))
    return { tone: 'calm', headline: [fill(words.headlineUnknown, slots)], lede: [fill(words.unknownWhy, slots)] }
  if (state === 'unknown')
    return {
      tone: 'calm',
      headline: [fill(words.headlineEarly, slots)],
      lede: [...countSentence(snapshot, locale), ' ', words.earlyWhy],
    }

  const facts = [...countSentence(snapshot, locale), ' ', usualSentence(snapshot.lastHour, locale)]
  if (state === 'ok') {
    const { headline, why } = headlineCalm(snapshot, locale)
    return { tone: 'calm', headline, lede: [...facts, ' ', why] }
  }

  const began = snapshot.incident
    ? [' ', ...fillSpans(words.began, { time: strongTime(snapshot.incident.onsetAt, snapshot.asOf, locale) })]
    : []
  // What another service's outage explains is no outage of this one, but the rise itself is certain.
  const isExplained = snapshot.incident?.status === 'open' && snapshot.incident.spillOverOf !== null
  if (state === 'suspected' && !isExplained)
    return {
      tone: 'suspected',
      headline: fillSpans(words.headlineSuspected, { ...slots, perhaps: { emphasis: words.perhaps } }),
      lede: [...facts, ...began, ' ', words.suspectedWhy],
    }
  const { headline, isEasing } = headlineDown(snapshot, locale)
  return {
    tone: state === 'suspected' ? 'suspected' : 'down',
    headline,
    lede: [
      ...facts,
      ...began,
      ' ',
      ...(isEasing ? [words.easingWhy, ' '] : []),
      ...provider(snapshot, words, locale),
      ...spillOver(snapshot, words, locale),
    ],
  }
}

/** No incident is open; the last hour may all the same hold the end of one, or more than it usually does. */
function headlineCalm(
  { service, lastHour, pastIncidents, asOf }: ServiceSnapshot,
  locale: Locale,
): { headline: Spans; why: string } {
  const words = locale.strings.service
  const slots = { service: service.name }
  const { count, expected } = lastHour
  if (count < MANY || expected === null || count < ABOVE * Math.max(1, expected))
    return { headline: [fill(words.headlineOk, slots)], why: words.okWhy }
  const endedAt = pastIncidents[0]?.endedAt ?? null
  if (endedAt !== null && asOf - endedAt < HOUR)
    return {
      headline: fillSpans(words.headlineOver, { ...slots, time: strongTime(endedAt, asOf, locale) }),
      why: words.okWhy,
    }
  return { headline: [fill(words.headlineAbove, slots)], why: words.aboveWhy }
}

function headlineDown(snapshot: ServiceSnapshot, locale: Locale): { headline: Spans; isEasing: boolean } {
  const words = locale.strings.service
  const slots = { service: snapshot.service.name }
  const { place, scope } = scopeOf(snapshot)
  const ratio = timesUsual(scope)
  if (ratio === null)
    return {
      headline: fillSpans(locale.plural(words.headlineCount, scope.count, { ...slots, reports: '{reports}' }), {
        reports: { emphasis: locale.plural(words.reports, scope.count) },
      }),
      isEasing: false,
    }
  if (ratio < EASING) return { headline: [fill(words.headlineEasing, slots)], isEasing: true }
  const times = { emphasis: fill(words.times, { times: locale.multiple(ratio) }) }
  return {
    headline: place
      ? fillSpans(words.headlineTimesIn, { ...slots, times, place: locale.place(place) })
      : fillSpans(words.headlineTimes, { ...slots, times }),
    isEasing: false,
  }
}

/** The one place that a local incident sits in, with its own counts; else the world. */
function scopeOf({ incident, places, lastHour }: ServiceSnapshot): { place: string | null; scope: WindowCount } {
  const sole = incident && !incident.isWorldwide && incident.regions.length === 1 ? incident.regions[0]! : null
  const row = sole === null ? undefined : places.rows.find((candidate) => candidate.region === sole)
  if (row === undefined || row.count === null) return { place: null, scope: lastHour }
  return { place: row.region, scope: { count: row.count, expected: row.expected } }
}

function countSentence({ lastHour, places }: ServiceSnapshot, locale: Locale): Spans {
  const words = locale.strings.service
  if (lastHour.count === 0) return [words.ledeNone]
  const reports = { strong: locale.plural(words.reports, lastHour.count) }
  return fillSpans(words.lede, {
    reports,
    where: places.country === null ? whereOf(places.rows, lastHour.count, locale) : '',
  })
}

function whereOf(rows: PlaceCount[], total: number, locale: Locale): string {
  const words = locale.strings.service
  const shown = rows.filter(({ count }) => count === null || count > 0)
  if (shown.length === 0) return ''
  const named = shown
    .filter(({ count }) => count !== null && count / total >= SHARE_NAMED)
    .sort((a, b) => b.count! - a.count!)
    .slice(0, PLACES_NAMED)
    .map(({ region }) => locale.region(region))
  // Hidden are also places without a report: how many countries there are is not known then, nor may it be told.
  const isKnown = shown.every(({ count }) => count !== null)
  const countries = isKnown ? locale.plural(words.fromCountries, shown.length) : ''
  return countries + (named.length > 0 ? fill(words.mostFrom, { places: locale.list(named) }) : '')
}

function usualSentence({ expected }: WindowCount, locale: Locale): string {
  const words = locale.strings.service
  if (expected === null) return ''
  const rounded = aboutAsMany(expected)
  return rounded < 1 ? words.usualNone : locale.plural(words.usual, rounded)
}

/** Two digits of a whole number: a baseline is not known to the unit. */
function aboutAsMany(expected: number): number {
  const unit = expected < 100 ? 1 : 10 ** (Math.floor(Math.log10(expected)) - 1)
  return Math.round(expected / unit) * unit
}

function strongTime(at: number, asOf: number, locale: Locale): Span {
  const isToday = asOf - at < 20 * 3_600_000
  return { at, text: isToday ? locale.clock(at) : locale.dateTime(at), form: isToday ? 'clock' : 'dateTime' }
}

function provider({ providerUpdates, service }: ServiceSnapshot, words: Words, locale: Locale): Spans {
  const latest = providerUpdates[0]
  if (!latest) return [fill(words.notConfirmed, { service: service.name })]
  const at = latest.at.getTime()
  return fillSpans(words.confirmed, {
    service: service.name,
    time: { at, text: locale.clock(at), form: 'clock' },
    text: { quote: latest.text },
  })
}

function spillOver({ incident }: ServiceSnapshot, words: Words, locale: Locale): Spans {
  const other = incident?.spillOverOf
  if (!other) return []
  const link = { link: other.name, href: localPath(locale.language, `/s/${other.service}`) }
  return [' ', ...fillSpans(words.spillOver, { other: link })]
}
