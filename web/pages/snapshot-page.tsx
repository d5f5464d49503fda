import type { ReadSnapshot } from '../../src/record/read-snapshot.ts'
import { frozenOnset, frozenTrend, snapshotFigure } from '../record/snapshot-figure.ts'
import { correctionSentences } from '../record/write-brief.ts'
import { recordStrings } from '../strings/records.ts'
import { fillSpans } from '../strings/spans.ts'
import { Citation } from './citation.tsx'
import { Figure } from './figure.tsx'
import { fileLinks } from './figure-links.ts'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'
import { Text } from './text.tsx'
import { TrendChart } from './trend-figure.tsx'

/** `/snapshots/{id}`: what was frozen, what proves it, and beside it what was corrected since. */
export function SnapshotPage({ snapshot, frame }: { snapshot: ReadSnapshot; frame: Frame }) {
  const { content, hash, id, takenAt, laterCorrections, isReopenedSince } = snapshot
  const { locale, origin } = frame
  const words = recordStrings[locale.language]
  const text = content.texts[locale.language] ?? content.texts.en!
  const { figure } = snapshotFigure(id, content, locale)
  const time = (at: number) => ({ at, text: `${locale.dateTime(at)} ${locale.zoneName}`, form: 'dateTime' }) as const
  const later = correctionSentences(laterCorrections, locale.language)
  return (
    <Layout
      frame={frame}
      title={text.headline}
      description={text.safe}
      picture={`/snapshots/${id}.png`}
      current="incidents"
    >
      <article class="record">
        <header class="page-head">
          <p class="kicker">
            <Text of={fillSpans(words.snapshot.kicker, { time: time(takenAt) })} />
          </p>
          <h1>{text.headline}</h1>
          <p>
            <Text
              of={fillSpans(words.snapshot.what, {
                time: time(Date.parse(content.asOf)),
                version: content.methodVersion,
              })}
            />
          </p>
        </header>
        <section class="section corrections" aria-labelledby="later-title">
          <h2 id="later-title">{words.snapshot.later}</h2>
          {later.length === 0 && !isReopenedSince && <p>{words.snapshot.laterNone}</p>}
          {isReopenedSince && <p>{words.snapshot.laterReopened}</p>}
          {later.map((sentence) => (
            <p>{sentence}</p>
          ))}
          {content.incidentId !== null && (
            <p>
              <a href={hrefIn(frame, `/i/${content.incidentId}`)}>{words.snapshot.current}</a>
            </p>
          )}
        </section>
        <Figure
          id="trend"
          title={text.headline}
          subtitle={figure.subtitle}
          source={figure.source}
          links={fileLinks(`/snapshots/${id}`).filter(({ text: ending }) => ending !== 'JSON')}
        >
          <TrendChart trend={frozenTrend(content)} locale={locale} title={text.headline} onset={frozenOnset(content)} />
        </Figure>
        <section class="section brief">
          {text.text.split('\n\n').map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </section>
        <section class="section" aria-labelledby="proof-title">
          <h2 id="proof-title">{words.incident.quote}</h2>
          <blockquote class="safe">{text.safe}</blockquote>
          <h3>{words.snapshot.hash}</h3>
          <p>
            <code class="hash">{hash}</code>
          </p>
          <p class="subtitle">{words.snapshot.verify}</p>
          <p class="link-row">
            <a href={`/snapshots/${id}.json`}>{words.snapshot.download}</a>
          </p>
          <h3>{words.incident.cite}</h3>
          <Citation
            locale={locale}
            citable={{
              id: `outcry-snapshot-${id}`,
              title: text.headline,
              url: `${origin}/snapshots/${id}`,
              issuedAt: Date.parse(content.asOf),
              accessedAt: null,
              version: content.methodVersion,
            }}
          />
        </section>
      </article>
    </Layout>
  )
}
