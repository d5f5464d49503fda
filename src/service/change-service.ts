import { AppError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import type { Run } from '../storage/database.ts'
import { keepServices } from './keep-services.ts'
import { findKeptService, holdServices, type KeptService, unknownSlugs } from './queries.ts'
import type { ServiceEntry } from './service.ts'

type Needs = Pick<Ports, 'storage' | 'directory'>

export interface Saved {
  service: KeptService
  isNew: boolean
}

/**
 * Adds a service, or replaces the one of its slug whole.
 *
 * @param actor who asked, for the audit log
 * @throws AppError `invalid-request` where it depends on a service that there is not
 */
export function putService(ports: Needs, entry: ServiceEntry, actor: string): Promise<Saved> {
  return saving(ports, (run) => save(run, entry, actor))
}

/**
 * Changes what `change` makes of a service.
 *
 * @param actor who asked, for the audit log
 * @throws AppError `unknown-service`; `invalid-request` where it depends on a service that there is not
 */
export function changeService(
  ports: Needs,
  slug: string,
  change: (known: ServiceEntry) => ServiceEntry,
  actor: string,
): Promise<Saved> {
  return saving(ports, async (run) => {
    const known = (await holdServices(run, [slug])).get(slug)
    return known === undefined ? ports.directory.refuse(slug) : save(run, change(known), actor)
  })
}

/** What the running catalogue knows must not be older than what was answered. */
async function saving({ storage, directory }: Needs, work: (run: Run) => Promise<Saved>): Promise<Saved> {
  const saved = await storage.transaction(work)
  await directory.refresh()
  return saved
}

async function save(run: Run, entry: ServiceEntry, actor: string): Promise<Saved> {
  const unknown = await unknownSlugs(
    run,
    entry.dependsOn.filter((slug) => slug !== entry.slug),
  )
  const errors = entry.dependsOn.flatMap((slug, n) =>
    unknown.has(slug) ? [{ field: `dependsOn.${n}`, message: `There is no service "${slug}".` }] : [],
  )
  if (errors.length > 0)
    throw new AppError('invalid-request', 'The service depends on one that is not there.', { errors })
  const saved = await keepServices(run, [entry], actor)
  return { service: (await findKeptService(run, entry.slug))!, isNew: saved.some(({ isNew }) => isNew) }
}
