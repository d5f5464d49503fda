import { DIVERSITY_RULE, WIDER_SCALE } from '../../src/detection/network-diversity.ts'
import type { IncidentRecord } from '../../src/record/incident-record.ts'
import type { Accuracy } from '../../src/record/load-accuracy.ts'
import { localeOf } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'

/** What changed in the method, newest first; a version's numbers are never made anew. */
const CHANGES: { version: string; since: string; what: string }[] = [
  {
    version: '1',
    since: '2026-11-25',
    what: 'First published method: exact count likelihoods against a learned weekly rhythm, weights by diversity of networks, a share of one alarm budget for each series.',
  },
]

export interface MethodologyFacts {
  accuracy: Accuracy
  /** For the worked example. */
  example: IncidentRecord | null
  methodVersion: string
  retentionDays: number
}

/** `/methodology`: how reports become counts, counts become statements, and how far to trust them. In English. */
export function MethodologyPage({ facts, frame }: { facts: MethodologyFacts; frame: Frame }) {
  const { locale } = frame
  const words = recordStrings[locale.language].method
  const { accuracy, example, methodVersion, retentionDays } = facts
  return (
    <Layout frame={frame} title={words.title} description={words.description} current="method">
      <h1>{words.title}</h1>
      <p class="subtitle">{words.description}</p>
      {locale.language !== 'en' && <p class="notice">{words.inEnglish}</p>}
      <div class="prose method" lang="en" dir="ltr">
        <nav aria-label="On this page">
          <ul>
            {SECTIONS.map(([id, title]) => (
              <li>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>

        <h2 id="report">What a report is</h2>
        <p>
          A report is one person saying “it fails for me”, or “it works for me”, about one service. It is a person’s
          word, not a measurement of the service, and not a count of customers: most people who have a problem never
          report it, and people for whom all is well seldom come here. So reports tell when and where something changed,
          and how strongly; they cannot tell how many customers had a problem.
        </p>

        <h2 id="once">How a person counts once</h2>
        <p>
          A person’s address (an IPv4 address, or an IPv6 /64) is turned into a code with a secret that changes every
          day and is then destroyed. The same code counts once per service in 30 minutes; what it sends in between
          refines its report. Across midnight UTC nobody can be recognised, so distinct reporters of an incident that
          spans two days are an upper bound. Single reports are deleted after {retentionDays} days; counts stay.
        </p>
        <p>
          One address, network or rented list of proxies must not make an outage. For detection each report therefore
          weighs less the more its network has said in the last half hour: 1 / ((1 + n)(1 + w/{WIDER_SCALE})²), with n
          earlier reports from the same /24 (or /48) and w from the /16 (or /32) around it. A rise is confirmed only
          once it comes from at least {DIVERSITY_RULE.minNetworks} networks, and from more of them the larger it is. The
          counts that pages show are of people, not weighted.
        </p>

        <h2 id="usual">What is usual</h2>
        <p>
          Each series (a service in the world, in a country, in a region) is compared with its own past: its level, its
          rhythm over the day and the week in local time, and how much it scatters, without past incidents. The grey
          band holds 95 % of what chance brings. It is frozen when a quarter of an hour ends: tomorrow’s chart of today
          shows the same band.
        </p>

        <h2 id="suspected">“Suspected” and “open”, in probabilities</h2>
        <p>
          The evidence is a likelihood ratio: how much better the counts fit a rise than the usual level. A rise is{' '}
          <em>suspected</em> from a ratio of about 8,000 (9 nats) and <em>open</em>, that is confirmed, from about
          160,000 (12 nats) with enough networks behind it. Such ratios are needed because thousands of series are
          watched every minute. Given how seldom outages begin, a rise that has just opened is about as likely as chance
          (probability one half); each further factor of ten in the ratio multiplies the odds by ten, and that
          probability is the <code>confidence</code> of a spike. The threshold aims at one false alarm per service and
          year; all regions of a service together share another one. An alarm ends when the evidence has fallen back by
          6 nats. “No data” is never drawn as “fine”: minutes in which this instance did not listen are gaps.
        </p>

        <h2 id="onset">When it began</h2>
        <p>
          The onset is the moment from which the evidence grew, to the minute, with two minutes on either side. It is an
          estimate: reports follow a failure by minutes, and a slow failure begins before anyone can notice.
        </p>

        <h2 id="severity">Severity</h2>
        <p>
          <em>Critical</em>: 200 reporters or more in 15 minutes worldwide, at 20 times the usual or more.{' '}
          <em>Major</em>: 50 or more, at 5 times or more. Otherwise <em>minor</em>. An incident keeps the highest it has
          had.
        </p>

        <h2 id="suppression">What is kept back</h2>
        <p>
          Counts of a place below 3 people are not shown, on pages and in files, nor is what would let them be worked
          out from totals. In the open archive the same file would come out wherever those reports came from.
        </p>

        <h2 id="places">Where reports come from</h2>
        <p>
          The place is guessed from the address, or chosen by the person within the country that the platform sees. The
          country is mostly right; the region is a guess, since mobile networks often exit elsewhere. The address itself
          is not kept. Places follow ISO 3166-2. Where a border is disputed, the prefix of the ISO code decides;
          boundaries are drawn by Natural Earth.
        </p>

        <h2 id="spill-over">Spill-over</h2>
        <p>
          When a network fails, everything on it seems broken. An incident in the same minutes and regions as a larger
          and earlier one of another service is classed as its spill-over; an operator may correct that, and the
          correction is dated and stays.
        </p>

        <h2 id="biases">Known biases</h2>
        <ul>
          <li>People report when the service matters to them now: nights, weekends and holidays are quieter.</li>
          <li>News of an outage brings reports; a second rise may follow the headlines, not the failure.</li>
          <li>Languages and countries in which this site is little known report less.</li>
          <li>Votes that it works come from the few who look although nothing is wrong.</li>
          <li>The end is when reports are back within the usual range, which may be before or after the repair.</li>
        </ul>

        <h2 id="example">A worked example</h2>
        <Example record={example} frame={frame} />

        <h2 id="accuracy">How this instance has done</h2>
        <AccuracyText accuracy={accuracy} />

        <h2 id="changes">Changes of the method</h2>
        <p>
          Version in force: {methodVersion}. Each number carries the version it was made with; a new version does not
          change what was said before.
        </p>
        <dl>
          {CHANGES.map(({ version, since, what }) => (
            <div>
              <dt>
                Version {version}, <time datetime={since}>{since}</time>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Layout>
  )
}

const SECTIONS: [string, string][] = [
  ['report', 'What a report is'],
  ['once', 'How a person counts once'],
  ['usual', 'What is usual'],
  ['suspected', '“Suspected” and “open”'],
  ['onset', 'When it began'],
  ['severity', 'Severity'],
  ['suppression', 'What is kept back'],
  ['places', 'Where reports come from'],
  ['spill-over', 'Spill-over'],
  ['biases', 'Known biases'],
  ['example', 'A worked example'],
  ['accuracy', 'How this instance has done'],
  ['changes', 'Changes of the method'],
]

/** The numbers of a real incident, step by step. */
function Example({ record, frame }: { record: IncidentRecord | null; frame: Frame }) {
  if (record === null) return <p>No incident on this instance is large enough yet to show the arithmetic on.</p>
  const locale = localeOf('en')
  const { peak, onset, noticedAt, affected } = record
  const ratio = peak.observed / peak.expected
  return (
    <>
      <p>
        <a href={hrefIn(frame, `/i/${record.id}`)}>
          {record.service.name}, {locale.dateTime(onset.at)} UTC
        </a>
        , class “{record.class}”, severity “{record.severity}”:
      </p>
      <ol>
        <li>
          In the 15 minutes up to {locale.time(peak.at)} UTC, {locale.number(peak.observed)} people reported a problem,
          where {locale.multiple(peak.expected)} are usual for that hour of the week: {locale.number(peak.observed)} /{' '}
          {locale.multiple(peak.expected)} = {locale.multiple(ratio)} times the usual.
        </li>
        <li>
          The evidence began to grow at {locale.time(onset.at)} UTC (between {locale.time(onset.from)} and{' '}
          {locale.time(onset.until)}) and was enough at {locale.time(noticedAt)}: noticed{' '}
          {locale.duration(Math.max(60_000, noticedAt - onset.at))} after the onset.
        </li>
        {affected !== null && (
          <li>
            {locale.number(record.reports)} problems and {locale.number(record.okVotes)} “it works” are{' '}
            {locale.number(affected.votes)} votes, so {locale.percent(affected.share)} with a problem; the Wilson
            interval at 95 % for {locale.number(record.reports)} of {locale.number(affected.votes)} is{' '}
            {locale.percent(affected.lower)} to {locale.percent(affected.upper)}. It is a share of votes, and of nothing
            else.
          </li>
        )}
      </ol>
    </>
  )
}

function AccuracyText({ accuracy }: { accuracy: Accuracy }) {
  const locale = localeOf('en')
  const {
    since,
    confirmed,
    suspectedOnly,
    dismissed,
    spillOvers,
    medianDelayMinutes,
    medianLeadMinutes,
    withProviderWord,
  } = accuracy
  if (since === null) return <p>This instance has noticed no rise yet, so there is nothing to judge it by.</p>
  const erred = dismissed + spillOvers
  return (
    <>
      <p>
        Since {locale.date(since)} (at most a year), {locale.number(accuracy.series)} series of{' '}
        {locale.number(accuracy.services)} services were watched. {locale.number(confirmed)} rises were confirmed,{' '}
        {locale.number(suspectedOnly)} stayed suspected. Of the confirmed ones {locale.number(dismissed)}{' '}
        {dismissed === 1 ? 'was' : 'were'} later dismissed as no outage and {locale.number(spillOvers)} explained by
        another service
        {confirmed > 0 && `: ${locale.percent(erred / confirmed)} of all`}. Errors that nobody has noticed are not in
        these numbers.
      </p>
      <p>
        {medianDelayMinutes !== null &&
          `Half of the confirmed rises were noticed within ${locale.multiple(medianDelayMinutes)} minutes of their estimated onset. `}
        {medianLeadMinutes !== null &&
          `In the ${locale.number(withProviderWord)} with a provider’s word on record, that word came ${locale.multiple(Math.abs(medianLeadMinutes))} minutes ${medianLeadMinutes < 0 ? 'before' : 'after'} the notice (median).`}
      </p>
    </>
  )
}
