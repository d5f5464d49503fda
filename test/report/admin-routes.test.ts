import { expect, test } from 'vitest'
import { differencesOf } from '../../src/count/repair-day.ts'
import { listSpikes } from '../../src/incident/queries.ts'
import type { PendingReport } from '../../src/ports.ts'
import { archiveDay } from '../../src/record/write-archive.ts'
import { MOST_HIDDEN } from '../../src/report/hide-reports.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { MOST_LOOKED_AT } from '../../src/report/search-queries.ts'
import { storeReports } from '../../src/report/store-reports.ts'
import { maintain } from '../../src/tick/maintain.ts'
import { DAY, HOUR, MINUTE } from '../../src/time.ts'
import { fieldsOf } from '../support/admin-calls.ts'
import { addService } from '../support/build-events.ts'
import { ADMIN_KEY, call, createTestPorts } from '../support/program-ports.ts'
import { newReport } from '../support/report-batch.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const AT = '/v1/admin/reports'
const WORDS = 'Nothing works since noon'

interface Wire {
  id: string
  comment: string | null
  network: string
  isHidden: boolean
}

const COUNTED = ['counts_1m', 'counts_15m', 'counts_1h', 'feature_counts']

describeOnBothEngines('reports, administered', (storage, engine) => {
  const today = () => new Date().toISOString().slice(0, 10)

  async function begin(options: Parameters<typeof createTestPorts>[1] = {}) {
    await ensurePartitions(storage())
    const mail = await addService(storage().run, 'mail')
    const chat = await addService(storage().run, 'chat')
    const ports = createTestPorts(storage(), options)
    const ask = (path: string, key = ADMIN_KEY) => call(ports, path, { key })
    const list = async (query = '') =>
      (await (await ask(`${AT}?${query}`)).json()) as { items: Wire[]; nextCursor: string | null }
    const ids = async (query = '') => (await list(query)).items.map(({ id }) => id)
    const post = (verb: string, body: unknown, key = ADMIN_KEY) => call(ports, `${AT}/${verb}`, { key, body })
    const hide = async (body: object) => (await (await post('hide', body)).json()) as Record<string, unknown>
    const unhide = async (body: object) => (await (await post('unhide', body)).json()) as Record<string, unknown>
    return { mail, chat, ports, ask, list, ids, post, hide, unhide }
  }

  const store = (...reports: PendingReport[]) => storeReports(storage().run, reports)

  const report = (told: Partial<PendingReport> & Parameters<typeof newReport>[0] = {}): PendingReport => {
    const { network, widerNetwork, ...rest } = told
    const made = newReport({ ...told, ...(network ? { network } : {}), ...(widerNetwork ? { widerNetwork } : {}) })
    return { ...made, ...rest, errorType: made.errorType }
  }

  /** Everything that is counted and not nothing, in a fixed order. */
  async function counts() {
    const all: Record<string, unknown> = {}
    for (const table of COUNTED)
      all[table] = await storage().run(
        `select to_jsonb(c)::text as row from ${table} c where reporters <> 0 ${table === 'feature_counts' ? '' : 'or ok <> 0 or late <> 0'} order by 1`,
      )
    return all
  }

  const between = (service = 'mail') => ({
    service,
    from: new Date(Date.now() - HOUR).toISOString(),
    to: new Date(Date.now() + MINUTE).toISOString(),
  })

  test('are found newest first, with what was said and whence, and without the reporter', async () => {
    const { mail, list, ask } = await begin()
    const late = new Date(Math.floor(Date.now() / MINUTE) * MINUTE - 2 * HOUR).toISOString()
    await store(report({ serviceId: mail, region: 'US-TX', errorType: 'login', feature: 'sign in', comment: WORDS }))
    await store(report({ serviceId: mail, kind: 'ok', network: 'net', observedAt: late, source: 'key_1' }))

    const { items } = await list()
    expect(items).toMatchObject([
      { service: 'mail', kind: 'ok', errorType: null, observedAt: late, network: 'net', source: 'key_1', weight: 1 },
      {
        kind: 'problem',
        errorType: 'login',
        region: 'US-TX',
        feature: 'sign in',
        comment: WORDS,
        observedAt: null,
        isHidden: false,
        receivedAt: expect.stringMatching(/\.\d{3}Z$/),
      },
    ])
    expect(JSON.stringify(items)).not.toContain('person-')
    expect((await ask(AT)).headers.get('cache-control')).toBe('no-store')
  })

  test('each filter finds its own', async () => {
    const { mail, chat, ids, hide } = await begin()
    const told = {
      serviceId: mail,
      region: 'US-TX',
      errorType: 'login',
      network: 'crowd',
      source: 'key_1',
      comment: WORDS,
    }
    const [one, other, third] = [
      report(told),
      report({ serviceId: chat, region: 'DE', comment: '100 % dead_end' }),
      report({ serviceId: mail, kind: 'ok' }),
    ]
    await store(one)
    await store(other)
    await store(third)
    for (const query of [
      'errorType=login',
      'region=US-TX',
      'region=US',
      'network=crowd',
      'source=key_1',
      'query=NOON%20nothing',
    ])
      expect([query, await ids(query)]).toEqual([query, [one.id]])
    expect(await ids('service=mail')).toEqual([third.id, one.id])
    expect(await ids('service=mail&kind=ok')).toEqual([third.id])
    expect(await ids('query=100%20%25')).toEqual([other.id])
    expect(await ids('query=dead_end')).toEqual([other.id])
    expect(await ids('query=dead.end')).toEqual([])
    expect(await ids('query=%25')).toEqual([other.id])
    await hide({ ids: [other.id] })
    expect(await ids('hidden=true')).toEqual([other.id])
    expect(await ids('hidden=false')).toEqual([third.id, one.id])
    expect(await ids(`to=${new Date(Date.now() - HOUR).toISOString()}`)).toEqual([])
  })

  test('of a retired service are there too', async () => {
    const { mail, ids, ports } = await begin()
    await store(report({ serviceId: mail }))
    await call(ports, '/v1/admin/services/mail', { key: ADMIN_KEY, method: 'PATCH', body: { isActive: false } })
    expect(await ids('service=mail')).toHaveLength(1)
  })

  test.each(['', 'service=mail&', 'query=w&', 'service=mail&hidden=false&'])(
    'pages of "%s" are whole and none twice while others arrive, also those of one moment',
    async (query) => {
      const { mail, list } = await begin()
      const first = Array.from({ length: 7 }, () => report({ serviceId: mail, comment: WORDS }))
      await store(...first)
      await store(...first.map(() => report({ serviceId: mail, comment: WORDS })))
      const wanted = (await list(`${query}limit=100`)).items.map(({ id }) => id)
      expect(wanted).toHaveLength(14)
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: Awaited<ReturnType<typeof list>> = await list(`${query}limit=3${cursor && `&cursor=${cursor}`}`)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
        await store(report({ serviceId: mail, comment: WORDS }))
      }
      expect(seen).toEqual(wanted)
    },
  )

  test('however rare what is looked for, a page looks at so many reports and then goes on', async () => {
    const { mail, list } = await begin()
    await store(report({ serviceId: mail, comment: WORDS }))
    await storage().run(
      `insert into reports (service_id, received_at, id, kind, error_type, reporter, network, wider_network, weight, is_new_network)
       select $1::int, now(), 'many-' || n, 'problem', 'login', 'p', 'n', 'w', 1000, true from generate_series(1, $2::int) n`,
      [mail, MOST_LOOKED_AT],
    )
    const first = await list('query=noon')
    expect(first.items).toEqual([])
    const second = await list(`query=noon&cursor=${first.nextCursor}`)
    expect(second.items).toHaveLength(1)
    expect(second.nextCursor).toBeNull()
  })

  test('a CSV holds the whole window, and nothing that a spreadsheet would run', async () => {
    const { mail, ask } = await begin()
    await storage().run(
      `insert into reports (service_id, received_at, id, kind, error_type, comment, reporter, network, wider_network, weight, is_new_network)
       select $1::int, now() - make_interval(secs => n * 0.001), 'many-' || n, 'problem', 'login', '=cmd|''/C calc''!A' || n, 'p', '-net', 'w', 1000, true
       from generate_series(1, 4500) n`,
      [mail],
    )
    const response = await ask(`${AT}?format=csv`)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines).toHaveLength(4_501)
    expect(lines[0]).toMatch(/^id,service,received at \(UTC\),/)
    expect(lines[1]).toMatch(/^many-1,mail,.*,'=cmd\|'\/C calc'!A1,'-net,/)
    for (const line of lines) expect(line).not.toMatch(/(^|,)[=+\-@]/)
    expect(new Set(lines).size).toBe(4_501)
  })

  test('hidden reports leave minutes, quarters, hours and features, and what is read from them; repair finds nothing', async () => {
    const { mail, ports, hide } = await begin()
    const crowd = Array.from({ length: 6 }, () =>
      report({ serviceId: mail, region: 'US-TX', errorType: 'login', feature: 'sign in', network: 'crowd' }),
    )
    const late = new Date(Date.now() - 30 * MINUTE).toISOString()
    const others = Array.from({ length: 4 }, () => report({ serviceId: mail, region: 'DE-BY', feature: 'sign in' }))
    await store(...crowd, ...others)
    await store(
      report({ serviceId: mail, network: 'crowd', observedAt: late }),
      report({ serviceId: mail, kind: 'ok', network: 'crowd' }),
    )
    const read = async (path: string) => (await (await call(ports, path)).json()) as never
    const sum = async () => {
      const { points } = (await read('/v1/services/mail/timeseries?step=1m')) as {
        points: { count: number | null; ok: number; late: number }[]
      }
      return points.reduce(
        (all, { count, ok, late }) => [all[0]! + (count ?? 0), all[1]! + ok, all[2]! + late],
        [0, 0, 0],
      )
    }
    const cell = async () =>
      (
        (await read('/v1/heatmap?service=mail&window=1h')) as { regions: { region: string; count: number | null }[] }
      ).regions.find(({ region }) => region === 'US')?.count ?? 0
    expect(await sum()).toEqual([10, 1, 1])
    expect(await cell()).toBe(6)

    const answer = await hide({ filter: { ...between(), network: 'crowd' }, note: 'One host.' })
    expect(answer).toEqual({ hidden: 8, services: ['mail'], notFound: [], publishedDays: [], incidents: [] })
    expect(await sum()).toEqual([4, 0, 0])
    expect(await cell()).toBe(0)
    expect(await read('/v1/services/mail/breakdown?window=1h')).toMatchObject({
      problems: 4,
      ok: 0,
      errorTypes: [{ errorType: 'unavailable', count: 4 }],
      features: [{ feature: 'sign in', count: 4 }],
      regions: [{ region: 'DE', count: 4 }],
    })
    for (const day of [today(), new Date(Date.now() - DAY).toISOString().slice(0, 10)])
      expect(await differencesOf(storage().run, day)).toBe(0)
    expect(await hide({ filter: { ...between(), network: 'crowd' } })).toMatchObject({ hidden: 0 })
  })

  test('unhiding restores the counts exactly, also quarters and hours that were summed before', async () => {
    const { mail, hide, unhide } = await begin()
    await store(
      ...Array.from({ length: 5 }, () =>
        report({ serviceId: mail, region: 'US-TX', feature: 'sign in', network: 'crowd' }),
      ),
    )
    await store(report({ serviceId: mail, region: 'FR', network: 'crowd', kind: 'ok' }), report({ serviceId: mail }))
    await storage().run(`update counts_1m set bucket = bucket - interval '3 hours'`)
    await storage().run(`update feature_counts set bucket = bucket - interval '3 hours'`)
    await storage().run(`update reports set received_at = received_at - interval '3 hours'`)
    const world = new SimulatedWorld(storage())
    await world.tick(world.memory, Date.now() - 4 * HOUR)
    await world.tick(world.memory, Date.now() - 2 * HOUR - 30 * MINUTE)
    await world.tick(world.memory, Date.now())
    await world.tick(world.memory, Date.now())
    const before = await counts()
    expect(before.counts_1h).not.toEqual([])
    const filter = {
      service: 'mail',
      from: new Date(Date.now() - DAY).toISOString(),
      to: new Date().toISOString(),
      network: 'crowd',
    }

    expect(await hide({ filter })).toMatchObject({ hidden: 6 })
    const [hour] = await storage().run(`select reporters, ok from counts_1h where region = 'world' and reporters > 0`)
    expect(hour).toEqual({ reporters: 1, ok: 0 })
    expect(await storage().run('select * from feature_counts')).toEqual([])
    expect(await unhide({ filter })).toMatchObject({ unhidden: 6 })
    expect(await counts()).toEqual(before)
    expect(await storage().run('select * from hidden_counts_1m')).toEqual([])
    expect(await differencesOf(storage().run, new Date(Date.now() - 3 * HOUR).toISOString().slice(0, 10))).toBe(0)
  })

  test('single reports are hidden by their ids; unknown ones are told, and the whole is one entry of the audit log', async () => {
    const { mail, chat, hide, ids, ask } = await begin()
    const [one, other, third] = [
      report({ serviceId: mail, comment: WORDS }),
      report({ serviceId: chat }),
      report({ serviceId: chat }),
    ]
    await store(one, other, third)
    expect(await hide({ ids: [one.id, other.id, 'nobody', one.id], note: 'Spam.' })).toEqual({
      hidden: 2,
      services: ['chat', 'mail'],
      notFound: ['nobody'],
      publishedDays: [],
      incidents: [],
    })
    expect(await ids('hidden=false')).toEqual([third.id])
    expect(await differencesOf(storage().run, today())).toBe(0)
    const { items } = (await (await ask('/v1/admin/audit-log?action=reports.hidden')).json()) as { items: object[] }
    expect(items).toMatchObject([
      { actor: 'admin', subject: 'chat', data: { reports: 1, note: 'Spam.', ids: [one.id, other.id, 'nobody'] } },
      { actor: 'admin', subject: 'mail', data: { reports: 1 } },
    ])
    expect(await hide({ ids: ['nobody'] })).toMatchObject({ hidden: 0, notFound: ['nobody'] })
  })

  test('the audit log holds neither words of a report nor its network', async () => {
    const { mail, hide, ask } = await begin()
    await store(report({ serviceId: mail, comment: WORDS, network: 'crowd' }))
    expect(await hide({ filter: { ...between(), network: 'crowd', query: 'noon' } })).toMatchObject({ hidden: 1 })
    const log = await (await ask('/v1/admin/audit-log')).text()
    expect(log).toContain('"byWords":true')
    expect(log).not.toContain('noon')
    expect(log).not.toContain('crowd')
  })

  test('a feature that a person adds afterwards counts as well, once, and is gone with the report', async () => {
    const { mail, hide, unhide } = await begin()
    const first = report({ serviceId: mail })
    const again = (feature: string) => ({ ...report({ serviceId: mail }), identity: first.identity, feature })
    await store(first)
    await store(again('sign in'), again('send mail'))
    await store(again('search'))
    const features = () => storage().run('select feature, reporters from feature_counts')
    expect(await features()).toEqual([{ feature: 'sign in', reporters: 1 }])
    expect(await differencesOf(storage().run, today())).toBe(0)
    await hide({ ids: [first.id] })
    expect(await features()).toEqual([])
    await unhide({ ids: [first.id] })
    expect(await features()).toEqual([{ feature: 'sign in', reporters: 1 }])
  })

  test('more than can be hidden at once are refused, and none is', async () => {
    const { mail, post, ids } = await begin()
    await storage().run(
      `insert into reports (service_id, received_at, id, kind, error_type, reporter, network, wider_network, weight, is_new_network)
       select $1::int, now(), 'many-' || n, 'problem', 'login', 'p', 'n', 'w', 1000, true from generate_series(1, $2::int) n`,
      [mail, MOST_HIDDEN + 1],
    )
    const refused = await post('hide', { filter: between() })
    expect(refused.status).toBe(400)
    expect(await fieldsOf(refused)).toEqual(['filter'])
    expect(await ids('hidden=true')).toEqual([])
  })

  test('an open spike ends when its reports are hidden, and none opens from them; shown again, they count again', async () => {
    const { ports } = await begin()
    const world = new SimulatedWorld(storage())
    await world.begin()
    const mail = await world.addService('post')
    await world.addHistory(mail, ['world'], 0.3, 2)
    await world.tick()
    await world.live(8, (minute) => [{ serviceId: mail, region: null, people: minute < 3 ? 1 : 14 }])
    const told = { service: 'post', region: null, status: 'all', since: null, after: null, limit: 10 } as const
    expect(await listSpikes(storage().run, told)).toMatchObject([{ status: 'open' }])
    const all = {
      service: 'post',
      from: new Date(world.nowMs - HOUR).toISOString(),
      to: new Date(world.nowMs + HOUR).toISOString(),
    }
    const hiding = await call(ports, `${AT}/hide`, { key: ADMIN_KEY, body: { filter: all } })
    const { hidden, incidents } = (await hiding.json()) as { hidden: number; incidents: string[] }
    expect(hidden).toBe(3 + 5 * 14)
    expect(incidents).toHaveLength(1)
    await world.live(2)
    expect(await listSpikes(storage().run, told)).toMatchObject([{ status: 'resolved' }])
    await world.live(5)
    expect(await listSpikes(storage().run, told)).toHaveLength(1)

    await call(ports, `${AT}/unhide`, { key: ADMIN_KEY, body: { filter: all } })
    await world.live(3, () => [{ serviceId: mail, region: null, people: 14 }])
    const [again] = await listSpikes(storage().run, told)
    expect(again).toMatchObject({ status: 'open' })
  })

  test('the archive of a day that was published stays byte for byte, and the answer names the day', async () => {
    const { mail, hide, unhide } = await begin()
    const past = Math.floor(Date.now() / DAY) * DAY - 3 * DAY + 10 * HOUR
    const day = new Date(past).toISOString().slice(0, 10)
    const name = `reports_${day.replaceAll('-', '')}`
    const next = new Date(past + DAY).toISOString().slice(0, 10)
    await storage().run(
      `create table ${name} partition of reports for values from ('${day} 00:00:00+00') to ('${next} 00:00:00+00')`,
    )
    try {
      await store(
        ...Array.from({ length: 9 }, (_, n) =>
          report({ serviceId: mail, region: 'US', network: n < 5 ? 'crowd' : `n-${n}` }),
        ),
      )
      const ago = `to_timestamp(${past / 1000})`
      await storage().run(`update reports set received_at = ${ago}`)
      await storage().run(`update counts_1m set bucket = ${ago}`)
      await storage().run(`insert into counts_15m select * from counts_1m`)
      await storage().run(`insert into counts_1h select * from counts_1m`)
      const archive = () => archiveDay(storage().run, day, new Date())
      const published = await archive()
      expect(published.files['counts.csv']).toContain(',9,')

      const filter = { service: 'mail', from: `${day}T00:00:00Z`, to: `${next}T00:00:00Z`, network: 'crowd' }
      expect(await hide({ filter })).toMatchObject({ hidden: 5, publishedDays: [day] })
      expect(await archive()).toEqual(published)
      expect(await storage().run(`select reporters from counts_1h where region = 'world'`)).toEqual([{ reporters: 4 }])
      expect(await unhide({ filter })).toMatchObject({ unhidden: 5, publishedDays: [day] })
      expect(await archive()).toEqual(published)
    } finally {
      await storage().run(`drop table ${name}`)
    }
  })

  test('a snapshot stays as it was taken', async () => {
    const { mail, ports, hide } = await begin()
    await store(...Array.from({ length: 9 }, () => report({ serviceId: mail })))
    const taken = await call(ports, '/v1/snapshots', { body: { service: 'mail' } })
    const content = () => storage().run('select content, hash from snapshots')
    expect(taken.status).toBe(201)
    const before = await content()
    await hide({ filter: between() })
    expect(await content()).toEqual(before)
  })

  test.skipIf(engine === 'pglite')(
    'while reports stream in and others are hidden, nobody waits for ever and no count is lost',
    async () => {
      const { mail, chat, post } = await begin()
      let isOver = false
      const people: PendingReport[] = []
      const reporting = async (seed: number) => {
        for (let n = 0; !isOver || n < 20; n++) {
          const batch = Array.from({ length: 10 }, (_, i) =>
            report({
              serviceId: i % 2 === 0 ? mail : chat,
              region: ['US-TX', 'DE-BY', 'FR'][(n + i) % 3]!,
              feature: ['sign in', 'search', 'send mail'][(seed + i) % 3]!,
              network: i < 5 ? 'crowd' : `n-${seed}-${n}-${i}`,
            }),
          )
          // Some say more afterwards, in another order than they came.
          const again = people
            .slice(-6)
            .reverse()
            .map((said) => ({
              ...report({ serviceId: said.serviceId }),
              identity: said.identity,
              comment: WORDS,
              feature: 'search',
            }))
          await storeReports(storage().run, [...batch, ...again])
          people.push({ ...report({ serviceId: mail, network: 'crowd' }) })
          await storeReports(storage().run, people.slice(-1))
        }
      }
      const hiding = async (verb: string, service: string) => {
        for (let n = 0; n < 12; n++) {
          const answer = await post(verb, { filter: { ...between(service), network: 'crowd' } })
          expect([answer.status, await answer.json()]).toEqual([200, expect.anything()])
        }
      }
      const ticking = async () => {
        const world = new SimulatedWorld(storage())
        while (!isOver) await world.tick(world.memory, Date.now())
      }
      const busy = [reporting(1), reporting(2), ticking()]
      await Promise.all([hiding('hide', 'mail'), hiding('unhide', 'mail'), hiding('hide', 'chat')])
      isOver = true
      await Promise.all(busy)
      const days = new Set([Date.now(), Date.now() - 5 * MINUTE].map((at) => new Date(at).toISOString().slice(0, 10)))
      for (const day of days) expect(await differencesOf(storage().run, day)).toBe(0)
      const [kept] = await storage().run<{ stored: number; counted: number }>(
        `select (select count(*) from reports where not is_hidden)::int as stored,
         (select sum(reporters) from counts_1m where region = 'world')::int as counted`,
      )
      expect(kept!.counted).toBe(kept!.stored)
    },
  )

  test.each([
    { query: 'colour=red', fields: ['colour'] },
    {
      query: 'kind=good&errorType=gone&region=Texas&hidden=yes&format=xml',
      fields: ['errorType', 'format', 'hidden', 'kind', 'region'],
    },
    { query: 'from=yesterday&to=2026-02-30T00:00:00Z', fields: ['from', 'to'] },
    { query: 'from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z', fields: ['from'] },
    { query: 'limit=0&cursor=a', fields: ['limit'] },
    { query: 'cursor=nonsense', fields: ['cursor'] },
    { query: 'network=&source=&query=', fields: ['network', 'query', 'source'] },
    { query: 'format=csv&limit=5', fields: ['limit'] },
    { query: 'query=%00', fields: ['query'] },
  ])('a search for $query names $fields', async ({ query, fields }) => {
    const { ask } = await begin()
    const response = await ask(`${AT}?${query}`)
    expect(response.status).toBe(400)
    expect(await fieldsOf(response)).toEqual(fields)
  })

  test('a service that there is not is told as elsewhere', async () => {
    const { ask, post } = await begin()
    for (const response of [await ask(`${AT}?service=mial`), await post('hide', { filter: between('mial') })]) {
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ type: 'urn:outcry:problem:unknown-service', didYouMean: ['mail'] })
    }
  })

  const span = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }
  test.each([
    { body: {}, fields: ['ids'] },
    { body: { ids: ['a'], filter: { service: 'mail', ...span } }, fields: ['ids'] },
    { body: { ids: [] }, fields: ['ids'] },
    { body: { ids: Array.from({ length: 1_001 }, String) }, fields: ['ids'] },
    { body: { ids: ['a', 5] }, fields: ['ids.1'] },
    { body: { ids: ['a'], reason: 'spam' }, fields: ['reason'] },
    { body: { ids: ['a'], note: '' }, fields: ['note'] },
    { body: { filter: { service: 'mail' } }, fields: ['filter.from', 'filter.to'] },
    { body: { filter: span }, fields: ['filter.service'] },
    {
      body: { filter: { service: 'mail', ...span, colour: 'red', region: 'x' } },
      fields: ['filter.colour', 'filter.region'],
    },
    { body: { filter: { service: 'mail', from: span.to, to: span.from } }, fields: ['filter.from'] },
    { body: 'nonsense', fields: ['(body)'] },
    { body: [], fields: ['(body)'] },
  ])('hiding $body names $fields', async ({ body, fields }) => {
    const { post } = await begin()
    for (const verb of ['hide', 'unhide']) {
      const response = await post(verb, body)
      expect(response.status).toBe(400)
      expect(await fieldsOf(response)).toEqual(fields)
    }
  })

  test('needs the key', async () => {
    const { ask, post } = await begin()
    expect((await ask(AT, 'wrong')).status).toBe(401)
    expect((await ask(`${AT}?format=csv`, 'wrong')).status).toBe(401)
    for (const verb of ['hide', 'unhide']) expect((await post(verb, { ids: ['a'] }, 'wrong')).status).toBe(401)
  })

  test('the hourly housekeeping, and partitions that are gone, leave what was hidden gone', async () => {
    const { mail, hide } = await begin()
    await store(
      report({ serviceId: mail }),
      report({ serviceId: mail, observedAt: new Date(Date.now() - 2 * HOUR).toISOString() }),
    )
    await hide({ filter: between() })
    await maintain(new SimulatedWorld(storage()).ports(), { retentionDays: 30 })
    expect(await counts()).toEqual({ counts_1m: [], counts_15m: [], counts_1h: [], feature_counts: [] })
  })
})
