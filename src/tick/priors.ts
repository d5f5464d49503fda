import type { RatePrior } from '../detection/detector.ts'
import { levelOf, type Scope, WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { HOUR } from '../time.ts'
import type { KnownService } from './load-series.ts'
import type { SeriesKey } from './series.ts'
import { beginNewSeries, savePriors } from './series-queries.ts'
import type { TickMemory } from './tick-memory.ts'

/** Reports that the prior of a new series is worth: half a one, so that its own counts soon overrule it. */
const WEIGHT = 0.5
/** Reports a minute where nothing is known: rather too many, so that at first only a clear outage alarms. */
const ANY_RATE = 0.3
const LEAST_RATE = 0.05
/** Quarter hours' worth of reports after which what all services saw of a region is believed. */
const SHARE_KAPPA = 12
/** Part of the world's reports that countries must account for before their shares say anything. */
const LEARNED_FROM = 0.2

/** What all services together say is read again after this long. */
const KNOWN_FOR_MS = HOUR

/** Rates in reports a minute that new series are thought to have. */
export interface UsualRates {
  byCategory: ReadonlyMap<string, number>
  /** Part of a service's reports that come from a region. */
  shareOf(scope: Scope): number
  readMs: number
}

/** Writes down new series, each with what may be believed of it beforehand. */
export async function beginWithPriors(
  run: Run,
  memory: TickMemory,
  keys: readonly SeriesKey[],
  services: ReadonlyMap<number, KnownService>,
  nowMs: number,
): Promise<void> {
  const begun = (await beginNewSeries(run, keys)).filter(({ serviceId }) => services.has(serviceId))
  if (begun.length === 0) return
  const rates =
    memory.rates !== null && nowMs - memory.rates.readMs <= KNOWN_FOR_MS ? memory.rates : await usualRates(run, nowMs)
  // Where nothing is known yet, soon something is.
  memory.rates = rates.byCategory.size > 0 ? rates : null
  const { byCategory, shareOf } = rates
  const worldOf = await worldRates(
    run,
    begun.map(({ serviceId }) => serviceId),
  )
  await savePriors(
    run,
    begun.map((key) => {
      const ofCategory = byCategory.get(services.get(key.serviceId)!.category) ?? ANY_RATE
      const ofService = worldOf.get(key.serviceId) ?? 0
      const rate = ofService > 0 ? ofService : ofCategory
      return { key, prior: priorOf(key.scope === WORLD ? rate : rate * shareOf(key.scope)) }
    }),
  )
}

function priorOf(expectedPerBucket: number): RatePrior {
  return { expectedPerBucket: Math.max(LEAST_RATE, expectedPerBucket), weight: WEIGHT }
}

async function worldRates(run: Run, serviceIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await run<{ service_id: number; rate: number }>(
    `select service_id, expected_15m::float8 / 15 as rate from series_state
     where region = '${WORLD}' and service_id in (select json_array_elements_text($1::text::json)::int)`,
    [JSON.stringify(serviceIds)],
  )
  return new Map(rows.map(({ service_id, rate }) => [service_id, rate]))
}

/** From what the quarter of an hour now is expected to hold. */
async function usualRates(run: Run, nowMs: number): Promise<UsualRates> {
  const categories = await run<{ category: string; rate: number }>(
    `select category, exp(avg(ln(expected_15m::float8 / 15))) as rate from series_state join services on id = service_id
     where region = '${WORLD}' and expected_15m > 0 group by category`,
  )
  const regions = await run<{ region: string; rate: number }>(
    `select region, sum(expected_15m)::float8 as rate from series_state group by region`,
  )
  const byRegion = new Map(regions.map(({ region, rate }) => [region, rate]))
  const world = byRegion.get(WORLD) ?? 0
  const inCountries = regions.reduce((sum, { region, rate }) => sum + (levelOf(region) === 'country' ? rate : 0), 0)
  return {
    byCategory: new Map(categories.map(({ category, rate }) => [category, rate])),
    readMs: nowMs,
    shareOf: (scope: Scope) =>
      inCountries < LEARNED_FROM * world || world === 0
        ? 1
        : ((byRegion.get(scope) ?? 0) + SHARE_KAPPA * 0.01) / (world + SHARE_KAPPA),
  }
}
