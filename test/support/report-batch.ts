import type { PendingReport } from '../../src/ports.ts'
import { storeReports } from '../../src/report/store-reports.ts'
import type { Run } from '../../src/storage/database.ts'

interface Told {
  serviceId?: number
  region?: string | null
  kind?: 'problem' | 'ok'
  errorType?: string
  observedAt?: string
  network?: string
  widerNetwork?: string
}

let people = 0

/** A report of somebody new, from a network of their own unless told. */
export function newReport(told: Told = {}): PendingReport {
  const person = ++people
  const { serviceId = 1, region = null, kind = 'problem', errorType = 'unavailable', observedAt = null } = told
  return {
    id: `report-${person}`,
    serviceId,
    kind,
    errorType: kind === 'ok' ? null : errorType,
    region,
    feature: null,
    comment: null,
    observedAt,
    identity: {
      reporter: `person-${person}`,
      otherReporter: null,
      network: told.network ?? `network-${person}`,
      widerNetwork: told.widerNetwork ?? `wider-${person}`,
      asn: null,
    },
    source: null,
    trust: 1000,
    idempotency: null,
  }
}

export const submitBatch = (run: Run, reports: PendingReport[]) => storeReports(run, reports)
