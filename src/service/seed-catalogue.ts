import type { Run } from '../storage/database.ts'
import { BUILT_IN_SERVICES } from './catalogue/built-in.ts'
import { putBuiltInServices } from './queries.ts'

/** Brings the built-in catalogue into the database; safe at every start, from any number of replicas. Returns the slugs it wrote. */
export function seedCatalogue(run: Run): Promise<string[]> {
  return putBuiltInServices(run, BUILT_IN_SERVICES)
}
