import { countryOf, levelOf, type Scope, type ScopeLevel, WORLD } from '../region/scope.ts'

/**
 * How the false alarms of a service are shared out: one budget for its world total, and one for all its regions together, half
 * to the countries and half to their subdivisions. A chart's false alarms fall like exp(-h), so a share s costs -ln(s) nats.
 * Regions have a share in proportion to the root of their people: thin ones alarm late anyway, and none is left without.
 */
const LEVEL_SHARE: Record<ScopeLevel, number> = { world: 1, country: 0.5, subdivision: 0.5 }

/** No region is left with less. */
const LEAST_SHARE = 1e-6

/**
 * Shares of the alarm budget for the series of one service.
 *
 * @param scopes that are tested, each once
 * @param populationOf people of a region; `null` where unknown, which counts as the middle of its level
 * @returns by scope, in (0, 1]; the regions' sum is at most 1 and a world total has 1 of its own
 */
export function budgetShares(
  scopes: readonly Scope[],
  populationOf: (scope: Scope) => number | null,
): ReadonlyMap<Scope, number> {
  const shares = new Map<Scope, number>()
  for (const level of ['world', 'country', 'subdivision'] as const) {
    const members = scopes.filter((scope) => levelOf(scope) === level)
    const known = members.map(populationOf).filter((people) => people !== null)
    const middle = known.length > 0 ? known.sort((a, b) => a - b)[known.length >> 1]! : 1
    const weights = members.map((scope) => Math.sqrt(Math.max(1, populationOf(scope) ?? middle)))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    members.forEach((scope, i) => {
      const share = level === 'world' ? 1 : (LEVEL_SHARE[level] * weights[i]!) / total
      shares.set(scope, Math.max(LEAST_SHARE, share))
    })
  }
  return shares
}

/** Nats by which a series with this share of the budget must show more than one that has it all. */
export function shareCost(share: number): number {
  if (!(share > 0 && share <= 1)) throw new RangeError(`a share of the budget lies in (0, 1], got ${share}`)
  return -Math.log(share)
}

/** Evidence from which the next finer level is worth looking at. */
export const LOOK_CLOSER_AT = 3

/**
 * The scopes whose charts are worth advancing: the world always; countries while the world or the country shows some
 * evidence; subdivisions while their country does (hierarchical testing, Meinshausen 2008).
 *
 * @param evidenceOf present evidence of a scope in nats
 */
export function scopesToTest(scopes: readonly Scope[], evidenceOf: (scope: Scope) => number): Scope[] {
  return scopes.filter((scope) => {
    const level = levelOf(scope)
    if (level === 'world' || evidenceOf(scope) >= LOOK_CLOSER_AT) return true
    const above = level === 'country' ? WORLD : countryOf(scope)!
    return evidenceOf(above) >= LOOK_CLOSER_AT || (level === 'subdivision' && evidenceOf(WORLD) >= LOOK_CLOSER_AT)
  })
}

/**
 * What a thin cell expects: the service's rate times the region's share, where the share is shrunk to that of like services.
 * A Gamma-Poisson mean with a prior worth some 12 reports.
 *
 * @param serviceRate expected of the whole service, per bucket
 * @param usualShare part of like services' reports that comes from the region, in [0, 1]
 * @param ownReports of the service from the region, in the time in which the service had `serviceReports`
 */
export function borrowedRate(
  serviceRate: number,
  usualShare: number,
  ownReports: number,
  serviceReports: number,
): number {
  const share = (SHRINKAGE * usualShare + ownReports) / (SHRINKAGE + serviceReports)
  return serviceRate * share
}

/** Reports of the service that the usual share is worth. */
const SHRINKAGE = 12
