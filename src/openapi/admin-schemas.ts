import { z } from 'zod'
import { CATEGORIES, STATUS_PAGE_FORMATS } from '../service/service.ts'
import { ServiceInput, ServiceSlug } from '../service/service-schema.ts'
import { At } from './state-schemas.ts'

/** What the operator is answered about the catalogue, the reports and what was done. */

export const KeptService = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    aliases: z.array(z.string()),
    category: z.enum(CATEGORIES),
    homepage: z.string(),
    statusPage: z.strictObject({ url: z.string(), format: z.enum(STATUS_PAGE_FORMATS) }).nullable(),
    features: z.array(z.string()),
    countries: z.array(z.string()),
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
