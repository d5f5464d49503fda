import type { IncidentSummary } from '../../web/pages/service-snapshot.ts'
import type { Incident } from '../incident/incident.ts'
import { levelOf } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'

/** An incident as lists show it; names come from the catalogue. */
export function summaryOf(incident: Incident, services: ReadonlyMap<string, ServiceRow>): IncidentSummary {
  const nameOf = (slug: string) => services.get(slug)?.name ?? slug
  const { spillOverOf } = incident
  return {
    id: incident.id,
    service: incident.service,
    serviceName: nameOf(incident.service),
    status: incident.status,
    severity: incident.severity,
    onsetAt: incident.onsetAt.getTime(),
    resolvedAt: incident.resolvedAt?.getTime() ?? null,
    peak: { observed: incident.peak.observed, expected: incident.peak.expected },
    regions: incident.isWorldwide
      ? []
      : incident.regions.map(({ region }) => region).filter((region) => levelOf(region) === 'country'),
    isWorldwide: incident.isWorldwide,
    spillOverOf: spillOverOf && {
      id: spillOverOf.incidentId,
      service: spillOverOf.service,
      name: nameOf(spillOverOf.service),
    },
  }
}
