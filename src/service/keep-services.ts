import { audit } from '../audit/queries.ts'
import type { Run } from '../storage/database.ts'
import { holdServices, saveServices } from './queries.ts'
import type { ServiceEntry } from './service.ts'

/**
 * Saves services as an operator wants them, whole, and notes in the audit log what changed.
 *
 * @returns those that this added or changed
 */
export async function keepServices(
  run: Run,
  services: readonly ServiceEntry[],
  actor: string,
): Promise<{ slug: string; isNew: boolean }[]> {
  const before = await holdServices(
    run,
    services.map(({ slug }) => slug),
  )
  const saved = await saveServices(run, services)
  const wanted = new Map(services.map((service) => [service.slug, service]))
  await audit(
    run,
    ...saved.map(({ slug, isNew }) => {
      const after = wanted.get(slug)!
      return isNew
        ? { actor, action: 'service.added', subject: slug, data: { after } }
        : { actor, action: 'service.changed', subject: slug, data: changesBetween(before.get(slug)!, after) }
    }),
  )
  return saved
}

/** The fields that differ, as they were and as they are. */
export function changesBetween(before: ServiceEntry, after: ServiceEntry) {
  const names = (Object.keys(after) as (keyof ServiceEntry)[]).filter(
    (name) => canonical(before[name]) !== canonical(after[name]),
  )
  const only = (service: ServiceEntry) => Object.fromEntries(names.map((name) => [name, service[name]]))
  return { before: only(before), after: only(after) }
}

/** The database gives the members of an object in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
