/** The whole world as a scope; every country rolls up to it, and reports from nowhere known count in it alone. */
export const WORLD = 'world'

/** `world`, an ISO 3166-1 alpha-2 country (`US`) or an ISO 3166-2 subdivision (`US-TX`). */
export type Scope = string

export type ScopeLevel = 'world' | 'country' | 'subdivision'

export function levelOf(scope: Scope): ScopeLevel {
  if (scope === WORLD) return 'world'
  return scope.includes('-') ? 'subdivision' : 'country'
}

/** The country of a country or subdivision code; `null` for the world. */
export function countryOf(scope: Scope): string | null {
  return scope === WORLD ? null : scope.slice(0, 2)
}

/** The scopes a report from this region counts in, widest first. */
export function scopesOf(region: string | null): Scope[] {
  if (region === null) return [WORLD]
  const country = region.slice(0, 2)
  return region.length === 2 ? [WORLD, country] : [WORLD, country, region]
}
