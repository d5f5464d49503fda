import type { Trend } from '../charts/trend.ts'
import { fill } from '../strings/spans.ts'
import { Figure } from './figure.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { Kicker } from './kicker.tsx'
import { Layout } from './layout.tsx'
import { PLACE_GUESSED } from './report-page.tsx'
import type { WindowCount } from './service-snapshot.ts'
import { TrendChart, trendUnit } from './trend-figure.tsx'

/** What became of a report: counted, an "it works for me", an addition to an earlier one, or taken for later storing. */
export type Outcome = 'counted' | 'works' | 'again' | 'queued'

export interface ThanksSnapshot {
  asOf: number
  service: { slug: string; name: string; features: string[] }
  lastHour: WindowCount
  works: number
  onsetAt: number | null
  trend: Trend
}

export interface ThanksPageProps {
  frame: Frame
  snapshot: ThanksSnapshot
  outcome: Outcome
  /** The kind of failure that was reported, to be kept when a part is named. */
  errorType: string | null
  /** Public key of this instance for Web Push (base64url); `null` where it has none. */
  pushKey: string | null
}

/** `/s/{slug}/thanks`: one of how many, the chart, and what may be added. */
export function ThanksPage({ frame, snapshot, outcome, errorType, pushKey }: ThanksPageProps) {
  const { locale } = frame
  const words = locale.strings.thanks
  const { service, lastHour, works, trend } = snapshot
  const path = `/s/${service.slug}`
  const name = { service: service.name }
  // The page may have been made a moment before the report was counted.
  const sentence = {
    counted: locale.plural(words.counted, Math.max(1, lastHour.count), name),
    works: locale.plural(words.works, Math.max(1, works), name),
    again: fill(words.again, name),
    queued: words.queued,
  }[outcome]
  const title = fill(locale.strings.service.trendTitle, name)
  return (
    <Layout
      frame={frame}
      title={`${words.title} – ${service.name}`}
      description={sentence}
      islands={['chart.js', ...(pushKey ? ['push.js'] : [])]}
      hasPlainFont
      isUnlisted
      hasSearch={false}
    >
      <Kicker asOf={snapshot.asOf} locale={locale} />
      <h1>{words.title}</h1>
      <p class="lede" role="status">
        {sentence}
      </p>
      <div class="actions">
        <a class="button button-main" href={hrefIn(frame, path)}>
          {fill(words.see, name)}
        </a>
      </div>
      {outcome !== 'works' && (
        <section class="section" aria-labelledby="over">
          <h2 id="over">{words.over}</h2>
          <div class="actions">
            {pushKey && (
              <button
                class="button"
                type="button"
                hidden
                data-push={pushKey}
                data-service={service.slug}
                data-done={words.overDone}
                data-no={words.overNo}
              >
                {words.overPush}
              </button>
            )}
            <a class="button" href={`${path}/feed.atom`}>
              {words.overFeed}
            </a>
          </div>
        </section>
      )}
      {outcome !== 'works' && service.features.length > 0 && (
        <form method="post" action={hrefIn(frame, `${path}/report`)} class="section report-form">
          <h2>{words.which}</h2>
          <p class="subtitle">{words.whichMore}</p>
          <input type="hidden" name="errorType" value={errorType ?? 'feature'} />
          <input type="hidden" name="region" value={PLACE_GUESSED} />
          <div class="cards">
            {service.features.map((feature) => (
              <button
                class="card card-small"
                name="feature"
                value={feature}
                type="submit"
                lang={locale.language === 'en' ? undefined : 'en'}
              >
                {feature}
              </button>
            ))}
          </div>
        </form>
      )}
      <Figure id="trend" title={title} subtitle={trendUnit(trend, locale)}>
        <TrendChart trend={trend} locale={locale} title={title} onset={snapshot.onsetAt} />
      </Figure>
    </Layout>
  )
}
