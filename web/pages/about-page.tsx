import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'

/** `/about`: what this is, and where other people's data comes from. */
export function AboutPage({ frame }: { frame: Frame }) {
  const { about, site } = frame.locale.strings
  return (
    <Layout frame={frame} title={about.title} description={about.description}>
      <div class="prose">
        <h1>{about.title}</h1>
        {Object.values(about.paragraphs).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
        <p class="link-row">
          <a href={hrefIn(frame, '/methodology')}>{site.method}</a>
          <a href="/docs">{site.api}</a>
          <a href={hrefIn(frame, '/privacy')}>{site.privacy}</a>
        </p>
        <h2>{about.dataTitle}</h2>
        <ul>
          {Object.values(about.data).map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <p class="link-row">
          <a href="https://www.naturalearthdata.com/">Natural Earth</a>
          <a href="https://www.geonames.org/">GeoNames</a>
          <a href="https://db-ip.com/">IP Geolocation by DB-IP</a>
        </p>
      </div>
    </Layout>
  )
}
