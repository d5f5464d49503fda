import type { MapSnapshot } from '../../web/pages/map-page.tsx'
import type { ServiceView } from '../../web/pages/service-view.ts'
import { databaseNow } from '../count/queries.ts'
import { countryOf, WORLD } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { readFocus, readPlaces } from './read-service.ts'

/** The map of one service or of all, in the last hour or in an earlier one. */
export async function readMap(
  run: Run,
  services: ReadonlyMap<string, ServiceRow>,
  service: ServiceRow | null,
  view: ServiceView,
): Promise<MapSnapshot> {
  const asOf = await databaseNow(run)
  const at = view.at === null ? null : new Date(view.at)
  const country = view.region === null || view.region === WORLD ? null : countryOf(view.region)
  const places = await readPlaces(run, service, country, at)
  return {
    asOf,
    service: service && { slug: service.slug, name: service.name },
    choices: [...services.values()]
      .map(({ slug, name }) => ({ slug, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    places,
    focus: await readFocus(run, service, places, at),
  }
}
