import type { ArchiveQuery, ArchiveView } from '../../src/record/archive-view.ts'
import { countryCodes } from '../../src/region/region.ts'
import { CATEGORIES } from '../../src/service/service.ts'
import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { type Frame, hrefIn } from './frame.ts'
import { IncidentRows } from './incident-rows.tsx'
import { Layout } from './layout.tsx'
import type { IncidentSummary } from './service-snapshot.ts'
import { Instant } from './text.tsx'

const SEVERITIES = ['minor', 'major', 'critical'] as const

export function archivePath(query: Partial<ArchiveQuery>): string {
  const pairs = (['category', 'month', 'page', 'region', 'service', 'severity'] as const).flatMap((key) => {
    const value = query[key]
    return value === null || value === undefined || value === 1 ? [] : [`${key}=${encodeURIComponent(value)}`]
  })
  return `/incidents${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`
}

const monthStart = (month: string) => Date.parse(`${month}-01T00:00:00Z`)

/** `/incidents`: all that is on record, by service, place, severity and month, with the records and what they are worth. */
export function ArchivePage({ view, frame }: { view: ArchiveView; frame: Frame }) {
  const { locale } = frame
  const { query, incidents, total } = view
  const words = recordStrings[locale.language].archive
  const title =
    query.month === null ? words.title : fill(words.titleOf, { month: locale.month(monthStart(query.month)) })
  const isFiltered = [query.service, query.category, query.region, query.severity, query.month].some(
    (value) => value !== null,
  )
  const pageLink = (page: number) => hrefIn(frame, archivePath({ ...query, page }))
  return (
    <Layout frame={frame} title={title} description={words.description} current="incidents" feed="/feed.atom">
      <header class="page-head">
        <h1>{title}</h1>
        <p>{words.description}</p>
      </header>
      <Filters view={view} frame={frame} />
      <section class="section" aria-labelledby="found-title">
        <h2 id="found-title">{locale.plural(words.found, total)}</h2>
        {total === 0 && <p>{isFiltered ? words.none : words.empty}</p>}
        <IncidentRows incidents={incidents} frame={frame} hasService />
        <p class="link-row">
          {query.page > 1 && <a href={pageLink(query.page - 1)}>{words.later}</a>}
          {view.hasMore && <a href={pageLink(query.page + 1)}>{words.earlier}</a>}
        </p>
      </section>
      {!isFiltered && <Records view={view} frame={frame} />}
      {view.months.length > 0 && (
        <section class="section" aria-labelledby="months-title">
          <h2 id="months-title">{words.months}</h2>
          <ul class="months">
            {view.months.map(({ month, incidents: count }) => (
              <li>
                <a href={hrefIn(frame, archivePath({ month }))}>{locale.month(monthStart(month))}</a>{' '}
                {locale.number(count)}
              </li>
            ))}
          </ul>
          <p class="link-row">
            <a href="/archive">{words.files}</a>
          </p>
        </section>
      )}
    </Layout>
  )
}

function Filters({ view, frame }: { view: ArchiveView; frame: Frame }) {
  const { locale } = frame
  const { query } = view
  const words = recordStrings[locale.language].archive
  const regions = countryCodes().sort((a, b) => locale.compare(locale.region(a), locale.region(b)))
  const select = (name: string, label: string, chosen: string | null, options: [string, string][]) => (
    <label>
      {label}
      <select name={name}>
        <option value="">{words.any}</option>
        {options.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form class="filters no-print" method="get" action={hrefIn(frame, '/incidents')}>
      <label>
        {words.service}
        <input name="service" list="services" value={query.service ?? ''} autocomplete="off" />
      </label>
      <datalist id="services">
        {view.services.map(({ slug, name }) => (
          <option value={slug}>{name}</option>
        ))}
      </datalist>
      {select(
        'category',
        words.category,
        query.category,
        CATEGORIES.map((name) => [name, locale.strings.category[name]]),
      )}
      {select(
        'region',
        words.region,
        query.region,
        regions.map((code) => [code, locale.region(code)]),
      )}
      {select(
        'severity',
        words.severity,
        query.severity,
        SEVERITIES.map((name) => [name, locale.strings.severity[name]]),
      )}
      {query.month !== null && <input type="hidden" name="month" value={query.month} />}
      <button type="submit" class="button">
        {words.show}
      </button>
    </form>
  )
}

function Records({ view, frame }: { view: ArchiveView; frame: Frame }) {
  const { locale } = frame
  const { records, sample } = view
  const words = recordStrings[locale.language].archive
  if (sample.incidents === 0) return null
  const since = sample.since === null ? '' : locale.date(sample.since)
  const sections: [string, IncidentSummary[], (incident: IncidentSummary) => string][] =
    records === null
      ? []
      : [
          [words.longest, records.longest, (incident) => locale.duration(lengthOf(incident))],
          [words.steepest, records.steepest, (incident) => timesOf(incident, locale)],
          [words.most, records.most, ({ peak }) => locale.plural(locale.strings.service.reports, peak.observed)],
        ]
  return (
    <section class="section" aria-labelledby="records-title">
      <h2 id="records-title">{words.records}</h2>
      <p class="subtitle">
        {records === null
          ? locale.plural(words.recordsFew, sample.incidents)
          : locale.plural(words.recordsOf, sample.incidents, { since })}
      </p>
      <div class="record-lists">
        {sections.map(([title, holders, value]) => (
          <div>
            <h3>{title}</h3>
            <ol>
              {holders.map((incident) => (
                <li>
                  <a href={hrefIn(frame, `/i/${incident.id}`)}>
                    {incident.serviceName}, <Instant at={incident.onsetAt} locale={locale} form="date" />
                  </a>
                  : {value(incident)}
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  )
}

const lengthOf = ({ onsetAt, endedAt }: IncidentSummary) => (endedAt ?? onsetAt) - onsetAt

function timesOf({ peak }: IncidentSummary, locale: Locale): string {
  const words = recordStrings[locale.language].archive
  return peak.expected < 1
    ? locale.plural(locale.strings.service.reports, peak.observed)
    : fill(words.times, { times: locale.multiple(peak.observed / peak.expected) })
}
