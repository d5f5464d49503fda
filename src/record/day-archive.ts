import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import type { CsvValue } from '../http/csv.ts'
import { WORLD } from '../region/scope.ts'
import { ERROR_TYPES, type ErrorTypeCounts } from '../report/error-type.ts'
import { DAY, HOUR } from '../time.ts'
import { rounded } from './record-wire.ts'

/** Counts of one series in one quarter of an hour. */
export interface QuarterCount {
  service: string
  /** `world`, a country or a subdivision. */
  region: string
  /** RFC 3339, start of the quarter. */
  t: string
  reporters: number
  ok: number
  late: number
  networks: number
  /** Thousandths of a reporter. */
  weight: number
  errorTypes: ErrorTypeCounts
  expected: { mean: number; lower: number; upper: number } | null
}

/** As published: `null` where a count is kept back. */
export interface PublishedCount {
  service: string
  region: string
  t: string
  reporters: number | null
  ok: number | null
  late: number | null
  networks: number | null
  weight: number | null
  errorTypes: ErrorTypeCounts | null
  expected: { mean: number; lower: number; upper: number } | null
}

/**
 * What of a day may be published. The world's counts name no place and are published whole. Of a place, counts below three
 * are left out, and so is what would split its counts further; and a place whose counts all are small has no row at all, just
 * as one without reports. So a small count cannot be worked out from the total: the same file comes out if its reports had no
 * known place below the parent, and nothing in it tells which.
 */
export function publishDay(counts: readonly QuarterCount[]): PublishedCount[] {
  return counts.flatMap(({ expected, ...count }): PublishedCount[] => {
    const shown =
      expected === null
        ? null
        : { mean: rounded(expected.mean), lower: rounded(expected.lower), upper: rounded(expected.upper) }
    if (count.region === WORLD) return [{ ...count, expected: shown }]
    const reporters = count.reporters >= SMALLEST_SHOWN ? count.reporters : null
    const ok = count.ok >= SMALLEST_SHOWN ? count.ok : null
    if (reporters === null && ok === null) return []
    const { service, region, t } = count
    return [
      {
        service,
        region,
        t,
        reporters,
        ok,
        late: null,
        networks: null,
        weight: null,
        errorTypes: null,
        expected: shown,
      },
    ]
  })
}

/** @param keptBack what the header says of small counts */
const countHeader = (keptBack: string) => [
  'service',
  'region (ISO 3166, or world)',
  't (UTC, start of 15 minutes)',
  `reporters (people${keptBack})`,
  `ok (votes that it works${keptBack})`,
  'late (reports sent later; world only)',
  'networks (new networks; world only)',
  'weight (thousandths of a reporter; world only)',
  ...ERROR_TYPES.map((type) => `${type} (reporters; world only)`),
  'expected (reporters)',
  'lower (reporters, 2.5th percentile)',
  'upper (reporters, 97.5th percentile)',
]

export const COUNT_HEADER = countHeader(`; <${SMALLEST_SHOWN} is kept back`)
/** For the operator, who is kept nothing back from. */
export const WHOLE_COUNT_HEADER = countHeader('')

/** A row of the CSV file. */
export function countToCsvRow(count: PublishedCount): CsvValue[] {
  const small = (value: number | null) => value ?? `<${SMALLEST_SHOWN}`
  return [
    count.service,
    count.region,
    count.t,
    small(count.reporters),
    small(count.ok),
    count.late,
    count.networks,
    count.weight,
    ...ERROR_TYPES.map((type) => (count.errorTypes === null ? null : (count.errorTypes[type] ?? 0))),
    count.expected?.mean ?? null,
    count.expected?.lower ?? null,
    count.expected?.upper ?? null,
  ]
}

/** Shares that would tell of fewer than three reports are left out; the rest are told to a hundredth. */
export function publishShares(
  regions: readonly { region: string; share: number }[],
  reports: number,
): { region: string; share: number }[] {
  return regions
    .map(({ region, share }) => ({ region, share: Math.round(share * 100) / 100 }))
    .filter(({ share }) => share * reports >= SMALLEST_SHOWN)
}

/** The UTC day of a text such as `2025-11-24`; `null` where it is none. */
export function dayOf(text: string): { day: string; fromMs: number; untilMs: number } | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const fromMs = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(fromMs) || new Date(fromMs).toISOString().slice(0, 10) !== text) return null
  return { day: text, fromMs, untilMs: fromMs + DAY }
}

/** Late reports may come a day after the day; then it is final, and published for good. */
const FINAL_AFTER_MS = DAY + 2 * HOUR

export function isFinal({ untilMs }: { untilMs: number }, now: Date): boolean {
  return untilMs + FINAL_AFTER_MS <= now.getTime()
}
