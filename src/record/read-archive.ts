import { z } from 'zod'
import { saveIncidents, saveProviderUpdate } from '../incident/queries.ts'
import { WORLD } from '../region/scope.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import { saveServices } from '../service/queries.ts'
import { CATEGORIES, SLUG } from '../service/service.ts'
import type { Storage } from '../storage/database.ts'
import { sha256 } from './canonical.ts'
import { dayOf, type QuarterCount } from './day-archive.ts'
import { addQuarters, serviceIds, sumHours } from './day-queries.ts'
import { IncidentFromWire, ProviderUpdateFromWire, TimelineFromWire } from './incident-from-wire.ts'
import { keepReporters } from './queries.ts'
import { ARCHIVE_FORMAT } from './write-archive.ts'

const Count = z.number().int().min(0).nullable()

const CountLine = z.object({
  service: z.string().regex(SLUG),
  region: z.string().regex(/^(world|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/),
  t: z.iso.datetime(),
  reporters: Count,
  ok: Count,
  late: Count,
  networks: Count,
  weight: Count,
  errorTypes: z.partialRecord(z.enum(ERROR_TYPES), z.number().int().min(0)).nullable(),
  expected: z.object({ mean: z.number(), lower: z.number(), upper: z.number() }).nullable(),
})

const ServiceLine = z.object({
  slug: z.string().regex(SLUG),
  name: z.string().min(1).max(120),
  category: z.enum(CATEGORIES),
  homepage: z.url({ protocol: /^https?$/ }),
})

export const Manifest = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  day: z.string().refine((text) => dayOf(text) !== null, 'Must be a day such as 2025-11-24.'),
  files: z.array(z.object({ name: z.string(), rows: z.number(), bytes: z.number(), sha256: z.string() })),
})

/** Files of a day by name without `.gz`, uncompressed. */
export type DayFiles = Pick<Record<string, string>, string>

export interface ImportedDay {
  day: string
  counts: number
  incidents: number
  services: number
}

/** Portions in which counts are written: one parameter must not grow without bound. */
const PORTION = 5_000

/**
 * Reads a published day back, whole or not at all. Counts of the same quarters are replaced; services that are not there
 * are added.
 *
 * @throws Error that says which file or line is wrong
 */
export async function readArchiveDay(storage: Storage, manifestText: string, files: DayFiles): Promise<ImportedDay> {
  const manifest = Manifest.parse(JSON.parse(manifestText))
  for (const { name, sha256: expected } of manifest.files) {
    const plain = name.replace(/\.gz$/, '')
    const content = files[plain]
    if (content === undefined) {
      if (plain.endsWith('.ndjson')) throw new Error(`${manifest.day}/${name} is missing`)
      continue
    }
    if ((await sha256(content)) !== expected) throw new Error(`${manifest.day}/${name} is not what the manifest says`)
  }
  const services = linesOf('services.ndjson', files, ServiceLine)
  const counts = linesOf('counts.ndjson', files, CountLine)
  const incidents = linesOf('incidents.ndjson', files, IncidentFromWire)
  const { fromMs, untilMs } = dayOf(manifest.day)!
  for (const { t } of counts)
    if (Date.parse(t) < fromMs || Date.parse(t) >= untilMs)
      throw new Error(`counts.ndjson: ${t} is not of ${manifest.day}`)

  await storage.transaction(async (run) => {
    const known = await serviceIds(run)
    const missing = services.filter(({ slug }) => !known.has(slug))
    await saveServices(
      run,
      missing.map((service) => ({
        ...service,
        aliases: [],
        statusPage: null,
        features: [],
        countries: [],
        dependsOn: [],
        isActive: true,
      })),
    )
    const ids = await serviceIds(run)
    for (let start = 0; start < counts.length; start += PORTION)
      await addQuarters(run, counts.slice(start, start + PORTION).map(quarterOf))
    await sumHours(run, { fromMs, untilMs })
    for (const { timeline, providerUpdates, reporters, ...incident } of incidents) {
      const serviceId = ids.get(incident.service)
      if (serviceId === undefined) throw new Error(`incidents.ndjson: there is no service "${incident.service}"`)
      const [there] = await run('select 1 from incidents where id = $1', [incident.id])
      if (there !== undefined) continue
      await saveIncidents(run, [
        {
          serviceId,
          incident: {
            ...incident,
            reach: incident.isWorldwide ? 'worldwide' : 'unclear',
            largestNetworkShare: null,
            related: [],
          },
          entries: timeline.map((entry) => TimelineFromWire.parse(entry)),
        },
      ])
      for (const update of providerUpdates)
        await saveProviderUpdate(run, incident.id, ProviderUpdateFromWire.parse(update))
      if (reporters !== null) await keepReporters(run, incident.id, reporters)
    }
  })
  return { day: manifest.day, counts: counts.length, incidents: incidents.length, services: services.length }
}

function linesOf<Schema extends z.ZodType>(name: string, files: DayFiles, schema: Schema): z.output<Schema>[] {
  return (files[name] ?? '').split('\n').flatMap((line, index) => {
    if (line === '') return []
    const parsed = schema.safeParse(JSON.parse(line))
    if (!parsed.success)
      throw new Error(
        `${name}:${index + 1}: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
      )
    return [parsed.data]
  })
}

/** What was kept back is read as none; its weight is that of one reporter each, since more is not known of a place. */
function quarterOf(line: z.output<typeof CountLine>): QuarterCount {
  const reporters = line.reporters ?? 0
  return {
    service: line.service,
    region: line.region,
    t: line.t,
    reporters,
    ok: line.ok ?? 0,
    late: line.late ?? 0,
    networks: line.networks ?? (line.region === WORLD ? 0 : reporters),
    weight: line.weight ?? reporters * 1_000,
    errorTypes: (line.errorTypes ?? {}) as QuarterCount['errorTypes'],
    expected: line.expected,
  }
}
