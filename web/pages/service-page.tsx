import { raw } from 'hono/html'
import { STALE_AFTER_MS } from '../../src/count/watch.ts'
import { SECOND } from '../../src/time.ts'
import { drawTrend, largestOf } from '../charts/draw-trend.ts'
import { fill, plainText } from '../strings/spans.ts'
import { BreakdownFigures } from './breakdown-figures.tsx'
import { Choices } from './choices.tsx'
import { Figure } from './figure.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { IncidentRows } from './incident-rows.tsx'
import { Kicker } from './kicker.tsx'
import { Layout, LICENCE } from './layout.tsx'
import { MapLegend, measureChoices, PlaceMap, PlaceTable } from './place-figure.tsx'
import { defaultMeasure } from './place-paint.ts'
import { OembedLink, ServiceCitation, serviceFigureLinks } from './service-files.tsx'
import type { ServiceSnapshot } from './service-snapshot.ts'
import { queryOf, RANGES, type ServiceView, VIEWS } from './service-view.ts'
import { Instant, Text } from './text.tsx'
import { stepName, TrendChart, TrendTable, trendTitle, trendUnit } from './trend-figure.tsx'
import { verdictOf } from './verdict.ts'

export interface ServicePageProps {
  frame: Frame
  snapshot: ServiceSnapshot
  view: ServiceView
}

/** A comparison older than this says so itself. */
const STALE_SECONDS = STALE_AFTER_MS / SECOND

/** `/s/{slug}`: the verdict, two buttons, and the numbers behind it. */
export function ServicePage({ frame, snapshot, view }: ServicePageProps) {
  const { locale } = frame
  const words = locale.strings.service
  const { service } = snapshot
  const path = `/s/${service.slug}`
  const verdict = verdictOf(snapshot, locale)
  const tone = verdict.tone === 'suspected' ? 'tone-suspected' : undefined
  const figures = [
    <TrendFigure frame={frame} snapshot={snapshot} view={view} />,
    <PlacesFigure frame={frame} snapshot={snapshot} view={view} />,
  ]
  return (
    <Layout
      frame={frame}
      title={plainText(verdict.headline)}
      description={fill(words.description, { service: service.name })}
      feed={`${path}/feed.atom`}
      islands={['live.js', 'chart.js']}
      picture={`/og/s/${service.slug}.png`}
      head={
        <OembedLink
          url={frame.origin + hrefIn(frame, path)}
          title={plainText(verdict.headline)}
          origin={frame.origin}
        />
      }
    >
      <div data-live="verdict" data-state={snapshot.state} data-poll={`/v1/services/${service.slug}`}>
        <Kicker asOf={snapshot.asOf} locale={locale} />
        <h1 class="headline">
          <Text of={verdict.headline} {...(tone ? { tone } : {})} />
        </h1>
        <p class="lede">
          <Text of={verdict.lede} />
        </p>
        {snapshot.judgedSecondsAgo > STALE_SECONDS && (
          <p class="notice">{fill(words.stale, { age: locale.duration(snapshot.judgedSecondsAgo * 1000) })}</p>
        )}
      </div>
      <p class="hidden-text" aria-live="polite" data-announce />
      <div class="actions">
        <a class="button button-main" href={hrefIn(frame, `${path}/report`)}>
          {snapshot.state === 'down' || snapshot.state === 'suspected' ? words.problem : words.problemFirst}
        </a>
        <form method="post" action={hrefIn(frame, `${path}/report`)}>
          <button class="button" name="kind" value="ok" type="submit">
            {words.works}
          </button>
        </form>
      </div>
      {view.view === 'map' ? figures.reverse() : figures}
      {snapshot.multiples.length > 1 && <Multiples frame={frame} snapshot={snapshot} />}
      <BreakdownFigures snapshot={snapshot} locale={locale} />
      <div class="two-columns">
        <Official frame={frame} snapshot={snapshot} />
        <Figure id="history" title={words.historyTitle}>
          {snapshot.pastIncidents.length === 0 ? (
            <p class="subtitle">{words.historyNone}</p>
          ) : (
            <IncidentRows incidents={snapshot.pastIncidents} frame={frame} />
          )}
        </Figure>
      </div>
      <ServiceCitation snapshot={snapshot} frame={frame} />
    </Layout>
  )
}

function TrendFigure({ frame, snapshot, view }: ServicePageProps) {
  const { locale } = frame
  const words = locale.strings.service
  const { trend, region, incident, service } = snapshot
  const path = hrefIn(frame, `/s/${service.slug}`)
  const hrefOf = (changes: Partial<ServiceView>) => path + queryOf({ ...view, ...changes })
  const title = trendTitle(trend, region, locale)
  return (
    <Figure
      id="trend"
      isLive
      title={title}
      subtitle={trendUnit(trend, locale)}
      source={
        <>
          {fill(words.source, { licence: LICENCE.name })} · <a href={hrefIn(frame, '/methodology')}>{words.method}</a>
        </>
      }
      links={serviceFigureLinks('chart', snapshot, view, frame)}
    >
      <div class="choice-rows">
        <Choices
          label={words.range}
          choices={RANGES.map((range) => ({
            text: words.ranges[range],
            href: hrefOf({ range }),
            isCurrent: range === view.range,
          }))}
        />
        <Choices
          label={words.view}
          choices={VIEWS.map((name) => ({
            text: words.views[name],
            href: hrefOf({ view: name }),
            isCurrent: name === view.view,
          }))}
        />
      </div>
      {view.view === 'table' ? (
        <TrendTable trend={trend} locale={locale} />
      ) : (
        <TrendChart trend={trend} locale={locale} title={title} onset={incident?.onsetAt ?? null} />
      )}
    </Figure>
  )
}

function PlacesFigure({ frame, snapshot, view }: ServicePageProps) {
  const { locale } = frame
  const words = locale.strings.places
  const { places, focus, service } = snapshot
  const measure = view.measure ?? defaultMeasure(places.country)
  const path = hrefIn(frame, `/s/${service.slug}`)
  const hrefOf = (changes: Partial<ServiceView>) => path + queryOf({ ...view, ...changes })
  const title = fill(words.mapTitle, { service: service.name })
  return (
    <Figure
      id="places"
      isLive
      title={places.country === null ? words.title : fill(words.titleIn, { place: locale.region(places.country) })}
      subtitle={
        places.country === null ? (
          words.unit
        ) : (
          <>
            <a href={hrefOf({ region: null, measure: null })}>{words.world}</a> › {locale.region(places.country)}.{' '}
            {words.unitIn}
          </>
        )
      }
      source={words.source}
      links={serviceFigureLinks('map', snapshot, view, frame)}
    >
      <Choices label={words.measure} choices={measureChoices(measure, locale, (name) => hrefOf({ measure: name }))} />
      {view.view === 'table' ? (
        <PlaceTable
          places={places}
          measure={measure}
          locale={locale}
          hrefOf={(region) => hrefOf({ region, measure: null })}
          hrefOfAll={null}
        />
      ) : (
        <>
          <MapLegend measure={measure} locale={locale} />
          <PlaceMap
            id="places-map"
            title={title}
            places={places}
            measure={measure}
            focus={view.region === null && view.view === 'chart' ? focus : null}
            locale={locale}
            hrefOf={(region) =>
              places.country === null ? hrefOf({ region, measure: null }) : hrefIn(frame, `/r/${region}`)
            }
            hrefOfAll={view.view === 'map' ? null : hrefOf({ view: 'map' })}
          />
        </>
      )}
    </Figure>
  )
}

/** The places that rose most, side by side on one scale. */
function Multiples({ frame, snapshot }: { frame: Frame; snapshot: ServiceSnapshot }) {
  const { locale } = frame
  const words = locale.strings.service
  const top = Math.max(...snapshot.multiples.map(({ trend }) => largestOf(trend)))
  const step = stepName(snapshot.trend.stepMs, locale)
  return (
    <Figure id="multiples" title={words.multiplesTitle} subtitle={fill(words.multiplesUnit, { step })} isLive>
      <ul class="multiples">
        {snapshot.multiples.map(({ region, trend }) => (
          <li>
            <h3>{locale.place(region)}</h3>
            {raw(drawTrend(trend, locale, { title: locale.place(region), sharedTop: top }))}
          </li>
        ))}
      </ul>
    </Figure>
  )
}

function Official({ frame, snapshot }: { frame: Frame; snapshot: ServiceSnapshot }) {
  const { locale } = frame
  const words = locale.strings.service
  const { service, providerUpdates } = snapshot
  return (
    <Figure id="official" title={fill(words.officialTitle, { service: service.name })}>
      {providerUpdates.length > 0 ? (
        <ul class="rows">
          {providerUpdates.map((update) => (
            <li>
              <p class="subtitle">
                <Instant at={update.at.getTime()} locale={locale} />
              </p>
              <p dir="auto">{update.text}</p>
              {update.sourceUrl && (
                <p class="link-row">
                  <a href={update.sourceUrl} rel="noopener nofollow">
                    {new URL(update.sourceUrl).hostname}
                  </a>
                </p>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p class="subtitle">{service.statusPage ? words.officialNothing : words.officialNone}</p>
      )}
      <p class="link-row">
        {service.statusPage && (
          <a href={service.statusPage} rel="noopener nofollow">
            {words.officialPage}
          </a>
        )}
        <a href={service.homepage} rel="noopener nofollow">
          {words.homepage}
        </a>
      </p>
    </Figure>
  )
}
