import { z } from 'zod'
import { ERROR_TYPES } from '../report/error-type.ts'
import { ServiceInput, ServiceSlug } from '../service/service-schema.ts'
import { At, Count, DESCRIBED } from './state-schemas.ts'

/** What the operator is answered about the catalogue, the reports and what was done. */

export const KeptService = z
  .strictObject({
    ...DESCRIBED,
    dependsOn: z.array(z.string()).meta({ description: 'Slugs of services that take it down with them.' }),
    isActive: z.boolean().meta({ description: 'False for one that is retired: nobody can report on it.' }),
    createdAt: At,
    updatedAt: At,
    editedAt: At.nullable().meta({ description: 'When an operator last changed it; `null` while it is as built in.' }),
  })
  .meta({ description: 'A service as the catalogue describes it.' })

export const KeptServiceList = z.strictObject({ items: z.array(KeptService), nextCursor: z.string().nullable() })

/** As a file to import has it; the slug stands in the address. */
export const ServiceBody = z.strictObject({
  ...ServiceInput.shape,
  slug: ServiceSlug.optional().meta({ description: 'That of the address, if it is there.' }),
})

export const FoundReport = z
  .strictObject({
    id: z.string(),
    service: z.string(),
    receivedAt: At,
    observedAt: At.nullable().meta({ description: 'Of a late report: when it was seen.' }),
    kind: z.enum(['problem', 'ok']),
    errorType: z.enum(ERROR_TYPES).nullable(),
    region: z.string().nullable(),
    feature: z.string().nullable(),
    comment: z.string().nullable(),
    network: z.string().meta({
      description: 'A name for the network it came from, another one each day (UTC); who sent it is not known.',
    }),
    asn: z.int().nullable(),
    weight: z.number().min(0).max(1).meta({ description: 'What it weighs in detection, as a part of a person.' }),
    source: z.string().nullable().meta({ description: 'Id of the key that a partner reported with.' }),
    isHidden: z.boolean(),
  })
  .meta({ description: 'A report as the operator sees it.' })

export const FoundReportList = z.strictObject({
  items: z.array(FoundReport),
  nextCursor: z.string().nullable().meta({ description: 'A page may hold fewer than asked for and still go on.' }),
})

const outcome = {
  services: z.array(z.string()),
  notFound: z.array(z.string()).meta({ description: 'Ids of reports that are not kept, or not any more.' }),
  publishedDays: z
    .array(z.iso.date())
    .meta({ description: 'Days whose archive was published before, and stays as it is.' }),
  incidents: z
    .array(z.string())
    .meta({ description: 'Incidents of that time. What they told stays; annotate or reclassify them.' }),
}

export const Hidden = z.strictObject({ hidden: Count, ...outcome })
export const Unhidden = z.strictObject({ unhidden: Count, ...outcome })

export const AuditEntry = z
  .strictObject({
    id: z.string(),
    at: At,
    actor: z.string().meta({ description: '`admin` for whoever holds ADMIN_KEY, or `command line`.' }),
    action: z.string(),
    subject: z.string().meta({ description: 'A slug, or the id of a key or an incident.' }),
    data: z.looseObject({}).meta({ description: 'What changed; for a service `before` and `after`.' }),
  })
  .meta({ description: 'Something an operator did.' })

export const AuditLog = z.strictObject({ items: z.array(AuditEntry), nextCursor: z.string().nullable() })
