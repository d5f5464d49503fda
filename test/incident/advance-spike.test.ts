import { expect, test } from 'vitest'
import { advanceSpike, type SeriesFacts } from '../../src/incident/advance-spike.ts'
import type { Spike } from '../../src/incident/spike.ts'
import { HOUR, MINUTE } from '../../src/time.ts'

const NOW = new Date('2026-03-14T09:00:00Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)
const make = { id: () => 'spike', methodVersion: '1' }
const OPEN = { level: 'open', score: 8, onsetMs: NOW.getTime() - 2 * MINUTE } as const
const QUIET = { level: 'quiet', score: 0, onsetMs: null } as const

const facts = (change: Partial<SeriesFacts> = {}): SeriesFacts => ({
  service: 'mail',
  region: null,
  cause: 'volume',
  verdict: OPEN,
  confidence: 0.9,
  observed: 30,
  expected: 2,
  ok: 1,
  lately: new Array<number>(20).fill((change.observed ?? 30) / 15),
  latelyUntil: NOW,
  previous: null,
  networks: 25,
  isDiverse: true,
  errorTypes: { unavailable: 30 },
  regions: [],
  reach: 'unclear',
  largestNetworkShare: null,
  ...change,
})

const opened = (change: Partial<SeriesFacts> = {}): Spike => advanceSpike(null, facts(change), NOW, make)!.spike

test('a quiet series has no spike', () => {
  expect(advanceSpike(null, facts({ verdict: QUIET }), NOW, make)).toBeNull()
})

test.each([
  { what: 'evidence from many networks', verdict: OPEN, isDiverse: true, status: 'open' },
  { what: 'evidence from few networks', verdict: OPEN, isDiverse: false, status: 'suspected' },
  { what: 'middling evidence', verdict: { ...OPEN, level: 'suspected' }, isDiverse: true, status: 'suspected' },
] as const)('$what makes a spike $status', ({ verdict, isDiverse, status }) => {
  expect(opened({ verdict, isDiverse })).toMatchObject({
    status,
    onsetAt: later(-2 * MINUTE),
    openedAt: NOW,
    ratio: 15,
  })
})

test('a suspected spike is confirmed, and an open one never demoted', () => {
  const confirmed = advanceSpike(opened({ isDiverse: false }), facts(), later(MINUTE), make)!
  expect(confirmed).toMatchObject({ kind: 'updated', spike: { status: 'open' } })
  const after = advanceSpike(confirmed.spike, facts({ isDiverse: false }), later(9 * MINUTE), make)!
  expect(after.spike.status).toBe('open')
})

test('an update is told when numbers grow by much, else every five minutes', () => {
  expect(advanceSpike(opened(), facts({ observed: 31 }), later(MINUTE), make)).toBeNull()
  expect(advanceSpike(opened(), facts({ observed: 60 }), later(MINUTE), make)!.spike.peak.observed).toBe(60)
  expect(advanceSpike(opened(), facts({ observed: 31 }), later(5 * MINUTE), make)?.kind).toBe('updated')
})

test('a spike ends when the baseline explains the series again and reports have fallen', () => {
  const fallen = [9, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 1]
  const end = advanceSpike(opened(), facts({ verdict: QUIET, observed: 20, lately: fallen }), later(20 * MINUTE), make)
  expect(end).toMatchObject({ kind: 'resolved', spike: { status: 'resolved', resolvedAt: later(20 * MINUTE) } })
  // What is told of it then are the last quarter of an hour's numbers.
  expect(end!.spike).toMatchObject({ observed: 20, ratio: 10, updatedAt: later(20 * MINUTE) })
})

test.each([
  { votes: 2, kind: 'updated' },
  { votes: 3, kind: 'resolved' },
])('a lull of minutes is no end, unless people say that it works: with $votes votes it is $kind', ({ votes, kind }) => {
  for (const verdict of [QUIET, OPEN]) {
    const lull = facts({ verdict, observed: 60, ok: votes, lately: [9, 8, 9, 9, 8, 9, 9, 8, 9, 0, 0, 0, 0, 0, 0] })
    const spike = opened({ observed: 120 })

    expect(advanceSpike(spike, lull, later(20 * MINUTE), make)?.kind).toBe(kind)
  }
})

test.each([
  { what: 'reports still high after minutes', observed: 28, ok: 3, hours: 0.1, kind: 'updated' },
  { what: 'reports still high and few say that it works', observed: 28, ok: 3, hours: 12, kind: 'updated' },
  { what: 'reports that fell to the usual', observed: 5, ok: 0, hours: 12, kind: 'resolved' },
  { what: 'more people saying that it works', observed: 28, ok: 40, hours: 12, kind: 'resolved' },
  { what: 'three days of the same', observed: 28, ok: 3, hours: 73, kind: 'resolved' },
])('a baseline that got used to a rise, with $what', ({ observed, ok, hours, kind }) => {
  const change = advanceSpike(
    opened(),
    facts({ verdict: QUIET, observed, ok, expected: 28 }),
    later(hours * HOUR),
    make,
  )
  expect(change?.kind).toBe(kind)
  // What the baseline foresees by now is no measure of the rise.
  expect(change!.spike.expected).toBe(2)
})

test('what networks told holds until they are looked at again', () => {
  const spike = opened({ reach: 'network', largestNetworkShare: 0.8 })
  const unseen = facts({ observed: 60, reach: 'worldwide' })
  expect(advanceSpike(spike, unseen, later(MINUTE), make)!.spike).toMatchObject({
    reach: 'network',
    largestNetworkShare: 0.8,
  })
  const seen = facts({ observed: 60, reach: 'worldwide', largestNetworkShare: 0.3 })
  expect(advanceSpike(spike, seen, later(6 * MINUTE), make)!.spike).toMatchObject({
    reach: 'worldwide',
    largestNetworkShare: 0.3,
  })
})

const QUIET_MINUTES = Array.from({ length: 20 }, () => 0)

test('a spike ends when counts disprove the rise, though the chart still remembers it', () => {
  const thin = opened({ observed: 9, expected: 0.15 })
  const change = (lately: number[], ok = 0) =>
    advanceSpike(thin, facts({ observed: 9, expected: 0.15, lately, ok }), later(20 * MINUTE), make)
  expect(change([...QUIET_MINUTES.slice(2), 1, 1])?.kind).not.toBe('resolved')
  expect(change(QUIET_MINUTES.slice(8))?.kind).not.toBe('resolved')
  expect(change(QUIET_MINUTES.slice(8), 5)?.kind).toBe('resolved')
  const large = opened({ observed: 90, expected: 0.15 })
  const waning = facts({ observed: 20, expected: 0.15, lately: QUIET_MINUTES.map((_, n) => n % 2) })
  expect(advanceSpike(large, waning, later(20 * MINUTE), make)?.kind).not.toBe('resolved')
  expect(advanceSpike(large, facts({ lately: QUIET_MINUTES, expected: 0.15 }), later(20 * MINUTE), make)?.kind).toBe(
    'resolved',
  )
})

test('the end is when reports were usual again, not when that was certain', () => {
  const fell = [...QUIET_MINUTES.map(() => 6), 6, 5, 7, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const end = facts({ observed: 1, lately: fell, latelyUntil: later(40 * MINUTE) })
  const change = advanceSpike(opened({ observed: 90 }), end, later(41 * MINUTE), make)
  expect(change?.spike).toMatchObject({ resolvedAt: later(41 * MINUTE), endedAt: later(29 * MINUTE) })
  const mix = advanceSpike(opened({ cause: 'error-mix' }), facts({ verdict: QUIET, observed: 0 }), later(HOUR), make)
  expect(mix?.spike).toMatchObject({ status: 'resolved', endedAt: null })
})

test('an end that lies before all that was listened to is not told', () => {
  const heard = facts({ observed: 0, lately: QUIET_MINUTES.slice(8), latelyUntil: later(40 * MINUTE), ok: 5 })
  const change = advanceSpike(opened({ observed: 90 }), heard, later(41 * MINUTE), make)
  expect(change?.spike).toMatchObject({ status: 'resolved', endedAt: null })
})

test('the peak is the most that was told, at the end too', () => {
  const end = facts({ verdict: QUIET, observed: 31, ok: 40 })
  const change = advanceSpike(opened({ observed: 30 }), end, later(12 * HOUR), make)
  expect(change?.spike).toMatchObject({ status: 'resolved', observed: 31, peak: { observed: 31 } })
})

test('minutes in which nobody listened end nothing, and begin nothing', () => {
  const unheard = facts({ verdict: QUIET, observed: 0, ok: 1, lately: [0, 0, 0, 0] })
  expect(advanceSpike(opened(), unheard, later(20 * MINUTE), make)?.kind).not.toBe('resolved')
  expect(advanceSpike(opened(), { ...unheard, verdict: OPEN }, later(20 * MINUTE), make)?.kind).not.toBe('resolved')
  const previous: Spike = { ...opened({ observed: 90 }), status: 'resolved', resolvedAt: later(20 * MINUTE) }
  expect(advanceSpike(null, facts({ previous, lately: [6, 6] }), later(45 * MINUTE), make)).toBeNull()
})

test('votes alone end nothing', () => {
  const going = facts({ observed: 90, lately: QUIET_MINUTES.map(() => 6), ok: 500 })
  expect(advanceSpike(opened({ observed: 90 }), going, later(20 * MINUTE), make)?.kind).toBe('updated')
})

test('an alarm that outlives its spike opens another one only when reports rise again', () => {
  const previous: Spike = { ...opened({ observed: 90 }), status: 'resolved', resolvedAt: later(20 * MINUTE) }
  const still = facts({ previous, lately: QUIET_MINUTES })
  expect(advanceSpike(null, still, later(25 * MINUTE), make)).toBeNull()
  const again = facts({ previous, lately: QUIET_MINUTES.map(() => 6) })
  expect(advanceSpike(null, again, later(45 * MINUTE), make)?.kind).toBe('opened')
})
