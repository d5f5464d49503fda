import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { LANGUAGE_NAMES, LANGUAGES, localPath } from '../strings/language.ts'
import { fill, fillSpans } from '../strings/spans.ts'
import { type Frame, hrefIn } from './frame.ts'
import { Text } from './text.tsx'

export const LICENCE = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' }

export interface LayoutProps {
  frame: Frame
  title: string
  description: string
  children?: Child
  /** Scripts of this page by plain name, besides `page.js`. */
  islands?: string[]
  /** Path of the Atom feed that belongs to the page. */
  feed?: string
  /** The entry of the main navigation that this page is. */
  current?: 'map' | 'incidents' | 'method' | 'api'
  /** For pages that must open on the weakest line: the system's font. */
  hasPlainFont?: boolean
  /** Kept out of search engines, such as thank-you pages. */
  isUnlisted?: boolean
  /** Whether the header has a search field; the home page has its own. */
  hasSearch?: boolean
  /** A picture for link previews, as a path. */
  picture?: string
  /** More elements for the head. */
  head?: Child
}

/** The whole document around a page. */
export function Layout(props: LayoutProps) {
  const { frame, title, description, feed, hasPlainFont = false, isUnlisted = false } = props
  const { locale, origin, path } = frame
  const canonical = origin + hrefIn(frame, path)
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={locale.language} dir={locale.direction} class={hasPlainFont ? 'plain-font' : undefined}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title}</title>
          <meta name="description" content={description} />
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
          <meta name="theme-color" content="#14171b" media="(prefers-color-scheme: dark)" />
          {isUnlisted && <meta name="robots" content="noindex" />}
          <link rel="canonical" href={canonical} />
          {!isUnlisted &&
            LANGUAGES.map((language) => (
              <link rel="alternate" hreflang={language} href={origin + localPath(language, path)} />
            ))}
          {!isUnlisted && <link rel="alternate" hreflang="x-default" href={origin + path} />}
          {feed && <link rel="alternate" type="application/atom+xml" href={feed} title={title} />}
          <meta property="og:title" content={title} />
          <meta property="og:description" content={description} />
          <meta property="og:type" content="website" />
          <meta property="og:url" content={canonical} />
          {props.picture && <meta property="og:image" content={origin + hrefIn(frame, props.picture)} />}
          {!hasPlainFont && (
            <link rel="preload" href={frame.asset('inter.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
          )}
          <link rel="stylesheet" href={frame.asset('outcry.css')} />
          <link rel="icon" href={frame.asset('icon.svg')} type="image/svg+xml" />
          <link rel="manifest" href="/manifest.webmanifest" />
          {['page.js', ...(props.islands ?? [])].map((name) => (
            <script type="module" src={frame.asset(name)} />
          ))}
          {props.head}
        </head>
        <body>
          <a class="skip-link" href="#content">
            {locale.strings.site.skip}
          </a>
          <Masthead frame={frame} current={props.current} hasSearch={props.hasSearch ?? true} />
          <main id="content" class="column" tabindex={-1}>
            {props.children}
          </main>
          <Colophon frame={frame} feed={feed} />
        </body>
      </html>
    </>
  )
}

function Masthead({
  frame,
  current,
  hasSearch,
}: {
  frame: Frame
  current?: LayoutProps['current']
  hasSearch: boolean
}) {
  const words = frame.locale.strings.site
  const entries = [
    ['map', '/map'],
    ['incidents', '/incidents'],
    ['method', '/methodology'],
    ['api', '/docs'],
  ] as const
  return (
    <header class="masthead">
      <div class="column">
        <a class="brand" href={hrefIn(frame, '/')}>
          outcry
        </a>
        {hasSearch && (
          <search class="masthead-search">
            <form action={hrefIn(frame, '/')} method="get">
              <input
                type="search"
                name="query"
                aria-label={words.search}
                placeholder={words.search}
                autocomplete="off"
              />
            </form>
          </search>
        )}
        <nav aria-label={words.navigation}>
          <ul>
            {entries.map(([name, path]) => (
              <li>
                <a
                  href={name === 'api' ? path : hrefIn(frame, path)}
                  aria-current={name === current ? 'page' : undefined}
                >
                  {words[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  )
}

function Colophon({ frame, feed }: { frame: Frame; feed?: string | undefined }) {
  const { locale, path, origin } = frame
  const words = locale.strings.site
  const licence = { link: LICENCE.name, href: LICENCE.url }
  return (
    <footer class="colophon">
      <div class="column">
        <div>
          <p>
            <Text of={fillSpans(words.sources, { licence })} />
          </p>
          <p>{words.borders}</p>
          <p>
            <span data-zone={words.zone}>{fill(words.zone, { zone: locale.zoneName })}</span>{' '}
            <button
              type="button"
              class="zone-switch no-print"
              hidden
              data-utc={words.showUtc}
              data-local={words.showLocal}
            >
              {words.showUtc}
            </button>
          </p>
          <p class="print-only">{fill(words.printed, { url: origin + hrefIn(frame, path), time: '' })}</p>
        </div>
        <nav aria-label={words.languages}>
          <p class="link-row">
            <a href={hrefIn(frame, '/about')}>{words.about}</a>
            <a href={hrefIn(frame, '/privacy')}>{words.privacy}</a>
            <a href={feed ?? '/feed.atom'}>{words.feed}</a>
          </p>
          <p class="link-row">
            {LANGUAGES.map((language) => (
              <a
                href={localPath(language, path)}
                hreflang={language}
                lang={language}
                aria-current={language === locale.language ? 'true' : undefined}
              >
                {LANGUAGE_NAMES[language]}
              </a>
            ))}
          </p>
        </nav>
      </div>
    </footer>
  )
}
