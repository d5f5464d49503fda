import { databaseNow } from '../count/queries.ts'
import { METHOD_VERSION } from '../detection/detector.ts'
import type { Ports } from '../ports.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { advanceAll } from './advance-all.ts'
import { gapsBetween } from './gaps.ts'
import {
  boundTransaction,
  ensureTickState,
  forgetFuture,
  newsBetween,
  saveGaps,
  savePosition,
  type TickPosition,
  takeLead,
} from './position-queries.ts'
import { rollUp } from './roll-up.ts'
import { saveSeries } from './save-series.ts'
import { FINAL_AFTER_MS } from './series.ts'
import { tellStory } from './tell-story.ts'
import { TickMemory } from './tick-memory.ts'

export interface TickOptions {
  /** Kept from tick to tick by whoever calls; without it each tick reads what it needs. */
  memory?: TickMemory
  /** What time it is, in milliseconds; the database's clock unless told (a replay tells). */
  clock?: (run: Run) => Promise<number>
}

export interface TickOutcome {
  /** False where another replica leads. */
  isLeader: boolean
  /** Series that were judged. */
  series: number
  /** Entries added to the event log. */
  events: number
  /** Series with a spike that goes on. */
  unresolved: number
  /** Every minute before it is final and taken in. */
  watermark: Date | null
}

/** Longest stretch that one tick takes in, so that a tick that lags catches up in bounded steps. */
const MOST_BEHIND_MS = 120 * MINUTE

/** A clock that stands this far before the last tick was set back. */
const SET_BACK_MS = 2 * MINUTE

const NOT_LEADING: TickOutcome = { isLeader: false, series: 0, events: 0, unresolved: 0, watermark: null }

/**
 * One step of detection: all its effects are one transaction, and one replica at a time makes it. Rejects when the database
 * fails; then nothing has happened, and the next tick does it.
 */
export async function runTick(
  { storage, now, metrics, log }: Pick<Ports, 'storage' | 'now' | 'metrics' | 'log'>,
  { memory = new TickMemory(), clock = databaseNow }: TickOptions = {},
): Promise<TickOutcome> {
  const startedAt = now().getTime()
  try {
    await ensureTickState(storage.run, await clock(storage.run))
    const outcome = await storage.transaction(async (run) => {
      await boundTransaction(run)
      const position = await takeLead(run)
      return position === null ? NOT_LEADING : lead(run, position, await clock(run), memory, log)
    })
    if (outcome.watermark === null) memory.clear()
    else memory.committed(outcome.watermark.getTime())
    if (outcome.isLeader) {
      metrics.observe('outcry_tick_seconds', (now().getTime() - startedAt) / 1000)
      metrics.gauge('outcry_tick_series', outcome.series)
      metrics.gauge('outcry_open_spikes', outcome.unresolved)
    }
    return outcome
  } catch (error) {
    memory.clear()
    metrics.count('outcry_tick_failures_total')
    throw error
  }
}

async function lead(
  run: Run,
  position: TickPosition,
  nowMs: number,
  memory: TickMemory,
  log: Ports['log'],
): Promise<TickOutcome> {
  const { watermarkMs, hasJumped } = await placeWatermark(run, position, nowMs, log)
  if (hasJumped) memory.clear()
  memory.agreeWith(watermarkMs, position.recounts)
  const endedMs = Math.floor((nowMs - FINAL_AFTER_MS) / MINUTE) * MINUTE
  const finalMs = Math.max(watermarkMs, Math.min(endedMs, watermarkMs + MOST_BEHIND_MS))

  const advanced = await advanceAll(run, memory, { watermarkMs, finalMs, nowMs })
  const told = await tellStory(run, advanced, new Date(nowMs), METHOD_VERSION)
  await saveSeries(run, memory, advanced, told.unresolved, finalMs)
  if (finalMs > watermarkMs) await rollUp(run, { fromMs: watermarkMs, untilMs: finalMs })
  await savePosition(run, { watermarkMs: finalMs, ranMs: nowMs })
  return {
    isLeader: true,
    series: advanced.judged.length,
    events: told.events,
    unresolved: told.unresolved.size,
    watermark: new Date(finalMs),
  }
}

/** Looks at what happened to the clock and to us since the last tick, and notes the minutes in which nobody was listening. */
async function placeWatermark(run: Run, { watermarkMs, ranMs }: TickPosition, nowMs: number, log: Ports['log']) {
  const nowMinuteMs = Math.floor(nowMs / MINUTE) * MINUTE
  if (nowMs < ranMs - SET_BACK_MS) {
    log.warn({ by: ranMs - nowMs }, 'the clock was set back; series that knew later minutes are rebuilt')
    const backMs = Math.min(watermarkMs, nowMinuteMs)
    await forgetFuture(run, backMs)
    return { watermarkMs: backMs, hasJumped: true }
  }
  const gaps = gapsBetween(ranMs, nowMs, await newsSince(run, ranMs, nowMs))
  if (gaps.length > 0) {
    log.warn({ minutes: gaps.map(({ fromMs, untilMs }) => (untilMs - fromMs) / MINUTE) }, 'nobody was listening')
    await saveGaps(run, gaps)
  }
  return { watermarkMs, hasJumped: false }
}

async function newsSince(run: Run, ranMs: number, nowMs: number) {
  if (nowMs - ranMs <= 2 * MINUTE) return null
  return newsBetween(run, { fromMs: Math.ceil(ranMs / MINUTE) * MINUTE, untilMs: Math.floor(nowMs / MINUTE) * MINUTE })
}
