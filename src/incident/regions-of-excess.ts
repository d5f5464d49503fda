import { levelOf, type Scope, WORLD } from '../region/scope.ts'

/** Fewer people in a region are not told of. */
const FEWEST = 3
const LEAST_SHARE = 0.02
const MOST_REGIONS = 30

/**
 * Countries and subdivisions that carry a rise, by their part of its excess. Where the rest has fallen meanwhile, a region's excess
 * may be all there is and more; then it counts as the whole.
 */
export function regionsOfExcess(
  scope: Scope,
  observed: ReadonlyMap<Scope, number>,
  usual: ReadonlyMap<Scope, number>,
): { region: string; share: number }[] {
  const excessOf = (region: Scope) => Math.max(0, (observed.get(region) ?? 0) - (usual.get(region) ?? 0))
  const parts = [...observed].filter(([region, count]) => count >= FEWEST && isWithin(region, scope))
  const whole = Math.max(excessOf(scope), ...parts.map(([region]) => excessOf(region)))
  if (whole <= 0) return []
  return parts
    .map(([region]) => ({ region, share: excessOf(region) / whole }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share || a.region.length - b.region.length || a.region.localeCompare(b.region))
    .slice(0, MOST_REGIONS)
}

function isWithin(region: Scope, scope: Scope): boolean {
  if (region === WORLD || region === scope) return false
  return scope === WORLD || (levelOf(scope) === 'country' && region.startsWith(`${scope}-`))
}
