import { MINUTE } from '../time.ts'
import type { Span } from './series.ts'

/** A tick that is later than this was not slow: the process was away. */
export const AWAY_AFTER_MS = 3 * MINUTE

/**
 * Minutes between two ticks in which nobody was listening. Where reports came in meanwhile, another process took them: from
 * the first to the last of them somebody listened.
 *
 * @param news first and last minute with a report between the ticks; `null` without one
 * @returns whole minutes, ascending; empty when the ticks followed each other as they should
 */
export function gapsBetween(ranMs: number, nowMs: number, news: { firstMs: number; lastMs: number } | null): Span[] {
  if (nowMs - ranMs <= AWAY_AFTER_MS) return []
  const fromMs = Math.ceil(ranMs / MINUTE) * MINUTE
  const untilMs = Math.floor(nowMs / MINUTE) * MINUTE
  const spans =
    news === null
      ? [{ fromMs, untilMs }]
      : [
          { fromMs, untilMs: Math.min(untilMs, news.firstMs) },
          { fromMs: Math.max(fromMs, news.lastMs + MINUTE), untilMs },
        ]
  return spans.filter((span) => span.untilMs > span.fromMs)
}
