import type { ThanksSnapshot } from '../../web/pages/thanks-page.tsx'
import { countsByScope, databaseNow, gapsIn } from '../count/queries.ts'
import { readStandings } from '../count/read-standing.ts'
import { readExpected } from '../count/read-timeseries.ts'
import { heardParts, sumExpected } from '../count/timeseries.ts'
import { WORLD } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { HOUR } from '../time.ts'
import { readTrend, stepOfDay } from './read-service-snapshot.ts'

/** What somebody sees who has just reported. */
export async function readThanksSnapshot(run: Run, service: ServiceRow): Promise<ThanksSnapshot> {
  const nowMs = await databaseNow(run)
  const window = { fromMs: nowMs - HOUR, untilMs: nowMs }
  const world = (await countsByScope(run, service.id, window)).find(({ scope }) => scope === WORLD)
  const { standings } = await readStandings(run, [service])
  const { state, incident } = standings[0]!
  const isTroubled = state === 'down' || state === 'suspected'
  const expectations = await readExpected(run, service, WORLD, window)
  const lastHour = {
    count: world?.reporters ?? 0,
    expected: sumExpected(expectations, heardParts(window, await gapsIn(run, window), nowMs)),
  }
  return {
    asOf: nowMs,
    service: { slug: service.slug, name: service.name, features: service.features },
    lastHour,
    works: world?.ok ?? 0,
    onsetAt: isTroubled ? (incident?.onsetAt.getTime() ?? null) : null,
    trend: await readTrend(run, service, null, '24h', stepOfDay(lastHour, isTroubled), nowMs),
  }
}
