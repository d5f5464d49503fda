import { z } from 'zod'
import { RegionCode, Slug } from '../http/parameters.ts'
import { firstLevelOf } from '../region/region.ts'
import { EVENT_TYPES } from './event.ts'
import type { EventFilter } from './event-filter.ts'

export const SEVERITIES = ['minor', 'major', 'critical'] as const

/** Most entries of one list. */
const MOST = 100

const Region = RegionCode.transform(firstLevelOf)

/** A list as one query parameter: values parted by commas. */
const commaList = <Item extends z.ZodType<unknown, string>>(item: Item, what: string, example: string) =>
  z
    .string()
    .max(4_000)
    .transform((text) => text.split(','))
    .pipe(z.array(item).min(1).max(MOST))
    .optional()
    .meta({ description: `${what}; several parted by commas.`, examples: [example] })

/** What a filter looks like in an address. */
export const FILTER_PARAMETERS = {
  service: commaList(Slug, 'Slugs of services', 'exchange-online'),
  region: commaList(Region, 'Countries or subdivisions; a country stands for its subdivisions too', 'US-TX'),
  type: commaList(z.enum(EVENT_TYPES), 'Types of events', 'spike.opened,spike.resolved'),
  severity: commaList(
    z.enum(SEVERITIES),
    'Severities of incidents; spikes have none and do not pass where this is given',
    'major,critical',
  ),
}

const Parameters = z.object(FILTER_PARAMETERS)

export function filterOfParameters({ service, region, type, severity }: z.output<typeof Parameters>): EventFilter {
  return { services: service ?? [], regions: region ?? [], types: type ?? [], severities: severity ?? [] }
}

/** What a filter looks like in a body. An absent or empty list asks for nothing in particular. */
export const FilterBody = z
  .strictObject({
    services: z.array(Slug).max(MOST).default([]),
    regions: z
      .array(Region)
      .max(MOST)
      .default([])
      .meta({ description: 'Countries or subdivisions; a country stands for its subdivisions too.' }),
    types: z.array(z.enum(EVENT_TYPES)).max(EVENT_TYPES.length).default([]),
    severities: z
      .array(z.enum(SEVERITIES))
      .max(SEVERITIES.length)
      .default([])
      .meta({ description: 'Of incidents; spikes have none and do not pass where this is given.' }),
  })
  .meta({ description: 'Which events to tell of; an event must pass every list that is not empty.' })
