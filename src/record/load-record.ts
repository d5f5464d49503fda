import { countsByScope, countsByStep, databaseNow } from '../count/queries.ts'
import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import { AppError } from '../errors.ts'
import type { Incident, IncidentUpdate, ProviderUpdate } from '../incident/incident.ts'
import { findIncident, incidentTimeline, providerUpdates } from '../incident/queries.ts'
import type { Ports } from '../ports.ts'
import { levelOf, WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { sumsSince } from '../tick/fact-queries.ts'
import { DAY, MINUTE } from '../time.ts'
import { type IncidentRecord, recordOf } from './incident-record.ts'
import {
  distinctReporters,
  expectationsByScope,
  findRetiredService,
  keptReporters,
  type RecordedService,
} from './queries.ts'

/** Fewest reports that must be usual somewhere before silence there says that the service worked. */
const TELLING_EXPECTATION = 8

export interface LoadedIncident {
  incident: Incident
  record: IncidentRecord
  timeline: IncidentUpdate[]
  updates: ProviderUpdate[]
  service: RecordedService
}

type Needs = Pick<Ports, 'storage' | 'directory'> & { settings: Pick<Ports['settings'], 'retentionDays'> }

/**
 * Everything on record about an incident.
 *
 * @throws AppError `not-found`
 */
export async function loadRecord(ports: Needs, id: string): Promise<LoadedIncident> {
  const { run } = ports.storage
  const told = await findIncident(run, id)
  if (told === null) throw new AppError('not-found', 'There is no such incident.')
  const service = (await ports.directory.find(told.service)) ?? (await findRetiredService(run, told.service))
  const incident = told.status === 'resolved' ? told : await withPresentCounts(run, told, service.id)
  const timeline = await incidentTimeline(run, id)
  const updates = await providerUpdates(run, id)
  const other = incident.spillOverOf === null ? null : await ports.directory.find(incident.spillOverOf.service)
  const asOf = await databaseNow(run)
  const window = { fromMs: incident.onsetAt.getTime(), untilMs: incident.resolvedAt?.getTime() ?? asOf }
  const quarters = await countsByStep(run, { serviceId: service.id, scope: WORLD }, window, 15 * MINUTE, null)
  const record = recordOf(incident, timeline, updates, {
    asOf,
    serviceName: service.name,
    spillOverName: other?.name ?? null,
    reporters: await reportersOf(run, incident, service.id, window, asOf - ports.settings.retentionDays * DAY),
    quarters: quarters.map(({ tMs, count }) => ({ at: tMs, count })),
    ...(await placesOf(run, incident, service.id, window)),
  })
  return { incident, record, timeline, updates, service }
}

/** While it goes on an incident is told anew each minute at most; its record must not be older than the figures beside it. */
async function withPresentCounts(run: Run, incident: Incident, serviceId: number): Promise<Incident> {
  const key = { serviceId, scope: WORLD }
  const [counted] = await sumsSince(run, [{ key, fromMs: incident.onsetAt.getTime() }])
  const { reporters, ok, errorTypes } = counted!
  // An incident that was imported has its counts elsewhere.
  if (reporters < incident.reports) return incident
  return { ...incident, reports: reporters, okVotes: ok, errorTypes }
}

/** The count kept after the end; before that, from raw reports while they are all there; else not on record. */
async function reportersOf(
  run: Run,
  incident: Incident,
  serviceId: number,
  window: { fromMs: number; untilMs: number },
  rawSince: number,
): Promise<number | null> {
  const kept = incident.status === 'resolved' ? await keptReporters(run, incident.id) : null
  if (kept !== null) return kept
  if (window.fromMs < rawSince) return null
  const reporters = await distinctReporters(run, serviceId, window)
  // Raw reports may be gone although the counts remain, as after an import.
  if (reporters === 0 && incident.reports > 0) return null
  return Math.min(reporters, incident.reports)
}

async function placesOf(
  run: Run,
  incident: Incident,
  serviceId: number,
  window: { fromMs: number; untilMs: number },
): Promise<{ quietRegions: string[]; unplacedShare: number | null }> {
  const scopes = await countsByScope(run, serviceId, window)
  const expectations = await expectationsByScope(run, serviceId, window)
  const counts = new Map(scopes.map(({ scope, reporters }) => [scope, reporters]))
  const world = counts.get(WORLD) ?? 0
  const placed = scopes.reduce((sum, { scope, reporters }) => sum + (levelOf(scope) === 'country' ? reporters : 0), 0)
  const risen = new Set(incident.regions.map(({ region }) => region.slice(0, 2)))
  const unplaced = world - placed
  return {
    quietRegions: expectations
      .filter(({ scope }) => levelOf(scope) === 'country' && !risen.has(scope))
      .filter(({ scope, expected, upper }) => expected >= TELLING_EXPECTATION && (counts.get(scope) ?? 0) <= upper)
      .sort((a, b) => b.expected - a.expected)
      .map(({ scope }) => scope),
    unplacedShare: world === 0 || (unplaced > 0 && unplaced < SMALLEST_SHOWN) ? null : Math.max(0, unplaced) / world,
  }
}
