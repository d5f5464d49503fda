import { AppError } from '../errors.ts'
import type { Directory } from '../service/directory.ts'
import type { Storage } from '../storage/database.ts'
import { HISTORY_MS, writeHistory } from './write-history.ts'

/**
 * Fills an empty instance with the demo's six weeks; finds a demo that was begun before and leaves it.
 *
 * @throws AppError `conflict` where real reports are: invented ones must not be mixed with them
 */
export async function prepareDemo(
  storage: Storage,
  directory: Directory,
  onProgress: (share: number) => void,
): Promise<void> {
  const [found] = await storage.run<{ is_demo: boolean; is_used: boolean; now_ms: number }>(
    `select exists (select from tick_state where name = 'demo') as is_demo, exists (select from counts_1m) as is_used,
       (extract(epoch from date_trunc('minute', now())) * 1000)::float8 as now_ms`,
  )
  if (found!.is_demo) return
  if (found!.is_used)
    throw new AppError('conflict', 'The demo needs a database without reports: set DATA_DIR to a new folder.')
  await writeHistory(storage, await directory.all(), found!.now_ms, onProgress)
  // The history was written, not watched: what the method says of its own false alarms begins now.
  await storage.run(
    `insert into tick_state (name, watermark, ran_at, data)
     select name, to_timestamp($1::float8), now(), $2::text::jsonb from unnest(array['demo', 'roll-up', 'tick']) name
     on conflict (name) do update set watermark = excluded.watermark`,
    [
      found!.now_ms / 1000,
      JSON.stringify({ since: new Date(found!.now_ms - HISTORY_MS), watchedSince: new Date(found!.now_ms) }),
    ],
  )
  // Planner statistics after a bulk load; the first pages would otherwise scan.
  await storage.run('analyze')
}
