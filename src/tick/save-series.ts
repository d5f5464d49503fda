import { levelOf, type ScopeLevel } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import type { Advanced } from './advance-all.ts'
import { servicesById } from './fact-queries.ts'
import { wakeSeries } from './load-series.ts'
import { type LiveSeries, QUARTER } from './series.ts'
import {
  type NewCheckpoint,
  oldestCheckpoints,
  saveActivity,
  saveCheckpoints,
  saveExpectations,
  savePeaks,
  savePresentExpectations,
} from './series-queries.ts'
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

  await savePeaks(run, finalMs, peaksThatEnded(judged, unresolved))

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

/** Evidence below this peaks all the time, and above it says how often chance will raise an alarm. */
const LEAST_PEAK_NATS = 5
/** A peak is over when no more evidence than this is left. */
const OVER_NATS = 1

/** Peaks of evidence that ended and of which no confirmed spike came, as level and whole nats. */
function peaksThatEnded(judged: Advanced['judged'], unresolved: ReadonlySet<string>) {
  const peaks: { level: ScopeLevel; nats: number }[] = []
  for (const { series } of judged) {
    const { evidenceNats } = series.detector.peek()
    if (unresolved.has(textOf(series.key))) series.peakNats = 0
    else if (evidenceNats > OVER_NATS) series.peakNats = Math.max(series.peakNats, evidenceNats)
    else {
      if (series.peakNats >= LEAST_PEAK_NATS)
        peaks.push({ level: levelOf(series.key.scope), nats: Math.floor(series.peakNats) })
      series.peakNats = 0
    }
  }
  return peaks
}

/** What is written of a series. */
export function checkpointOf({ key, detector, mix, carry, advancedMs }: LiveSeries): NewCheckpoint {
  const state = detector.peek().nextMs === null ? '' : detector.serialise()
  return { key, state, mix: mix === null ? null : JSON.stringify(mix), carry, advancedMs }
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
