import { gapsIn, type Window } from '../count/queries.ts'
import { readTimeseries } from '../count/read-timeseries.ts'
import { STEP_MS, STEPS, type Step, type Timeseries } from '../count/timeseries.ts'
import type { IncidentUpdate } from '../incident/incident.ts'
import type { Ports } from '../ports.ts'
import type { ErrorType } from '../report/error-type.ts'
import type { IncidentRecord } from './incident-record.ts'
import { windowOfIncident } from './incident-window.ts'
import { loadRecord } from './load-record.ts'
import { type SnapshotRow, snapshotsOfIncident } from './queries.ts'

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
  const window = windowOfIncident(record)
  const wider = { ...window, step: widerStep(window.step) }
  const aligned = alignedTo(wider.step, wider)
  const read = (region: string | null, errorType: ErrorType | null, frame: typeof window) =>
    readTimeseries(run, service, { region, errorType, ...frame })
  const regions: IncidentView['regions'] = []
  for (const { region } of record.regions.slice(0, MOST_REGIONS))
    regions.push({ region, series: await read(region, null, aligned) })
  const types: IncidentView['types'] = []
  for (const { type } of record.errorTypes) types.push({ type, series: await read(null, type, aligned) })
  return {
    record,
    timeline,
    statusPage: service.statusPage?.url ?? null,
    world: await read(null, null, window),
    regions,
    types,
    gaps: await gapsIn(run, { fromMs: aligned.from.getTime(), untilMs: aligned.until.getTime() }),
    snapshots: await snapshotsOfIncident(run, id),
  }
}

export function widerStep(step: Step): Step {
  return STEPS[Math.min(STEPS.length - 1, STEPS.indexOf(step) + 1)]!
}

function alignedTo(step: Step, { from, until }: { from: Date; until: Date }) {
  const width = STEP_MS[step]
  return {
    step,
    from: new Date(Math.floor(from.getTime() / width) * width),
    until: new Date(Math.ceil(until.getTime() / width) * width),
  }
}
