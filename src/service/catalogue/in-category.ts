import type { Category, ServiceEntry, StatusPage } from '../service.ts'

/** What a row of the built-in catalogue must say; the rest has the usual values of its category. */
type BuiltInRow = Pick<ServiceEntry, 'slug' | 'name' | 'homepage'> &
  Partial<Omit<ServiceEntry, 'category' | 'isActive'>>

/** @param usualFeatures the features of rows that name none of their own */
export function inCategory(category: Category, usualFeatures: string[], rows: BuiltInRow[]): ServiceEntry[] {
  return rows.map((row) => ({
    slug: row.slug,
    name: row.name,
    aliases: row.aliases ?? [],
    category,
    homepage: row.homepage,
    statusPage: row.statusPage ?? null,
    features: row.features ?? usualFeatures,
    countries: row.countries ?? [],
    dependsOn: row.dependsOn ?? [],
    isActive: true,
  }))
}

/** A status page that answers `/api/v2/summary.json`. */
export const statuspage = (url: string): StatusPage => ({ url, format: 'atlassian-statuspage' })

/** A status page for people's eyes. */
export const html = (url: string): StatusPage => ({ url, format: 'html' })
