import { SMALLEST_SHOWN } from '../../src/count/timeseries.ts'
import { OPEN_AT, SUSPECT_AT } from '../../src/detection/detector.ts'
import { DIVERSITY_RULE, WIDER_SCALE } from '../../src/detection/network-diversity.ts'
import { PRIOR_WEEKS } from '../../src/detection/recalibrate.ts'
import { RECOVERED_AT } from '../../src/incident/recovery.ts'
import type { IncidentRecord } from '../../src/record/incident-record.ts'
import type { Accuracy } from '../../src/record/load-accuracy.ts'
import type { MethodMeasure } from '../../src/tick/measure-method.ts'
import { MINUTE } from '../../src/time.ts'
import { briefWords } from '../strings/briefs.ts'
import type { Locale } from '../strings/format.ts'
import { METHOD_SECTIONS, type MethodSection, type MethodWords } from '../strings/method-words.ts'
import { methodWords } from '../strings/methods.ts'
import { recordStrings } from '../strings/records.ts'
import { fill, fillSpans } from '../strings/spans.ts'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'
import { Text } from './text.tsx'

/** When each version of the method came into force, newest first; a version's numbers are never made anew. */
const VERSIONS: { version: keyof MethodWords['changes']['what']; since: string }[] = [
  { version: '4', since: '2026-11-29' },
  { version: '3', since: '2026-11-29' },
  { version: '2', since: '2026-11-28' },
  { version: '1', since: '2026-11-25' },
]

export interface MethodologyFacts {
  accuracy: Accuracy
  measure: MethodMeasure
  /** For the worked example. */
  example: IncidentRecord | null
  methodVersion: string
  retentionDays: number
  /** A person has one voice a service in this time. */
  voiceMinutes: number
}

/** `/methodology`: how reports become counts, counts become statements, and how far to trust them. */
export function MethodologyPage({ facts, frame }: { facts: MethodologyFacts; frame: Frame }) {
  const { locale } = frame
  const words = recordStrings[locale.language].method
  const method = methodWords[locale.language]
  const slots = slotsOf(facts, locale)
  return (
    <Layout frame={frame} title={words.title} description={words.description} current="method">
      <header class="page-head">
        <h1>{words.title}</h1>
        <p>{words.description}</p>
      </header>
      <div class="method">
        <nav class="method-contents" aria-label={method.contents}>
          <ol>
            {METHOD_SECTIONS.map((id) => (
              <li>
                <a href={`#${id}`}>{method.titles[id]}</a>
              </li>
            ))}
          </ol>
        </nav>
        <div class="prose">
          {METHOD_SECTIONS.map((id) => (
            <>
              <h2 id={id}>{method.titles[id]}</h2>
              <Section id={id} facts={facts} frame={frame} slots={slots} />
            </>
          ))}
        </div>
      </div>
    </Layout>
  )
}

/** The numbers that prose and program share, written as the language writes numbers. */
function slotsOf({ retentionDays, voiceMinutes }: MethodologyFacts, locale: Locale): Record<string, string> {
  return {
    days: locale.number(retentionDays),
    voiceMinutes: locale.number(voiceMinutes),
    // A formula, so it has no direction but its own.
    weight: `\u20661 / ((1 + n)(1 + w/${WIDER_SCALE})²)\u2069`,
    networks: locale.number(DIVERSITY_RULE.minNetworks),
    suspectNats: locale.number(SUSPECT_AT),
    suspectRatio: locale.number(roughly(Math.exp(SUSPECT_AT))),
    openNats: locale.number(OPEN_AT),
    openRatio: locale.number(roughly(Math.exp(OPEN_AT))),
    endNats: locale.number(RECOVERED_AT),
    endRatio: locale.number(roughly(Math.exp(RECOVERED_AT))),
    smallest: locale.number(SMALLEST_SHOWN),
  }
}

/** One digit that counts for small ratios, two for those above 100,000: more would claim an exactness that is not there. */
function roughly(ratio: number): number {
  const unit = 10 ** Math.floor(Math.log10(ratio) - (ratio > 100_000 ? 1 : 0))
  return Math.round(ratio / unit) * unit
}

function Section(props: { id: MethodSection; facts: MethodologyFacts; frame: Frame; slots: Record<string, string> }) {
  const { id, facts, frame, slots } = props
  const method = methodWords[frame.locale.language]
  if (id === 'biases')
    return (
      <ul>
        {method.biases.map((bias) => (
          <li>{bias}</li>
        ))}
      </ul>
    )
  if (id === 'example') return <Example record={facts.example} frame={frame} />
  if (id === 'accuracy') return <AccuracyText facts={facts} locale={frame.locale} />
  if (id === 'changes') return <Changes methodVersion={facts.methodVersion} locale={frame.locale} />
  return (
    <>
      {method.prose[id].map((paragraph) => (
        <p>{fill(paragraph, slots)}</p>
      ))}
    </>
  )
}

/** The numbers of a real incident, step by step. */
function Example({ record, frame }: { record: IncidentRecord | null; frame: Frame }) {
  const { locale } = frame
  const words = methodWords[locale.language].example
  if (record === null) return <p>{words.none}</p>
  const { peak, onset, noticedAt, affected } = record
  const incident = {
    link: `${record.service.name}, ${locale.dateTime(onset.at)} UTC`,
    href: hrefIn(frame, `/i/${record.id}`),
  }
  return (
    <>
      <p>
        <Text
          of={fillSpans(words.lead, {
            incident,
            class: briefWords[locale.language].classes[record.class],
            severity: locale.strings.severity[record.severity],
          })}
        />
      </p>
      <ol>
        <li>
          {fill(words.peak, {
            time: locale.time(peak.at),
            observed: locale.number(peak.observed),
            expected: locale.multiple(peak.expected),
            ratio: locale.multiple(peak.observed / peak.expected),
          })}
        </li>
        <li>
          {fill(words.onset, {
            onset: locale.time(onset.at),
            from: locale.time(onset.from),
            until: locale.time(onset.until),
            noticed: locale.time(noticedAt),
            delay: locale.duration(Math.max(MINUTE, noticedAt - onset.at)),
          })}
        </li>
        {affected !== null && (
          <li>
            {fill(words.votes, {
              problems: locale.number(record.reports),
              ok: locale.number(record.okVotes),
              votes: locale.number(affected.votes),
              share: locale.percent(affected.share),
              lower: locale.percent(affected.lower),
              upper: locale.percent(affected.upper),
            })}
          </li>
        )}
      </ol>
    </>
  )
}

function AccuracyText({ facts: { accuracy, measure }, locale }: { facts: MethodologyFacts; locale: Locale }) {
  const words = methodWords[locale.language].accuracy
  return (
    <>
      {accuracy.since === null ? <p>{words.none}</p> : <FactsOfIncidents accuracy={accuracy} locale={locale} />}
      <FactsOfCounts measure={measure} locale={locale} />
      <p>
        <Text of={fillSpans(words.data, { link: { link: '/v1/method', href: '/v1/method' } })} />
      </p>
    </>
  )
}

/** What became of the rises that were told. */
function FactsOfIncidents({ accuracy, locale }: { accuracy: Accuracy; locale: Locale }) {
  const words = methodWords[locale.language].accuracy
  const { since, confirmed, dismissed, spillOvers, medianDelayMinutes, medianLeadMinutes } = accuracy
  const number = (value: number) => locale.number(value)
  const facts = [
    fill(words.watched, {
      since: locale.date(since!),
      series: number(accuracy.series),
      services: number(accuracy.services),
    }),
    fill(words.rises, { confirmed: number(confirmed), suspected: number(accuracy.suspectedOnly) }),
    fill(words.erred, { dismissed: number(dismissed), spillOvers: number(spillOvers) }) +
      (confirmed === 0
        ? ''
        : ` ${fill(words.erredShare, { share: locale.percent((dismissed + spillOvers) / confirmed) })}`),
    words.unknown,
    medianDelayMinutes === null ? null : fill(words.delay, { delay: locale.duration(medianDelayMinutes * MINUTE) }),
    medianLeadMinutes === null
      ? null
      : locale.plural(medianLeadMinutes < 0 ? words.wordBefore : words.wordAfter, accuracy.withProviderWord, {
          delay: locale.duration(Math.abs(medianLeadMinutes) * MINUTE),
        }),
  ]
  return <ul>{facts.map((fact) => fact !== null && <li>{fact}</li>)}</ul>
}

/** How often evidence and band erred, measured on the counts. */
function FactsOfCounts({ measure, locale }: { measure: MethodMeasure; locale: Locale }) {
  const words = methodWords[locale.language].accuracy.measured
  const { bands, falseAlarmsPerSeriesWeek: rate, falseAlarmsInterval: interval, peaks, seriesWeeks } = measure
  const quarters = bands.reduce((sum, band) => sum + band.quarters, 0)
  const part = (of: 'below' | 'within' | 'above') =>
    locale.tenthPercent(bands.reduce((sum, band) => sum + band.quarters * band[of], 0) / quarters)
  return (
    <>
      {rate !== null && interval !== null && (
        <p>
          {fill(words.rate, {
            days: locale.number(measure.days),
            weeks: locale.rate(seriesWeeks),
            rate: locale.rate(rate),
            lower: locale.rate(interval.lower),
            upper: locale.rate(interval.upper),
            promised: locale.rate(measure.promisedPerSeriesWeek),
          })}
          {seriesWeeks < PRIOR_WEEKS && ` ${words.belief}`}
        </p>
      )}
      {quarters > 0 && (
        <p>
          {fill(words.band, {
            quarters: locale.number(quarters),
            within: part('within'),
            below: part('below'),
            above: part('above'),
          })}
        </p>
      )}
      {peaks.length > 0 && (
        <div class="table-scroll">
          <table class="numbers">
            <caption>{words.peaks}</caption>
            <thead>
              <tr>
                <th scope="col">{words.nats}</th>
                <th scope="col">{words.seen}</th>
                <th scope="col">{words.promised}</th>
              </tr>
            </thead>
            <tbody>
              {peaks.map(({ nats, peaks: seen, promised }) => (
                <tr>
                  <th scope="row">{locale.number(nats)}</th>
                  <td>{locale.number(seen)}</td>
                  <td>{locale.rate(promised)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function Changes({ methodVersion, locale }: { methodVersion: string; locale: Locale }) {
  const words = methodWords[locale.language].changes
  return (
    <>
      <p>{fill(words.inForce, { version: methodVersion })}</p>
      <dl>
        {VERSIONS.map(({ version, since }) => (
          <div>
            <dt>
              <time datetime={since}>{fill(words.version, { version, since: locale.date(Date.parse(since)) })}</time>
            </dt>
            <dd>{words.what[version]}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
