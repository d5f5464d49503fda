import { gapsIn, type Window } from '../count/queries.ts'
import { readTimeseries } from '../count/read-timeseries.ts'
import { STEP_MS, type Timeseries } from '../count/timeseries.ts'
import type { IncidentUpdate } from '../incident/incident.ts'
import type { Ports } from '../ports.ts'
import type { ErrorType } from '../report/error-type.ts'
import type { Run } from '../storage/database.ts'
import type { IncidentRecord } from './incident-record.ts'
import { type ChartWindow, windowOfIncident } from './incident-window.ts'
import { loadRecord } from './load-record.ts'
import { keptWidths, type SnapshotRow, snapshotsOfIncident } from './queries.ts'

/** Small drawings beside the large one. */
const MOST_REGIONS = 9

/** All numbers of an incident's page, read for one moment. */
export interface IncidentView {
  record: IncidentRecord
  timeline: IncidentUpdate[]
  statusPage: string | null
  world: Timeseries
  /** Places that carry the rise, most first, in wider steps: their counts are smaller. */
  regions: { region: string; series: Timeseries }[]
  types: { type: ErrorType; series: Timeseries }[]
  /** When nobody was listening: what tells a gap from a count that is kept back. */
  gaps: Window[]
  snapshots: Omit<SnapshotRow, 'content'>[]
}

type Needs = Pick<Ports, 'storage' | 'directory'> & { settings: Pick<Ports['settings'], 'retentionDays'> }

/** @throws AppError `not-found` */
export async function loadIncidentView(ports: Needs, id: string): Promise<IncidentView> {
  const { run } = ports.storage
  const { record, timeline, service } = await loadRecord(ports, id)
  const window = await windowWithData(run, service.id, windowOfIncident(record))
  const aligned = alignedTo({ ...window, step: window.step === '5m' ? '15m' : window.step })
  const isKept = record.reports === 0 || (await keptWidths(run, service.id, spanOf(window))).size > 0
  const read = async (region: string | null, errorType: ErrorType | null, frame: typeof window) => {
    const series = await readTimeseries(run, service, { region, errorType, ...frame })
    return isKept ? series : withoutCounts(series)
  }
  const regions: IncidentView['regions'] = []
  for (const { region } of record.regions.slice(0, MOST_REGIONS)) {
    const series = await read(region, null, aligned)
    // A place of which every count is kept back has nothing to draw.
    if (series.points.some(({ count }) => count !== null && count > 0)) regions.push({ region, series })
  }
  const types: IncidentView['types'] = []
  for (const { type } of record.errorTypes) types.push({ type, series: await read(null, type, aligned) })
  return {
    record,
    timeline,
    statusPage: service.statusPage?.url ?? null,
    world: await read(null, null, window),
    regions,
    types,
    gaps: await gapsIn(run, spanOf(aligned)),
    snapshots: await snapshotsOfIncident(run, id),
  }
}

/** In the finest steps, from the window's own on, for which there are counts. */
export async function windowWithData(run: Run, serviceId: number, window: ChartWindow): Promise<ChartWindow> {
  if (STEP_MS[window.step] > STEP_MS['15m']) return window
  const kept = await keptWidths(run, serviceId, spanOf(window))
  if (kept.has('minutes')) return window
  return alignedTo({ ...window, step: kept.has('quarters') || !kept.has('hours') ? '15m' : '1h' })
}

const spanOf = ({ from, until }: ChartWindow): Window => ({ fromMs: from.getTime(), untilMs: until.getTime() })

/** Where reports are on record and their counts are not, nothing was measured as far as a chart can tell: a gap, not a zero. */
function withoutCounts(series: Timeseries): Timeseries {
  return { ...series, points: series.points.map((point) => ({ ...point, count: null })) }
}

function alignedTo({ step, from, until }: ChartWindow): ChartWindow {
  const width = STEP_MS[step]
  return {
    step,
    from: new Date(Math.floor(from.getTime() / width) * width),
    until: new Date(Math.ceil(until.getTime() / width) * width),
  }
}
