import { WORLD } from '../region/scope.ts'
import type { Run, Storage } from '../storage/database.ts'
import { DAY, MINUTE } from '../time.ts'
import { servicesById } from './fact-queries.ts'
import { type KnownService, wakeSeries } from './load-series.ts'
import { ensureTickState, waitForLead } from './position-queries.ts'
import { beginWithPriors } from './priors.ts'
import { checkpointOf } from './save-series.ts'
import { QUARTER, type SeriesKey } from './series.ts'
import { checkpointsOf, saveCheckpoints, saveExpectations, savePresentExpectations } from './series-queries.ts'
import { TickMemory } from './tick-memory.ts'

/** What charts show against expectations; older ones would only cost. */
const EXPECTATIONS_KEPT_MS = 8 * DAY

export interface RebuildOptions {
  /** Slugs; all services unless told. */
  services?: readonly string[]
  /** The finest scopes to rebuild; the others follow when a tick needs them. All unless told. */
  level?: 'world' | 'country' | 'subdivision'
  /** What time it is, in milliseconds; the database's clock unless told. */
  clock: (run: Run) => Promise<number>
  /** Called after each service. */
  onProgress?: (done: number, all: number) => void
}

/**
 * Recomputes what detection knows from the minute counts alone: after a change of method, and after an import. The result is
 * what the live tick would have: the same minutes, in the same order, under the same priors.
 *
 * @returns the number of series
 */
export async function rebuildStates(storage: Storage, options: RebuildOptions): Promise<number> {
  const nowMs = await options.clock(storage.run)
  await ensureTickState(storage.run, nowMs)
  const ids = await serviceIds(storage.run, options.services ?? null)
  let series = 0
  for (const [done, id] of ids.entries()) {
    series += await storage.transaction((run) => rebuildService(run, id, options.level ?? 'subdivision'))
    options.onProgress?.(done + 1, ids.length)
  }
  return series
}

async function serviceIds(run: Run, slugs: readonly string[] | null): Promise<number[]> {
  const rows = await run<{ id: number }>(
    `select id from services where $1::text is null or slug in (select json_array_elements_text($1::text::json)) order by id`,
    [slugs === null ? null : JSON.stringify(slugs)],
  )
  return rows.map(({ id }) => id)
}

async function rebuildService(run: Run, id: number, level: NonNullable<RebuildOptions['level']>): Promise<number> {
  const { watermarkMs } = await waitForLead(run)
  const services = await servicesById(run, [id])
  const scopes = await scopesWithCounts(run, id, level)
  // The world first: a region's prior is a part of it.
  for (const keys of [scopes.filter(({ scope }) => scope === WORLD), scopes.filter(({ scope }) => scope !== WORLD)])
    await rebuildSeries(run, keys, services, watermarkMs)
  return scopes.length
}

async function rebuildSeries(
  run: Run,
  keys: readonly SeriesKey[],
  services: ReadonlyMap<number, KnownService>,
  watermarkMs: number,
): Promise<void> {
  await beginWithPriors(run, new TickMemory(), keys, services, watermarkMs)
  const quarterMs = Math.floor((watermarkMs - MINUTE) / QUARTER) * QUARTER
  const checkpoints = await checkpointsOf(run, keys)
  for (const checkpoint of checkpoints) {
    const fresh = { ...checkpoint, state: '', mix: null, carry: 0, advancedMs: checkpoint.begunMs }
    const { series, expectations } = await wakeSeries(run, [fresh], services, watermarkMs)
    const kept = expectations.filter(({ expectation }) => expectation.atMs >= watermarkMs - EXPECTATIONS_KEPT_MS)
    await saveExpectations(run, kept, quarterMs)
    await saveCheckpoints(run, series.map(checkpointOf))
    await savePresentExpectations(
      run,
      series
        .filter(({ detector }) => detector.peek().nextMs !== null)
        .map(({ key, detector }) => ({ key, expected: detector.forecast(quarterMs, quarterMs + QUARTER).expected })),
    )
  }
}

async function scopesWithCounts(
  run: Run,
  id: number,
  level: NonNullable<RebuildOptions['level']>,
): Promise<SeriesKey[]> {
  const longest = { world: 0, country: 2, subdivision: 6 }[level]
  const rows = await run<{ region: string }>(
    `select distinct region from counts_1m where service_id = $1 and weight > 0 and (region = '${WORLD}' or length(region) <= $2::int)`,
    [id, longest],
  )
  return rows.map(({ region }) => ({ serviceId: id, scope: region }))
}
