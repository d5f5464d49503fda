import { beforeEach, expect, test } from 'vitest'
import { saveIncidents } from '../../src/incident/queries.ts'
import { readSnapshot, readSnapshotFile } from '../../src/record/read-snapshot.ts'
import { verifySnapshot } from '../../src/record/snapshot.ts'
import { takeChartSnapshot, takeIncidentSnapshot } from '../../src/record/take-snapshot.ts'
import { createDirectory } from '../../src/service/directory.ts'
import { saveServices } from '../../src/service/queries.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { anIncident, ONSET } from '../support/incident-records.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const write = () => ({ title: 'Acme Mail', texts: { en: { headline: 'H', text: 'T', safe: 'S' } } })

describeOnBothEngines('snapshots', (storage) => {
  const ports = () => ({
    storage: storage(),
    directory: createDirectory(storage().db, () => []),
    now: () => new Date(ONSET + DAY),
    settings: { retentionDays: 30 },
  })

  beforeEach(async () => {
    await saveServices(storage().run, [aService({ slug: 'acme-mail', name: 'Acme Mail' })])
    await saveIncidents(storage().run, [{ serviceId: 1, incident: anIncident(), entries: [] }])
    await storage().run(
      `insert into counts_1m (service_id, region, bucket, reporters, login)
       select 1, scope, to_timestamp($1::float8 / 1000) + make_interval(mins => n), n, n
       from generate_series(0, 60) n, (values ('world'), ('DE')) as scopes(scope)`,
      [ONSET],
    )
  })

  test('a frozen incident is genuine, and holds record, text and series', async () => {
    await storage().run(
      `insert into counts_15m (service_id, region, bucket, reporters)
       select 1, 'DE', date_bin('15 minutes', (data->>'onsetAt')::timestamptz, 'epoch'), 5 from incidents where id = 'inc-1'`,
    )
    const { id, isNew } = await takeIncidentSnapshot(ports(), 'inc-1', write)
    expect(isNew).toBe(true)
    const file = await readSnapshotFile(ports(), id, 'https://outcry.example')
    expect(await verifySnapshot(JSON.stringify(file))).toMatchObject({ isGenuine: true, id })
    const { content } = await readSnapshot(ports(), id)
    expect(content).toMatchObject({
      kind: 'incident',
      incidentId: 'inc-1',
      licence: 'CC-BY-4.0',
      texts: { en: { safe: 'S' } },
      record: { reports: 60, peak: { observed: 40 } },
      series: [{ region: null }, { region: 'DE' }],
    })
  })

  test('stays as it is, byte for byte, when the incident is reclassified; the correction stands beside it', async () => {
    const { id } = await takeIncidentSnapshot(ports(), 'inc-1', write)
    const before = JSON.stringify(await readSnapshotFile(ports(), id, ''))
    // Corrections are dated by the database, whose time here is that of the machine.
    const at = new Date(Date.now() + MINUTE)
    const changed = anIncident({ class: 'spill-over' })
    const entry = { at, kind: 'reclassified' as const, data: { from: 'outage', to: 'spill-over', note: null } }
    await saveIncidents(storage().run, [{ serviceId: 1, incident: changed, entries: [entry] }])
    expect(JSON.stringify(await readSnapshotFile(ports(), id, ''))).toBe(before)
    const { laterCorrections } = await readSnapshot(ports(), id)
    expect(laterCorrections).toEqual([
      { kind: 'reclassified', at: at.getTime(), from: 'outage', to: 'spill-over', note: null },
    ])
  })

  test('a chart is frozen for its window and region', async () => {
    const window = { from: new Date(ONSET), until: new Date(ONSET + HOUR), step: '5m' as const }
    const { id } = await takeChartSnapshot(ports(), { service: 'acme-mail', region: 'DE', window }, write)
    const { content } = await readSnapshot(ports(), id)
    expect(content.record).toBeNull()
    const points = content.series[0]!.points as { count: number }[]
    // 0 + … + 4, and so on: what was counted minute by minute.
    expect(points.map(({ count }) => count)).toEqual([10, 35, 60, 85, 110, 135, 160, 185, 210, 235, 260, 285])
  })

  test('what does not exist cannot be frozen or read', async () => {
    await expect(takeIncidentSnapshot(ports(), 'no-such', write)).rejects.toMatchObject({ code: 'not-found' })
    await expect(readSnapshot(ports(), 'no-such')).rejects.toMatchObject({ code: 'not-found' })
  })
})
