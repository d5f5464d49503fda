import { fill, fillSpans, plainText, type Spans } from '../strings/spans.ts'
import { Figure } from './figure.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { type ServiceRow, ServiceRows } from './home-page.tsx'
import { Kicker } from './kicker.tsx'
import { Layout } from './layout.tsx'
import { MapLegend, PlaceMap } from './place-figure.tsx'
import { defaultMeasure } from './place-paint.ts'
import type { PlaceCounts } from './service-snapshot.ts'
import { Text } from './text.tsx'

export interface RegionSnapshot {
  asOf: number
  region: string
  /** Whether anybody listens, and has for long enough that silence says something. */
  isWatched: boolean
  /** Whether anyone has ever reported from here. */
  hasReports: boolean
  /** On all services in the last hour; `null` where hidden. */
  count: number | null
  /** Services with most reports from here, troubled ones first; counts are of this region. */
  services: ServiceRow[]
  /** A country's subdivisions; `null` for a subdivision, or a country without any. */
  places: PlaceCounts | null
}

/** `/r/{code}`: what troubles this place now. */
export function RegionPage({ frame, snapshot }: { frame: Frame; snapshot: RegionSnapshot }) {
  const { locale } = frame
  const words = locale.strings.region
  const { region, services, places, count } = snapshot
  const place = locale.place(region)
  const troubled = services.filter(({ state }) => state === 'down').length
  const headline: Spans = !snapshot.hasReports
    ? [fill(words.titleUnknown, { place })]
    : troubled === 0 && !snapshot.isWatched
      ? [fill(locale.strings.service.headlineAway, { service: place })]
      : troubled === 0
        ? [fill(words.titleNone, { place })]
        : [locale.plural(words.titleSome, troubled, { place })]
  return (
    <Layout
      frame={frame}
      title={plainText(headline)}
      description={fill(words.description, { place })}
      feed={`/feed.atom?region=${region}`}
    >
      <Kicker asOf={snapshot.asOf} locale={locale} />
      <h1 class="headline">
        <Text of={headline} />
      </h1>
      {snapshot.hasReports && !snapshot.isWatched && <p class="notice">{locale.strings.service.awayWhy}</p>}
      {snapshot.hasReports && count !== null && (
        <p class="lede">
          <Text
            of={fillSpans(words.lede, { reports: { strong: locale.plural(locale.strings.service.reports, count) } })}
          />
        </p>
      )}
      <Figure id="services" title={words.services} subtitle={fill(words.servicesUnit, { place })}>
        {services.length === 0 ? <p class="subtitle">{words.none}</p> : <ServiceRows rows={services} frame={frame} />}
      </Figure>
      {places && (
        <Figure
          id="places"
          title={fill(words.inside, { place })}
          subtitle={locale.strings.places.unitIn}
          source={locale.strings.places.source}
        >
          <MapLegend measure={defaultMeasure(region)} locale={locale} />
          <PlaceMap
            id="map"
            title={fill(words.inside, { place })}
            places={places}
            measure={defaultMeasure(region)}
            locale={locale}
            hrefOf={(code) => hrefIn(frame, `/r/${code}`)}
            hrefOfAll={null}
          />
        </Figure>
      )}
      <p class="link-row">
        {region.includes('-') && (
          <a href={hrefIn(frame, `/r/${region.slice(0, 2)}`)}>{locale.region(region.slice(0, 2))}</a>
        )}
        <a href={hrefIn(frame, '/map')}>{locale.strings.places.world}</a>
      </p>
    </Layout>
  )
}
