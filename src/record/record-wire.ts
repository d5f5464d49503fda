import type { Timeseries } from '../count/timeseries.ts'
import type { Json } from './canonical.ts'
import type { IncidentRecord } from './incident-record.ts'

const iso = (ms: number) => new Date(ms).toISOString()
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms))

/** Four decimals: more than any share or expectation is worth, and the same on every platform. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

const roundedOrNull = (value: number | null) => (value === null ? null : rounded(value))

/** A record as files and snapshots hold it. */
export function recordToWire(record: IncidentRecord): { [key: string]: Json } {
  const { affected, peak, secondPeak } = record
  return {
    id: record.id,
    service: { ...record.service },
    status: record.status,
    class: record.class,
    severity: record.severity,
    asOf: iso(record.asOf),
    onset: { at: iso(record.onset.at), from: iso(record.onset.from), to: iso(record.onset.until) },
    noticedAt: iso(record.noticedAt),
    confirmedAt: isoOrNull(record.confirmedAt),
    endedAt: isoOrNull(record.endedAt),
    reports: record.reports,
    reporters: record.reporters === null ? null : { ...record.reporters },
    okVotes: record.okVotes,
    affected:
      affected === null
        ? null
        : {
            share: rounded(affected.share),
            lower: rounded(affected.lower),
            upper: rounded(affected.upper),
            votes: affected.votes,
          },
    peak: { observed: peak.observed, expected: rounded(peak.expected), at: iso(peak.at) },
    secondPeak: secondPeak === null ? null : { observed: secondPeak.observed, at: iso(secondPeak.at) },
    errorTypes: record.errorTypes.map(({ type, count }) => ({ errorType: type, count })),
    regions: record.regions.map(({ region, share }) => ({ region, share: rounded(share) })),
    isWorldwide: record.isWorldwide,
    quietRegions: record.quietRegions,
    unplacedShare: roundedOrNull(record.unplacedShare),
    providerUpdates: record.providerUpdates.map(({ at, ...said }) => ({ at: iso(at), ...said })),
    spillOverOf: record.spillOverOf === null ? null : { ...record.spillOverOf },
    reopenedAt: record.reopenedAt.map(iso),
    corrections: record.corrections.map(({ at, ...correction }) => ({ at: iso(at), ...correction })),
    methodVersion: record.methodVersion,
  }
}

/** A series as snapshots hold it; a count that is kept back and a gap are both `null`. */
export function seriesToWire({ region, from, until, step, points }: Timeseries): { [key: string]: Json } {
  return {
    region,
    from: from.toISOString(),
    to: until.toISOString(),
    step,
    points: points.map(({ t, count, expected, lower, upper, ok, late }) => ({
      t: t.toISOString(),
      count,
      expected: roundedOrNull(expected),
      lower: roundedOrNull(lower),
      upper: roundedOrNull(upper),
      ok,
      late,
    })),
  }
}
