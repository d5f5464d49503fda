import type { Storage } from '../storage/database.ts'
import { keepServices } from './keep-services.ts'
import { unknownSlugs } from './queries.ts'
import type { RowError, ServiceFile } from './read-service-file.ts'

export interface ImportResult {
  added: number
  changed: number
  unchanged: number
}

/**
 * Saves all services of a file, or none. A row replaces the service of its slug whole; others stay as they are.
 *
 * @param actor who imports, for the audit log
 * @returns what it did, or the errors for which it did nothing
 */
export async function importServices(
  storage: Pick<Storage, 'transaction'>,
  { rows, errors }: ServiceFile,
  actor: string,
): Promise<ImportResult | { errors: RowError[] }> {
  if (errors.length > 0) return { errors }
  return storage.transaction(async (run) => {
    const inFile = new Set(rows.map(({ service }) => service.slug))
    const elsewhere = rows.flatMap(({ service }) => service.dependsOn).filter((slug) => !inFile.has(slug))
    const unknown = await unknownSlugs(run, elsewhere)
    const missing = rows.flatMap(({ line, service }) =>
      service.dependsOn
        .filter((slug) => unknown.has(slug))
        .map((slug) => ({ line, message: `dependsOn: there is no service "${slug}"` })),
    )
    if (missing.length > 0) return { errors: missing }

    const saved = await keepServices(
      run,
      rows.map(({ service }) => service),
      actor,
    )
    const added = saved.filter(({ isNew }) => isNew).length
    return { added, changed: saved.length - added, unchanged: rows.length - saved.length }
  })
}
