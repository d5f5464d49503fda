import { raw } from 'hono/html'
import type { Category } from '../../src/service/service.ts'
import { drawSparkline } from '../charts/draw-sparkline.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import { Finder } from './finder.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { IncidentRows } from './incident-rows.tsx'
import { Kicker } from './kicker.tsx'
import { Layout } from './layout.tsx'
import type { IncidentSummary } from './service-snapshot.ts'
import { type ServiceState, StatePill } from './state-pill.tsx'
import { Instant } from './text.tsx'

/** A service in a list, with what is said of it now. */
export interface ServiceRow {
  slug: string
  name: string
  state: ServiceState
  /** Reporters in the last hour; `null` where it is not told. */
  count: number | null
  /** count / expected; `null` where almost nothing is expected. */
  ratio: number | null
  /** Places that carry most of it, largest first. */
  regions: string[]
  isWorldwide: boolean
  /** Estimated begin of the rise. */
  onsetAt: number | null
  /** Name of the service whose incident probably explains this one. */
  spillOverOf: string | null
  /** The last 24 hours in bins of one width. */
  sparkline: { counts: (number | null)[]; upper: (number | null)[] } | null
}

export interface HomeSnapshot {
  asOf: number
  /** Whether anybody listens, and has for long enough that silence says something. */
  isWatched: boolean
  /** Whether anyone has ever reported here. */
  hasReports: boolean
  /** Down first, then suspected, each by how far it is above its usual level. */
  problems: ServiceRow[]
  /** Incidents that ended in the last 24 hours, newest first. */
  ended: IncidentSummary[]
  /** The catalogue, by category in the order of the page. */
  categories: { category: Category; services: { slug: string; name: string; state: ServiceState }[] }[]
  /** What the search found; `null` without a query. */
  search: { query: string; found: ServiceRow[] } | null
}

/** `/`: find a service, see what is wrong now, and all that is followed. */
export function HomePage({ frame, snapshot }: { frame: Frame; snapshot: HomeSnapshot }) {
  const { locale } = frame
  const words = locale.strings.home
  const { search, problems, ended, categories, hasReports, isWatched } = snapshot
  const all = categories.reduce((sum, { services }) => sum + services.length, 0)
  return (
    <Layout
      frame={frame}
      title={`Outcry: ${locale.strings.site.tagline}`}
      description={words.description}
      feed="/feed.atom"
      islands={['live.js', 'finder.js']}
      hasSearch={false}
    >
      <div
        data-live="verdict"
        data-poll="/v1/services?state=down&limit=100"
        data-state={problems.map(({ slug }) => slug).join(' ')}
      >
        <Kicker asOf={snapshot.asOf} locale={locale} />
        <h1>{words.title}</h1>
      </div>
      <Finder frame={frame} query={search?.query ?? ''} isLive />
      <div class="finder-results" aria-live="polite" data-none={words.noResults}>
        {search && <Found frame={frame} search={search} />}
      </div>
      <section class="section" id="now" aria-labelledby="now-title" data-live="now">
        <h2 id="now-title">{words.now}</h2>
        {!hasReports ? (
          <Calm title={words.empty} more={words.emptyMore} state="unknown" locale={locale} />
        ) : problems.length === 0 && !isWatched ? (
          <Calm title={words.away} more={locale.strings.service.awayWhy} state="unknown" locale={locale} />
        ) : problems.length === 0 ? (
          <Calm title={words.calm} more={locale.plural(words.calmMore, all)} state="ok" locale={locale} />
        ) : (
          <>
            {!isWatched && <p class="notice">{locale.strings.service.awayWhy}</p>}
            <p class="subtitle">{locale.plural(words.above, problems.length, { all: locale.number(all) })}</p>
            <ServiceRows rows={problems} frame={frame} />
          </>
        )}
      </section>
      {ended.length > 0 && (
        <section class="section" aria-labelledby="ended-title">
          <h2 id="ended-title">{words.recent}</h2>
          <IncidentRows incidents={ended} frame={frame} hasService />
        </section>
      )}
      <section class="section" aria-labelledby="all-title">
        <h2 id="all-title">{words.all}</h2>
        <div class="categories">
          {categories.map(({ category, services }) => (
            <details>
              <summary>
                {locale.strings.category[category]}
                <span>{locale.number(services.length)}</span>
              </summary>
              <ul>
                {services.map(({ slug, name, state }) => (
                  <li>
                    <a href={hrefIn(frame, `/s/${slug}`)}>
                      {name}
                      {(state === 'down' || state === 'suspected') && <StatePill state={state} locale={locale} />}
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </div>
      </section>
    </Layout>
  )
}

function Calm({ title, more, state, locale }: { title: string; more: string; state: ServiceState; locale: Locale }) {
  return (
    <div class="calm">
      <div>
        <h3>{title}</h3>
        <p class="subtitle">{more}</p>
      </div>
      <StatePill state={state} locale={locale} />
    </div>
  )
}

function Found({ frame, search }: { frame: Frame; search: NonNullable<HomeSnapshot['search']> }) {
  const { locale } = frame
  const words = locale.strings.home
  const { query, found } = search
  return (
    <section class="section" aria-labelledby="found-title">
      <h2 id="found-title">{fill(words.resultsFor, { query })}</h2>
      <p class="subtitle">{found.length === 0 ? words.noResults : locale.plural(words.results, found.length)}</p>
      <ServiceRows rows={found} frame={frame} />
    </section>
  )
}

/** Services with what is said of them now, where, and their last day as a line. */
export function ServiceRows({ rows, frame }: { rows: ServiceRow[]; frame: Frame }) {
  const { locale } = frame
  return (
    <ul class="rows">
      {rows.map((row) => (
        <li class="problem-row">
          <div>
            <h3>
              <a href={hrefIn(frame, `/s/${row.slug}`)}>{row.name}</a>
            </h3>
            <p>
              {factsOf(row, locale).join(', ')}
              {row.onsetAt !== null && (
                <>
                  {' · '}
                  <Since at={row.onsetAt} locale={locale} />
                </>
              )}
            </p>
          </div>
          {row.sparkline && raw(drawSparkline({ ...row.sparkline, isDown: row.state === 'down' }))}
          <StatePill state={row.state} locale={locale} />
        </li>
      ))}
    </ul>
  )
}

function Since({ at, locale }: { at: number; locale: Locale }) {
  const [before = '', after = ''] = locale.strings.home.since.split('{time}')
  return (
    <>
      {before}
      <Instant at={at} locale={locale} form="clock" />
      {after}
    </>
  )
}

function factsOf(row: ServiceRow, locale: Locale): string[] {
  const words = locale.strings.home
  const count = row.count === null ? '' : locale.plural(words.rowCount, row.count)
  if (row.state === 'unknown' || row.state === 'ok')
    return [row.count === 0 && row.state === 'ok' ? words.rowUsual : row.count === 0 ? '' : count].filter(Boolean)
  return [
    row.ratio !== null ? fill(words.rowTimes, { times: locale.multiple(row.ratio) }) : count,
    row.isWorldwide ? words.worldwide : locale.list(row.regions.slice(0, 2).map(locale.region)),
    row.spillOverOf ? fill(words.because, { service: row.spillOverOf }) : '',
  ].filter(Boolean)
}
