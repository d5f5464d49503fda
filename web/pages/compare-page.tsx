import { raw } from 'hono/html'
import { STEP_MS } from '../../src/count/timeseries.ts'
import type { Comparison } from '../../src/record/load-comparison.ts'
import { drawTrend } from '../charts/draw-trend.ts'
import { totalOf } from '../charts/trend.ts'
import {
  comparedName,
  comparedTrend,
  comparisonFigure,
  comparisonQuery,
  comparisonTitle,
  comparisonUnit,
  drawComparison,
  topOf,
} from '../record/comparison.ts'
import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { Choices } from './choices.tsx'
import { Figure } from './figure.tsx'
import { fileLinks } from './figure-links.ts'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'

/** `/compare`: up to five services, regions of one, or incidents, on one scale. */
export function ComparePage({
  comparison,
  frame,
  methodVersion,
}: {
  comparison: Comparison
  frame: Frame
  methodVersion: string
}) {
  const { locale } = frame
  const { query, compared, unknown, suggested } = comparison
  const words = recordStrings[locale.language].compare
  const title = comparisonTitle(comparison, locale)
  const top = topOf(comparison)
  const { figure } = comparisonFigure(comparison, locale, methodVersion)
  return (
    <Layout frame={frame} title={title} description={words.description} current="incidents">
      <header class="page-head">
        <h1>{compared.length === 0 ? title : words.title}</h1>
        <p>{words.description}</p>
      </header>
      <form class="filters no-print" method="get" action={hrefIn(frame, '/compare')}>
        <label>
          {words.services}
          <input name="services" value={query.services.join(', ')} placeholder={words.placeholder} autocomplete="off" />
        </label>
        <label>
          {words.regions}
          <input name="regions" value={query.regions.join(', ')} placeholder="DE, US-TX" autocomplete="off" />
        </label>
        {query.incidents.length > 0 && (
          <label>
            {words.incidents}
            <input name="incidents" value={query.incidents.join(', ')} autocomplete="off" />
          </label>
        )}
        <button type="submit" class="button">
          {words.show}
        </button>
      </form>
      <p class="subtitle no-print">{words.how}</p>
      {suggested.length > 0 && (
        <p class="link-row no-print">
          <span>{words.add}</span>
          {suggested.map(({ id, onsetAt, service }) => (
            <a href={hrefIn(frame, `/compare${comparisonQuery({ ...query, incidents: [...query.incidents, id] })}`)}>
              {service}, {locale.date(onsetAt)}
            </a>
          ))}
        </p>
      )}
      {unknown.length > 0 && <p class="notice">{fill(words.unknown, { names: locale.list(unknown) })}</p>}
      {compared.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Figure
          id="comparison"
          title={title}
          subtitle={comparisonUnit(comparison, locale)}
          source={figure.source}
          links={fileLinks(figure.path)}
        >
          <Choices
            label={words.scale}
            choices={(['count', 'ratio'] as const).map((scale) => ({
              text: words.scales[scale],
              href: hrefIn(frame, `/compare${comparisonQuery({ ...query, scale })}`),
              isCurrent: scale === query.scale,
            }))}
          />
          {raw(drawComparison(comparison, locale))}
          <Sums comparison={comparison} frame={frame} />
          <h3 class="compared-each">{words.each}</h3>
          <div class="multiples">
            {compared.map((one) => {
              const name = comparedName(one, locale)
              return (
                <div>
                  <h4>{name}</h4>
                  {raw(drawTrend(comparedTrend(one, query.scale), locale, { title: name, sharedTop: top }))}
                </div>
              )
            })}
          </div>
        </Figure>
      )}
    </Layout>
  )
}

function Sums({ comparison, frame }: { comparison: Comparison; frame: Frame }) {
  const { locale } = frame
  const words = recordStrings[locale.language].compare
  const { steps } = locale.strings.service
  const step = comparison.compared[0]!.series.step
  const name = step in steps ? steps[step as keyof typeof steps] : locale.duration(STEP_MS[step])
  return (
    <section class="table-scroll" aria-label={words.table}>
      <table class="numbers">
        <caption class="hidden-text">{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.sum}</th>
            <th scope="col">{fill(words.peak, { step: name })}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.compared.map((one) => {
            const { points } = comparedTrend(one, 'count')
            const isPartial = points.some(({ isHidden }) => isHidden)
            return (
              <tr>
                <th scope="row">{comparedName(one, locale)}</th>
                <td>{(isPartial ? '≥ ' : '') + locale.number(totalOf(points))}</td>
                <td>{locale.number(Math.max(0, ...points.map(({ count }) => count ?? 0)))}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
