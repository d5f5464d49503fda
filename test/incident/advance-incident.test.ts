import { expect, test } from 'vitest'
import { advanceIncident, type IncidentFacts, severityOf } from '../../src/incident/advance-incident.ts'
import type { Incident, SpillOverOf } from '../../src/incident/incident.ts'
import type { Spike } from '../../src/incident/spike.ts'
import { MINUTE } from '../../src/time.ts'

const NOW = new Date('2026-03-14T09:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)
const make = { id: () => 'incident', methodVersion: '1' }

const spike = (change: Partial<Spike> = {}): Spike => ({
  id: 'spike',
  service: 'mail',
  region: null,
  status: 'open',
  cause: 'volume',
  openedAt: NOW,
  onsetAt: later(-3),
  resolvedAt: null,
  endedAt: null,
  updatedAt: NOW,
  observed: 30,
  expected: 2,
  ratio: 15,
  surprise: 9,
  confidence: 0.99,
  peak: { observed: 30, at: NOW },
  errorTypes: { unavailable: 30 },
  regions: [{ region: 'US', share: 0.9 }],
  reach: 'regional',
  largestNetworkShare: null,
  networks: 25,
  incidentId: null,
  spillOverOf: null,
  methodVersion: '1',
  ...change,
})

const facts = (change: Partial<IncidentFacts> = {}): IncidentFacts => ({
  service: 'mail',
  spikes: [spike()],
  endedAt: null,
  reports: 30,
  okVotes: 1,
  networks: 25,
  errorTypes: { unavailable: 30 },
  observed: 30,
  expected: 2,
  okNow: 1,
  onset: null,
  spillOver: null,
  related: [],
  regions: [],
  ...change,
})

const opened = (change: Partial<IncidentFacts> = {}): Incident =>
  advanceIncident(null, facts(change), NOW, make)!.incident

test('where the whole world does not stand out, the failure is regional or of one network, whatever a region says of itself', () => {
  const regions = [{ region: 'DE', share: 0.9 }]
  const german = spike({ region: 'DE', regions: [], reach: 'worldwide' })
  expect(opened({ spikes: [german], regions })).toMatchObject({ reach: 'regional', regions })
  const behindOne = { ...german, reach: 'network', largestNetworkShare: 0.7 } as const
  expect(opened({ spikes: [behindOne], regions })).toMatchObject({ reach: 'network', largestNetworkShare: 0.7 })
})

const RIVAL: SpillOverOf = {
  incidentId: 'other',
  service: 'rival',
  evidence: { excessRatio: 9, leadMs: 4 * MINUTE, overlap: 0.9, likeness: 0.8, score: 0.8 },
}

test.each([
  { observed: 199, expected: 1, severity: 'major' },
  { observed: 200, expected: 10, severity: 'critical' },
  { observed: 200, expected: 10.1, severity: 'major' },
  { observed: 50, expected: 10, severity: 'major' },
  { observed: 49, expected: 0, severity: 'minor' },
])('$observed reporters where $expected are usual are $severity', ({ observed, expected, severity }) => {
  expect(severityOf(observed, expected)).toBe(severity)
})

test('an incident opens with its first spike, as sure as that is', () => {
  expect(opened()).toMatchObject({ status: 'open', confirmedAt: NOW, onsetAt: later(-3), reach: 'regional' })
  expect(opened({ spikes: [spike({ status: 'suspected' })] })).toMatchObject({ status: 'suspected', confirmedAt: null })
})

test('the onset is told with the interval that the counts leave open, and settles within minutes', () => {
  const between = (from: number, at: number, until: number) => ({
    atMs: later(at).getTime(),
    fromMs: later(from).getTime(),
    untilMs: later(until).getTime(),
  })
  expect(opened()).toMatchObject({ onsetAt: later(-3), onsetFrom: later(-5), onsetUntil: later(-1) })
  const wide = opened({ onset: between(-20, -12, 1) })
  expect(wide).toMatchObject({ onsetAt: later(-12), onsetFrom: later(-20), onsetUntil: NOW })

  const narrow = facts({ onset: between(-5, -4, -3), reports: 60 })
  const closer = advanceIncident(wide, narrow, later(6), make)!.incident
  expect(closer).toMatchObject({ onsetAt: later(-4), onsetFrom: later(-5), onsetUntil: later(-3) })
  const settled = advanceIncident(closer, facts({ onset: between(-2, -1, -1), reports: 90 }), later(30), make)!.incident
  expect(settled).toMatchObject({ onsetAt: later(-4), onsetFrom: later(-5), onsetUntil: later(-3) })
})

test('a suspicion that is confirmed says so once, and is never taken back', () => {
  const suspected = opened({ spikes: [spike({ status: 'suspected' })] })
  const confirmed = advanceIncident(suspected, facts(), later(1), make)!
  expect(confirmed.entries.map(({ kind }) => kind)).toEqual(['confirmed'])
  const after = advanceIncident(
    confirmed.incident,
    facts({ spikes: [spike({ status: 'suspected' })], reports: 99 }),
    later(5),
    make,
  )!
  expect(after.incident.status).toBe('open')
  expect(after.entries).toEqual([])
})

test('severity only rises, and its rise is in the timeline', () => {
  const worse = advanceIncident(opened(), facts({ observed: 300, expected: 2 }), later(1), make)!
  expect(worse.entries).toMatchObject([{ kind: 'severity', data: { severity: 'critical' } }])
  const better = advanceIncident(worse.incident, facts({ observed: 20, reports: 400 }), later(3), make)!
  expect(better.incident.severity).toBe('critical')
})

test('numbers alone are told at most once a minute, unless they grow by much', () => {
  expect(advanceIncident(opened(), facts({ reports: 31 }), later(0.5), make)).toBeNull()
  expect(advanceIncident(opened(), facts({ reports: 31 }), later(1), make)?.kind).toBe('updated')
  expect(advanceIncident(opened(), facts({ reports: 60, observed: 60 }), later(0.5), make)?.kind).toBe('updated')
})

test('the end tells the counts and votes that it rests on', () => {
  const end = advanceIncident(opened(), facts({ spikes: [], observed: 2, okNow: 14 }), later(20), make)!
  expect(end).toMatchObject({ kind: 'resolved', incident: { status: 'resolved', resolvedAt: later(20) } })
  expect(end.entries).toEqual([
    { at: later(20), kind: 'resolved', data: { reports: 30, observed: 2, expected: 2, ok: 14 } },
  ])
})

test('a new rise re-opens an incident that ended just now', () => {
  const end = advanceIncident(opened(), facts({ spikes: [] }), later(20), make)!.incident
  const again = advanceIncident(end, facts({ spikes: [spike({ id: 'second' })] }), later(30), make)!
  expect(again.incident).toMatchObject({
    id: 'incident',
    status: 'open',
    resolvedAt: null,
    endedAt: null,
    spikeIds: ['spike', 'second'],
  })
  expect(again.entries.map(({ kind }) => kind)).toContain('reopened')
})

test('spill-over is told with its numbers, and taken back when the rise becomes its own trouble', () => {
  const explained = advanceIncident(opened(), facts({ spillOver: RIVAL }), later(1), make)!
  expect(explained.incident).toMatchObject({ class: 'spill-over', spillOverOf: RIVAL })
  expect(explained.entries).toMatchObject([
    {
      kind: 'reclassified',
      data: { class: 'spill-over', service: 'rival', excessRatio: 9, leadMinutes: 4, overlap: 0.9 },
    },
  ])
  const own = advanceIncident(explained.incident, facts({ reports: 90 }), later(4), make)!
  expect(own.incident).toMatchObject({ class: 'outage', spillOverOf: null })
  expect(own.entries).toMatchObject([{ kind: 'reclassified', data: { class: 'outage' } }])
})

test('what an operator decided is not judged again', () => {
  const dismissed: Incident = { ...opened(), class: 'dismissed' }
  expect(advanceIncident(dismissed, facts({ spillOver: RIVAL, reports: 90 }), later(4), make)!.incident.class).toBe(
    'dismissed',
  )
  const fixed: Incident = { ...opened(), class: 'outage', isClassFixed: true }
  expect(advanceIncident(fixed, facts({ spillOver: RIVAL, reports: 90 }), later(4), make)!.incident.class).toBe(
    'outage',
  )
})

test('links to other incidents are told once and stay', () => {
  const link = { incidentId: 'cloud-1', service: 'cloud', relation: 'depends-on' } as const
  const linked = advanceIncident(opened(), facts({ related: [link] }), later(1), make)!
  expect(linked.entries).toMatchObject([{ kind: 'related', data: { services: ['cloud'] } }])
  const after = advanceIncident(linked.incident, facts({ reports: 90 }), later(4), make)!
  expect(after.incident.related).toEqual([link])
  expect(after.entries).toEqual([])
})

test('where it was is told at its height, though one country lags behind', () => {
  const everywhere = [
    { region: 'US', share: 0.7 },
    { region: 'DE', share: 0.2 },
    { region: 'US-TX', share: 0.3 },
  ]
  const current = opened({ spikes: [spike({ regions: everywhere, reach: 'worldwide' })] })
  const lagging = spike({ id: 'germany', region: 'DE', regions: [{ region: 'DE-NW', share: 0.6 }], reach: 'regional' })
  const { incident } = advanceIncident(current, facts({ spikes: [lagging], observed: 8, reports: 40 }), later(9), make)!
  expect(incident).toMatchObject({ regions: everywhere, reach: 'worldwide', reports: 40 })
})

test('where it is follows the counts as long as nothing is worldwide and it goes on', () => {
  const inGermany = (share: number) => ({ spikes: [spike({ region: 'DE' })], regions: [{ region: 'DE-NW', share }] })
  const current = opened(inGermany(0.9))
  const { incident } = advanceIncident(current, facts({ ...inGermany(0.5), reports: 40 }), later(2), make)!
  expect(incident.regions).toEqual([{ region: 'DE-NW', share: 0.5 }])
})
