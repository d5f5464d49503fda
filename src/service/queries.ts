import type { Run } from '../storage/database.ts'
import type { ServiceEntry } from './service.ts'

/** Services as a table: one JSON parameter, because arrays in parameters differ between the two drivers. */
const GIVEN = `json_to_recordset($1::text::json) as g(slug text, name text, aliases text[], category text, homepage text,
  status_page jsonb, features text[], countries text[], depends_on text[], is_active boolean)`

const DESCRIPTION = ['name', 'aliases', 'category', 'homepage', 'status_page', 'features', 'countries', 'depends_on']

const of = (table: string, columns: string[]) => columns.map((column) => `${table}.${column}`).join(', ')
const taken = (columns: string[]) => columns.map((column) => `${column} = excluded.${column}`).join(', ')

function toRows(services: readonly ServiceEntry[]): string {
  return JSON.stringify(
    services.map(({ statusPage, dependsOn, isActive, ...same }) => ({
      ...same,
      status_page: statusPage,
      depends_on: dependsOn,
      is_active: isActive,
    })),
  )
}

/**
 * Adds built-in services that are missing, and renews those that changed and that no operator has edited. Whether one is
 * active stays the operator's choice. Nothing is written when nothing changed; rows go in order of slug, so that two
 * starters cannot wait for each other in a circle.
 *
 * @returns the slugs that were added or renewed
 */
export async function putBuiltInServices(run: Run, services: readonly ServiceEntry[]): Promise<string[]> {
  const rows = await run<{ slug: string }>(
    `insert into services as s (slug, ${DESCRIPTION.join(', ')})
     select g.slug, ${of('g', DESCRIPTION)} from ${GIVEN}
     where not exists (select 1 from services known where known.slug = g.slug
       and (known.edited_at is not null or (${of('known', DESCRIPTION)}) is not distinct from (${of('g', DESCRIPTION)})))
     order by g.slug
     on conflict (slug) do update set ${taken(DESCRIPTION)}, updated_at = now() where s.edited_at is null
     returning slug`,
    [toRows(services)],
  )
  return rows.map(({ slug }) => slug)
}

/** Saves services as an operator wants them, whole; returns those that this added or changed. */
export async function saveServices(
  run: Run,
  services: readonly ServiceEntry[],
): Promise<{ slug: string; isNew: boolean }[]> {
  const columns = [...DESCRIPTION, 'is_active']
  return run<{ slug: string; isNew: boolean }>(
    `insert into services as s (slug, ${columns.join(', ')}, edited_at)
     select g.slug, ${of('g', columns)}, now() from ${GIVEN} order by g.slug
     on conflict (slug) do update set ${taken(columns)}, updated_at = now(), edited_at = now()
       where (${of('s', columns)}) is distinct from (${of('excluded', columns)})
     returning slug, xmax = 0 as "isNew"`,
    [toRows(services)],
  )
}

const ENTRY = `json_build_object('slug', slug, 'name', name, 'aliases', aliases, 'category', category, 'homepage', homepage,
  'statusPage', status_page, 'features', features, 'countries', countries, 'dependsOn', depends_on, 'isActive', is_active)::text`

/** The whole catalogue, also services that are not active, in order of slug. */
export async function listServices(run: Run): Promise<ServiceEntry[]> {
  const rows = await run<{ service: string }>(`select ${ENTRY} as service from services order by slug collate "C"`)
  return rows.map(({ service }) => JSON.parse(service) as ServiceEntry)
}

/** Takes the services of some slugs for this transaction, and gives them as they are; in order of slug, as they are saved. */
export async function holdServices(run: Run, slugs: readonly string[]): Promise<Map<string, ServiceEntry>> {
  const rows = await run<{ slug: string; service: string }>(
    `select slug, ${ENTRY} as service from services where slug in (select json_array_elements_text($1::text::json))
     order by slug for update`,
    [JSON.stringify(slugs)],
  )
  return new Map(rows.map(({ slug, service }) => [slug, JSON.parse(service) as ServiceEntry]))
}

/** A service as the administration sees it. */
export interface KeptService {
  entry: ServiceEntry
  createdAt: Date
  updatedAt: Date
  /** When an operator last changed it; `null` while it is as built in. */
  editedAt: Date | null
}

const KEPT = `${ENTRY} as entry, (extract(epoch from created_at) * 1000)::float8 as created,
  (extract(epoch from updated_at) * 1000)::float8 as updated, (extract(epoch from edited_at) * 1000)::float8 as edited`

interface KeptRow extends Record<string, unknown> {
  entry: string
  created: number
  updated: number
  edited: number | null
}

const keptFrom = ({ entry, created, updated, edited }: KeptRow): KeptService => ({
  entry: JSON.parse(entry) as ServiceEntry,
  createdAt: new Date(created),
  updatedAt: new Date(updated),
  editedAt: edited === null ? null : new Date(edited),
})

/** A page of the catalogue in order of slug, also services that are not active. */
export async function listKeptServices(
  run: Run,
  { isActive, after, limit }: { isActive: boolean | null; after: string | null; limit: number },
): Promise<KeptService[]> {
  const rows = await run<KeptRow>(
    `select ${KEPT} from services
     where ($1::boolean is null or is_active = $1) and ($2::text is null or slug collate "C" > $2)
     order by slug collate "C" limit $3::int`,
    [isActive, after, limit],
  )
  return rows.map(keptFrom)
}

export async function findKeptService(run: Run, slug: string): Promise<KeptService | null> {
  const [row] = await run<KeptRow>(`select ${KEPT} from services where slug = $1`, [slug])
  return row ? keptFrom(row) : null
}

/** The number that a service's rows are kept under, also of one that is not active; `null` without such a service. */
export async function findServiceId(run: Run, slug: string): Promise<number | null> {
  const [row] = await run<{ id: number }>('select id from services where slug = $1', [slug])
  return row?.id ?? null
}

/** Which of these slugs no service has. */
export async function unknownSlugs(run: Run, slugs: readonly string[]): Promise<Set<string>> {
  const rows = await run<{ slug: string }>(
    `select slug from json_array_elements_text($1::text::json) as asked(slug)
     where not exists (select 1 from services where services.slug = asked.slug)`,
    [JSON.stringify(slugs)],
  )
  return new Set(rows.map(({ slug }) => slug))
}
