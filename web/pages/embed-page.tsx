import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { type Frame, hrefIn } from './frame.ts'

export const EMBED_KINDS = ['chart', 'map', 'badge'] as const
export const EMBED_THEMES = ['auto', 'light', 'dark'] as const

export interface EmbedView {
  /** What it is of: `/s/slug` or `/i/id`. */
  subject: string
  /** Name of the service. */
  name: string
  kind: (typeof EMBED_KINDS)[number]
  theme: (typeof EMBED_THEMES)[number]
  title: string
}

/** The picture's path without its ending and theme. */
function picturePath({ subject, kind }: EmbedView): string {
  if (kind === 'badge') return `/badge${subject.slice(2)}`
  if (subject.startsWith('/i/')) return `${subject}/trend`
  return kind === 'map' ? `${subject}/map` : subject
}

/** `/embed/{slug}`: one picture with a link back, that works without script and asks its host for the height it needs. */
export function EmbedPage({ view, frame }: { view: EmbedView; frame: Frame }) {
  const { locale } = frame
  const words = recordStrings[locale.language].embed
  const target = hrefIn(frame, view.subject)
  return (
    <Bare frame={frame} title={view.title} canonical={frame.origin + target} island="embed.js">
      <main class="embed">
        <h1 class="hidden-text">{view.title}</h1>
        <a href={target} target="_blank" rel="noopener">
          <EmbedPicture view={view} frame={frame} />
        </a>
        <p class="embed-foot">
          <a href={target} target="_blank" rel="noopener">
            {fill(words.more, { service: view.name })}
          </a>
          <span>outcry · CC BY 4.0</span>
        </p>
      </main>
    </Bare>
  )
}

export function EmbedPicture({ view, frame }: { view: EmbedView; frame: Frame }) {
  const path = hrefIn(frame, picturePath(view))
  if (view.kind === 'badge') return <img src={`${picturePath(view)}.svg`} alt={view.title} />
  const file = (look: 'light' | 'dark', isNarrow: boolean) => `${path}.svg?theme=${look}${isNarrow ? '&width=480' : ''}`
  const look = view.theme === 'dark' ? 'dark' : 'light'
  return (
    <picture>
      {view.theme === 'auto' && (
        <>
          <source media={`${NARROW} and (prefers-color-scheme: dark)`} srcset={file('dark', true)} />
          <source media="(prefers-color-scheme: dark)" srcset={file('dark', false)} />
        </>
      )}
      <source media={NARROW} srcset={file(look, true)} />
      <img class="embed-picture" src={file(look, false)} alt={view.title} width="960" height="540" />
    </picture>
  )
}

/** There a picture of the whole width would have letters too small to read. */
const NARROW = '(max-width: 40rem)'

function Bare(props: { frame: Frame; title: string; canonical: string; island: string; children?: Child }) {
  const { frame, title, canonical, island } = props
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={frame.locale.language} dir={frame.locale.direction} class="plain-font">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title}</title>
          <meta name="description" content={recordStrings[frame.locale.language].embed.description} />
          <link rel="canonical" href={canonical} />
          <link rel="icon" href={frame.asset('icon.svg')} type="image/svg+xml" />
          <link rel="stylesheet" href={frame.asset('outcry.css')} />
          <script type="module" src={frame.asset(island)} />
        </head>
        <body>{props.children}</body>
      </html>
    </>
  )
}

/** Path and query of the frame itself. */
export function embedPath({ subject, kind, theme }: EmbedView, frame: Frame): string {
  const query = [kind === 'chart' ? '' : `kind=${kind}`, theme === 'auto' ? '' : `theme=${theme}`]
  const text = query.filter(Boolean).join('&')
  const path = hrefIn(frame, `/embed${subject.startsWith('/s/') ? subject.slice(2) : subject}`)
  return `${path}${text && `?${text}`}`
}

/** The code that somebody puts on their page. */
export function embedCode(view: EmbedView, frame: Frame): { frame: string; picture: string } {
  const title = view.title.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  const src = frame.origin + embedPath(view, frame).replaceAll('&', '&amp;')
  const isBadge = view.kind === 'badge'
  const picture = `${frame.origin}${isBadge ? '' : hrefIn(frame, '').replace(/^\/$/, '')}${picturePath(view)}.${isBadge ? 'svg' : 'png'}`
  return {
    frame: `<iframe src="${src}" title="${title}" width="100%" height="${isBadge ? 80 : 480}" loading="lazy" style="border:0"></iframe>`,
    picture: `<a href="${frame.origin}${hrefIn(frame, view.subject)}"><img src="${picture}" alt="${title}"${isBadge ? '' : ' width="960"'}></a>`,
  }
}
