import { expect, test } from 'vitest'
import { saveIncidents, saveSpikes } from '../../src/incident/queries.ts'
import { addService, buildIncident, buildSpike } from '../support/build-events.ts'
import { call, createTestPorts } from '../support/program-ports.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const RESOLVED = new Date('2026-03-01T13:00:00Z')

describeOnBothEngines('feeds', (storage) => {
  async function begin() {
    const { run } = storage()
    const mail = await addService(run, 'mail')
    const chat = await addService(run, 'chat')
    const save = (serviceId: number, change: Parameters<typeof buildIncident>[0]) =>
      saveIncidents(run, [{ serviceId, incident: buildIncident(change), entries: [] }])
    await save(mail, { id: 'open', service: 'mail', severity: 'critical' })
    await save(chat, {
      id: 'over',
      service: 'chat',
      status: 'resolved',
      resolvedAt: RESOLVED,
      regions: [{ region: 'DE', share: 1 }],
    })
    await save(chat, { id: 'suspicion', service: 'chat', status: 'suspected', confirmedAt: null })
    await save(chat, { id: 'dismissed', service: 'chat', status: 'resolved', resolvedAt: RESOLVED, class: 'dismissed' })
    const ports = createTestPorts(storage())
    return { ports, mail, get: (path: string) => call(ports, path) }
  }

  test('the Atom feed has confirmed incidents, with permanent addresses, and says who says so', async () => {
    const { get } = await begin()
    const response = await get('/feed.atom')
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(response.headers.get('etag')).not.toBeNull()
    const text = await response.text()
    expect([...text.matchAll(/<entry><id>([^<]*)/g)].map((match) => match[1])).toEqual(
      expect.arrayContaining(['http://outcry.test/i/open', 'http://outcry.test/i/over']),
    )
    expect(text.match(/<entry>/g)).toHaveLength(2)
    expect(text).toContain('not said by the provider')
    expect(text).toContain('<updated>2026-03-01T13:00:00.000Z</updated>')
  })

  test('feeds of one service and of one region have what concerns them', async () => {
    const { get } = await begin()
    const ids = async (path: string) =>
      ((await (await get(path)).json()) as { items: { id: string }[] }).items.map(({ id }) => id)
    expect(await ids('/s/mail/feed.json')).toEqual(['http://outcry.test/i/open'])
    expect(await ids('/feed.json?region=de')).toEqual(['http://outcry.test/i/over'])
    expect((await get('/s/no-such-service/feed.atom')).status).toBe(404)
    expect((await get('/feed.atom?region=XX')).status).toBe(400)
    expect((await get('/feed.atom?colour=red')).status).toBe(400)
  })

  test('text from outside cannot break out of a feed or a badge', async () => {
    const { ports, get } = await begin()
    await ports.storage.run(`update services set name = '<b>"Mail" & Co</b>' where slug = 'mail'`)
    for (const path of ['/feed.atom', '/badge/mail.svg']) {
      const text = await (await get(path)).text()
      expect(text).not.toContain('<b>')
      expect(text).toContain('&lt;b&gt;')
    }
  })

  test('a feed under one host name is not given under another', async () => {
    const { ports, get } = await begin()
    await get('/feed.atom')
    const { app } = await import('../../src/app.ts')
    const other = await app.fetch(new Request('http://other.test/feed.atom'), ports)
    expect(await other.text()).not.toContain('outcry.test')
  })

  test('a status client reads the state of everything, and of one service', async () => {
    const { get } = await begin()
    const summary = await (await get('/api/v2/summary.json')).json()
    expect(summary).toMatchObject({
      page: { id: 'outcry', name: expect.stringContaining('unofficial'), time_zone: 'Etc/UTC' },
      status: { indicator: 'critical', description: 'People report outages of 1 service.' },
      components: [
        { id: 'chat', status: 'operational' },
        { id: 'mail', status: 'major_outage' },
      ],
      incidents: [{ id: 'open', status: 'investigating', impact: 'critical', resolved_at: null }],
      scheduled_maintenances: [],
    })
    expect(await (await get('/s/chat/api/v2/status.json')).json()).toMatchObject({
      page: { id: 'chat' },
      status: { indicator: 'none', description: expect.stringContaining('not confirmed') },
    })
    const { incidents } = (await (await get('/s/chat/api/v2/incidents.json')).json()) as { incidents: unknown[] }
    expect(incidents).toMatchObject([
      { id: 'over', status: 'resolved', incident_updates: [{ status: 'resolved' }, { status: 'investigating' }] },
    ])
    expect(await (await get('/api/v2/incidents/unresolved.json')).json()).toMatchObject({ incidents: [{ id: 'open' }] })
    expect(await (await get('/s/mail/api/v2/components.json')).json()).toMatchObject({ components: [{ id: 'mail' }] })
  })

  test('what is not known is not called operational, and says why it is not', async () => {
    await begin()
    const { run } = storage()
    // With ports of its own each time, since answers are kept for some seconds.
    const get = (path: string) => call(createTestPorts(storage()), path)
    await addService(run, 'young')
    const old = await addService(run, 'old')
    await run(
      `insert into series_state (service_id, region, begun_at, advanced_until, expected_15m)
       values ($1, 'world', now() - interval '9 days', now(), 4)`,
      [old],
    )
    const judged = (ago: string) =>
      run(
        `insert into tick_state (name, watermark, ran_at) values ('tick', now(), now() - $1::text::interval)
         on conflict (name) do update set ran_at = excluded.ran_at`,
        [ago],
      )
    const component = async (slug: string) => {
      const path = `/s/${slug}/api/v2/components.json`
      return ((await (await get(path)).json()) as { components: object[] }).components[0]
    }
    const badge = async (slug: string) => (await get(`/badge/${slug}.json`)).json()
    const young = { status: 'under_maintenance', description: expect.stringContaining('too few reports') }

    await judged('10 minutes')
    expect(await component('young')).toMatchObject(young)
    expect(await component('old')).toMatchObject({
      status: 'under_maintenance',
      description: expect.stringContaining('not been watched'),
    })
    expect(await (await get('/s/old/api/v2/status.json')).json()).toMatchObject({
      status: { indicator: 'none', description: expect.stringContaining('Not known') },
    })
    expect(await badge('young')).toMatchObject({ message: 'not known: too few reports', color: 'lightgrey' })
    expect(await badge('old')).toMatchObject({ message: 'not known: not watched now', color: 'lightgrey' })
    const { components } = (await (await get('/api/v2/summary.json')).json()) as { components: { id: string }[] }
    expect(components.map(({ id }) => id)).toEqual(['chat', 'mail', 'old'])
    await run(`update incidents set status = 'resolved', resolved_at = now()`)
    expect(await (await get('/api/v2/status.json')).json()).toMatchObject({
      status: { indicator: 'none', description: expect.stringContaining('Not known') },
    })

    await judged('2 seconds')
    expect(await component('young')).toMatchObject(young)
    expect(await component('old')).toMatchObject({ status: 'operational' })
    expect(await badge('old')).toMatchObject({ message: 'no outage reported' })
    expect(await (await get('/api/v2/status.json')).json()).toMatchObject({
      status: { indicator: 'none', description: 'No outage is reported now.' },
    })
  })

  test('unresolved spikes stand in Prometheus’ text', async () => {
    const { get, mail } = await begin()
    await saveSpikes(storage().run, [{ serviceId: mail, spike: buildSpike({ region: 'US' }) }])
    const response = await get('/v1/spikes.prom')
    expect(response.headers.get('content-type')).toContain('version=0.0.4')
    expect(await response.text()).toContain(
      'outcry_spike_observed_reporters{spike="spike-1",service="mail",region="US",status="open",cause="volume"} 60\n',
    )
  })

  test('badges tell the state in words, for shields and drawn', async () => {
    const { get } = await begin()
    expect(await (await get('/badge/mail.json')).json()).toEqual({
      schemaVersion: 1,
      label: 'Mail',
      message: 'outage reported',
      color: 'red',
      cacheSeconds: 60,
    })
    const svg = await get('/badge/chat.svg')
    expect(svg.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(await svg.text()).toContain('aria-label="Chat: reports are up"')
    expect((await get('/badge/nothing.svg')).status).toBe(404)
  })
})
