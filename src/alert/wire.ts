import { incidentToWire, spikeToWire } from '../incident/wire.ts'
import type { OutcryEvent } from './event.ts'

/** An event as `/v1/events`, the stream and webhooks give it. */
export function eventToWire(event: OutcryEvent) {
  return {
    id: event.id,
    type: event.type,
    at: event.at.toISOString(),
    service: event.service,
    region: event.region,
    data: 'spike' in event ? spikeToWire(event.spike) : incidentToWire(event.incident),
  }
}
