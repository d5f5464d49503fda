import { AppError } from '../errors.ts'
import type { PendingReport, Ports } from '../ports.ts'
import type { Run } from '../storage/database.ts'
import { lateObservation } from './report.ts'
import { storeReports } from './store-reports.ts'

/** A report that waited in a queue. */
export interface QueuedReport {
  report: PendingReport
  queuedAt: Date
}

/**
 * Stores and counts what a queue delivers, in one batch. What waited for longer than a minute is counted as seen when it was
 * sent, so that a queue that catches up looks like no outage; what is older than a late report may be is let go.
 */
export async function takeQueued(
  { run, metrics, now }: { run: Run; metrics: Ports['metrics']; now: Date },
  queued: readonly QueuedReport[],
): Promise<void> {
  const outcome = (reason: string) => metrics.count('outcry_intake_total', { outcome: reason })
  const reports: PendingReport[] = []
  for (const { report, queuedAt } of queued) {
    try {
      const seenAt = report.observedAt === null ? lateObservation(queuedAt, now) : new Date(report.observedAt)
      reports.push({ ...report, observedAt: seenAt?.toISOString() ?? null })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      outcome('queued-too-long')
    }
  }
  if (reports.length === 0) return
  const stored = await storeReports(run, reports)
  for (const [n, { isCounted }] of stored.entries())
    outcome(!isCounted ? 'duplicate' : reports[n]!.observedAt !== null ? 'late' : 'counted')
}
