import type { RatePrior } from '../detection/detector.ts'
import { WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import type { KnownService } from './load-series.ts'
import { beginNewSeries, savePriors } from './queries.ts'
import type { SeriesKey } from './series.ts'

/** Reports that the prior of a new series is worth: wide, so that at first only a clear outage alarms. */
const WORLD_WEIGHT = 0.5
const REGION_WEIGHT = 1
/** Reports a minute of a service of which nothing is known. */
const ANY_RATE = 0.02
/** Quarter hours' worth of reports after which a region's own share is believed over that of all services. */
const SHARE_KAPPA = 12
const LEAST_RATE = 1e-4

/** Writes down new series, each with what may be believed of it beforehand. */
export async function beginWithPriors(
  run: Run,
  keys: readonly SeriesKey[],
  services: ReadonlyMap<number, KnownService>,
): Promise<void> {
  const begun = (await beginNewSeries(run, keys)).filter(({ serviceId }) => services.has(serviceId))
  if (begun.length === 0) return
  const { byCategory, worldOf, byRegion, world } = await usualRates(
    run,
    begun.map(({ serviceId }) => serviceId),
  )
  await savePriors(
    run,
    begun.map((key) => {
      const service = services.get(key.serviceId)!
      const ofCategory = byCategory.get(service.category) ?? ANY_RATE
      const ofService = worldOf.get(key.serviceId) ?? 0
      const rate = ofService > 0 ? ofService : ofCategory
      if (key.scope === WORLD) return { key, prior: priorOf(rate, WORLD_WEIGHT) }
      const share = ((byRegion.get(key.scope) ?? 0) + SHARE_KAPPA * 0.01) / (world + SHARE_KAPPA)
      return { key, prior: priorOf(rate * share, REGION_WEIGHT) }
    }),
  )
}

function priorOf(expectedPerBucket: number, weight: number): RatePrior {
  return { expectedPerBucket: Math.max(LEAST_RATE, expectedPerBucket), weight }
}

/** Usual reports a minute, from what the quarter of an hour now is expected to hold. */
async function usualRates(run: Run, serviceIds: readonly number[]) {
  const categories = await run<{ category: string; rate: number }>(
    `select category, exp(avg(ln(expected_15m::float8 / 15))) as rate from series_state join services on id = service_id
     where region = '${WORLD}' and expected_15m > 0 group by category`,
  )
  const regions = await run<{ region: string; rate: number }>(
    `select region, sum(expected_15m)::float8 as rate from series_state group by region`,
  )
  const own = await run<{ service_id: number; rate: number }>(
    `select service_id, expected_15m::float8 / 15 as rate from series_state
     where region = '${WORLD}' and service_id in (select json_array_elements_text($1::text::json)::int)`,
    [JSON.stringify(serviceIds)],
  )
  const byRegion = new Map(regions.map(({ region, rate }) => [region, rate]))
  return {
    byCategory: new Map(categories.map(({ category, rate }) => [category, rate])),
    worldOf: new Map(own.map(({ service_id, rate }) => [service_id, rate])),
    byRegion,
    world: byRegion.get(WORLD) ?? 0,
  }
}
