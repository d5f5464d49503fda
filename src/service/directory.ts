import { eq } from 'drizzle-orm'
import { AppError } from '../errors.ts'
import type { Database } from '../storage/database.ts'
import { type ServiceRow, services } from './tables.ts'

/** How long a replica may not know of a service that another one added. */
const REFRESH_MS = 15_000

/** A database that does not answer must not hold up those who ask for what we knew a moment ago. */
const PATIENCE_MS = 1_000

/** The catalogue in memory: intake must not ask the database which service a slug is. */
export interface Directory {
  all(): Promise<ServiceRow[]>
  find(slug: string): Promise<ServiceRow | null>
  /** @throws AppError `unknown-service`, with up to three slugs that were perhaps meant */
  require(slug: string): Promise<ServiceRow>
}

/** What was loaded last; outlives a directory where databases are opened for one request. */
export interface DirectoryMemory {
  services: Map<string, ServiceRow> | null
  loadedAt: number
}

export function createDirectory(
  db: Database,
  didYouMean: (slug: string, services: readonly ServiceRow[]) => string[],
  {
    clock = Date.now,
    memory = { services: null, loadedAt: 0 },
  }: { clock?: () => number; memory?: DirectoryMemory } = {},
): Directory {
  let loading: Promise<Map<string, ServiceRow>> | null = null
  let patience: Promise<Map<string, ServiceRow>> | null = null

  const load = async () => {
    try {
      const rows = await db.select().from(services).where(eq(services.isActive, true)).orderBy(services.slug)
      memory.services = new Map(rows.map((row) => [row.slug, row]))
      memory.loadedAt = clock()
      return memory.services
    } catch (error) {
      // While the database is away, the catalogue of a moment ago is better than none.
      if (memory.services === null) throw error
      memory.loadedAt = clock()
      return memory.services
    } finally {
      loading = null
    }
  }
  const current = async (): Promise<Map<string, ServiceRow>> => {
    const known = memory.services
    if (known !== null && clock() - memory.loadedAt <= REFRESH_MS) return known
    if (loading === null) {
      loading = load()
      patience = known === null ? null : later(PATIENCE_MS, known)
    }
    return patience === null ? loading : Promise.race([loading, patience])
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

const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(resolve, ms, value))
