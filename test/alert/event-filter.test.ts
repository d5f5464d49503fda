import { describe, expect, test } from 'vitest'
import type { NewEvent, OutcryEvent } from '../../src/alert/event.ts'
import { EVERYTHING, type EventFilter, passes } from '../../src/alert/event-filter.ts'
import { incidentEvent, spikeEvent } from '../support/build-events.ts'

const logged = (event: NewEvent): OutcryEvent => ({ ...event, id: '1', at: new Date(0) })
const spike = logged(spikeEvent({ service: 'mail', region: null, regions: [{ region: 'US-TX', share: 1 }] }))
const local = logged(spikeEvent({ service: 'mail', region: 'DE', regions: [] }))
const incident = logged(incidentEvent({ severity: 'major', regions: [{ region: 'FR', share: 1 }] }))

describe('an event passes a filter', () => {
  test.each<[string, Partial<EventFilter>, OutcryEvent, boolean]>([
    ['that asks for nothing', {}, spike, true],
    ['of its service', { services: ['chat', 'mail'] }, spike, true],
    ['of another service', { services: ['chat'] }, spike, false],
    ['of its type', { types: ['spike.opened'] }, spike, true],
    ['of another type', { types: ['spike.resolved'] }, spike, false],
    ['of the country of a region it is felt in', { regions: ['US'] }, spike, true],
    ['of a region it is felt in', { regions: ['US-TX'] }, spike, true],
    ['of a neighbouring region', { regions: ['US-CA'] }, spike, false],
    ['of its own region', { regions: ['DE'] }, local, true],
    ['of a part of its region where nothing is known of the parts', { regions: ['DE-BY'] }, local, false],
    ['of its severity', { severities: ['major', 'critical'] }, incident, true],
    ['of another severity', { severities: ['critical'] }, incident, false],
    ['of a severity, being a spike, which has none', { severities: ['minor', 'major', 'critical'] }, spike, false],
    ['only when every list is met', { services: ['mail'], regions: ['JP'] }, incident, false],
  ])('%s: %o', (_, filter, event, expected) => {
    expect(passes({ ...EVERYTHING, ...filter }, event)).toBe(expected)
  })
})
