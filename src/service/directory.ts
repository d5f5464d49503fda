import { eq } from 'drizzle-orm'
import { AppError } from '../errors.ts'
import type { Database } from '../storage/database.ts'
import { type ServiceRow, services } from './tables.ts'

/** How long a replica may not know of a service that another one added. */
const REFRESH_MS = 15_000

/** The catalogue in memory: intake must not ask the database which service a slug is. */
export interface Directory {
  all(): Promise<ServiceRow[]>
  find(slug: string): Promise<ServiceRow | null>
  /** @throws AppError `unknown-service`, with up to three slugs that were perhaps meant */
  require(slug: string): Promise<ServiceRow>
}

export function createDirectory(
  db: Database,
  didYouMean: (slug: string, services: readonly ServiceRow[]) => string[],
  clock: () => number = Date.now,
): Directory {
  let loaded: Promise<Map<string, ServiceRow>> | null = null
  let loadedAt = 0

  const load = async () => {
    const rows = await db.select().from(services).where(eq(services.isActive, true)).orderBy(services.slug)
    return new Map(rows.map((row) => [row.slug, row]))
  }
  const current = (): Promise<Map<string, ServiceRow>> => {
    if (loaded === null || clock() - loadedAt > REFRESH_MS) {
      const previous = loaded
      loadedAt = clock()
      // While the database is away, the catalogue of a moment ago is better than none.
      loaded = load().catch((error) => {
        if (previous === null) loaded = null
        else return previous
        throw error
      })
    }
    return loaded
  }
  return {
    all: async () => [...(await current()).values()],
    find: async (slug) => (await current()).get(slug) ?? null,
    async require(slug) {
      const known = await current()
      const service = known.get(slug)
      if (service) return service
      const meant = didYouMean(slug, [...known.values()]).slice(0, 3)
      throw new AppError('unknown-service', `There is no service "${slug.slice(0, 64)}".`, {
        extensions: { didYouMean: meant },
      })
    },
  }
}
