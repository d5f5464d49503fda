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
  /** Always throws what `require` throws of a slug that there is not. */
  refuse(slug: string): Promise<never>
  /** Reads the catalogue anew, as after some time anyway: for whoever has just changed it. */
  refresh(): Promise<void>
}

/** What was loaded last; outlives a directory where databases are opened for one request. */
export interface DirectoryMemory {
  services: Map<string, ServiceRow> | null
  loadedAt: number
  /** How often it was to be read anew: what began to be read before the last time may be old. */
  refreshes: number
}

export function newDirectoryMemory(): DirectoryMemory {
  return { services: null, loadedAt: 0, refreshes: 0 }
}

export function createDirectory(
  db: Database,
  didYouMean: (slug: string, services: readonly ServiceRow[]) => string[],
  { clock = Date.now, memory = newDirectoryMemory() }: { clock?: () => number; memory?: DirectoryMemory } = {},
): Directory {
  let loading: Promise<Map<string, ServiceRow>> | null = null
  let patience: Promise<Map<string, ServiceRow>> | null = null

  const load = async () => {
    const { refreshes } = memory
    try {
      const rows = await db.select().from(services).where(eq(services.isActive, true)).orderBy(services.slug)
      const read = new Map(rows.map((row) => [row.slug, row]))
      if (memory.refreshes !== refreshes && memory.services !== null) return memory.services
      memory.services = read
      memory.loadedAt = clock()
      return memory.services
    } catch (error) {
      // While the database is away, the catalogue of a moment ago is better than none.
      if (memory.services === null) throw error
      if (memory.refreshes === refreshes) memory.loadedAt = clock()
      return memory.services
    }
  }
  const beginLoading = (known: Map<string, ServiceRow> | null) => {
    const mine = load().finally(() => {
      if (loading === mine) loading = null
    })
    loading = mine
    patience = known === null ? null : later(PATIENCE_MS, known)
    return mine
  }
  const current = async (): Promise<Map<string, ServiceRow>> => {
    const known = memory.services
    if (known !== null && clock() - memory.loadedAt <= REFRESH_MS) return known
    const loaded = loading ?? beginLoading(known)
    return patience === null ? loaded : Promise.race([loaded, patience])
  }
  const refuse = async (slug: string): Promise<never> => {
    const meant = didYouMean(slug, [...(await current()).values()]).slice(0, 3)
    throw new AppError('unknown-service', `There is no service "${slug.slice(0, 64)}".`, {
      extensions: { didYouMean: meant },
    })
  }
  return {
    all: async () => [...(await current()).values()],
    find: async (slug) => (await current()).get(slug) ?? null,
    async require(slug) {
      const known = await current()
      return known.get(slug) ?? refuse(slug)
    },
    refuse,
    async refresh() {
      memory.refreshes++
      memory.loadedAt = 0
      await beginLoading(memory.services)
    },
  }
}

const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(resolve, ms, value))
