import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'
import type { Incident, IncidentUpdate, ProviderUpdate } from './incident.ts'
import type { Spike } from './spike.ts'

/** A spike as the API, the stream and webhooks give it. */
export function spikeToWire(spike: Spike) {
  return {
    id: spike.id,
    service: spike.service,
    region: spike.region,
    status: spike.status,
    cause: spike.cause,
    openedAt: spike.openedAt.toISOString(),
    onsetAt: spike.onsetAt.toISOString(),
    resolvedAt: spike.resolvedAt?.toISOString() ?? null,
    endedAt: spike.endedAt?.toISOString() ?? null,
    updatedAt: spike.updatedAt.toISOString(),
    observed: spike.observed,
    expected: round(spike.expected),
    ratio: round(spike.ratio),
    surprise: round(spike.surprise),
    // Rounded, the last millionth would be told as certainty.
    confidence: Math.min(0.999999, round(spike.confidence, 6)),
    peak: { observed: spike.peak.observed, at: spike.peak.at.toISOString() },
    errorTypes: spike.region === null ? spike.errorTypes : withoutSmall(spike.errorTypes),
    regions: spike.regions.map(({ region, share }) => ({ region, share: round(share) })),
    reach: spike.reach,
    largestNetworkShare: roundShare(spike.largestNetworkShare),
    networks: spike.networks,
    incidentId: spike.incidentId,
    spillOverOf: spike.spillOverOf,
    methodVersion: spike.methodVersion,
  }
}

/** An incident as the API, the stream and webhooks give it. */
export function incidentToWire(incident: Incident) {
  return {
    id: incident.id,
    service: incident.service,
    status: incident.status,
    class: incident.class,
    severity: incident.severity,
    onsetAt: incident.onsetAt.toISOString(),
    onsetInterval: { from: incident.onsetFrom.toISOString(), to: incident.onsetUntil.toISOString() },
    openedAt: incident.openedAt.toISOString(),
    confirmedAt: incident.confirmedAt?.toISOString() ?? null,
    resolvedAt: incident.resolvedAt?.toISOString() ?? null,
    endedAt: incident.endedAt?.toISOString() ?? null,
    updatedAt: incident.updatedAt.toISOString(),
    reports: incident.reports,
    okVotes: incident.okVotes,
    peak: {
      observed: incident.peak.observed,
      expected: round(incident.peak.expected),
      at: incident.peak.at.toISOString(),
    },
    errorTypes: incident.errorTypes,
    regions: incident.regions.map(({ region, share }) => ({ region, share: round(share) })),
    isWorldwide: incident.isWorldwide,
    reach: incident.reach,
    largestNetworkShare: roundShare(incident.largestNetworkShare),
    spillOverOf: incident.spillOverOf,
    related: incident.related,
    spikeIds: incident.spikeIds,
    methodVersion: incident.methodVersion,
  }
}

export function timelineEntryToWire({ at, kind, data }: IncidentUpdate) {
  return { at: at.toISOString(), kind, data }
}

export function providerUpdateToWire({ at, ...said }: ProviderUpdate) {
  return { at: at.toISOString(), ...said }
}

/** In a region one or two people are not told of. */
function withoutSmall(counts: ErrorTypeCounts): ErrorTypeCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count >= SMALLEST_SHOWN))
}

/** What was stored before there was such a share has none. */
function roundShare(share: number | null | undefined): number | null {
  return share == null ? null : round(share)
}

function round(value: number, digits = 3): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
