import type { MapSnapshot } from '../../web/pages/map-page.tsx'
import type { ServiceView } from '../../web/pages/service-view.ts'
import { databaseNow } from '../count/queries.ts'
import { readStandings } from '../count/read-standing.ts'
import { firstLevelOf } from '../region/region.ts'
import { countryOf } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { countryOfFocus, hourOf, readPlaces } from './read-places.ts'

/** The map at one moment, of one service or of all. */
export async function readMapSnapshot(
  run: Run,
  services: readonly ServiceRow[],
  service: ServiceRow | null,
  view: ServiceView,
): Promise<MapSnapshot> {
  const nowMs = await databaseNow(run)
  const country = view.region === null || view.region === 'world' ? null : countryOf(firstLevelOf(view.region))
  const window = hourOf(view.at)
  const places = await readPlaces(run, service, country, window)
  const focus = country === null && view.region === null ? countryOfFocus(places) : null
  const { standings } = await readStandings(run, services)
  const isTroubled = (state: string) => state === 'down' || state === 'suspected'
  const choices = standings
    .sort(
      (a, b) =>
        Number(isTroubled(b.state)) - Number(isTroubled(a.state)) || a.service.name.localeCompare(b.service.name, 'en'),
    )
    .map(({ service: { slug, name } }) => ({ slug, name }))
  return {
    asOf: nowMs,
    service: service === null ? null : { slug: service.slug, name: service.name },
    choices,
    places,
    focus: focus === null ? null : await readPlaces(run, service, focus, window),
  }
}
