import { generateVAPIDKeys } from 'web-push-neo'
import type { Run } from '../storage/database.ts'
import type { VapidKeys } from './push.ts'
import { findVapidKeys, insertVapidKeys } from './queries.ts'

/** The keys of this instance, made by whichever replica needs them first: a subscription is bound to them for as long as it lives. */
export async function vapidKeysOf(run: Run): Promise<VapidKeys> {
  const kept = await findVapidKeys(run)
  if (kept !== null) return kept
  await insertVapidKeys(run, await generateVAPIDKeys())
  return (await findVapidKeys(run))!
}
