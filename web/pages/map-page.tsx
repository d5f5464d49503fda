import { HOUR } from '../../src/time.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import { Choices } from './choices.tsx'
import { Figure } from './figure.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { Kicker } from './kicker.tsx'
import { Layout } from './layout.tsx'
import { MapLegend, measureChoices, PlaceMap } from './place-figure.tsx'
import { defaultMeasure } from './place-paint.ts'
import type { PlaceCounts } from './service-snapshot.ts'
import { queryOf, type ServiceView } from './service-view.ts'

export interface MapSnapshot {
  asOf: number
  /** `null` for all services together. */
  service: { slug: string; name: string } | null
  /** Services to choose from: those with trouble first. */
  choices: { slug: string; name: string }[]
  places: PlaceCounts
  focus: PlaceCounts | null
}

export interface MapPageProps {
  frame: Frame
  snapshot: MapSnapshot
  view: ServiceView
}

/** The path of the map in a view; the view of the map takes no range. */
function mapHref(frame: Frame, service: string | null, view: Partial<ServiceView>): string {
  const query = queryOf({ ...view, range: '24h', view: 'chart' })
  const chosen = service === null ? '' : `service=${service}`
  return hrefIn(frame, `/map${query || chosen ? '?' : ''}${[query.slice(1), chosen].filter(Boolean).join('&')}`)
}

/** `/map`: where things fail, by country and subdivision, hour by hour. */
export function MapPage({ frame, snapshot, view }: MapPageProps) {
  const { locale } = frame
  const words = locale.strings.places
  const { places, focus, service, asOf } = snapshot
  const measure = view.measure ?? defaultMeasure(places.country)
  const hrefOf = (changes: Partial<ServiceView>) => mapHref(frame, service?.slug ?? null, { ...view, ...changes })
  const title = service ? fill(locale.strings.map.titleOf, { service: service.name }) : locale.strings.map.title
  const unit =
    view.at === null
      ? places.country === null
        ? words.unit
        : words.unitIn
      : fill(words.unitAt, { time: locale.dateTime(places.from) })
  return (
    <Layout
      frame={frame}
      title={title}
      description={locale.strings.map.description}
      current="map"
      islands={['map-player.js']}
    >
      <Kicker asOf={asOf} locale={locale} />
      <h1>{title}</h1>
      <ServicePicker frame={frame} snapshot={snapshot} />
      <Figure
        id="places"
        title={places.country === null ? words.title : fill(words.titleIn, { place: locale.region(places.country) })}
        subtitle={
          places.country === null ? (
            unit
          ) : (
            <>
              <a href={hrefOf({ region: null, measure: null })}>{words.world}</a> › {locale.region(places.country)}.{' '}
              {unit}
            </>
          )
        }
        source={words.source}
        links={fileLinks(snapshot)}
      >
        <Choices label={words.measure} choices={measureChoices(measure, locale, (name) => hrefOf({ measure: name }))} />
        <MapLegend measure={measure} locale={locale} />
        <PlaceMap
          id="map"
          title={title}
          places={places}
          measure={measure}
          focus={view.region === null ? focus : null}
          locale={locale}
          hrefOf={(region) =>
            places.country === null ? hrefOf({ region, measure: null }) : hrefIn(frame, `/r/${region}`)
          }
          hrefOfAll={null}
        >
          <TimeSteps
            asOf={asOf}
            view={view}
            locale={locale}
            measure={measure}
            snapshot={snapshot}
            hrefOf={(at) => hrefOf({ at })}
          />
        </PlaceMap>
      </Figure>
    </Layout>
  )
}

function ServicePicker({ frame, snapshot }: { frame: Frame; snapshot: MapSnapshot }) {
  const words = frame.locale.strings.map
  return (
    <form class="finder no-print" method="get" action={hrefIn(frame, '/map')}>
      <label for="service">{words.which}</label>
      <div class="finder-row">
        <select id="service" name="service">
          <option value="">{words.all}</option>
          {snapshot.choices.map(({ slug, name }) => (
            <option value={slug} selected={slug === snapshot.service?.slug}>
              {name}
            </option>
          ))}
        </select>
        <button class="button" type="submit">
          {words.show}
        </button>
      </div>
    </form>
  )
}

/** Each hour of the last day as a link; the browser's script makes a slider of them. */
function TimeSteps(props: {
  asOf: number
  view: ServiceView
  locale: Locale
  measure: string
  snapshot: MapSnapshot
  hrefOf: (at: string | null) => string
}) {
  const { asOf, view, locale, measure, snapshot, hrefOf } = props
  const words = locale.strings.places
  const current = Math.floor(asOf / HOUR) * HOUR
  const hours = Array.from({ length: 24 }, (_, index) => current - (24 - index) * HOUR)
  return (
    <div
      class="time-steps"
      data-player={measure}
      data-country={snapshot.places.country ?? ''}
      data-service={snapshot.service?.slug ?? ''}
      data-play={words.play}
      data-pause={words.pause}
      data-hour={words.hour}
      data-now={words.now}
      data-suppressed={words.hiddenWhy}
    >
      <h3 id="steps">{words.earlier}</h3>
      <nav class="choices step-links" aria-labelledby="steps">
        {hours.map((hour) => {
          const at = `${new Date(hour).toISOString().slice(0, 16)}Z`
          return (
            <a href={hrefOf(at)} aria-current={view.at === at ? 'true' : undefined} data-hour={hour}>
              <time datetime={new Date(hour).toISOString()} data-form="time">
                {locale.time(hour)}
              </time>
            </a>
          )
        })}
        <a href={hrefOf(null)} aria-current={view.at === null ? 'true' : undefined}>
          {words.now}
        </a>
      </nav>
    </div>
  )
}

function fileLinks({ places, service }: MapSnapshot) {
  const query = [
    service ? `service=${service.slug}` : '',
    `from=${new Date(places.from).toISOString()}`,
    `to=${new Date(places.until).toISOString()}`,
    `level=${places.country === null ? 'country' : 'subdivision'}`,
    places.country ? `country=${places.country}` : '',
  ].filter(Boolean)
  return ['csv', 'json', 'geojson'].map((format) => ({
    text: format === 'geojson' ? 'GeoJSON' : format.toUpperCase(),
    href: `/v1/heatmap?${query.join('&')}&format=${format}`,
  }))
}
