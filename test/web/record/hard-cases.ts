import type { IncidentRecord } from '../../../src/record/incident-record.ts'
import { DAY, HOUR, MINUTE } from '../../../src/time.ts'
import { anUpdate, aRecord, ONSET } from '../../support/incident-records.ts'

export interface HardCase {
  name: string
  record: IncidentRecord
}

/** What news and data do to sentences; `expected-english.ts` has what each must say. */
export const HARD_CASES: HardCase[] = [
  { name: 'every fact is there', record: aRecord() },
  { name: 'no word of the provider', record: aRecord({ providerUpdates: [] }) },
  { name: 'one region alone', record: aRecord({ regions: [{ region: 'DE', share: 1 }], unplacedShare: 0 }) },
  {
    name: 'one subdivision alone',
    record: aRecord({ regions: [{ region: 'US-TX', share: 1 }], quietRegions: [], unplacedShare: null }),
  },
  {
    name: 'still open',
    record: aRecord({ status: 'open', endedAt: null, asOf: ONSET + 90 * MINUTE, providerUpdates: [anUpdate()] }),
  },
  {
    name: 'still open after midnight',
    record: aRecord({
      status: 'open',
      endedAt: null,
      asOf: ONSET + 11 * HOUR,
      reporters: { count: 5_102, isUpperBound: true },
    }),
  },
  {
    name: 'suspected',
    record: aRecord({
      status: 'suspected',
      confirmedAt: null,
      endedAt: null,
      asOf: ONSET + 20 * MINUTE,
      providerUpdates: [],
    }),
  },
  {
    name: 'minutes old, its peak reaching back before the onset',
    record: aRecord({
      status: 'open',
      endedAt: null,
      asOf: ONSET + 7 * MINUTE,
      reports: 311,
      reporters: { count: 311, isUpperBound: false },
      peak: { observed: 315, expected: 4, at: ONSET + 7 * MINUTE },
      providerUpdates: [],
    }),
  },
  { name: 'never confirmed', record: aRecord({ confirmedAt: null }) },
  {
    name: 'spill-over of another service',
    record: aRecord({
      class: 'spill-over',
      spillOverOf: { incidentId: 'inc-0', service: 'acme-net', name: 'Acme Net' },
    }),
  },
  { name: 'spill-over of something unnamed', record: aRecord({ class: 'spill-over' }) },
  { name: 'dismissed', record: aRecord({ class: 'dismissed', severity: 'minor' }) },
  {
    name: 'reclassified later',
    record: aRecord({
      class: 'spill-over',
      spillOverOf: { incidentId: 'inc-0', service: 'acme-net', name: 'Acme Net' },
      corrections: [
        {
          kind: 'reclassified',
          at: ONSET + 2 * DAY,
          from: 'outage',
          to: 'spill-over',
          note: 'The carrier named the cause.',
        },
      ],
    }),
  },
  {
    name: 'reclassified without a reason',
    record: aRecord({
      corrections: [{ kind: 'reclassified', at: ONSET + 2 * DAY, from: 'dismissed', to: 'outage', note: null }],
    }),
  },
  {
    name: 'annotated',
    record: aRecord({
      corrections: [{ kind: 'annotated', at: ONSET + DAY, text: 'Figures for\n Austria were  late.' }],
    }),
  },
  {
    name: 'tiny service',
    record: aRecord({
      reports: 7,
      reporters: { count: 7, isUpperBound: false },
      okVotes: 0,
      affected: null,
      peak: { observed: 5, expected: 0.2, at: ONSET + 15 * MINUTE },
      errorTypes: [
        { type: 'login', count: 5 },
        { type: 'slow', count: 2 },
      ],
      regions: [],
      quietRegions: [],
      unplacedShare: null,
    }),
  },
  {
    name: 'one report of one reporter',
    record: aRecord({
      reports: 1,
      reporters: { count: 1, isUpperBound: false },
      okVotes: 0,
      affected: null,
      peak: { observed: 1, expected: 0.01, at: ONSET + 15 * MINUTE },
      errorTypes: [{ type: 'other', count: 1 }],
      regions: [],
      quietRegions: [],
    }),
  },
  {
    name: 'two reports',
    record: aRecord({
      reports: 2,
      reporters: { count: 2, isUpperBound: true },
      peak: { observed: 2, expected: 0.5, at: ONSET + 15 * MINUTE },
    }),
  },
  { name: 'three reports', record: aRecord({ reports: 3, reporters: { count: 3, isUpperBound: false } }) },
  { name: 'eleven reports', record: aRecord({ reports: 11, reporters: { count: 11, isUpperBound: false } }) },
  {
    name: 'no report left, since all were hidden',
    record: aRecord({
      reports: 0,
      reporters: { count: 0, isUpperBound: false },
      okVotes: 0,
      affected: null,
      errorTypes: [],
      regions: [],
      quietRegions: [],
      peak: { observed: 0, expected: 3, at: ONSET },
    }),
  },
  {
    name: 'a million reports',
    record: aRecord({ reports: 1_000_000, reporters: { count: 1_000_000, isUpperBound: true } }),
  },
  { name: 'reporters not on record', record: aRecord({ reporters: null }) },
  { name: 'at most so many reporters', record: aRecord({ reporters: { count: 5_102, isUpperBound: true } }) },
  { name: 'two peaks', record: aRecord({ secondPeak: { observed: 420, at: ONSET + 150 * MINUTE } }) },
  {
    name: 'peak barely above the usual',
    record: aRecord({ peak: { observed: 24, expected: 19, at: ONSET + 30 * MINUTE } }),
  },
  {
    name: 'peak of one where more is usual',
    record: aRecord({ peak: { observed: 1, expected: 1, at: ONSET + 30 * MINUTE } }),
  },
  { name: 'peak at a fraction', record: aRecord({ peak: { observed: 9, expected: 2.5, at: ONSET + 30 * MINUTE } }) },
  { name: 'unknown places', record: aRecord({ regions: [], quietRegions: [], unplacedShare: 1 }) },
  { name: 'a third without a place', record: aRecord({ unplacedShare: 0.333 }) },
  {
    name: 'worldwide',
    record: aRecord({
      isWorldwide: true,
      regions: [
        { region: 'US', share: 0.2 },
        { region: 'GB', share: 0.15 },
        { region: 'DE', share: 0.1 },
        { region: 'FR', share: 0.08 },
        { region: 'JP', share: 0.07 },
        { region: 'BR', share: 0.06 },
      ],
      quietRegions: [],
    }),
  },
  {
    name: 'a share that is tiny',
    record: aRecord({
      regions: [
        { region: 'DE', share: 0.997 },
        { region: 'AT', share: 0.003 },
      ],
    }),
  },
  {
    name: 'night-time where it happened',
    record: aRecord({
      regions: [{ region: 'JP', share: 0.9 }],
      onset: { at: ONSET + 4 * HOUR, from: ONSET + 4 * HOUR, until: ONSET + 4 * HOUR },
      noticedAt: ONSET + 4 * HOUR + 20_000,
    }),
  },
  { name: 'local date is another', record: aRecord({ regions: [{ region: 'NZ', share: 0.9 }] }) },
  { name: 'local zone is UTC', record: aRecord({ regions: [{ region: 'IS', share: 1 }] }) },
  { name: 'noticed within the minute', record: aRecord({ noticedAt: ONSET + 30_000, confirmedAt: ONSET + 30_000 }) },
  { name: 'noticed before the estimated onset', record: aRecord({ noticedAt: ONSET - MINUTE }) },
  { name: 'provider was first', record: aRecord({ providerUpdates: [anUpdate({ at: ONSET - 10 * MINUTE })] }) },
  { name: 'provider in the same minute', record: aRecord({ providerUpdates: [anUpdate({ at: ONSET + 6 * MINUTE })] }) },
  {
    name: 'provider spoke days later',
    record: aRecord({ providerUpdates: [anUpdate({ at: ONSET + 3 * DAY + 2 * HOUR })] }),
  },
  { name: 'provider without words', record: aRecord({ providerUpdates: [anUpdate({ text: ' ', sourceUrl: null })] }) },
  {
    name: 'long words with quotation marks and braces',
    record: aRecord({
      providerUpdates: [anUpdate({ text: `${'Some "users" see {count} errors. '.repeat(20)}`, sourceUrl: null })],
    }),
  },
  {
    name: 'cause without a workaround',
    record: aRecord({ providerUpdates: [anUpdate({ cause: 'a software update' })] }),
  },
  {
    name: 'workaround twice',
    record: aRecord({
      providerUpdates: [
        anUpdate({ workaround: 'Use IMAP.' }),
        anUpdate({ at: ONSET + HOUR, workaround: 'Restart.', sourceUrl: null }),
      ],
    }),
  },
  { name: 'nobody said it works', record: aRecord({ okVotes: 0, affected: null }) },
  {
    name: 'almost all votes are problems',
    record: aRecord({ okVotes: 1, affected: { share: 0.9998, lower: 0.9989, upper: 0.99997, votes: 5_346 } }),
  },
  {
    name: 'few votes',
    record: aRecord({
      reports: 2,
      reporters: { count: 2, isUpperBound: false },
      okVotes: 1,
      affected: { share: 2 / 3, lower: 0.2077, upper: 0.9385, votes: 3 },
    }),
  },
  { name: 'reopened', record: aRecord({ reopenedAt: [ONSET + 3 * HOUR] }) },
  {
    name: 'reopened twice',
    record: aRecord({
      endedAt: ONSET + 13 * HOUR,
      asOf: ONSET + DAY,
      reopenedAt: [ONSET + 3 * HOUR, ONSET + 11 * HOUR],
    }),
  },
  { name: 'no kind of failure named', record: aRecord({ errorTypes: [] }) },
  {
    name: 'kinds of failure with small counts',
    record: aRecord({
      errorTypes: [
        { type: 'login', count: 40 },
        { type: 'slow', count: 2 },
        { type: 'data', count: 1 },
      ],
    }),
  },
  {
    name: 'ended within a minute',
    record: aRecord({ endedAt: ONSET + 20_000, noticedAt: ONSET + 10_000, confirmedAt: ONSET + 10_000 }),
  },
  { name: 'lasted for days', record: aRecord({ endedAt: ONSET + 2 * DAY + 3 * HOUR, asOf: ONSET + 5 * DAY }) },
  { name: 'name with quotation marks', record: aRecord({ service: { slug: 'x', name: 'The "X" & <Y>' } }) },
]
