import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import type { Advanced } from './advance-all.ts'
import { servicesById } from './fact-queries.ts'
import { wakeSeries } from './load-series.ts'
import {
  oldestCheckpoints,
  saveActivity,
  saveCheckpoints,
  saveExpectations,
  savePresentExpectations,
} from './queries.ts'
import { type LiveSeries, QUARTER } from './series.ts'
import { type TickMemory, textOf } from './tick-memory.ts'

/** A checkpoint is renewed after this long; until then, its minutes can be taken in again. */
const CHECKPOINT_AFTER_MS = 30 * MINUTE
/** Series without news are brought up to date when their checkpoint is this old, a few each tick. */
const STALE_AFTER_MS = 6 * 60 * MINUTE
const STALE_PER_TICK = 8

/** Writes what the next tick, or the next leader, must know of the series. */
export async function saveSeries(
  run: Run,
  memory: TickMemory,
  { judged, expectations }: Advanced,
  unresolved: ReadonlySet<string>,
  finalMs: number,
): Promise<void> {
  const quarterMs = Math.floor((finalMs - MINUTE) / QUARTER) * QUARTER
  await saveExpectations(run, expectations, quarterMs)
  const changes = judged.flatMap(({ series, verdict }) => {
    const isActive = verdict.level !== 'quiet' || unresolved.has(textOf(series.key))
    if (isActive === series.isActive) return []
    series.isActive = isActive
    return [{ key: series.key, isActive }]
  })
  await saveActivity(run, changes)

  const due = judged
    .map(({ series }) => series)
    .filter(({ advancedMs, checkpointMs }) => advancedMs - checkpointMs >= CHECKPOINT_AFTER_MS)
    .sort((a, b) => a.checkpointMs - b.checkpointMs)
    // After a start all grow old together; taken a part at a time they spread out.
    .slice(0, Math.max(50, Math.ceil(judged.length / 15)))
  await saveCheckpoints(run, due.map(checkpointOf))
  for (const series of due) series.checkpointMs = series.advancedMs

  await refreshStale(run, memory, finalMs, quarterMs)
}

function checkpointOf({ key, detector, carry, advancedMs }: LiveSeries) {
  return { key, state: detector.peek().nextMs === null ? '' : detector.serialise(), carry, advancedMs }
}

/** Brings the checkpoints that were not renewed for longest, and what is usual for these series now, up to the present. */
async function refreshStale(run: Run, memory: TickMemory, finalMs: number, quarterMs: number): Promise<void> {
  const old = await oldestCheckpoints(run, finalMs - STALE_AFTER_MS, STALE_PER_TICK)
  if (old.length === 0) return
  const services = await servicesById(run, [...new Set(old.map(({ key }) => key.serviceId))])
  const { series, expectations } = await wakeSeries(run, old, services, finalMs)
  await saveExpectations(run, expectations, quarterMs)
  await saveCheckpoints(run, series.map(checkpointOf))
  for (const { key, advancedMs } of series) {
    const kept = memory.get(key)
    if (kept) kept.checkpointMs = advancedMs
  }
  await savePresentExpectations(
    run,
    series
      .filter(({ detector }) => detector.peek().nextMs !== null)
      .map(({ key, detector }) => ({ key, expected: detector.forecast(quarterMs, quarterMs + QUARTER).expected })),
  )
}
