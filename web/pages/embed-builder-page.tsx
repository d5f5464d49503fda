import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { EMBED_KINDS, EMBED_THEMES, EmbedPicture, type EmbedView, embedCode } from './embed-page.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'

/** `/embed?service=…`: choose, look, copy. */
export function EmbedBuilderPage({ view, frame }: { view: EmbedView; frame: Frame }) {
  const { locale } = frame
  const words = recordStrings[locale.language].embed
  const title = fill(words.title, { service: view.name })
  const code = embedCode(view, frame)
  return (
    <Layout frame={frame} title={title} description={words.description} isUnlisted>
      <h1>{title}</h1>
      <p class="subtitle">{words.description}</p>
      <form class="filters" method="get" action={hrefIn(frame, '/embed')}>
        <input type="hidden" name="service" value={view.subject.slice(3)} />
        <label>
          {words.kind}
          <select name="kind">
            {EMBED_KINDS.map((kind) => (
              <option value={kind} selected={kind === view.kind}>
                {words.kinds[kind]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.theme}
          <select name="theme">
            {EMBED_THEMES.map((theme) => (
              <option value={theme} selected={theme === view.theme}>
                {words.themes[theme]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button">
          {words.preview}
        </button>
      </form>
      <section class="section" aria-labelledby="preview-title">
        <h2 id="preview-title">{words.preview}</h2>
        <EmbedPicture view={view} frame={frame} />
      </section>
      <section class="section" aria-labelledby="code-title">
        <h2 id="code-title">{words.code}</h2>
        <pre class="code" dir="ltr" tabindex={0}>
          {code.frame}
        </pre>
        <p class="subtitle">{words.note}</p>
        <h3>{words.picture}</h3>
        <pre class="code" dir="ltr" tabindex={0}>
          {code.picture}
        </pre>
      </section>
    </Layout>
  )
}
