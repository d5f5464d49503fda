import type { Child } from 'hono/jsx'
import type { IncidentRecord } from '../../src/record/incident-record.ts'
import { MINUTE } from '../../src/time.ts'
import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { fill, fillSpans } from '../strings/spans.ts'
import { Instant, Text } from './text.tsx'

/** The facts of an incident at a glance; one that is missing is named as missing. */
export function Facts({ record, locale }: { record: IncidentRecord; locale: Locale }) {
  const words = recordStrings[locale.language].incident
  const { reporters, affected, peak, endedAt, confirmedAt, onset } = record
  const first = record.providerUpdates[0]
  const at = (instant: number) => <Instant at={instant} locale={locale} />
  const rows: [string, Child][] = [
    [
      words.began,
      <>
        {at(onset.at)} (<Instant at={onset.from} locale={locale} form="time" />–
        <Instant at={onset.until} locale={locale} form="time" />)
      </>,
    ],
    [words.noticed, at(record.noticedAt)],
    [words.confirmed, confirmedAt === null ? words.notConfirmed : at(confirmedAt)],
    [words.ended, endedAt === null ? words.ongoing : at(endedAt)],
    [words.duration, locale.duration(Math.max(MINUTE, (endedAt ?? record.asOf) - onset.at))],
    [words.reports, locale.number(record.reports)],
    [
      words.reporters,
      reporters === null
        ? words.none
        : reporters.isUpperBound
          ? fill(words.atMost, { count: locale.number(reporters.count) })
          : locale.number(reporters.count),
    ],
    [
      words.peak,
      <Text
        of={fillSpans(words.peakValue, {
          count: locale.number(peak.observed),
          time: { at: peak.at, text: locale.time(peak.at), form: 'time' },
        })}
      />,
    ],
    [words.usual, peak.expected < 1 ? '<1' : locale.multiple(peak.expected)],
    [
      words.votes,
      affected === null
        ? words.none
        : `${locale.percent(affected.share)} (${locale.percent(affected.lower)}–${locale.percent(affected.upper)})`,
    ],
    [words.severity, locale.strings.severity[record.severity]],
    [
      words.acknowledged,
      first === undefined ? words.none : <Acknowledged at={first.at} record={record} locale={locale} />,
    ],
  ]
  return (
    <aside class="record-facts" aria-labelledby="facts-title">
      <h2 id="facts-title">{words.facts}</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  )
}

function Acknowledged({ at, record, locale }: { at: number; record: IncidentRecord; locale: Locale }) {
  const words = recordStrings[locale.language].incident
  const delay = at - record.noticedAt
  const template = delay < 0 ? words.before : words.after
  return (
    <>
      <Instant at={at} locale={locale} /> (
      {fill(template, { duration: locale.duration(Math.max(MINUTE, Math.abs(delay))) })})
    </>
  )
}
