import type { Run } from '../storage/database.ts'
import { MINUTE, SECOND } from '../time.ts'

/** How well the world is watched at a moment. */
export interface Watch {
  nowMs: number
  /** When counts were last compared with what is usual; `null` before the first time. */
  judgedMs: number | null
  /** When a time ended in which nobody listened, if that was of late. */
  heardSinceMs: number | null
}

/** A comparison that is older says nothing of the present. */
export const STALE_AFTER_MS = 3 * MINUTE
/** After a time in which nobody listened, silence says nothing for so long. */
const SETTLES_IN_MS = 5 * MINUTE
/** The detector's interval, and the time that an answer is kept. */
export const USUAL_AGE_SECONDS = 8

/** Whether silence means that all is well: somebody listens, has for some minutes, and compares what is heard. */
export function isListening({ nowMs, judgedMs, heardSinceMs }: Watch): boolean {
  const isFresh = judgedMs !== null && nowMs - judgedMs <= STALE_AFTER_MS
  return isFresh && (heardSinceMs === null || nowMs - heardSinceMs >= SETTLES_IN_MS)
}

/** Longest age of what a live answer was made from, in seconds. */
export function freshnessOf({ nowMs, judgedMs }: Watch): number {
  return Math.max(USUAL_AGE_SECONDS, Math.round((nowMs - (judgedMs ?? nowMs)) / SECOND))
}

export async function readWatch(run: Run): Promise<Watch> {
  const [row] = await run<{ now: number; judged: number | null; heard: number | null }>(
    `select (extract(epoch from now()) * 1000)::float8 as now,
       (select (extract(epoch from ran_at) * 1000)::float8 from tick_state where name = 'tick') as judged,
       (select (extract(epoch from max(until_at)) * 1000)::float8 from collector_gaps where until_at > now() - interval '1 hour') as heard`,
  )
  const { now, judged, heard } = row!
  return { nowMs: now, judgedMs: judged, heardSinceMs: heard }
}
