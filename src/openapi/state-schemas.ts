import { z } from 'zod'
import { EVENT_TYPES } from '../alert/event.ts'
import { SEVERITIES } from '../alert/filter-schema.ts'
import { STEPS } from '../count/timeseries.ts'
import { CELL_STATES } from '../heatmap/heatmap.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import { CATEGORIES, STATUS_PAGE_FORMATS } from '../service/service.ts'

/** The answers about the state of the world, as `/v1/openapi.json` describes them. Tests hold every real answer against these. */

export const At = z.iso.datetime()
export const Count = z.int().min(0)
const Share = z.number().min(0)
const Code = z.string().meta({ description: 'ISO 3166-1 country or ISO 3166-2 subdivision.', examples: ['US-TX'] })

export const Meta = z
  .strictObject({
    asOf: At,
    freshnessSeconds: z.number().meta({ description: 'Longest age of what the answer was made from.' }),
    methodVersion: z.string().meta({ description: 'Version of the detection method; see /methodology.' }),
    sampleSize: Count.optional().meta({ description: 'Reports behind the answer.' }),
    suppressedCells: Count.optional().meta({
      description:
        'Cells kept back: fewer than three people reported, or none or more where such a count could be worked out.',
    }),
  })
  .meta({ description: 'What an answer says of itself.' })

const ErrorTypeCounts = z
  .partialRecord(z.enum(ERROR_TYPES), Count)
  .meta({ description: 'Reporters by error type; an absent type counts as none.' })

const RegionShares = z
  .array(z.strictObject({ region: Code, share: Share }))
  .meta({ description: 'Countries and subdivisions that carry the excess, largest share first.' })

/** What the catalogue says of a service to everybody. */
export const DESCRIBED = {
  slug: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  category: z.enum(CATEGORIES),
  homepage: z.string(),
  statusPage: z.strictObject({ url: z.string(), format: z.enum(STATUS_PAGE_FORMATS) }).nullable(),
  features: z.array(z.string()),
  countries: z.array(z.string()).meta({ description: 'Where it mainly operates; empty means worldwide.' }),
}

export const Service = z
  .strictObject({
    ...DESCRIBED,
    state: z.enum(['ok', 'suspected', 'down', 'unknown']).meta({
      description:
        '`down` is confirmed, `suspected` is not: do not tell of it as an outage. `unknown` means too little history, or that nobody has listened for some minutes; not that all is well.',
    }),
    reportsLast15m: Count,
    okLast15m: Count,
    expectedLast15m: z.number().nullable().meta({ description: 'What is usual now; `null` when unknown.' }),
    incidentId: z.string().nullable(),
  })
  .meta({ description: 'A service and how it stands.' })

export const ServiceDetail = Service.extend({ meta: Meta })

const NetworkShare = z.number().min(0).max(1).nullable().meta({
  description:
    'Part of the excess that comes from one network, whichever it is; `null` where it cannot be told. From 0.6 on, where the network usually has less than half of that, `reach` is `network`.',
})

const Where = z.enum(['worldwide', 'regional', 'network', 'unclear']).meta({
  description: 'Where the excess sits: everywhere alike, in some regions, behind one network, or not to be told.',
})

export const Spike = z
  .strictObject({
    id: z.string(),
    service: z.string(),
    region: Code.nullable().meta({ description: '`null` for the whole world.' }),
    status: z.enum(['suspected', 'open', 'resolved']).meta({
      description:
        '`suspected` while the evidence is middling or comes from too few networks; do not tell of it as an outage.',
    }),
    cause: z.enum(['volume', 'error-mix']).meta({
      description: 'More reports than usual, or other error types than usual.',
    }),
    openedAt: At.meta({ description: 'When the alarm was raised.' }),
    onsetAt: At.meta({ description: 'When the rise probably began.' }),
    resolvedAt: At.nullable().meta({ description: 'When it was told that it is over; `null` while it goes on.' }),
    endedAt: At.nullable().meta({
      description: 'When reports were probably usual again; `null` while it goes on, and where that cannot be told.',
    }),
    updatedAt: At.meta({
      description: 'When the numbers were last told anew: every five minutes, and when they jump.',
    }),
    observed: Count.meta({
      description: 'Distinct reporters in the 15 minutes up to `updatedAt`. Not users affected.',
    }),
    expected: z.number().meta({
      description: 'What is usual in those 15 minutes. Its interval is in the time series of the service and region.',
    }),
    ratio: z.number().meta({ description: '`observed` by `expected`, the latter held at 0.1 or more.' }),
    surprise: z
      .number()
      .meta({ description: 'Evidence against the baseline in decades: 3 is one chance in a thousand.' }),
    confidence: z.number().min(0).max(1).meta({
      description: 'Probability that this is no chance fluctuation, from the evidence.',
    }),
    peak: z.strictObject({ observed: Count, at: At }).meta({ description: 'Largest `observed` so far, and when.' }),
    errorTypes: ErrorTypeCounts.meta({
      description:
        'Reporters by error type since `onsetAt`. Of a region, types that fewer than three people named are left out.',
    }),
    regions: RegionShares,
    reach: Where,
    largestNetworkShare: NetworkShare,
    networks: Count.meta({ description: 'Distinct networks among the reporters since `onsetAt`.' }),
    incidentId: z.string().nullable().meta({ description: 'The incident that this spike belongs to.' }),
    spillOverOf: z.string().nullable().meta({ description: 'The spike of another service that explains this one.' }),
    methodVersion: z.string().meta({ description: 'Version of the method that told it.' }),
  })
  .meta({ description: 'A series of reports above what its baseline explains.' })

export const SpikeDetail = Spike.extend({ meta: Meta })

export const Incident = z
  .strictObject({
    id: z.string(),
    service: z.string(),
    status: z.enum(['suspected', 'open', 'resolved']),
    class: z.enum(['outage', 'spill-over', 'dismissed']),
    severity: z.enum(SEVERITIES),
    onsetAt: At,
    onsetInterval: z.strictObject({ from: At, to: At }),
    openedAt: At,
    confirmedAt: At.nullable(),
    resolvedAt: At.nullable().meta({ description: 'When it was told that it is over.' }),
    endedAt: At.nullable().meta({ description: 'Estimated end, as `onsetAt` is the estimated begin.' }),
    updatedAt: At,
    reports: Count,
    okVotes: Count,
    peak: z.strictObject({ observed: Count, expected: z.number(), at: At }),
    errorTypes: ErrorTypeCounts,
    regions: RegionShares,
    isWorldwide: z.boolean(),
    reach: Where,
    largestNetworkShare: NetworkShare,
    spillOverOf: z
      .strictObject({
        incidentId: z.string(),
        service: z.string(),
        evidence: z
          .strictObject({
            excessRatio: z.number(),
            leadMs: z.number(),
            overlap: z.number(),
            likeness: z.number(),
            score: z.number(),
          })
          .optional()
          .meta({ description: 'The numbers that say so; absent where an operator did.' }),
      })
      .nullable()
      .meta({ description: 'The incident of another service that explains this one.' }),
    related: z
      .array(
        z.strictObject({
          incidentId: z.string(),
          service: z.string(),
          relation: z.enum(['depends-on', 'carries', 'rose-together']),
        }),
      )
      .meta({ description: 'Incidents of other services that belong to the same story.' }),
    spikeIds: z.array(z.string()),
    methodVersion: z.string(),
  })
  .meta({ description: 'All concurrent spikes of one service told as one story.' })

const Fact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

export const TimelineEntry = z.strictObject({
  at: At,
  kind: z.enum([
    'opened',
    'confirmed',
    'severity',
    'spread',
    'peak',
    'reclassified',
    'related',
    'annotated',
    'reopened',
    'resolved',
  ]),
  data: z.record(z.string(), Fact),
})

export const ProviderUpdate = z
  .strictObject({
    at: At,
    status: z.enum(['investigating', 'identified', 'monitoring', 'resolved']),
    text: z.string(),
    sourceUrl: z.string().nullable(),
    cause: z.string().nullable(),
    workaround: z.string().nullable(),
  })
  .meta({ description: 'What the provider said.' })

export const IncidentDetail = Incident.extend({
  timeline: z.array(TimelineEntry),
  providerUpdates: z.array(ProviderUpdate),
  spikes: z.array(Spike),
  meta: Meta,
})

export const Event = z
  .strictObject({
    id: z
      .string()
      .regex(/^\d+$/)
      .meta({ description: 'Rises in the order of commits; also the webhook id, the stream id and the cursor.' }),
    type: z.enum(EVENT_TYPES),
    at: At,
    service: z.string(),
    region: Code.nullable(),
    data: z.union([Spike, Incident]),
  })
  .meta({ description: 'One entry of the event log.' })

const listOf = (item: z.ZodType) =>
  z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'For `cursor`; `null` at the end.' }),
    meta: Meta,
  })

export const ServiceList = listOf(Service)
export const SpikeList = listOf(Spike)
export const IncidentList = listOf(Incident)
export const EventList = z.strictObject({
  items: z.array(Event),
  nextCursor: z
    .string()
    .meta({ description: 'Id of the last event given; the cursor that was asked for when there is none.' }),
  meta: Meta,
})

const Reporters = Count.nullable().meta({
  description: '`null` where there is no data, or fewer than three people reported.',
})

export const Timeseries = z.strictObject({
  service: z.string(),
  region: Code.nullable(),
  errorType: z.enum(ERROR_TYPES).nullable(),
  from: At,
  to: At,
  step: z.enum(STEPS),
  points: z.array(
    z.strictObject({
      t: At.meta({ description: 'Start of the step.' }),
      count: Count.nullable().meta({
        description:
          '`null` where there is no data: for most of the step nobody listened, or it is still to come. Of a region also where fewer than three people reported.',
      }),
      expected: z.number().nullable().meta({
        description:
          'What was foreseen, with its 95 % band in `lower` and `upper`. Where for a smaller part of the step nobody listened, of the part that was heard. A step that has only begun is foreseen whole. `null` where there is no data, before the first report, and more than a week ahead.',
      }),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
      ok: Reporters,
      late: Reporters,
    }),
  ),
  meta: Meta,
})

const shareOf = (name: string, key: z.ZodType) =>
  z.array(z.strictObject({ [name]: key, count: Count.nullable(), share: z.number().nullable() }))

export const Breakdown = z.strictObject({
  service: z.string(),
  from: At,
  to: At,
  problems: Count,
  ok: Count,
  errorTypes: shareOf('errorType', z.enum(ERROR_TYPES)).meta({
    description: 'Worldwide, and therefore as they are: they tell of no place.',
  }),
  features: shareOf('feature', z.string()).meta({
    description: 'Those that at least three people named.',
  }),
  regions: shareOf('region', Code).meta({
    description: 'Countries. `null` is fewer than three or none, kept back as in the heatmap of the same window.',
  }),
  unplaced: Count.nullable().meta({ description: 'Reports without a known place; `null` where kept back.' }),
  affected: z
    .strictObject({ share: z.number(), lower: z.number(), upper: z.number(), voters: Count })
    .nullable()
    .meta({ description: 'Problems among all who voted, with the Wilson interval at 95 %. No share of all users.' }),
  meta: Meta,
})

const cell = {
  name: z.string(),
  count: Count.nullable().meta({
    description: '`null` where kept back, as `suppressed` says, and where there is no data.',
  }),
  expected: z.number().nullable().meta({
    description:
      'What was usual of the region in this window, as the time series tells it: the sum of what was foreseen then. Of the part of the window in which somebody listened; `null` where nothing is known of what is usual, or the count is kept back.',
  }),
  ratio: z.number().nullable().meta({
    description: 'count / expected, with at least 0.1 expected; `null` while nothing is known of what is usual.',
  }),
  perMillion: z.number().nullable(),
  state: z.enum(CELL_STATES).meta({
    description:
      '`none` no report · `usual` · `elevated` at least 3 times the usual and five people · `high` at least 10 times · `hidden` kept back · `unknown` with a `count`: nothing is known yet of what is usual, as in the first day of a service, which is no all-clear; with `count` `null`: there is no data.',
  }),
  suppressed: z.boolean(),
}

export const Heatmap = z.strictObject({
  service: z.string().nullable(),
  level: z.enum(['country', 'subdivision']),
  country: Code.nullable(),
  from: At,
  to: At,
  regions: z.array(z.strictObject({ region: Code, ...cell })),
  meta: Meta,
})

export const HeatmapGeojson = z.strictObject({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.strictObject({
      type: z.literal('Feature'),
      id: Code,
      geometry: z.strictObject({ type: z.literal('Point'), coordinates: z.array(z.number()).length(2) }).nullable(),
      properties: z.strictObject({ region: Code, ...cell }),
    }),
  ),
  meta: Meta,
})

export const Place = z.strictObject({
  country: Code.nullable(),
  subdivision: Code.nullable(),
  region: Code.nullable(),
  name: z.string().nullable(),
  regions: z
    .array(z.array(z.string()).length(2))
    .meta({ description: 'Code and name of each subdivision of the country.' }),
})

export const MethodMeasure = z.strictObject({
  methodVersion: z.string(),
  days: Count.meta({ description: 'How far back was looked.' }),
  seriesWeeks: z.number().min(0).meta({ description: 'Time that worldwide series were watched, in weeks.' }),
  falseAlarmsPerSeriesWeek: z.number().min(0).nullable().meta({
    description:
      'Estimated for a worldwide series; null before anything was watched. What was believed before weighs as much as 50 `seriesWeeks`: with fewer, this is mostly that belief.',
  }),
  falseAlarmsInterval: z
    .strictObject({ lower: z.number().min(0), upper: z.number().min(0) })
    .nullable()
    .meta({ description: 'Its 95 % interval, as far as peaks of evidence grow rarer like exp(-nats): see `peaks`.' }),
  promisedPerSeriesWeek: z.number().meta({ description: 'The rate that the method promises to stay below.' }),
  openAtNats: z.number().meta({ description: 'Evidence at which an alarm opens.' }),
  calibratedOpenAtNats: z
    .number()
    .nullable()
    .meta({ description: 'Evidence at which the promise would be kept exactly.' }),
  peaks: z.array(z.strictObject({ nats: z.number(), peaks: Count, promised: z.number().min(0) })).meta({
    description:
      'Calibration of the evidence: its peaks at or above each level of which no confirmed spike came, and how many the promise allows in the time watched, if they grow rarer like exp(-nats).',
  }),
  bands: z
    .array(
      z.strictObject({
        expectedFrom: z.number(),
        expectedUntil: z.number().nullable(),
        quarters: Count,
        below: Share,
        within: Share,
        above: Share,
      }),
    )
    .meta({ description: 'Parts of the quarters of an hour that lay below, in and above their 95 % band.' }),
  spikes: z.strictObject({ opened: Count, confirmed: Count, dismissed: Count }).meta({
    description: 'Worldwide spikes of these days, and what became of their incidents.',
  }),
  meta: Meta,
})
