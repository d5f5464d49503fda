import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { Citation } from './citation.tsx'
import { embedBuildPath } from './embed-builder-page.tsx'
import type { FigureLink } from './figure.tsx'
import { fileLinks } from './figure-links.ts'
import { type Frame, hrefIn } from './frame.ts'
import type { ServiceSnapshot } from './service-snapshot.ts'
import { queryOf, type ServiceView } from './service-view.ts'

/** The files of a figure of a service page, with the way to embed and to cite it. */
export function serviceFigureLinks(
  kind: 'chart' | 'map',
  { service }: Pick<ServiceSnapshot, 'service'>,
  view: ServiceView,
  frame: Frame,
): FigureLink[] {
  const words = recordStrings[frame.locale.language].incident
  const path =
    kind === 'chart'
      ? `/s/${service.slug}${queryOf({ range: view.range, region: view.region })}`
      : `/s/${service.slug}/map${queryOf({ at: view.at, measure: view.measure, region: view.region })}`
  return [
    ...fileLinks(hrefIn(frame, path)),
    { text: words.embed, href: hrefIn(frame, embedBuildPath({ asked: service.slug, kind, theme: 'auto' })) },
    { text: words.cite, href: '#cite' },
  ]
}

/** How to cite a service page: the address of the page with the window that it shows. */
export function ServiceCitation({ snapshot, frame }: { snapshot: ServiceSnapshot; frame: Frame }) {
  const { locale, origin } = frame
  const { service, asOf, methodVersion } = snapshot
  return (
    <section class="section" id="cite" aria-labelledby="cite-title">
      <h2 id="cite-title">{recordStrings[locale.language].incident.cite}</h2>
      <Citation
        locale={locale}
        citable={{
          id: `outcry-service-${service.slug}`,
          title: titleOf(service.name, locale),
          url: origin + hrefIn(frame, `/s/${service.slug}`),
          issuedAt: asOf,
          accessedAt: asOf,
          version: methodVersion,
        }}
      />
    </section>
  )
}

const titleOf = (service: string, locale: Locale) => `${service}: ${locale.strings.service.trendTitle}`

/** Where oEmbed finds the frame of a page of ours. */
export function OembedLink({ url, title, origin }: { url: string; title: string; origin: string }) {
  return (
    <link
      rel="alternate"
      type="application/json+oembed"
      href={`${origin}/oembed?url=${encodeURIComponent(url)}`}
      title={title}
    />
  )
}
