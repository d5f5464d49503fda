import type { Correction, IncidentRecord, RecordedUpdate } from '../../src/record/incident-record.ts'
import { timeZoneOf } from '../../src/region/region.ts'
import { MINUTE } from '../../src/time.ts'
import type { Language } from '../strings/language.ts'
import { BriefWriter } from './brief-writer.ts'

/** What a sentence answers. */
export type BriefTopic =
  | 'class'
  | 'onset'
  | 'noticed'
  | 'reports'
  | 'usual'
  | 'types'
  | 'where'
  | 'votes'
  | 'provider'
  | 'cause'
  | 'workaround'
  | 'end'
  | 'corrections'
  | 'asOf'

export interface BriefSentence {
  topic: BriefTopic
  text: string
}

/** An incident told in sentences. */
export interface Brief {
  language: Language
  headline: string
  sentences: BriefSentence[]
  /** One sentence to quote. */
  safe: string
}

/** From this many times the usual on, a multiple is told. */
const TOLD_RATIO = 1.5
/** Fewest reports of which shares are told. */
const TOLD_SHARES = 10
/** Fewest reports of a kind that may be named. */
const SMALLEST_SHOWN = 3
/** Smaller shares would only lengthen the list. */
const TOLD_SHARE = 0.01
const MOST_TYPES = 5
const MOST_PLACES = 4

type Sentences = (string | null)[]

/** Writes what a record supports, and says where it has nothing to say. */
export function writeBrief(record: IncidentRecord, language: Language): Brief {
  const writer = new BriefWriter(language, record.onset.at)
  const topics: [BriefTopic, Sentences][] = [
    ['class', classOf(record, writer)],
    ['onset', onset(record, writer)],
    ['noticed', noticed(record, writer)],
    ['reports', reports(record, writer)],
    ['usual', usual(record, writer)],
    ['types', types(record, writer)],
    ['where', where(record, writer)],
    ['votes', votes(record, writer)],
    ['provider', provider(record, writer)],
    ['cause', cause(record, writer)],
    ['workaround', workaround(record, writer)],
    ['end', end(record, writer)],
    ['corrections', corrections(record, writer)],
    ['asOf', [writer.say(writer.words.asOf, { time: writer.instant(record.asOf), version: record.methodVersion })]],
  ]
  return {
    language,
    headline: headline(record, writer),
    sentences: topics.flatMap(([topic, texts]) => texts.flatMap((text) => (text === null ? [] : [{ topic, text }]))),
    safe: safeSentence(record, writer),
  }
}

/** The brief as running text, one paragraph a topic. */
export function briefText({ language, headline, sentences }: Brief): string {
  const joint = new Map<BriefTopic, string[]>()
  for (const { topic, text } of sentences) joint.set(topic, [...(joint.get(topic) ?? []), text])
  return [headline, ...[...joint.values()].map((texts) => texts.join(language === 'ja' ? '' : ' '))].join('\n\n')
}

/** Times the usual at the peak; `null` where the usual is too small, or too near, for a multiple to mean something. */
export function peakRatio({ peak }: Pick<IncidentRecord, 'peak'>): number | null {
  if (peak.expected < 1) return null
  const ratio = peak.observed / peak.expected
  return ratio < TOLD_RATIO ? null : ratio
}

function headline(record: IncidentRecord, writer: BriefWriter): string {
  const { words } = writer
  const service = writer.name(record.service.name)
  if (record.class === 'dismissed') return writer.say(words.headlineDismissed, { service })
  if (record.class === 'spill-over' && record.spillOverOf !== null)
    return writer.say(words.headlineSpillOver, { service, other: writer.name(record.spillOverOf.name) })
  const ratio = peakRatio(record)
  if (ratio === null) return writer.say(words.headlinePlain, { service })
  return writer.say(words.headlineTimes, { service, ratio: writer.locale.multiple(ratio) })
}

function classOf(record: IncidentRecord, writer: BriefWriter): Sentences {
  const { words } = writer
  const service = writer.name(record.service.name)
  if (record.class === 'dismissed') return [writer.say(words.dismissed, { service })]
  const isUnconfirmed = record.confirmedAt === null
  return [
    record.class !== 'spill-over'
      ? null
      : record.spillOverOf === null
        ? writer.say(words.spillOverUnknown, { service })
        : writer.say(words.spillOver, { service, other: writer.name(record.spillOverOf.name) }),
    !isUnconfirmed ? null : record.endedAt === null ? words.suspected : words.neverConfirmed,
  ]
}

function onset(record: IncidentRecord, writer: BriefWriter): Sentences {
  const { words } = writer
  const { at, from, until } = record.onset
  const slots = { service: writer.name(record.service.name), time: writer.instant(at) }
  const isPoint = until - from < MINUTE
  const leading = record.regions[0]?.region
  return [
    isPoint
      ? writer.say(words.onsetPoint, slots)
      : writer.say(words.onset, { ...slots, from: writer.moment(from), until: writer.moment(until) }),
    leading === undefined || timeZoneOf(leading) === 'UTC'
      ? null
      : writer.say(words.onsetLocal, {
          place: writer.name(writer.locale.place(leading)),
          ...writer.localInstant(at, timeZoneOf(leading)),
        }),
  ]
}

function noticed(record: IncidentRecord, writer: BriefWriter): Sentences {
  const { words } = writer
  const delay = record.noticedAt - record.onset.at
  const time = writer.moment(record.noticedAt)
  const { confirmedAt } = record
  return [
    delay < MINUTE
      ? writer.say(words.noticedAtOnce, { time })
      : writer.say(words.noticed, { time, delay: writer.duration(delay) }),
    confirmedAt === null ? null : writer.say(words.confirmed, { time: writer.moment(confirmedAt) }),
    ...record.reopenedAt.map((at) => writer.say(words.reopened, { time: writer.moment(at) })),
  ]
}

function reports({ reports: count, reporters }: IncidentRecord, writer: BriefWriter): Sentences {
  const { words } = writer
  if (count === 0) return [words.noReports, words.caveat]
  if (reporters === null) return [writer.count(words.reportsOnly, count), words.reportersUnknown, words.caveat]
  const forms = reporters.isUpperBound ? words.reportersAtMost : words.reporters
  return [writer.count(words.reportsFrom, count, { reporters: writer.count(forms, reporters.count) }), words.caveat]
}

function usual(record: IncidentRecord, writer: BriefWriter): Sentences {
  const { words, locale } = writer
  const { peak, secondPeak } = record
  if (peak.observed === 0) return []
  const ratio = peakRatio(record)
  const slots = { time: writer.moment(peak.at), expected: locale.multiple(peak.expected) }
  return [
    peak.expected < 1
      ? writer.count(words.peakRare, peak.observed, slots)
      : ratio === null
        ? writer.count(words.peakPlain, peak.observed, slots)
        : writer.count(words.peakTimes, peak.observed, { ...slots, ratio: locale.multiple(ratio) }),
    peak.observed > record.reports && peak.at - 15 * MINUTE < record.onset.at ? words.peakEarlier : null,
    secondPeak === null
      ? null
      : writer.count(words.secondPeak, secondPeak.observed, { time: writer.moment(secondPeak.at) }),
  ]
}

function types({ errorTypes }: IncidentRecord, writer: BriefWriter): Sentences {
  const { words, locale } = writer
  const total = errorTypes.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return [words.typesUnknown]
  const shown = errorTypes
    .filter(({ count }) => count >= SMALLEST_SHOWN && count / total >= TOLD_SHARE)
    .slice(0, MOST_TYPES)
  if (total < TOLD_SHARES || shown.length === 0) return [words.typesFew]
  const list = shown.map(({ type, count }) =>
    writer.say(words.typeItem, { type: words.errorTypes[type], share: writer.share(count / total) }),
  )
  return [writer.count(words.types, total, { list: locale.list(list) })]
}

function where(record: IncidentRecord, writer: BriefWriter): Sentences {
  const { words, locale } = writer
  const { regions, unplacedShare, quietRegions } = record
  const place = (region: string) => writer.name(locale.place(region))
  const leading = regions.slice(0, MOST_PLACES)
  const told = leading.reduce((sum, { share }) => sum + share, 0)
  const list = locale.list(
    leading.map(({ region, share }) =>
      writer.say(words.placeItem, { place: place(region), share: writer.share(share) }),
    ),
  )
  const isWhole = told > 0.995
  const quiet = quietRegions.slice(0, MOST_PLACES).map(place)
  return [
    leading.length === 0
      ? words.whereUnknown
      : record.isWorldwide
        ? writer.say(words.whereMany, { list })
        : regions.length === 1 && isWhole
          ? writer.say(words.whereOne, { place: place(leading[0]!.region) })
          : writer.say(words.whereList, { list }),
    leading.length === 0 || isWhole ? null : writer.say(words.whereRest, { share: writer.share(1 - told) }),
    unplacedShare === null || unplacedShare < 0.005 || leading.length === 0
      ? null
      : writer.say(words.unplaced, { share: writer.share(unplacedShare) }),
    quiet.length === 0 ? words.whereNotUnknown : writer.say(words.whereNot, { list: locale.list(quiet) }),
  ]
}

function votes({ affected, reports: count }: IncidentRecord, writer: BriefWriter): Sentences {
  if (affected === null) return count === 0 ? [] : [writer.words.votesNone]
  return [
    writer.count(writer.words.votes, affected.votes, {
      share: writer.share(affected.share),
      lower: writer.share(affected.lower),
      upper: writer.share(affected.upper),
    }),
  ]
}

function provider(record: IncidentRecord, writer: BriefWriter): Sentences {
  const { words } = writer
  const service = writer.name(record.service.name)
  const [first] = record.providerUpdates
  if (first === undefined) return [writer.say(words.providerNone, { service })]
  const last = record.providerUpdates.at(-1)!
  const resolved = record.providerUpdates.find(({ status }) => status === 'resolved')
  const delay = first.at - record.noticedAt
  const slots = { service, time: writer.moment(first.at), delay: writer.duration(Math.abs(delay)) }
  return [
    Math.abs(delay) < MINUTE
      ? writer.say(words.providerSame, slots)
      : delay < 0
        ? writer.say(words.providerBefore, slots)
        : writer.say(words.providerAfter, {
            ...slots,
            sinceOnset: writer.duration(first.at - record.onset.at),
          }),
    last.text.trim() === ''
      ? null
      : writer.say(words.providerSaid, { text: writer.quote(last.text), time: writer.moment(last.at) }),
    last.text.trim() === '' ? null : source(last, writer),
    resolved === undefined ? null : writer.say(words.providerResolved, { time: writer.moment(resolved.at) }),
  ]
}

function source({ sourceUrl }: RecordedUpdate, writer: BriefWriter): string | null {
  return sourceUrl === null ? null : writer.say(writer.words.source, { url: writer.name(sourceUrl) })
}

function cause(record: IncidentRecord, writer: BriefWriter): Sentences {
  const { words } = writer
  const stated = record.providerUpdates.findLast((update) => isSaid(update.cause))
  if (stated === undefined) return [record.providerUpdates.length === 0 ? words.causeUnknown : words.causeNone]
  return [
    writer.say(words.cause, { text: writer.phrase(stated.cause!), time: writer.moment(stated.at) }),
    source(stated, writer),
  ]
}

function workaround(record: IncidentRecord, writer: BriefWriter): Sentences {
  return record.providerUpdates
    .filter((update) => isSaid(update.workaround))
    .flatMap((update) => [
      writer.say(writer.words.workaround, { text: writer.phrase(update.workaround!), time: writer.moment(update.at) }),
      source(update, writer),
    ])
}

const isSaid = (text: string | null): boolean => text !== null && text.trim() !== ''

function end(record: IncidentRecord, writer: BriefWriter): Sentences {
  const at = record.endedAt ?? record.asOf
  return [
    writer.say(record.endedAt === null ? writer.words.ongoing : writer.words.ended, {
      time: writer.moment(at),
      duration: writer.duration(at - record.onset.at),
    }),
  ]
}

/** Corrections by themselves, for what was frozen before them. */
export function correctionSentences(corrections: readonly Correction[], language: Language): string[] {
  return tellCorrections(corrections, new BriefWriter(language, 0)).filter((text) => text !== null)
}

const corrections = (record: IncidentRecord, writer: BriefWriter) => tellCorrections(record.corrections, writer)

function tellCorrections(all: readonly Correction[], writer: BriefWriter): Sentences {
  const { words } = writer
  return all.flatMap((correction) => {
    const time = writer.instant(correction.at)
    if (correction.kind === 'annotated')
      return [writer.say(words.annotated, { time, text: writer.quote(correction.text) })]
    const { from, to, note } = correction
    return [
      writer.say(words.reclassified, { time, from: words.classes[from], to: words.classes[to] }),
      note === null || note.trim() === '' ? null : writer.say(words.annotated, { time, text: writer.quote(note) }),
    ]
  })
}

function safeSentence(record: IncidentRecord, writer: BriefWriter): string {
  const slots = {
    service: writer.name(record.service.name),
    from: writer.instant(record.onset.at),
    until: writer.moment(record.endedAt ?? record.asOf),
  }
  if (record.reports === 0) return writer.say(writer.words.safeNone, slots)
  return writer.count(writer.words.safe, record.reports, slots)
}
