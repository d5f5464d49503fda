import type { Incident } from '../../src/incident/incident.ts'
import type { IncidentRecord, RecordedUpdate } from '../../src/record/incident-record.ts'
import { HOUR, MINUTE } from '../../src/time.ts'

/** 24 November 2025, 14:00 UTC. */
export const ONSET = Date.UTC(2025, 10, 24, 14)

export function anUpdate(changes: Partial<RecordedUpdate> = {}): RecordedUpdate {
  return {
    at: ONSET + 46 * MINUTE,
    status: 'investigating',
    text: 'We are looking into reports of trouble with receiving mail.',
    sourceUrl: 'https://status.example.com/i/77',
    cause: null,
    workaround: null,
    ...changes,
  }
}

/** A resolved outage as it is on most days: every fact is there. */
export function aRecord(changes: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    id: 'inc-1',
    service: { slug: 'acme-mail', name: 'Acme Mail' },
    status: 'resolved',
    class: 'outage',
    severity: 'critical',
    asOf: ONSET + 6 * HOUR,
    onset: { at: ONSET, from: ONSET - 2 * MINUTE, until: ONSET + 2 * MINUTE },
    noticedAt: ONSET + 6 * MINUTE,
    confirmedAt: ONSET + 9 * MINUTE,
    endedAt: ONSET + 260 * MINUTE,
    reports: 5_345,
    reporters: { count: 5_102, isUpperBound: false },
    okVotes: 455,
    affected: { share: 5_345 / 5_800, lower: 0.9143, upper: 0.9283, votes: 5_800 },
    peak: { observed: 496, expected: 17, at: ONSET + 75 * MINUTE },
    secondPeak: null,
    errorTypes: [
      { type: 'login', count: 2_352 },
      { type: 'unavailable', count: 1_550 },
      { type: 'feature', count: 1_443 },
    ],
    regions: [
      { region: 'DE', share: 0.54 },
      { region: 'AT', share: 0.31 },
    ],
    isWorldwide: false,
    quietRegions: ['US', 'FR'],
    unplacedShare: 0.04,
    providerUpdates: [
      anUpdate(),
      anUpdate({
        at: ONSET + 4 * HOUR,
        status: 'resolved',
        text: 'Mail flows again.',
        cause: 'a faulty certificate',
        workaround: 'Use the web client.',
      }),
    ],
    spillOverOf: null,
    reopenedAt: [],
    corrections: [],
    methodVersion: '1',
    ...changes,
  }
}

/** An incident as the tick leaves it: over, confirmed, of one country mostly. */
export function anIncident(changes: Partial<Incident> = {}): Incident {
  const at = (ms: number) => new Date(ONSET + ms)
  return {
    id: 'inc-1',
    service: 'acme-mail',
    status: 'resolved',
    class: 'outage',
    severity: 'major',
    onsetAt: at(0),
    onsetFrom: at(-2 * MINUTE),
    onsetUntil: at(2 * MINUTE),
    openedAt: at(6 * MINUTE),
    confirmedAt: at(9 * MINUTE),
    resolvedAt: at(2 * HOUR),
    endedAt: null,
    updatedAt: at(2 * HOUR),
    reports: 60,
    okVotes: 12,
    peak: { observed: 40, expected: 4, at: at(30 * MINUTE) },
    errorTypes: { login: 40, slow: 20 },
    regions: [{ region: 'DE', share: 0.8 }],
    isWorldwide: false,
    spillOverOf: null,
    spikeIds: [],
    methodVersion: '1',
    reach: 'regional',
    largestNetworkShare: 0.07,
    related: [],
    ...changes,
  }
}
