import { raw } from 'hono/html'
import { CREDIT, LICENCE } from '../../src/record/cite.ts'
import { type Figure, figureMetadata } from '../../src/record/figure.ts'
import type { IncidentRecord } from '../../src/record/incident-record.ts'
import type { Brief } from '../record/write-brief.ts'

/** schema.org `Dataset` of an incident, by which search engines for data find it. */
export function datasetMarkup(figure: Figure, brief: Brief, record: IncidentRecord, origin: string) {
  const { files } = figureMetadata(figure, origin)
  const iso = (ms: number) => new Date(ms).toISOString()
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    name: brief.headline,
    description: brief.safe,
    url: `${origin}/i/${record.id}`,
    license: LICENCE.url,
    creator: { '@type': 'Organization', name: 'Outcry', url: origin },
    creditText: CREDIT,
    dateModified: iso(record.asOf),
    version: record.methodVersion,
    isAccessibleForFree: true,
    temporalCoverage: `${iso(record.onset.at)}/${record.endedAt === null ? '..' : iso(record.endedAt)}`,
    spatialCoverage: record.regions.map(({ region }) => region),
    variableMeasured: figure.columns.map(({ label, unit }) => (unit === null ? label : `${label} (${unit})`)),
    measurementTechnique: `${origin}/methodology`,
    distribution: [
      { '@type': 'DataDownload', encodingFormat: 'text/csv', contentUrl: files.csv },
      { '@type': 'DataDownload', encodingFormat: 'application/json', contentUrl: files.json },
    ],
  }
  // A closing tag inside a text would end the element.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return <script type="application/ld+json">{raw(json)}</script>
}
