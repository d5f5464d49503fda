import type { IncidentSummary } from '../../web/pages/service-snapshot.ts'
import type { Incident } from '../incident/incident.ts'
import { listIncidents } from '../incident/queries.ts'
import { endOf } from '../record/incident-record.ts'
import { levelOf } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'

export type Names = ReadonlyMap<string, Pick<ServiceRow, 'name'>>

export function summarise(incident: Incident, names: Names): IncidentSummary {
  const { spillOverOf } = incident
  return {
    id: incident.id,
    service: incident.service,
    serviceName: names.get(incident.service)?.name ?? incident.service,
    status: incident.status,
    severity: incident.severity,
    onsetAt: incident.onsetAt.getTime(),
    endedAt: endOf(incident),
    peak: { observed: incident.peak.observed, expected: incident.peak.expected },
    regions: incident.isWorldwide ? [] : placesOf(incident),
    isWorldwide: incident.isWorldwide,
    spillOverOf: spillOverOf
      ? {
          id: spillOverOf.incidentId,
          service: spillOverOf.service,
          name: names.get(spillOverOf.service)?.name ?? spillOverOf.service,
        }
      : null,
  }
}

/** Countries that carry most of it; the page names no more than three. */
export function placesOf({ regions }: Pick<Incident, 'regions'>): string[] {
  const countries = regions.filter(({ region }) => levelOf(region) === 'country')
  return (countries.length > 0 ? countries : regions).slice(0, 3).map(({ region }) => region)
}

/** Incidents that have ended, newest first, without those that an operator dismissed. */
export async function endedIncidents(
  run: Run,
  names: Names,
  { service, since, limit }: { service: string | null; since: Date | null; limit: number },
): Promise<IncidentSummary[]> {
  const found = await listIncidents(run, {
    service,
    region: null,
    status: 'resolved',
    since,
    after: null,
    limit: limit * 2,
  })
  return found
    .filter((incident) => incident.class !== 'dismissed' && incident.confirmedAt !== null)
    .slice(0, limit)
    .map((incident) => summarise(incident, names))
}
