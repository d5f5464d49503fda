import { timeZoneOf } from '../region/region.ts'
import { WORLD } from '../region/scope.ts'

/** Zone whose wall clock a series follows: its region's, or that of the one country which the service is for, else UTC. */
export function zoneOfSeries(scope: string, serviceCountries: readonly string[]): string {
  if (scope !== WORLD) return timeZoneOf(scope)
  return serviceCountries.length === 1 ? timeZoneOf(serviceCountries[0]!) : 'UTC'
}
