import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { findIncident, saveIncidents, saveSpikes } from '../../src/incident/queries.ts'
import type { Ports } from '../../src/ports.ts'
import { verifySnapshot } from '../../src/record/snapshot.ts'
import { renderPng } from '../../src/runtime/render-png.ts'
import { saveServices } from '../../src/service/queries.ts'
import { createServiceSearch } from '../../src/service/search-services.ts'
import type { MethodMeasure } from '../../src/tick/measure-method.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { LANGUAGES } from '../../web/strings/language.ts'
import { buildSpike } from '../support/build-events.ts'
import { anIncident } from '../support/incident-records.ts'
import { portsOn } from '../support/ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const KEY = { authorization: 'Bearer the-key-of-the-operator' }

describeOnBothEngines('the record over HTTP', (storage) => {
  let ports: Ports
  // Yesterday, so that raw reports and minutes are in reach of the database's own clock.
  const onset = Math.floor((Date.now() - DAY) / (15 * MINUTE)) * 15 * MINUTE
  const at = (ms: number) => new Date(onset + ms)
  const incident = (changes = {}) =>
    anIncident({
      onsetAt: at(0),
      onsetFrom: at(-2 * MINUTE),
      onsetUntil: at(2 * MINUTE),
      openedAt: at(6 * MINUTE),
      confirmedAt: at(9 * MINUTE),
      resolvedAt: at(2 * HOUR),
      updatedAt: at(2 * HOUR),
      peak: { observed: 40, expected: 4, at: at(30 * MINUTE) },
      ...changes,
    })

  const get = (path: string) => app.fetch(new Request(`https://outcry.example${path}`), ports)
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.fetch(
      new Request(`https://outcry.example${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
      ports,
    )

  beforeEach(async () => {
    ports = portsOn(storage(), { renderPng })
    await saveServices(storage().run, [
      aService(),
      aService({ slug: 'acme-net', name: 'Acme Net', category: 'carriers-and-broadband' }),
    ])
    await saveIncidents(storage().run, [
      { serviceId: 1, incident: incident(), entries: [{ at: at(6 * MINUTE), kind: 'opened', data: { observed: 9 } }] },
      { serviceId: 2, incident: incident({ id: 'inc-2', service: 'acme-net' }), entries: [] },
    ])
    await storage().run(
      `insert into counts_1m (service_id, region, bucket, reporters, login)
       select 1, scope, to_timestamp($1::float8 / 1000) + make_interval(mins => n), case when scope = 'DE' then n % 3 else n end, n
       from generate_series(0, 100) n, (values ('world'), ('DE')) as scopes(scope)`,
      [onset],
    )
  })

  describe('a figure', () => {
    test('has the same numbers as table, CSV, JSON and picture', async () => {
      const csv = await (await get('/i/inc-1/trend.csv')).text()
      const json = (await (await get('/i/inc-1/trend.json')).json()) as { rows: { t: string; count: number }[] }
      const page = await (await get('/i/inc-1')).text()
      const inCsv = csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 2))
      expect(json.rows.map(({ t, count }) => [t, String(count)])).toEqual(inCsv)
      const drawn = /data-counts="([^"]*)"/.exec(page)![1]!.split(' ')
      expect(drawn).toEqual(inCsv.map(([, count]) => count))
      const largest = Math.max(...inCsv.map(([, count]) => Number(count)))
      expect(largest).toBe(96 + 97 + 98 + 99 + 95)
    })

    test('names units in its header and keeps back what is small', async () => {
      const csv = await (await get('/i/inc-1/regions.csv')).text()
      expect(csv.split('\r\n')[0]).toBe(
        'region (ISO 3166),name,"t (UTC, start of step)",count (reporters),expected (reporters),"lower (reporters, 2.5th percentile)","upper (reporters, 97.5th percentile)"',
      )
      const counts = csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[3]!)
      for (const count of counts)
        expect(count === '' || count === '<3' || count === '0' || Number(count) >= 3).toBe(true)
    })

    test('is a picture in light and dark, once and twice the size', async () => {
      const light = await (await get('/i/inc-1/trend.svg')).text()
      expect(light).toContain('fill="#ffffff"')
      expect(await (await get('/i/inc-1/trend.svg?theme=dark')).text()).toContain('fill="#14171b"')
      const png = await get('/i/inc-1/trend.png?scale=2')
      expect(png.headers.get('content-type')).toBe('image/png')
      expect(new DataView(await png.arrayBuffer()).getUint32(16)).toBe(1920)
    })

    test('says in its metadata what it is and where its files are', async () => {
      const metadata = await (await get('/i/inc-1/types.metadata.json')).json()
      expect(metadata).toMatchObject({
        files: { csv: 'https://outcry.example/i/inc-1/types.csv' },
        methodVersion: '1',
        licence: { spdx: 'CC-BY-4.0' },
      })
      expect(metadata).not.toHaveProperty('rows')
    })

    test('without a renderer has no PNG, and says where the SVG is', async () => {
      ports = portsOn(storage())
      const response = await get('/i/inc-1/trend.png')
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('.svg')
    })
  })

  test.each(LANGUAGES)('pages answer in %s, allow nothing foreign, and say what they are', async (language) => {
    const prefix = language === 'en' ? '' : `/${language}`
    for (const path of [
      '/i/inc-1',
      '/incidents',
      '/methodology',
      '/compare',
      '/compare?services=acme-mail,acme-net&scale=ratio',
      '/compare?services=acme-mail&regions=DE,US-TX',
      '/compare?incidents=inc-1,inc-2',
      '/embed',
      '/embed?service=acme-mail&kind=map',
      '/embed?service=no-such-thing-anywhere',
      '/embed?incident=inc-1',
      '/embed/acme-mail?theme=dark',
      '/embed/i/inc-1',
    ]) {
      const response = await get(prefix + path)
      expect([path, response.status]).toEqual([path, 200])
      const html = await response.text()
      expect(html).toContain(`<html lang="${language}"`)
      expect(html).not.toMatch(/undefined|NaN|\[object/)
      expect(response.headers.get('content-security-policy')).not.toContain('unsafe')
    }
  })

  describe('the builder of embeds', () => {
    const textOf = async (path: string) => (await get(path)).text()

    test('finds a service by what it is called, and gives code that shows it', async () => {
      const html = await textOf('/embed?kind=map&service=Acme+Mail&theme=dark')
      const code = /&lt;iframe src=&quot;https:\/\/outcry\.example([^ ]*?)&quot;/.exec(html)![1]!
      const src = code.replaceAll('&amp;amp;', '&')
      expect(src).toBe('/embed/acme-mail?kind=map&theme=dark')
      const frame = await get(src)
      expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors *')
      const picture = /<img[^>]* src="([^"]*)"/.exec(await frame.text())![1]!.replaceAll('&amp;', '&')
      expect(picture).toBe('/s/acme-mail/map.svg?theme=dark')
      expect((await get(picture)).status).toBe(200)
      expect(html).toContain(`src="${picture.replaceAll('&', '&amp;')}"`)
    })

    test('says so where nothing is known by that name, and asks again', async () => {
      ports = { ...ports, searchServices: createServiceSearch() }
      const html = await textOf('/embed?service=qqqqqqqq')
      expect(html).toContain('Nothing is known of qqqqqqqq.')
      expect(html).not.toContain('iframe')
    })

    test('has a narrow picture for narrow places, with the same source line', async () => {
      const svg = await textOf('/s/acme-mail.svg?width=480')
      expect(svg).toContain('width="480"')
      expect(svg.replaceAll(/<[^>]+>/g, ' ')).toContain('CC BY 4.0')
    })

    test.each(['/s/acme-mail', '/i/inc-1'])('is found from %s by oEmbed', async (path) => {
      const discovery = /type="application\/json\+oembed" href="https:\/\/outcry\.example([^"]*)"/.exec(
        await textOf(path),
      )!
      const answer = (await (await get(discovery[1]!)).json()) as { html: string; type: string }
      expect(answer.type).toBe('rich')
      const src = /src="https:\/\/outcry\.example([^"]*)"/.exec(answer.html)![1]!
      expect((await get(src)).status).toBe(200)
    })
  })

  describe('a comparison', () => {
    test('lays incidents over one another from their onset, and offers others of the service', async () => {
      const html = await (await get('/compare?incidents=inc-1')).text()
      expect(html).not.toContain('incidents=inc-1,inc-1')
      const csv = await (await get('/compare.csv?incidents=inc-1,inc-2')).text()
      const since = csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => Number(line.split(',').at(-4)))
      expect(since).toContain(0)
      expect(Math.min(...since)).toBeLessThan(0)
    })

    test('is one picture, whose lines are the rows of its file', async () => {
      const svg = await (await get('/compare.svg?services=acme-mail,acme-net')).text()
      expect(svg.match(/class="line line-\d"/g)).toHaveLength(2)
      expect(svg).toContain('Acme Net')
    })

    test('in regions keeps back what is small', async () => {
      const csv = await (await get('/compare.csv?regions=DE&services=acme-mail')).text()
      for (const line of csv.trim().split('\r\n').slice(1)) expect(line).not.toMatch(/,[12],/)
    })
  })

  test('the record of an incident that goes on is as fresh as the figures beside it', async () => {
    const going = incident({ status: 'open', resolvedAt: null, reports: 1_000, updatedAt: at(20 * MINUTE) })
    await saveIncidents(storage().run, [{ serviceId: 1, incident: going, entries: [] }])
    const html = await (await get('/i/inc-1')).text()
    // 0 to 100 reports a minute, all of which came since the onset.
    expect(html).toContain('5,050')
    expect(html).not.toContain('1,000 reports')
  })

  test('the methodology page says how often evidence and band erred, in the numbers of /v1/method', async () => {
    const before = await (await get('/methodology')).text()
    expect(before).not.toContain('False alarms of a worldwide series')
    expect(before).toContain('href="/v1/method"')

    await storage().run(
      `insert into series_state (service_id, region, begun_at, advanced_until, expected_15m) select 1, 'world', now() - interval '21 days', now(), 20`,
    )
    await storage().run(
      `insert into tick_state (name, watermark, ran_at, data)
       values ('tick', now(), now(), json_build_object('watchedSince', now() - interval '14 days'))
       on conflict (name) do update set data = excluded.data`,
    )
    await storage().run(
      `insert into evidence_peaks (day, level, nats, peaks) values ((now() at time zone 'UTC')::date, 'world', 5, 40)`,
    )
    await storage().run(
      `insert into expectations_15m (service_id, region, bucket, expected, lower, upper)
       select 1, 'world', date_trunc('hour', now() - interval '3 days') + n * interval '15 minutes', 20, 10, 30 from generate_series(1, 4) n`,
    )
    await storage().run(
      `insert into counts_15m (service_id, region, bucket, reporters, weight)
       select 1, 'world', bucket, 25, case when row_number() over (order by bucket) = 1 then 99000 else 20000 end from expectations_15m`,
    )
    ports = portsOn(storage())
    const measure = (await (await get('/v1/method')).json()) as MethodMeasure
    expect(measure.seriesWeeks).toBeCloseTo(2, 3)
    const html = await (await get('/methodology')).text()
    const { lower, upper } = measure.falseAlarmsInterval!
    const [rate, from, to] = [measure.falseAlarmsPerSeriesWeek!, lower, upper].map((value) => value.toPrecision(2))
    expect(html).toContain(`(2 series-weeks watched): ${Number(rate)}; 95% interval ${Number(from)} to ${Number(to)}.`)
    expect(html).toContain('mostly what was believed before')
    expect(html).toContain('In their grey band of 95%: 75%; below it: 0%; above it: 25%.')
    expect(html).toMatch(/<th scope="row">5<\/th><td>40<\/td><td>44<\/td>/)
  })

  test('the sitemap has the pages of the record, and each month with incidents', async () => {
    const xml = await (await get('/sitemap.xml')).text()
    for (const path of ['/incidents', '/methodology', '/compare', '/embed'])
      expect(xml).toContain(`<loc>https://outcry.example${path}</loc>`)
    const month = new Date(onset + 6 * MINUTE).toISOString().slice(0, 7)
    expect(xml).toContain(`<loc>https://outcry.example/incidents?month=${month}</loc>`)
  })

  describe('an incident whose minutes are gone', () => {
    const chart = async () => {
      const csv = await (await get('/i/inc-1/trend.csv')).text()
      const counts = csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[1]!)
      return { steps: counts.length, counts, html: await (await get('/i/inc-1')).text() }
    }

    test('is drawn by the hour where hours are left', async () => {
      await storage().run(
        `insert into counts_1h (service_id, region, bucket, reporters)
         select service_id, region, date_trunc('hour', bucket, 'UTC'), sum(reporters) from counts_1m group by 1, 2, 3`,
      )
      await storage().run('truncate counts_1m')
      const { steps, counts } = await chart()
      expect(steps).toBeLessThan(12)
      expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(5_050)
    })

    test('is a gap where nothing is left: no data is never drawn as fine', async () => {
      await storage().run('truncate counts_1m')
      const { counts, html } = await chart()
      expect(new Set(counts)).toEqual(new Set(['']))
      expect(html).not.toContain('stayed within the usual range')
    })
  })

  test('a strange query leads to the page as it is kept', async () => {
    const response = await get('/incidents?utm_source=x&severity=major')
    expect([response.status, response.headers.get('location')]).toEqual([301, '/incidents?severity=major'])
  })

  test('the archive narrows down to a category, a severity, a place and a month', async () => {
    const count = async (query: string) =>
      [...(await (await get(`/incidents${query}`)).text()).matchAll(/href="\/i\/inc-\d"/g)].length
    expect(await count('')).toBe(2)
    expect(await count('?category=carriers-and-broadband')).toBe(1)
    expect(await count('?severity=critical')).toBe(0)
    expect(await count('?region=DE')).toBe(2)
    expect(await count('?region=FR')).toBe(0)
    expect(await count(`?month=${at(0).toISOString().slice(0, 7)}`)).toBe(2)
    expect(await count('?month=2001-01')).toBe(0)
  })

  describe('a snapshot', () => {
    test('is taken by one request, and is genuine and kept for ever', async () => {
      const response = await post('/v1/snapshots', { incident: 'inc-1' })
      expect(response.status).toBe(201)
      const { id } = (await response.json()) as { id: string }
      const file = await get(`/snapshots/${id}.json`)
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(await verifySnapshot(await file.text())).toMatchObject({ isGenuine: true, id })
      const page = await (await get(`/de/snapshots/${id}`)).text()
      expect(page).toContain('das 10-Fache')
      expect((await get(`/snapshots/${id}.svg`)).status).toBe(200)
    })

    test('of a form leads to its page', async () => {
      const request = new Request('https://outcry.example/v1/snapshots', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'incident=inc-1&language=fr',
      })
      const response = await app.fetch(request, ports)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toMatch(/^\/fr\/snapshots\/[0-9a-f]{20}$/)
    })

    test('needs either an incident or a service', async () => {
      expect((await post('/v1/snapshots', {})).status).toBe(400)
      expect((await post('/v1/snapshots', { incident: 'inc-1', service: 'acme-mail' })).status).toBe(400)
      expect((await post('/v1/snapshots', { service: 'acme-mail', region: 'DE' })).status).toBe(201)
    })
  })

  describe('the operator', () => {
    test('needs the key', async () => {
      expect((await post('/v1/admin/incidents/inc-1/annotate', { text: 'x' })).status).toBe(401)
    })

    test('adds the provider’s words, which the page then tells', async () => {
      const update = {
        status: 'identified',
        text: 'A certificate had expired.',
        cause: 'an expired certificate',
        at: at(30 * MINUTE).toISOString(),
        sourceUrl: 'https://status.example.com/1',
      }
      expect((await post('/v1/admin/incidents/inc-1/updates', update, KEY)).status).toBe(201)
      const page = await (await get('/i/inc-1')).text()
      expect(page).toContain('24 mins after the reports stood out')
      expect(page).toContain('an expired certificate')
    })

    test('reclassifies: the class changes, the correction is dated, events and audit log tell it', async () => {
      await saveSpikes(storage().run, [
        { serviceId: 1, spike: buildSpike({ service: 'acme-mail', incidentId: 'inc-1' }) },
        { serviceId: 2, spike: buildSpike({ id: 'spike-2', service: 'acme-net', incidentId: 'inc-2' }) },
      ])
      const body = { class: 'spill-over', spillOverOf: 'inc-2', note: 'The carrier named the cause.' }
      expect((await post('/v1/admin/incidents/inc-1/reclassify', body, KEY)).status).toBe(201)
      expect((await post('/v1/admin/incidents/inc-1/reclassify', body, KEY)).status).toBe(409)
      const page = await (await get('/i/inc-1')).text()
      expect(page).toContain('classed as spill-over instead of an outage')
      const told = (await (await get('/v1/spikes?service=acme-mail&status=all')).json()) as { items: unknown[] }
      expect(told.items).toMatchObject([{ id: 'spike-1', spillOverOf: 'spike-2' }])
      const [event] = await storage().run<{ type: string }>('select type from events order by id desc limit 1')
      expect(event).toEqual({ type: 'incident.updated' })
      // The next look at the counts must not know better.
      expect(await findIncident(storage().run, 'inc-1')).toMatchObject({ class: 'spill-over', isClassFixed: true })
      const audit = await storage().run('select actor, action, subject from audit_log')
      expect(audit).toEqual([{ actor: 'admin', action: 'incident.reclassify', subject: 'inc-1' }])
    })

    test('cannot class as spill-over of nothing, nor of itself, nor date words in the future', async () => {
      const reclassify = (body: unknown) => post('/v1/admin/incidents/inc-1/reclassify', body, KEY)
      expect((await reclassify({ class: 'spill-over' })).status).toBe(400)
      expect((await reclassify({ class: 'spill-over', spillOverOf: 'inc-1' })).status).toBe(400)
      const future = { status: 'resolved', text: 'x', at: new Date(Date.now() + DAY).toISOString() }
      expect((await post('/v1/admin/incidents/inc-1/updates', future, KEY)).status).toBe(400)
      expect(await storage().run('select * from audit_log')).toEqual([])
    })
  })

  test('what may be framed is framed by anyone, and nothing else', async () => {
    const ancestors = async (path: string) =>
      /frame-ancestors ([^;]+)/.exec((await get(path)).headers.get('content-security-policy')!)![1]
    expect(await ancestors('/embed/acme-mail')).toBe('*')
    expect(await ancestors('/embed/i/inc-1')).toBe('*')
    expect(await ancestors('/embed?service=acme-mail')).toBe("'none'")
    expect(await ancestors('/i/inc-1')).toBe("'none'")
  })

  test('an embedded chart follows the reader’s colours, or the host’s', async () => {
    expect(await (await get('/embed/acme-mail')).text()).toContain('srcset="/s/acme-mail.svg?theme=dark"')
    const dark = await (await get('/embed/acme-mail?theme=dark')).text()
    expect(dark).toContain('src="/s/acme-mail.svg?theme=dark"')
    expect(dark).not.toContain('prefers-color-scheme')
  })

  test('a link turns into a frame by oEmbed', async () => {
    const answer = await (await get('/oembed?url=https://outcry.example/de/i/inc-1&maxwidth=500')).json()
    expect(answer).toMatchObject({ version: '1.0', type: 'rich', width: 500, provider_name: 'Outcry' })
    expect((answer as { html: string }).html).toContain('src="https://outcry.example/de/embed/i/inc-1"')
    expect((await get('/oembed?url=https://outcry.example/map')).status).toBe(404)
  })

  test('files of a service have the numbers of its page', async () => {
    const csv = await (await get('/s/acme-mail.csv?range=7d')).text()
    const page = await (await get('/s/acme-mail?range=7d')).text()
    const counts = csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[1])
    expect(/data-counts="([^"]*)"/.exec(page)![1]!.split(' ')).toEqual(counts)
    expect(await (await get('/s/acme-mail/map.csv')).text()).toContain(
      'region (ISO 3166),name,count (reporters in the hour)',
    )
    expect(await (await get('/s/acme-mail/map.svg?theme=dark')).text()).toContain('class="map map-world"')
  })

  test('link previews are pictures of 1200 by 630', async () => {
    for (const path of ['/og/i/inc-1.png', '/og/s/acme-mail.png']) {
      const view = new DataView(await (await get(path)).arrayBuffer())
      expect([path, view.getUint32(16), view.getUint32(20)]).toEqual([path, 1200, 630])
    }
  })

  describe('a comparison', () => {
    const rows = async (query: string) =>
      (await (await get(`/compare.csv${query}`)).text()).trim().split('\r\n').slice(1)

    test('has the same steps for each service', async () => {
      const all = await rows('?services=acme-mail,acme-net')
      const of = (slug: string) => all.filter((row) => row.startsWith(slug)).map((row) => /\d{4}-[^,]+Z/.exec(row)![0])
      expect(of('acme-mail').length).toBeGreaterThan(50)
      expect(of('acme-mail')).toEqual(of('acme-net'))
    })

    test('lays incidents over one another from their onset', async () => {
      const all = await rows('?incidents=inc-1,inc-2')
      const since = (id: string) => all.filter((row) => row.startsWith(id)).map((row) => /Z,(-?\d+),/.exec(row)![1])
      expect(since('inc-1')[0]).toBe('-60')
      expect(since('inc-1')).toEqual(since('inc-2'))
    })

    test('says what it does not know, and compares five at most', async () => {
      const html = await (await get('/compare?services=acme-mail&regions=XX,DE')).text()
      expect(html).toContain('Nothing is known of XX.')
      const six = await (await get('/compare?services=a,b,c,d,e,f')).text()
      expect(six).not.toContain('value="a, b, c, d, e, f"')
    })
  })
})
