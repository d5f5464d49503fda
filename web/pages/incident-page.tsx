import type { IncidentView } from '../../src/record/load-incident-view.ts'
import { incidentFigure, multiplesOfRegions, multiplesOfTypes } from '../record/incident-figures.ts'
import { trendOf } from '../record/trend-of.ts'
import { type BriefSentence, type BriefTopic, writeBrief } from '../record/write-brief.ts'
import { recordStrings } from '../strings/records.ts'
import { fill, fillSpans } from '../strings/spans.ts'
import { Citation } from './citation.tsx'
import { datasetMarkup } from './dataset-markup.tsx'
import { Facts } from './facts.tsx'
import { Figure } from './figure.tsx'
import { fileLinks } from './figure-links.ts'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'
import { Multiples } from './multiples.tsx'
import { OfficialUpdates } from './official-updates.tsx'
import { OembedLink } from './service-files.tsx'
import { Instant, Text } from './text.tsx'
import { Timeline } from './timeline.tsx'
import { TrendChart } from './trend-figure.tsx'

/** `/i/{id}`: everything on record about an incident; prints as a brief of two pages. */
export function IncidentPage({ view, frame }: { view: IncidentView; frame: Frame }) {
  const { record, timeline, regions, types } = view
  const { locale, origin } = frame
  const words = recordStrings[locale.language].incident
  const brief = writeBrief(record, locale.language)
  const trend = trendOf(view.world)
  const figures = {
    trend: incidentFigure(view, 'trend', locale).figure,
    regions: incidentFigure(view, 'regions', locale).figure,
    types: incidentFigure(view, 'types', locale).figure,
  }
  const path = `/i/${record.id}`
  const url = origin + hrefIn(frame, path)
  const onset = { at: record.asOf, text: locale.dateTime(record.asOf), form: 'dateTime' } as const
  return (
    <Layout
      frame={frame}
      title={brief.headline}
      description={brief.safe}
      current="incidents"
      picture={`/og/i/${record.id}.png`}
      head={
        <>
          <OembedLink url={url} title={brief.headline} origin={origin} />
          {datasetMarkup(figures.trend, brief, record, origin)}
        </>
      }
    >
      <article class="record">
        <header class="page-head">
          <p class="kicker">
            <Text of={fillSpans(words.kicker, { time: onset })} /> {locale.zoneName}
          </p>
          <h1 class="headline">{brief.headline}</h1>
        </header>
        <div class="record-top">
          <BriefText sentences={brief.sentences} />
          <Facts record={record} locale={locale} />
        </div>
        <Figure
          id="trend"
          title={figures.trend.title}
          subtitle={figures.trend.subtitle}
          source={figures.trend.source}
          links={[
            ...fileLinks(figures.trend.path),
            { text: words.embed, href: hrefIn(frame, `/embed?incident=${record.id}`) },
            { text: words.cite, href: '#cite' },
            { text: locale.strings.service.method, href: hrefIn(frame, '/methodology#usual') },
          ]}
        >
          <TrendChart trend={trend} locale={locale} title={figures.trend.title} onset={record.onset.at} />
        </Figure>
        <Figure
          id="regions"
          title={locale.strings.service.multiplesTitle}
          subtitle={regions.length === 0 ? words.regionsNone : figures.regions.subtitle}
          source={regions.length === 0 ? undefined : words.keptBack}
          links={regions.length === 0 ? [] : fileLinks(figures.regions.path)}
        >
          {regions.length > 0 && <Multiples multiples={multiplesOfRegions(view, locale)} locale={locale} />}
        </Figure>
        <Figure
          id="types"
          title={words.typesTitle}
          subtitle={types.length === 0 ? words.typesNone : figures.types.subtitle}
          source={types.length === 0 ? undefined : figures.types.source}
          links={types.length === 0 ? [] : fileLinks(figures.types.path)}
        >
          {types.length > 0 && <Multiples multiples={multiplesOfTypes(view, locale)} locale={locale} />}
        </Figure>
        <div class="two-columns">
          <Figure id="timeline" title={words.timeline} subtitle={words.timelineUnit}>
            <Timeline record={record} timeline={timeline} locale={locale} />
          </Figure>
          <Figure id="official" title={fill(words.official, { service: record.service.name })}>
            <OfficialUpdates record={record} statusPage={view.statusPage} locale={locale} />
          </Figure>
        </div>
        <section class="section" id="cite" aria-labelledby="cite-title">
          <h2 id="cite-title">{words.quote}</h2>
          <p class="subtitle">{words.quoteMore}</p>
          <blockquote class="safe">{brief.safe}</blockquote>
          <h3>{words.cite}</h3>
          <Citation
            locale={locale}
            citable={{
              id: `outcry-incident-${record.id}`,
              title: brief.headline,
              url,
              issuedAt: record.asOf,
              accessedAt: record.asOf,
              version: record.methodVersion,
            }}
          />
          <div class="no-print">
            <h3>{words.downloads}</h3>
            <p class="link-row">
              <a href={`${path}.json`}>{words.everything}</a>
              <a href={hrefIn(frame, `/compare?incidents=${record.id}`)}>{words.compare}</a>
            </p>
            <h3>{words.frozen}</h3>
            <Frozen view={view} frame={frame} />
          </div>
        </section>
      </article>
    </Layout>
  )
}

/** Sentences by topic, each topic a paragraph. */
export function BriefText({ sentences }: { sentences: BriefSentence[] }) {
  const topics = new Map<BriefTopic, string[]>()
  for (const { topic, text } of sentences) topics.set(topic, [...(topics.get(topic) ?? []), text])
  return (
    <div class="brief">
      {[...topics].map(([topic, texts]) => (
        <p class={`brief-${topic}`}>{texts.flatMap((text, index) => (index === 0 ? [text] : [' ', text]))}</p>
      ))}
    </div>
  )
}

function Frozen({ view, frame }: { view: IncidentView; frame: Frame }) {
  const words = recordStrings[frame.locale.language].incident
  return (
    <>
      {view.snapshots.length > 0 && (
        <ul>
          {view.snapshots.map(({ id, takenAt }) => (
            <li>
              <a href={hrefIn(frame, `/snapshots/${id}`)}>
                <Instant at={takenAt} locale={frame.locale} />
              </a>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action="/v1/snapshots">
        <input type="hidden" name="incident" value={view.record.id} />
        <input type="hidden" name="language" value={frame.locale.language} />
        <button type="submit" class="button">
          {words.freeze}
        </button>
      </form>
      <p class="subtitle">{words.freezeMore}</p>
    </>
  )
}
