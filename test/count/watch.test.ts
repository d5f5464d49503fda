import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { freshnessOf, isListening } from '../../src/count/watch.ts'
import { saveIncidents } from '../../src/incident/queries.ts'
import { saveServices } from '../../src/service/queries.ts'
import { MINUTE, SECOND } from '../../src/time.ts'
import { anIncident } from '../support/incident-records.ts'
import { portsOn } from '../support/ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const NOW = Date.parse('2026-03-14T12:00:00Z')

describe('silence', () => {
  test.each([
    { what: 'while all is as it should be', judged: 3 * SECOND, heard: null, says: true },
    { what: 'while a tick is slow', judged: 2 * MINUTE, heard: null, says: true },
    { what: 'while nothing is compared any more', judged: 4 * MINUTE, heard: null, says: false },
    { what: 'before anything was ever compared', judged: null, heard: null, says: false },
    { what: 'just after an absence', judged: 3 * SECOND, heard: MINUTE, says: false },
    { what: 'some minutes after an absence', judged: 3 * SECOND, heard: 6 * MINUTE, says: true },
  ])('$what says something: $says', ({ judged, heard, says }) => {
    const ago = (ms: number | null) => (ms === null ? null : NOW - ms)
    expect(isListening({ nowMs: NOW, judgedMs: ago(judged), heardSinceMs: ago(heard) })).toBe(says)
  })

  test('an answer is as old as the last comparison', () => {
    expect(freshnessOf({ nowMs: NOW, judgedMs: NOW - 3 * SECOND, heardSinceMs: null })).toBe(8)
    expect(freshnessOf({ nowMs: NOW, judgedMs: NOW - 4 * MINUTE, heardSinceMs: null })).toBe(240)
  })
})

describeOnBothEngines('the state of services', (storage) => {
  beforeEach(async () => {
    const { run } = storage()
    await saveServices(run, [aService(), aService({ slug: 'acme-net', name: 'Acme Net' })])
    await run(
      `insert into series_state (service_id, region, begun_at, advanced_until, expected_15m)
       select id, 'world', now() - interval '21 days', now(), 20 from services`,
    )
    await saveIncidents(run, [
      {
        serviceId: 1,
        incident: anIncident({ status: 'open', class: 'outage', resolvedAt: null, endedAt: null }),
        entries: [],
      },
    ])
  })
  const judged = (ago: string) =>
    storage().run(
      `insert into tick_state (name, watermark, ran_at) values ('tick', now(), now() - $1::text::interval)
       on conflict (name) do update set ran_at = excluded.ran_at`,
      [ago],
    )
  const get = async (path: string) =>
    (await app.fetch(new Request(`https://outcry.example${path}`), portsOn(storage()))).json()

  test('is "ok" while detection runs, and "unknown" once it has stopped; what was open stays open', async () => {
    await judged('3 seconds')
    expect(await get('/v1/services/acme-net')).toMatchObject({ state: 'ok', meta: { freshnessSeconds: 8 } })

    await judged('10 minutes')
    const { items, meta } = (await get('/v1/services')) as {
      items: { slug: string; state: string }[]
      meta: { freshnessSeconds: number }
    }
    expect(Object.fromEntries(items.map(({ slug, state }) => [slug, state]))).toEqual({
      'acme-mail': 'down',
      'acme-net': 'unknown',
    })
    expect(meta.freshnessSeconds).toBeGreaterThanOrEqual(600)
    expect(await get('/v1/spikes')).toMatchObject({ meta: { freshnessSeconds: meta.freshnessSeconds } })
  })

  test('is "unknown" for some minutes after a time in which nobody listened', async () => {
    await judged('3 seconds')
    const absence = (untilAgo: string) =>
      storage().run(
        `insert into collector_gaps (from_at, until_at) values (now() - interval '50 minutes', now() - $1::text::interval)
         on conflict (from_at) do update set until_at = excluded.until_at`,
        [untilAgo],
      )
    await storage().run('delete from collector_gaps')
    await absence('1 minute')
    expect(await get('/v1/services/acme-net')).toMatchObject({ state: 'unknown' })
    await storage().run('delete from collector_gaps')
    await absence('7 minutes')
    expect(await get('/v1/services/acme-net')).toMatchObject({ state: 'ok' })
  })
})
