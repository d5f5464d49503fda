import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import { ERROR_TYPES } from '../report/error-type.ts'

const instant = { type: 'string', format: 'date-time' }
const count = (description: string) => ({ type: 'integer', minimum: 0, description })
const kept = (description: string) => ({
  type: ['integer', 'null'],
  minimum: SMALLEST_SHOWN,
  description: `${description}; null where fewer than ${SMALLEST_SHOWN}, or none`,
})

/** JSON Schema of the lines of the archive's NDJSON files. */
export const ARCHIVE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Outcry archive',
  description: `Counts of a UTC day by service, region and quarter of an hour, and the incidents that were noticed in it. Rows of region "world" are whole. Of other regions, counts below ${SMALLEST_SHOWN} are kept back, and a region whose counts all are small has no row, just as one without reports.`,
  $defs: {
    'counts.ndjson': {
      type: 'object',
      required: ['service', 'region', 't', 'reporters', 'ok'],
      properties: {
        service: { type: 'string', description: 'slug' },
        region: { type: 'string', description: 'world, ISO 3166-1 country or ISO 3166-2 subdivision' },
        t: { ...instant, description: 'start of the quarter of an hour' },
        reporters: kept('people who reported a problem, each once per half hour'),
        ok: kept('votes that it works'),
        late: { type: ['integer', 'null'], description: 'reports sent later than seen; world only' },
        networks: { type: ['integer', 'null'], description: 'networks not heard from before; world only' },
        weight: { type: ['integer', 'null'], description: 'weighted reporters in thousandths; world only' },
        errorTypes: {
          type: ['object', 'null'],
          description: 'reporters by error type; world only',
          properties: Object.fromEntries(ERROR_TYPES.map((type) => [type, count(type)])),
        },
        expected: {
          type: ['object', 'null'],
          description: 'what the baseline foresaw, with its 95 % band',
          properties: { mean: { type: 'number' }, lower: { type: 'number' }, upper: { type: 'number' } },
        },
      },
    },
    'incidents.ndjson': {
      type: 'object',
      description: 'as /v1/incidents/{id} answers; shares of regions in hundredths, small ones left out',
      required: ['id', 'service', 'status', 'class', 'severity', 'onsetAt', 'openedAt', 'reports', 'timeline'],
      properties: { id: { type: 'string' }, service: { type: 'string' }, onsetAt: instant, openedAt: instant },
    },
    'services.ndjson': {
      type: 'object',
      required: ['slug', 'name', 'category', 'homepage'],
      properties: { slug: { type: 'string' }, name: { type: 'string' }, homepage: { type: 'string' } },
    },
  },
} as const
