import { beforeEach, expect, test } from 'vitest'
import { saveIncidents } from '../../src/incident/queries.ts'
import { loadRecord } from '../../src/record/load-record.ts'
import { settleReporters } from '../../src/record/settle-reporters.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { saveServices } from '../../src/service/queries.ts'
import { HOUR, MINUTE } from '../../src/time.ts'
import { anIncident } from '../support/incident-records.ts'
import { portsOn } from '../support/ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('distinct reporters of an incident', (storage) => {
  const end = Date.now() - 2 * HOUR
  const at = (ms: number) => new Date(end + ms)
  const incident = () =>
    anIncident({ onsetAt: at(-30 * MINUTE), openedAt: at(-25 * MINUTE), resolvedAt: at(0), reports: 9 })

  beforeEach(async () => {
    await ensurePartitions(storage())
    await saveServices(storage().run, [aService()])
    await saveIncidents(storage().run, [{ serviceId: 1, incident: incident(), entries: [] }])
  })

  const report = (reporter: string, changes: { at?: Date; kind?: string; isHidden?: boolean } = {}) =>
    storage().run(
      `insert into reports (service_id, received_at, id, kind, reporter, network, wider_network, weight, is_new_network, is_hidden)
       values (1, $1::text::timestamptz, $2, $3, $4, 'n', 'w', 1000, true, $5)`,
      [
        (changes.at ?? at(-10 * MINUTE)).toISOString(),
        crypto.randomUUID(),
        changes.kind ?? 'problem',
        reporter,
        changes.isHidden ?? false,
      ],
    )

  test('are people, each once, who said "problem" while it lasted, and are not hidden', async () => {
    for (const reporter of ['a', 'a', 'b']) await report(reporter)
    await report('c', { kind: 'ok' })
    await report('d', { isHidden: true })
    await report('e', { at: at(HOUR) })
    expect(await settleReporters(portsOn(storage()), { retentionDays: 30 })).toBe(1)
    expect((await loadRecord(portsOn(storage()), 'inc-1')).record.reporters).toMatchObject({ count: 2 })
  })

  test('outlive the raw reports', async () => {
    await report('a')
    await settleReporters(portsOn(storage()), { retentionDays: 30 })
    await storage().run('truncate reports')
    expect((await loadRecord(portsOn(storage()), 'inc-1')).record.reporters).toMatchObject({ count: 1 })
    expect(await settleReporters(portsOn(storage()), { retentionDays: 30 })).toBe(0)
  })

  test('are not on record, rather than none, where raw reports are gone', async () => {
    expect(await settleReporters(portsOn(storage()), { retentionDays: 30 })).toBe(0)
    expect((await loadRecord(portsOn(storage()), 'inc-1')).record.reporters).toBeNull()
  })
})
