import type { NewEvent } from '../../src/alert/event.ts'
import type { Incident } from '../../src/incident/incident.ts'
import { appendEvents } from '../../src/incident/queries.ts'
import type { Spike } from '../../src/incident/spike.ts'
import type { Run, Storage } from '../../src/storage/database.ts'

const AT = new Date('2026-03-01T12:00:00Z')

export function buildSpike(change: Partial<Spike> = {}): Spike {
  return {
    id: 'spike-1',
    service: 'mail',
    region: null,
    status: 'open',
    cause: 'volume',
    openedAt: AT,
    onsetAt: AT,
    resolvedAt: null,
    endedAt: null,
    updatedAt: AT,
    observed: 60,
    expected: 4.5,
    ratio: 13.333,
    surprise: 21.2,
    confidence: 0.999,
    peak: { observed: 60, at: AT },
    errorTypes: { login: 40, timeout: 20 },
    regions: [{ region: 'US-TX', share: 0.8 }],
    networks: 50,
    incidentId: null,
    spillOverOf: null,
    reach: 'regional',
    largestNetworkShare: 0.07,
    methodVersion: '1',
    ...change,
  }
}

export function buildIncident(change: Partial<Incident> = {}): Incident {
  return {
    id: 'incident-1',
    service: 'mail',
    status: 'open',
    class: 'outage',
    severity: 'major',
    onsetAt: AT,
    onsetFrom: AT,
    onsetUntil: AT,
    openedAt: AT,
    confirmedAt: AT,
    resolvedAt: null,
    endedAt: null,
    updatedAt: AT,
    reports: 120,
    okVotes: 2,
    peak: { observed: 60, expected: 4.5, at: AT },
    errorTypes: { login: 80, timeout: 40 },
    regions: [{ region: 'US-TX', share: 0.8 }],
    isWorldwide: true,
    spillOverOf: null,
    spikeIds: ['spike-1'],
    reach: 'regional',
    largestNetworkShare: 0.07,
    related: [],
    methodVersion: '1',
    ...change,
  }
}

export function spikeEvent(change: Partial<Spike> = {}, kind: 'opened' | 'updated' | 'resolved' = 'opened'): NewEvent {
  const spike = buildSpike(change)
  return { type: `spike.${kind}`, service: spike.service, region: spike.region, spike }
}

export function incidentEvent(
  change: Partial<Incident> = {},
  kind: 'opened' | 'updated' | 'resolved' = 'opened',
): NewEvent {
  const incident = buildIncident(change)
  return { type: `incident.${kind}`, service: incident.service, region: null, incident }
}

/** Appends to the event log as the tick does. */
export const tellEvents = (storage: Storage, events: NewEvent[], at = new Date()) =>
  storage.transaction((run) => appendEvents(run, events, at))

export async function addService(run: Run, slug: string): Promise<number> {
  const [row] = await run<{ id: number }>(
    `insert into services (slug, name, category, homepage) values ($1, initcap($1), 'mail-and-office', 'https://example.com') returning id`,
    [slug],
  )
  return row!.id
}
