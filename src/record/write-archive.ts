import { AppError } from '../errors.ts'
import { toCsvText } from '../http/csv.ts'
import { incidentTimeline, providerUpdates } from '../incident/queries.ts'
import { incidentToWire, providerUpdateToWire, timelineEntryToWire } from '../incident/wire.ts'
import type { Run } from '../storage/database.ts'
import { sha256 } from './canonical.ts'
import { CREDIT, LICENCE } from './cite.ts'
import { COUNT_HEADER, countToCsvRow, dayOf, isFinal, publishDay, publishShares } from './day-archive.ts'
import { daysWithCounts, incidentsBegunIn, quartersOf } from './day-queries.ts'
import { keptReporters } from './queries.ts'

export const ARCHIVE_FORMAT = 'outcry-archive/1'

export const ARCHIVE_FILES = [
  'counts.ndjson',
  'counts.csv',
  'incidents.ndjson',
  'incidents.csv',
  'services.ndjson',
] as const

export type ArchiveFileName = (typeof ARCHIVE_FILES)[number]

/** A day as it is published, before compression. */
export interface DayArchive {
  day: string
  files: Record<ArchiveFileName, string>
  rows: Record<ArchiveFileName, number>
}

/** Days that are final, newest first. */
export async function finalDays(run: Run, now: Date): Promise<string[]> {
  return (await daysWithCounts(run)).filter((day) => isFinal(dayOf(day)!, now))
}

/**
 * Everything of a day that may be published. The same day gives the same bytes each time.
 *
 * @throws AppError `not-found` for what is no day, or not final yet
 */
export async function archiveDay(run: Run, text: string, now: Date): Promise<DayArchive> {
  const day = dayOf(text)
  if (day === null) throw new AppError('not-found', 'A day looks like 2025-11-24.')
  if (!isFinal(day, now)) throw new AppError('not-found', 'This day is not final yet: late reports may still come.')
  const counts = publishDay(await quartersOf(run, day, { asPublished: true }))
  const incidents = []
  for (const incident of await incidentsBegunIn(run, day)) {
    incidents.push({
      ...incidentToWire({ ...incident, regions: publishShares(incident.regions, incident.reports) }),
      reporters: await keptReporters(run, incident.id),
      timeline: (await incidentTimeline(run, incident.id)).map(timelineEntryToWire),
      providerUpdates: (await providerUpdates(run, incident.id)).map(providerUpdateToWire),
    })
  }
  const slugs = [
    ...new Set([...counts.map(({ service }) => service), ...incidents.map(({ service }) => service)]),
  ].sort()
  const services = await run<{ line: string }>(
    `select json_build_object('slug', slug, 'name', name, 'category', category, 'homepage', homepage)::text as line
     from services where slug in (select json_array_elements_text($1::text::json)) order by slug collate "C"`,
    [JSON.stringify(slugs)],
  )
  const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  return {
    day: text,
    files: {
      'counts.ndjson': lines(counts),
      'counts.csv': toCsvText(COUNT_HEADER, counts.map(countToCsvRow)),
      'incidents.ndjson': lines(incidents),
      'incidents.csv': toCsvText(INCIDENT_HEADER, incidents.map(incidentToCsvRow)),
      'services.ndjson': services.map(({ line }) => `${JSON.stringify(JSON.parse(line))}\n`).join(''),
    },
    rows: {
      'counts.ndjson': counts.length,
      'counts.csv': counts.length,
      'incidents.ndjson': incidents.length,
      'incidents.csv': incidents.length,
      'services.ndjson': services.length,
    },
  }
}

const INCIDENT_HEADER = [
  'id',
  'service',
  'status',
  'class',
  'severity',
  'onset (UTC)',
  'opened (UTC)',
  'confirmed (UTC)',
  'resolved (UTC)',
  'reports (people, each once per half hour)',
  'ok (votes that it works)',
  'peak (reporters in 15 minutes)',
  'usual at the peak (reporters in 15 minutes)',
  'spill-over of (incident)',
  'method version',
  'ended (UTC, estimated)',
]

function incidentToCsvRow(incident: ReturnType<typeof incidentToWire>) {
  return [
    incident.id,
    incident.service,
    incident.status,
    incident.class,
    incident.severity,
    incident.onsetAt,
    incident.openedAt,
    incident.confirmedAt,
    incident.resolvedAt,
    incident.reports,
    incident.okVotes,
    incident.peak.observed,
    incident.peak.expected,
    incident.spillOverOf?.incidentId ?? null,
    incident.methodVersion,
    incident.endedAt,
  ]
}

export interface ArchiveManifest {
  format: typeof ARCHIVE_FORMAT
  day: string
  licence: typeof LICENCE
  credit: string
  schema: string
  /** Checksums are of the uncompressed bytes, so that no compressor matters. */
  files: { name: string; rows: number; bytes: number; sha256: string }[]
}

export async function manifestOf({ day, files, rows }: DayArchive): Promise<ArchiveManifest> {
  return {
    format: ARCHIVE_FORMAT,
    day,
    licence: LICENCE,
    credit: CREDIT,
    schema: '../schema.json',
    files: await Promise.all(
      ARCHIVE_FILES.map(async (name) => ({
        name: `${name}.gz`,
        rows: rows[name],
        bytes: new TextEncoder().encode(files[name]).byteLength,
        sha256: await sha256(files[name]),
      })),
    ),
  }
}

export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
