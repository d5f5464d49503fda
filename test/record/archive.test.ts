import { gunzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { readTimeseries } from '../../src/count/read-timeseries.ts'
import { saveIncidents, saveProviderUpdate } from '../../src/incident/queries.ts'
import { loadRecord } from '../../src/record/load-record.ts'
import { readArchiveDay } from '../../src/record/read-archive.ts'
import { archiveDay, type DayArchive, finalDays, manifestOf } from '../../src/record/write-archive.ts'
import { saveServices } from '../../src/service/queries.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { anIncident, anUpdate, ONSET } from '../support/incident-records.ts'
import { portsOn } from '../support/ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const TODAY = '2025-11-24'
const LATER = new Date(ONSET + 5 * DAY)

describeOnBothEngines('the open archive', (storage) => {
  const service = { id: 1, slug: 'acme-mail', countries: [] }
  const window = { from: new Date(ONSET - 2 * HOUR), until: new Date(ONSET + 4 * HOUR) }
  const charts = async () => {
    const read = (region: string | null, step: '15m' | '1h') =>
      readTimeseries(storage().run, service, { region, errorType: null, step, ...window })
    const all = [await read(null, '15m'), await read(null, '1h'), await read('DE', '15m')]
    return all.map(({ points }) => points)
  }

  beforeEach(async () => {
    await saveServices(storage().run, [aService({ features: ['send mail'] })])
    await saveIncidents(storage().run, [
      {
        serviceId: 1,
        incident: anIncident(),
        entries: [
          { at: new Date(ONSET + 6 * MINUTE), kind: 'opened', data: { observed: 9 } },
          { at: new Date(ONSET + 8 * MINUTE), kind: 'related', data: { services: ['acme-cloud'] } },
        ],
      },
    ])
    await saveProviderUpdate(storage().run, 'inc-1', { ...anUpdate(), at: new Date(ONSET + HOUR) })
    await storage().run(
      `insert into counts_15m (service_id, region, bucket, reporters, login, weight, ok)
       select 1, scope, to_timestamp($1::float8 / 1000) + make_interval(mins => 15 * n), 4 + n, 4 + n, 1000 * (4 + n), 3
       from generate_series(0, 9) n, (values ('world'), ('DE')) as scopes(scope)`,
      [ONSET],
    )
    await storage().run(
      `insert into counts_1h (service_id, region, bucket, reporters, login, weight, ok)
       select service_id, region, date_trunc('hour', bucket, 'UTC'), sum(reporters), sum(login), sum(weight), sum(ok) from counts_15m group by 1, 2, 3`,
    )
    await storage().run(
      `insert into expectations_15m select 1, 'world', to_timestamp($1::float8 / 1000) + make_interval(mins => 15 * n), 4.25, 1, 9
       from generate_series(0, 9) n`,
      [ONSET],
    )
  })

  async function emptied(): Promise<void> {
    await storage().run(
      'truncate services, incidents, incident_updates, provider_updates, counts_15m, counts_1h, expectations_15m restart identity',
    )
  }

  async function imported(archive: DayArchive): Promise<void> {
    await readArchiveDay(storage(), JSON.stringify(await manifestOf(archive)), archive.files)
  }

  test('reads back into an empty instance with the same charts and the same record', async () => {
    const before = { charts: await charts(), record: (await loadRecord(portsOn(storage()), 'inc-1')).record }
    const archive = await archiveDay(storage().run, TODAY, LATER)
    await emptied()
    await imported(archive)
    expect(await charts()).toEqual(before.charts)
    const { record } = await loadRecord(portsOn(storage()), 'inc-1')
    expect({ ...record, asOf: 0 }).toEqual({ ...before.record, asOf: 0 })
    expect(record.providerUpdates).toHaveLength(1)
  })

  test('gives the same bytes each time, also after it was read back', async () => {
    const archive = await archiveDay(storage().run, TODAY, LATER)
    expect(await archiveDay(storage().run, TODAY, LATER)).toEqual(archive)
    await imported(archive)
    await imported(archive)
    expect((await archiveDay(storage().run, TODAY, LATER)).files['counts.ndjson']).toEqual(
      archive.files['counts.ndjson'],
    )
  })

  test('is not read back where a file is not what its manifest says, and then nothing of it', async () => {
    const archive = await archiveDay(storage().run, TODAY, LATER)
    const manifest = JSON.stringify(await manifestOf(archive))
    await emptied()
    const forged = {
      ...archive.files,
      'counts.ndjson': archive.files['counts.ndjson'].replace('"reporters":4', '"reporters":9'),
    }
    await expect(readArchiveDay(storage(), manifest, forged)).rejects.toThrow(
      'counts.ndjson.gz is not what the manifest says',
    )
    expect(await storage().run('select * from counts_15m')).toEqual([])
  })

  test('has a day once late reports can no longer come', async () => {
    const end = Date.parse('2025-11-25T00:00:00Z')
    expect(await finalDays(storage().run, new Date(end + 25 * HOUR))).toEqual([])
    expect(await finalDays(storage().run, new Date(end + 26 * HOUR))).toEqual([TODAY])
    await expect(archiveDay(storage().run, TODAY, new Date(end + HOUR))).rejects.toMatchObject({ code: 'not-found' })
    await expect(archiveDay(storage().run, 'yesterday', LATER)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is served with an index, a schema and the files that the manifest names', async () => {
    const get = (path: string) =>
      app.fetch(new Request(`https://outcry.example${path}`), portsOn(storage(), { now: () => LATER }))
    const index = (await (await get('/archive')).json()) as { days: { day: string; manifest: string }[] }
    expect(index.days).toEqual([{ day: TODAY, manifest: `/archive/${TODAY}/manifest.json` }])
    const manifest = (await (await get(index.days[0]!.manifest)).json()) as {
      files: { name: string; sha256: string }[]
    }
    const files: Record<string, string> = {}
    for (const { name } of manifest.files) {
      const body = await (await get(`/archive/${TODAY}/${name}`)).arrayBuffer()
      files[name.slice(0, -3)] = gunzipSync(new Uint8Array(body)).toString()
    }
    await expect(readArchiveDay(storage(), JSON.stringify(manifest), files)).resolves.toMatchObject({
      counts: 20,
      incidents: 1,
    })
    expect((await get('/archive/schema.json')).status).toBe(200)
    expect((await get(`/archive/${TODAY}/secrets.gz`)).status).toBe(404)
    expect((await get('/archive/2001-01-01/manifest.json')).status).toBe(200)
  })
})
