import type { Incident } from '../incident/incident.ts'
import { listIncidents } from '../incident/queries.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { recentWorldCounts, worldExpectations } from './queries.ts'
import { isListening, readWatch, type Watch } from './watch.ts'

/** `unknown` until a service has enough history to say what is usual, and while nobody listens. */
export type ServiceState = 'ok' | 'suspected' | 'down' | 'unknown'

/** How a service stands now. */
export interface Standing {
  service: ServiceRow
  state: ServiceState
  /** Reporters in the last 15 minutes, worldwide. */
  reports: number
  ok: number
  /** What is usual for a quarter of an hour at this time; `null` when unknown. */
  expected: number | null
  /** The unresolved incident, if there is one. */
  incident: Incident | null
}

/** How all services stand at one moment. */
export interface WorldStanding {
  asOf: Date
  watch: Watch
  standings: Standing[]
}

/** The same few statements whatever the size of the catalogue: what was reported just now, what is usual, and what is wrong. */
export async function readStandings(run: Run, services: readonly ServiceRow[]): Promise<WorldStanding> {
  const watch = await readWatch(run)
  const canTell = isListening(watch)
  const counts = new Map((await recentWorldCounts(run)).map((row) => [row.serviceId, row]))
  const expectations = await worldExpectations(run)
  const incidents = new Map((await unresolvedIncidents(run)).map((incident) => [incident.service, incident]))
  return {
    asOf: new Date(watch.nowMs),
    watch,
    standings: services.map((service) => {
      const incident = incidents.get(service.slug) ?? null
      const count = counts.get(service.id)
      const expected = expectations.get(service.id) ?? null
      return {
        service,
        state: stateOf(incident, canTell && expected !== null),
        reports: count?.reporters ?? 0,
        ok: count?.ok ?? 0,
        expected,
        incident,
      }
    }),
  }
}

/** An outage of another service that spills over does not make this one `down`, nor does what an operator dismissed. */
export function stateOf(incident: Pick<Incident, 'status' | 'class'> | null, canTell: boolean): ServiceState {
  if (incident !== null && incident.class !== 'dismissed') {
    if (incident.status === 'open' && incident.class === 'outage') return 'down'
    if (incident.status !== 'resolved') return 'suspected'
  }
  return canTell ? 'ok' : 'unknown'
}

async function unresolvedIncidents(run: Run): Promise<Incident[]> {
  const filter = { service: null, region: null, since: null, after: null, limit: 1000 }
  const open = await listIncidents(run, { ...filter, status: 'open' })
  const suspected = await listIncidents(run, { ...filter, status: 'suspected' })
  return [...open, ...suspected]
}
