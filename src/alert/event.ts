import type { Incident } from '../incident/incident.ts'
import type { Spike } from '../incident/spike.ts'

export const EVENT_TYPES = [
  'spike.opened',
  'spike.updated',
  'spike.resolved',
  'spike.reclassified',
  'incident.opened',
  'incident.updated',
  'incident.resolved',
] as const

export type EventType = (typeof EVENT_TYPES)[number]

/** A change that is not yet in the log. */
export type NewEvent =
  | { type: Extract<EventType, `spike.${string}`>; service: string; region: string | null; spike: Spike }
  | { type: Extract<EventType, `incident.${string}`>; service: string; region: null; incident: Incident }

/** One entry of the event log. Its id, decimal digits rising in commit order, is the webhook id, the stream id and the cursor. */
export type OutcryEvent = NewEvent & { id: string; at: Date }
