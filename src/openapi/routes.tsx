import { Hono } from 'hono'
import packageJson from '../../package.json' with { type: 'json' }
import { DocsPage } from '../../web/pages/docs-page.tsx'
import { TIMESERIES_COLUMNS } from '../count/timeseries-columns.ts'
import { NoQuery } from '../feed/routes.ts'
import { HEATMAP_COLUMNS } from '../heatmap/heatmap-columns.ts'
import { csvMetadata } from '../http/csv-metadata.ts'
import { originOf } from '../http/origin.ts'
import { cached } from '../http/read-cache.ts'
import { parse } from '../http/validate.ts'
import { listIncidents, listSpikes } from '../incident/queries.ts'
import { frameOf } from '../page/page-frame.ts'
import { PAGE, pageHeaders } from '../page/page-headers.ts'
import type { Ports } from '../ports.ts'
import { buildDocument } from './document.ts'
import { type PresentThings, readDocs } from './read-docs.ts'

/** Changes with the program alone. */
const DOCUMENT = {
  freshMs: 60_000,
  staleMs: 600_000,
  cacheControl: 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400',
}

/** The API told to programs and to people: one document, from the schemas that validate. */
export const openapiRoutes = new Hono<{ Bindings: Ports }>()
  .get('/v1/openapi.json', cached(DOCUMENT), (c) => {
    parse(NoQuery, c.req.query())
    return c.json(buildDocument(originOf(c.env, c.req.url), packageJson.version))
  })
  .get('/v1/timeseries.csv-metadata.json', cached(DOCUMENT), (c) => {
    parse(NoQuery, c.req.query())
    return csvm(csvMetadata('Reports of a service over time', TIMESERIES_COLUMNS))
  })
  .get('/v1/heatmap.csv-metadata.json', cached(DOCUMENT), (c) => {
    parse(NoQuery, c.req.query())
    return csvm(csvMetadata('Reports by region', HEATMAP_COLUMNS))
  })
  .get('/.well-known/api-catalog', cached(DOCUMENT), (c) => {
    parse(NoQuery, c.req.query())
    const origin = originOf(c.env, c.req.url)
    const link = (path: string, type: string) => [{ href: origin + path, type }]
    return c.body(
      JSON.stringify({
        linkset: [
          {
            anchor: `${origin}/v1/`,
            'service-desc': link('/v1/openapi.json', 'application/openapi+json'),
            'service-doc': link('/docs', 'text/html'),
            'service-meta': link('/methodology', 'text/html'),
            status: link('/readyz', 'application/json'),
          },
        ],
      }),
      200,
      { 'content-type': 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"' },
    )
  })
  .get('/docs', pageHeaders, cached(PAGE), async (c) => {
    const origin = originOf(c.env, c.req.url)
    const document = buildDocument(origin, packageJson.version)
    const sections = readDocs(document, origin, await presentThings(c.env))
    const view = <DocsPage frame={frameOf(c.env, c.req.url, 'en')} sections={sections} version={packageJson.version} />
    return c.html(view)
  })

const csvm = (metadata: object) =>
  new Response(JSON.stringify(metadata), { headers: { 'content-type': 'application/csvm+json' } })

async function presentThings({ directory, storage }: Pick<Ports, 'directory' | 'storage'>): Promise<PresentThings> {
  const latest = { service: null, region: null, status: 'all', since: null, after: null, limit: 1 } as const
  const services = await directory.all()
  const [incident] = await listIncidents(storage.run, latest)
  const [spike] = await listSpikes(storage.run, latest)
  return {
    slug: (services.find(({ slug }) => slug === 'exchange-online') ?? services[0])?.slug ?? null,
    spike: spike?.id ?? null,
    incident: incident?.id ?? null,
  }
}
