import { incidentFrom } from '../incident/queries.ts'
import type { Ports } from '../ports.ts'
import { distinctReporters, keepReporters } from './queries.ts'

/** An incident may be taken up again for half an hour after its end. */
const SETTLED_AFTER = '1 hour'

/**
 * Counts the distinct reporters of incidents that are over while their raw reports are still there, and keeps the count. For the
 * hourly housekeeping; doing it again changes nothing.
 *
 * @returns how many incidents were settled
 */
export async function settleReporters(
  { storage }: Pick<Ports, 'storage'>,
  { retentionDays }: { retentionDays: number },
): Promise<number> {
  const rows = await storage.run<{ service_id: number; data: string }>(
    `select service_id, data::text as data from incidents i
     where status = 'resolved' and resolved_at < now() - interval '${SETTLED_AFTER}'
       and (data->>'onsetAt')::timestamptz > now() - make_interval(days => $1::int)
       and not exists (select 1 from incident_reporters r where r.incident_id = i.id)
     order by opened_at limit 100`,
    [retentionDays],
  )
  let settled = 0
  for (const { service_id, data } of rows) {
    const incident = incidentFrom(data)
    const window = { fromMs: incident.onsetAt.getTime(), untilMs: incident.resolvedAt!.getTime() }
    const reporters = await distinctReporters(storage.run, service_id, window)
    // An imported incident has no raw reports here, and its own count already or none.
    if (reporters === 0 && incident.reports > 0) continue
    await keepReporters(storage.run, incident.id, Math.min(reporters, incident.reports))
    settled++
  }
  return settled
}
