import { readTimeseries } from '../count/read-timeseries.ts'
import type { Timeseries } from '../count/timeseries.ts'
import { METHOD_VERSION } from '../detection/detector.ts'
import type { Ports } from '../ports.ts'
import { CREDIT, LICENCE } from './cite.ts'
import type { IncidentRecord } from './incident-record.ts'
import type { ChartWindow } from './incident-window.ts'
import { loadIncidentView } from './load-incident-view.ts'
import { addSnapshot } from './queries.ts'
import { recordToWire, seriesToWire } from './record-wire.ts'
import { freeze, type SnapshotContent } from './snapshot.ts'

/** Places whose series are frozen beside the world's. */
const MOST_REGIONS = 8

/** What pages say, by language; handed in, since words belong to the pages. */
export type SnapshotTexts = SnapshotContent['texts']

export interface TakenSnapshot {
  id: string
  hash: string
  takenAt: Date
  isNew: boolean
}

type Needs = Pick<Ports, 'storage' | 'directory' | 'now'> & { settings: Pick<Ports['settings'], 'retentionDays'> }

/**
 * Freezes an incident: its record, its series, and what was said of it in every language.
 *
 * @throws AppError `not-found`
 */
export async function takeIncidentSnapshot(
  ports: Needs,
  incidentId: string,
  write: (record: IncidentRecord) => { title: string; texts: SnapshotTexts },
): Promise<TakenSnapshot> {
  const { record, world, regions } = await loadIncidentView(ports, incidentId)
  const series = [world, ...regions.slice(0, MOST_REGIONS).map((region) => region.series)]
  return store(ports, {
    ...frame(record.service, record.asOf, record.methodVersion),
    kind: 'incident',
    incidentId,
    ...write(record),
    record: recordToWire(record),
    series: series.map(seriesToWire),
  })
}

/** Freezes a service's chart. @throws AppError `unknown-service` */
export async function takeChartSnapshot(
  ports: Needs,
  { service: slug, region, window }: { service: string; region: string | null; window: ChartWindow },
  write: (series: Timeseries, name: string) => { title: string; texts: SnapshotTexts },
): Promise<TakenSnapshot> {
  const service = await ports.directory.require(slug)
  const series = await readTimeseries(ports.storage.run, service, { region, errorType: null, ...window })
  return store(ports, {
    ...frame(service, series.asOf.getTime(), METHOD_VERSION),
    kind: 'chart',
    incidentId: null,
    ...write(series, service.name),
    record: null,
    series: [seriesToWire(series)],
  })
}

function frame({ slug, name }: { slug: string; name: string }, asOf: number, methodVersion: string) {
  return {
    format: 'outcry-snapshot/1' as const,
    service: { slug, name },
    asOf: new Date(asOf).toISOString(),
    methodVersion,
    licence: LICENCE.spdx,
    credit: CREDIT,
  }
}

async function store(ports: Needs, content: SnapshotContent): Promise<TakenSnapshot> {
  const { id, hash, text } = await freeze(content)
  const takenAt = ports.now()
  const { kind, incidentId, methodVersion } = content
  const isNew = await addSnapshot(ports.storage.run, {
    id,
    takenAt: takenAt.getTime(),
    kind,
    service: content.service.slug,
    incidentId,
    hash,
    methodVersion,
    content: text,
  })
  return { id, hash, takenAt, isNew }
}
