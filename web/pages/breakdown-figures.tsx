import { raw } from 'hono/html'
import { ERROR_TYPES } from '../../src/report/error-type.ts'
import { drawBar, drawInterval } from '../charts/draw-bars.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import { Figure } from './figure.tsx'
import type { ServiceSnapshot } from './service-snapshot.ts'

function Bars({
  rows,
  locale,
  inEnglish = false,
}: {
  rows: { label: string; count: number }[]
  locale: Locale
  inEnglish?: boolean
}) {
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  const longest = Math.max(...rows.map(({ count }) => count))
  return (
    <ul class="bars">
      {rows.map(({ label, count }) => (
        <li>
          <span lang={inEnglish && locale.language !== 'en' ? 'en' : undefined}>{label}</span>
          <span class="number" title={locale.number(count)}>
            {locale.percent(count / total)}
          </span>
          {raw(drawBar(count, longest))}
        </li>
      ))}
    </ul>
  )
}

/** What people say is wrong, by kind of failure, and by part where they named one. */
export function BreakdownFigures({ snapshot, locale }: { snapshot: ServiceSnapshot; locale: Locale }) {
  const words = locale.strings.service
  const types = ERROR_TYPES.flatMap((type) => {
    const count = snapshot.errorTypes[type] ?? 0
    return count > 0 ? [{ label: locale.strings.errorType[type], count }] : []
  }).sort((a, b) => b.count - a.count)
  const total = types.reduce((sum, { count }) => sum + count, 0)
  const named = snapshot.features.reduce((sum, { count }) => sum + count, 0)
  return (
    <div class="two-columns">
      <Figure
        id="what"
        isLive
        title={words.whatTitle}
        subtitle={total > 0 ? locale.plural(words.whatUnit, total) : words.whatNone}
      >
        {total > 0 && <Bars rows={types} locale={locale} />}
      </Figure>
      <div>
        <VotesFigure snapshot={snapshot} locale={locale} />
        {named > 0 && (
          <Figure id="parts" title={words.featureTitle} subtitle={locale.plural(words.featureUnit, named)}>
            <Bars
              rows={snapshot.features.map(({ feature, count }) => ({ label: feature, count }))}
              locale={locale}
              inEnglish
            />
          </Figure>
        )}
      </div>
    </div>
  )
}

function VotesFigure({ snapshot, locale }: { snapshot: ServiceSnapshot; locale: Locale }) {
  const words = locale.strings.service
  const { problems, works, affected } = snapshot.votes
  if (affected === null)
    return (
      <Figure
        id="votes"
        isLive
        title={words.votesTitleFew}
        subtitle={locale.plural(words.votesFew, problems + works)}
      />
    )
  return (
    <Figure
      id="votes"
      isLive
      title={fill(words.votesTitle, { share: locale.percent(affected.share) })}
      subtitle={fill(words.votesUnit, {
        problems: locale.plural(words.votesProblems, problems),
        works: locale.plural(words.votesWorks, works),
        lower: locale.percent(affected.lower),
        upper: locale.percent(affected.upper),
      })}
    >
      {raw(drawInterval(affected))}
    </Figure>
  )
}
