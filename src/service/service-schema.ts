import { z } from 'zod'
import { CATEGORIES, type ServiceEntry, SLUG, SLUG_MAX_LENGTH, STATUS_PAGE_FORMATS } from './service.ts'

/** One line of visible text; overrides of the writing direction could make a name read as another one. */
const Line = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'must not contain control characters')

const WebAddress = z.url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' }).max(2048)

const listOf = (item: z.ZodString, maxItems: number) =>
  z
    .array(item)
    .max(maxItems)
    .transform((items) => [...new Set(items)])

export const ServiceSlug = z
  .string()
  .max(SLUG_MAX_LENGTH)
  .regex(SLUG, 'must be lower-case letters and digits in words joined by hyphens, such as exchange-online')

const description = {
  name: Line(80),
  aliases: listOf(Line(60), 50),
  category: z.enum(CATEGORIES),
  homepage: WebAddress,
  statusPage: z.strictObject({ url: WebAddress, format: z.enum(STATUS_PAGE_FORMATS) }).nullable(),
  features: listOf(Line(60), 30),
  countries: listOf(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code of two letters, such as DE'), 250),
  dependsOn: listOf(ServiceSlug, 30),
  isActive: z.boolean(),
}

/** A service from outside: a row of a file to import, or a body of the administration. Lists may be absent. */
export const ServiceInput = z
  .strictObject({
    slug: ServiceSlug,
    ...description,
    aliases: description.aliases.prefault([]),
    statusPage: description.statusPage.default(null),
    features: description.features.prefault([]),
    countries: description.countries.prefault([]),
    dependsOn: description.dependsOn.prefault([]),
    isActive: description.isActive.default(true),
  })
  .refine(({ slug, dependsOn }) => !dependsOn.includes(slug), {
    path: ['dependsOn'],
    error: 'must not name the service itself',
  }) satisfies z.ZodType<ServiceEntry, unknown>

/** Some fields of a service; the others stay. Its slug stays for ever. */
export const ServiceChange = z
  .strictObject(description)
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Say what to change.')
