import { populationOf, subdivisionsOf } from '../region/region.ts'
import { ERROR_TYPES, type ErrorType } from '../report/error-type.ts'
import { DAY, HOUR, MINUTE } from '../time.ts'
import type { DemoService, Reach } from './demo-services.ts'
import { type Outage, outageRate } from './outages.ts'
import { pick, type Random } from './random.ts'

/** Offsets from UTC in hours by which the demo's countries live. */
const COUNTRY_HOURS: Record<string, number> = {
  US: -6, CA: -5, MX: -6, BR: -3, AR: -3, GB: 0, IE: 0, DE: 1, FR: 1, ES: 1, IT: 1, NL: 1, PL: 1, SE: 1, CH: 1, AT: 1, TR: 3, ZA: 2,
  NG: 1, EG: 2, SA: 3, IN: 5.5, ID: 7, JP: 9, KR: 9, AU: 10, NZ: 12,
} // biome-ignore format: a table

const MIX: Record<Reach, readonly (readonly [string, number])[]> = {
  world: [
    ['US', 34], ['GB', 11], ['DE', 9], ['CA', 6], ['FR', 6], ['IN', 6], ['AU', 4], ['BR', 4], ['NL', 3], ['ES', 3], ['IT', 3], ['JP', 3],
    ['MX', 2], ['PL', 2], ['SE', 2], ['CH', 1.5], ['AT', 1.2], ['IE', 1], ['ZA', 1], ['TR', 1], ['ID', 1], ['KR', 0.8], ['NZ', 0.7], ['AR', 0.7],
  ],
  'north-america': [['US', 84], ['CA', 12], ['MX', 4]],
  europe: [['GB', 30], ['DE', 28], ['FR', 16], ['NL', 8], ['ES', 7], ['IT', 6], ['SE', 5]],
  asia: [['IN', 50], ['JP', 25], ['ID', 15], ['KR', 10]],
  US: [['US', 1]],
  DE: [['DE', 1]],
  GB: [['GB', 1]],
  FR: [['FR', 1]],
  IN: [['IN', 1]],
  JP: [['JP', 1]],
  AU: [['AU', 1]],
  CA: [['CA', 1]],
  BR: [['BR', 1]],
} // biome-ignore format: a table

/** Hour by hour share of a day, local time. */
const RHYTHM = {
  work: [2, 1, 1, 1, 2, 4, 10, 30, 62, 70, 66, 58, 48, 56, 60, 54, 46, 34, 22, 16, 13, 10, 7, 4],
  evening: [16, 9, 5, 4, 3, 4, 8, 14, 18, 20, 22, 25, 28, 28, 29, 32, 36, 42, 50, 60, 64, 58, 42, 26],
} // biome-ignore format: a table

const WEEKEND = { work: 0.3, evening: 1.15 }

export interface DemoReport {
  region: string | null
  errorType: ErrorType
}

/** Ordinary reports per minute of a service at an instant, worldwide. */
export function usualRate({ perDay, reach, rhythm }: DemoService, atMs: number): number {
  const countries = MIX[reach]
  const total = countries.reduce((sum, [, weight]) => sum + weight, 0)
  const shape = RHYTHM[rhythm]
  const daySum = shape.reduce((sum, value) => sum + value, 0)
  let rate = 0
  for (const [country, weight] of countries) {
    const localMs = atMs + COUNTRY_HOURS[country]! * HOUR
    const day = new Date(localMs).getUTCDay()
    const hour = (localMs % DAY) / HOUR
    const low = Math.floor(hour) % 24
    const between = hour - Math.floor(hour)
    const share = (shape[low]! * (1 - between) + shape[(low + 1) % 24]! * between) / daySum
    rate += (weight / total) * share * 24 * (day === 0 || day === 6 ? WEEKEND[rhythm] : 1)
  }
  return (perDay / (DAY / MINUTE)) * rate
}

/** What an ordinary report says. */
export function usualReport({ reach, leading }: DemoService, random: Random): DemoReport {
  const errorType = random() < 0.35 ? leading : pick(USUAL_ERRORS, random)
  return { region: placeIn(pick(MIX[reach], random), random), errorType }
}

/** What somebody reports whom an outage has hit. */
export function outageReport(outage: Outage, random: Random): DemoReport {
  const [region, isWhole] = pick(
    outage.regions.map(([code, weight]) => [[code, code.length > 2] as const, weight] as const),
    random,
  )
  return { region: isWhole ? region : placeIn(region, random), errorType: pick(outage.errorTypes, random) }
}

/** Reports per minute beyond the ordinary. */
export function extraRate(outages: readonly Outage[], atMs: number): { outage: Outage; rate: number }[] {
  return outages.map((outage) => ({ outage, rate: outageRate(outage, atMs) })).filter(({ rate }) => rate > 0)
}

const USUAL_ERRORS: readonly (readonly [ErrorType, number])[] = ERROR_TYPES.map(
  (type, rank) => [type, 9 - rank] as const,
)

const places = new Map<string, readonly (readonly [string | null, number])[]>()

/** A subdivision of a country, as likely as people live there where that is known; some people give the country alone. */
function placeIn(country: string, random: Random): string | null {
  if (random() < 0.06) return null
  if (random() < 0.15) return country
  let weighted = places.get(country)
  if (!weighted) {
    weighted = subdivisionsOf(country).map((code, n) => [code, populationOf(code) ?? 1 / (1 + n / 4)] as const)
    places.set(country, weighted)
  }
  return weighted.length === 0 ? country : pick(weighted, random)
}
