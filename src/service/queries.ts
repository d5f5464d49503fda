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

/** The whole catalogue, also services that are not active, in order of slug. */
export async function listServices(run: Run): Promise<ServiceEntry[]> {
  const rows = await run<{ service: string }>(
    `select json_build_object('slug', slug, 'name', name, 'aliases', aliases, 'category', category, 'homepage', homepage,
       'statusPage', status_page, 'features', features, 'countries', countries, 'dependsOn', depends_on,
       'isActive', is_active)::text as service
     from services order by slug collate "C"`,
  )
  return rows.map(({ service }) => JSON.parse(service) as ServiceEntry)
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
