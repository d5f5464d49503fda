import { z } from 'zod'
import { ERROR_TYPES, type ErrorTypeCounts } from '../report/error-type.ts'

const Instant = z.iso.datetime().transform((text) => new Date(text))
const Id = z.string().min(1).max(64)
const Count = z.number().int().min(0)

export const TimelineFromWire = z.object({
  at: Instant,
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
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
})

export const ProviderUpdateFromWire = z.object({
  at: Instant,
  status: z.enum(['investigating', 'identified', 'monitoring', 'resolved']),
  text: z.string(),
  sourceUrl: z.string().nullable(),
  cause: z.string().nullable(),
  workaround: z.string().nullable(),
})

/** An incident as the archive has it, back in its own shape. */
export const IncidentFromWire = z
  .object({
    id: Id,
    service: Id,
    status: z.enum(['suspected', 'open', 'resolved']),
    class: z.enum(['outage', 'spill-over', 'dismissed']),
    severity: z.enum(['minor', 'major', 'critical']),
    onsetAt: Instant,
    onsetInterval: z.object({ from: Instant, to: Instant }),
    openedAt: Instant,
    confirmedAt: Instant.nullable(),
    resolvedAt: Instant.nullable(),
    /** Archives from before ends were estimated have none. */
    endedAt: Instant.nullable().default(null),
    updatedAt: Instant,
    reports: Count,
    okVotes: Count,
    peak: z.object({ observed: Count, expected: z.number().min(0), at: Instant }),
    errorTypes: z.partialRecord(z.enum(ERROR_TYPES), Count),
    regions: z.array(z.object({ region: z.string(), share: z.number() })),
    isWorldwide: z.boolean(),
    spillOverOf: z.object({ incidentId: Id, service: Id }).nullable(),
    spikeIds: z.array(z.string()),
    methodVersion: z.string(),
    reporters: Count.nullable(),
    timeline: z.array(z.unknown()),
    providerUpdates: z.array(z.unknown()),
  })
  .transform(({ onsetInterval, errorTypes, ...rest }) => ({
    ...rest,
    errorTypes: errorTypes as ErrorTypeCounts,
    onsetFrom: onsetInterval.from,
    onsetUntil: onsetInterval.to,
  }))
