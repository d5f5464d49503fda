import type { Window } from '../count/queries.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'

const iso = (ms: number) => new Date(ms).toISOString()

/** How many different people said "problem" in a window, live and not hidden; each UTC day tells people apart anew. */
export async function distinctReporters(run: Run, serviceId: number, { fromMs, untilMs }: Window): Promise<number> {
  const [row] = await run<{ reporters: number }>(
    `select count(distinct reporter)::float8 as reporters from reports
     where service_id = $1 and received_at >= $2::text::timestamptz and received_at < $3::text::timestamptz
       and kind = 'problem' and observed_at is null and not is_hidden`,
    [serviceId, iso(fromMs), iso(untilMs)],
  )
  return row!.reporters
}

/** The count kept when the incident was over, which outlives the raw reports. */
export async function keptReporters(run: Run, incidentId: string): Promise<number | null> {
  const [row] = await run<{ reporters: number }>('select reporters from incident_reporters where incident_id = $1', [
    incidentId,
  ])
  return row?.reporters ?? null
}

export async function keepReporters(run: Run, incidentId: string, reporters: number): Promise<void> {
  await run(
    `insert into incident_reporters (incident_id, reporters) values ($1, $2::int)
     on conflict (incident_id) do update set reporters = excluded.reporters, counted_at = now()`,
    [incidentId, reporters],
  )
}

/** A service as far as the record needs it. */
export type RecordedService = Pick<ServiceRow, 'id' | 'slug' | 'name' | 'countries' | 'statusPage' | 'category'>

/** A service that takes no more reports, or was renamed away; its incidents stay. */
export async function findRetiredService(run: Run, slug: string): Promise<RecordedService> {
  const [row] = await run<{ service: string }>(
    `select json_build_object('id', id, 'slug', slug, 'name', name, 'countries', countries, 'statusPage', status_page,
       'category', category)::text as service from services where slug = $1`,
    [slug],
  )
  if (row === undefined) return { id: -1, slug, name: slug, countries: [], statusPage: null, category: 'other' }
  return JSON.parse(row.service) as RecordedService
}

export interface ScopeExpectation {
  scope: string
  /** Sum over the quarters that were frozen. */
  expected: number
  /** Upper bound of the 95 % band of that sum. */
  upper: number
}

/** What was foreseen in a window, by scope. Variances of the quarters add up, as their counts are independent given the rate. */
export async function expectationsByScope(
  run: Run,
  serviceId: number,
  { fromMs, untilMs }: Window,
): Promise<ScopeExpectation[]> {
  return run<{ scope: string; expected: number; upper: number }>(
    `select region as scope, sum(expected)::float8 as expected,
       (sum(expected) + sqrt(greatest(sum(((upper - lower) / 2) ^ 2), 1.96 ^ 2 * sum(expected))))::float8 as upper
     from expectations_15m where service_id = $1 and bucket >= $2::text::timestamptz and bucket < $3::text::timestamptz
     group by region`,
    [serviceId, iso(fromMs), iso(untilMs)],
  )
}

export interface SnapshotRow {
  id: string
  /** Milliseconds since the epoch. */
  takenAt: number
  kind: 'incident' | 'chart'
  service: string
  incidentId: string | null
  hash: string
  methodVersion: string
  /** Canonical JSON, as hashed. */
  content: string
}

const SNAPSHOT = `id, (extract(epoch from taken_at) * 1000)::float8 as "takenAt", kind, service, incident_id as "incidentId",
  hash, method_version as "methodVersion"`

/** Adds a snapshot; the same content again is the one that is there. @returns whether it is new */
export async function addSnapshot(run: Run, row: SnapshotRow): Promise<boolean> {
  const added = await run(
    `insert into snapshots (id, taken_at, kind, service, incident_id, hash, method_version, content)
     values ($1, $2::text::timestamptz, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing returning id`,
    [row.id, iso(row.takenAt), row.kind, row.service, row.incidentId, row.hash, row.methodVersion, row.content],
  )
  return added.length > 0
}

export async function findSnapshot(run: Run, id: string): Promise<SnapshotRow | null> {
  const [row] = await run<{ [Key in keyof SnapshotRow]: SnapshotRow[Key] }>(
    `select ${SNAPSHOT}, content from snapshots where id = $1`,
    [id],
  )
  return row ?? null
}

/** Snapshots of an incident, oldest first, without their content. */
export async function snapshotsOfIncident(run: Run, incidentId: string): Promise<Omit<SnapshotRow, 'content'>[]> {
  return run<{ [Key in keyof Omit<SnapshotRow, 'content'>]: SnapshotRow[Key] }>(
    `select ${SNAPSHOT} from snapshots where incident_id = $1 order by taken_at, id`,
    [incidentId],
  )
}

/** Widths of the buckets that counts are kept in. */
export type KeptWidth = 'minutes' | 'quarters' | 'hours'

/** In which widths a window's counts are there: old minutes may be gone, and an imported day never had any. */
export async function keptWidths(run: Run, serviceId: number, { fromMs, untilMs }: Window): Promise<Set<KeptWidth>> {
  const isIn = (table: string) => `exists (select 1 from ${table} where service_id = $1 and region = 'world'
    and bucket >= $2::text::timestamptz and bucket < $3::text::timestamptz)`
  const [row] = await run<Record<KeptWidth, boolean>>(
    `select ${isIn('counts_1m')} as minutes, ${isIn('counts_15m')} as quarters, ${isIn('counts_1h')} as hours`,
    [serviceId, iso(fromMs), iso(untilMs)],
  )
  const widths: KeptWidth[] = ['minutes', 'quarters', 'hours']
  return new Set(widths.filter((width) => row![width]))
}
