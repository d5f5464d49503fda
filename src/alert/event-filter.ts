import type { Severity } from '../incident/incident.ts'
import type { EventType, OutcryEvent } from './event.ts'

/** Which events somebody wants to hear of; an empty list asks for nothing in particular. */
export interface EventFilter {
  /** Slugs. */
  services: readonly string[]
  /** Codes; a country stands for its subdivisions too. */
  regions: readonly string[]
  types: readonly EventType[]
  /** Of incidents. Spikes have none, so they do not pass where a severity is asked for. */
  severities: readonly Severity[]
}

export const EVERYTHING: EventFilter = { services: [], regions: [], types: [], severities: [] }

export function passes(filter: EventFilter, event: OutcryEvent): boolean {
  const { services, regions, types, severities } = filter
  if (types.length > 0 && !types.includes(event.type)) return false
  if (services.length > 0 && !services.includes(event.service)) return false
  if (severities.length > 0 && !('incident' in event && severities.includes(event.incident.severity))) return false
  if (regions.length === 0) return true
  const concerned = regionsOf(event)
  return regions.some((wanted) => concerned.some((region) => region === wanted || region.startsWith(`${wanted}-`)))
}

/** Its own region, and those that carry its excess: a worldwide spike concerns whoever lives where it is felt. */
function regionsOf(event: OutcryEvent): string[] {
  const { regions } = 'spike' in event ? event.spike : event.incident
  return [...(event.region === null ? [] : [event.region]), ...regions.map(({ region }) => region)]
}
