import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { EMBED_KINDS, EMBED_THEMES, EmbedPicture, type EmbedView, embedCode, embedPath } from './embed-page.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'

/** What the builder was asked for, and what that is. */
export interface EmbedBuild {
  /** What was typed; empty at first. */
  asked: string
  kind: EmbedView['kind']
  theme: EmbedView['theme']
  /** `null` where nothing was asked for, or nothing is known by that name. */
  view: EmbedView | null
  /** Services that may have been meant as well. */
  others: { slug: string; name: string }[]
}

/** The builder's own address: defaults left out, keys sorted. */
export function embedBuildPath({ asked, kind, theme }: Pick<EmbedBuild, 'asked' | 'kind' | 'theme'>): string {
  const pairs = [
    kind === 'chart' ? '' : `kind=${kind}`,
    asked && `service=${encodeURIComponent(asked)}`,
    theme === 'auto' ? '' : `theme=${theme}`,
  ].filter(Boolean)
  return `/embed${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`
}

/** `/embed`: search, choose, look, copy. A plain form; the browser's script sends it while one types and chooses. */
export function EmbedBuilderPage({ build, frame }: { build: EmbedBuild; frame: Frame }) {
  const { locale } = frame
  const { view, others, asked } = build
  const words = recordStrings[locale.language].embed
  const title = view === null ? words.titleAny : fill(words.title, { service: view.name })
  return (
    <Layout frame={frame} title={title} description={words.description} islands={['embed-builder.js']}>
      <header class="page-head">
        <h1 data-renew="title">{title}</h1>
        <p>{words.description}</p>
      </header>
      <Form build={build} frame={frame} />
      <div data-renew="result" aria-live="polite">
        {asked !== '' && view === null && (
          <p class="notice">{fill(recordStrings[locale.language].compare.unknown, { names: asked })}</p>
        )}
        {others.length > 0 && (
          <p class="link-row">
            <span>{words.others}</span>
            {others.map(({ slug, name }) => (
              <a href={hrefIn(frame, embedBuildPath({ ...build, asked: slug }))}>{name}</a>
            ))}
          </p>
        )}
        {view !== null && <Result view={view} frame={frame} />}
      </div>
    </Layout>
  )
}

function Form({ build, frame }: { build: EmbedBuild; frame: Frame }) {
  const { locale } = frame
  const words = recordStrings[locale.language].embed
  const row = <Name extends string>(name: string, label: string, chosen: Name, texts: Record<Name, string>) => (
    <fieldset class="choice-set">
      <legend>{label}</legend>
      {(Object.entries(texts) as [Name, string][]).map(([value, text]) => (
        <label class="choice">
          <input type="radio" name={name} value={value} checked={value === chosen} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
  return (
    <form class="embed-form" method="get" action={hrefIn(frame, '/embed')} data-embed>
      <label class="embed-service">
        {locale.strings.home.which}
        <input
          type="search"
          name="service"
          value={build.view?.subject.startsWith('/s/') ? build.view.name : build.asked}
          placeholder={locale.strings.home.example}
          autocomplete="off"
          spellcheck={false}
          maxlength={100}
        />
      </label>
      {row('kind', words.kind, build.kind, pick(EMBED_KINDS, words.kinds))}
      {row('theme', words.theme, build.theme, pick(EMBED_THEMES, words.themes))}
      <button type="submit" class="button">
        {words.preview}
      </button>
    </form>
  )
}

const pick = <Name extends string>(names: readonly Name[], texts: Record<Name, string>) =>
  Object.fromEntries(names.map((name) => [name, texts[name]])) as Record<Name, string>

function Result({ view, frame }: { view: EmbedView; frame: Frame }) {
  const words = recordStrings[frame.locale.language].embed
  const code = embedCode(view, frame)
  return (
    <>
      <section class="section" aria-labelledby="preview-title">
        <h2 id="preview-title">{words.preview}</h2>
        <div class={`embed-stage embed-stage-${view.theme}`}>
          <EmbedPicture view={view} frame={frame} />
        </div>
        <p class="link-row">
          <a href={embedPath(view, frame)}>{words.alone}</a>
          <a href={hrefIn(frame, view.subject)}>{fill(words.more, { service: view.name })}</a>
        </p>
      </section>
      <section class="section" aria-labelledby="code-title">
        <h2 id="code-title">{words.code}</h2>
        <Code id="code-frame" text={code.frame} words={words} />
        <p class="subtitle">{words.note}</p>
        <h3>{words.picture}</h3>
        <Code id="code-picture" text={code.picture} words={words} />
      </section>
    </>
  )
}

/** Code to take along; the button appears where a script can copy. */
function Code({ id, text, words }: { id: string; text: string; words: { copy: string; copied: string } }) {
  return (
    <div class="code-block">
      <pre class="code" dir="ltr" tabindex={0} id={id}>
        {text}
      </pre>
      <button type="button" class="button button-small" hidden data-copy={id} data-done={words.copied}>
        {words.copy}
      </button>
    </div>
  )
}
