import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { ensurePartitions } from '../../src/report/partitions.ts'
import { seedCatalogue } from '../../src/service/seed-catalogue.ts'
import { describeOnBothEngines, useStorage } from '../support/storage.ts'
import { type PagePorts, pagePorts } from './page-ports.ts'

const ORIGIN = 'http://localhost'

function open(ports: PagePorts, path: string, headers: Record<string, string> = {}) {
  return app.request(`${ORIGIN}${path}`, { headers: { accept: 'text/html', ...headers } }, ports)
}

function send(ports: PagePorts, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return app.request(`${ORIGIN}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers }, ports)
}

const amount = (text: string) => Number(text.replaceAll(',', ''))

describeOnBothEngines('the pages', (storage) => {
  let ports: PagePorts
  beforeEach(async () => {
    await ensurePartitions(storage())
    await seedCatalogue(storage().run)
    ports = pagePorts(storage(), { country: 'DE', subdivision: 'DE-BE' })
  })

  test('say on a new instance that nothing is known', async () => {
    const home = await (await open(ports, '/')).text()
    expect(home).toContain('This instance has no reports yet.')
    expect(await (await open(ports, '/s/spotify')).text()).toContain('nothing is known yet')
  })

  test('tell the same number in headline, chart, list and API', async () => {
    for (let n = 0; n < 7; n++) await send(ports, '/s/spotify/report', { errorType: 'login' })
    const html = await (await open(ports, '/s/spotify?view=table')).text()
    const chart = await (await open(ports, '/s/spotify')).text()
    const api = await (await app.request('/v1/services/spotify/breakdown?window=1h', {}, ports)).json()

    const drawn = /data-counts="([^"]*)"/
      .exec(chart)![1]!
      .split(' ')
      .reduce((sum, count) => sum + Number(count), 0)
    const said = amount(/<strong>([\d,]+) reports<\/strong>/.exec(chart)![1]!)
    const table = html.slice(html.indexOf('id="trend"'))
    const sum = amount(/<tfoot>.*?<td>([\d,]+)</s.exec(table)![1]!)
    const places = html.slice(html.indexOf('id="places"'))
    const together = amount(/<tfoot>.*?<td>([\d,]+)</s.exec(places)![1]!)
    expect([said, drawn, sum, together, api.problems]).toEqual([7, 7, 7, 7, 7])
    expect(chart).toContain('too early to say what is usual')
    expect(places).toMatch(/>Germany<\/a><\/th><td>7<\/td>/)
  })

  test('say from how many countries only where none is hidden', async () => {
    await send(ports, '/s/spotify/report', { errorType: 'login' })
    const few = await (await open(ports, '/s/spotify')).text()
    expect(few).toContain('<strong>1 report</strong> in the last hour. ')
    expect(few).not.toMatch(/from \d+ countr/)
    for (let n = 0; n < 3; n++) await send(ports, '/s/github/report', { errorType: 'login' })
    expect(await (await open(ports, '/s/github')).text()).toContain(
      '<strong>3 reports</strong> in the last hour, from 1 country, most of them from Germany.',
    )
  })

  test('tell of one report in all its files and embeds no more than of one in another country', async () => {
    await send(ports, '/s/spotify/report', { errorType: 'login' })
    const map = await (await open(ports, '/s/spotify/map.csv')).text()
    const hidden = map.split('\r\n').flatMap((row) => (row.includes(',<3,') ? [row.slice(0, 2)] : []))
    expect(hidden).toContain('DE')
    expect(hidden.length).toBeGreaterThan(1)
    for (const path of ['/s/spotify/map.svg', '/map?service=spotify', '/s/spotify?view=map']) {
      const answer = await (await open(ports, path)).text()
      const looks = hidden.map((region) => new RegExp(`<[^>]*data-region="${region}"[^>]*>`).exec(answer)?.[0])
      expect({
        path,
        looks: new Set(looks.map((look) => /map-suppressed|url\([^)]*suppressed\)/.test(look ?? ''))),
      }).toEqual({ path, looks: new Set([true]) })
    }
    for (const region of hidden) {
      const inside = await (await open(ports, `/s/spotify/map.csv?region=${region}`)).text()
      const rows = inside.trimEnd().split('\r\n').slice(1)
      expect(rows.filter((row) => !row.includes(',<3,'))).toEqual([])
      const place = await (await open(ports, `/r/${region}`)).text()
      expect(place).not.toMatch(/<strong>[\d,]+ reports?<\/strong>/)
    }
  })

  test('answer in the language of the path, for names of places too', async () => {
    for (let n = 0; n < 3; n++) await send(ports, '/de/s/spotify/report', { errorType: 'slow' })
    const html = await (await open(ports, '/de/s/spotify')).text()
    expect(html).toContain('<html lang="de"')
    expect(html).toContain('>Deutschland</a>')
    expect(html).toContain('hreflang="ar" href="https://outcry.example/ar/s/spotify"')
  })

  test('show what troubles a place, and lead other spellings of it there', async () => {
    expect((await open(ports, '/r/DE')).status).toBe(200)
    const other = await open(ports, '/fr/r/de')
    expect([other.status, other.headers.get('location')]).toEqual([301, '/fr/r/DE'])
    expect((await open(ports, '/r/XX')).status).toBe(404)
  })

  test('do not tell how many reported from a place where nothing is out of the ordinary', async () => {
    for (let n = 0; n < 4; n++) await send(ports, '/s/spotify/report', { errorType: 'login' })
    const html = await (await open(ports, '/r/DE')).text()
    expect(html).toContain('href="/s/spotify"')
    expect(html).not.toContain('4 reports in the last hour<')
  })
})

describe('the report form', () => {
  const storage = useStorage('pglite')
  let ports: PagePorts
  beforeEach(async () => {
    await ensurePartitions(storage())
    await seedCatalogue(storage().run)
    ports = pagePorts(storage(), { country: 'DE', subdivision: 'DE-BE' })
  })
  const regionOfReports = async () =>
    (await storage().run<{ region: string | null }>('select region from reports')).map(({ region }) => region)

  test('leads to the page that thanks, and keeps what failed', async () => {
    const sent = await send(ports, '/s/spotify/report', { errorType: 'login', region: 'guess' })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/s/spotify/thanks?outcome=counted&type=login'])
    expect(await regionOfReports()).toEqual(['DE-BE'])
    expect(await (await open(ports, '/s/spotify/thanks?outcome=counted&type=login')).text()).toContain('Thank you')
  })

  test('takes "it works for me" in one tap', async () => {
    const sent = await send(ports, '/ja/s/spotify/report', { kind: 'ok' })
    expect(sent.headers.get('location')).toBe('/ja/s/spotify/thanks?outcome=works')
  })

  test('keeps no place when it is withheld', async () => {
    await send(ports, '/s/spotify/report', { errorType: 'login', region: 'withheld' })
    expect(await regionOfReports()).toEqual([null])
  })

  test('thanks a program that fills in what people do not see, and counts nothing', async () => {
    const sent = await send(ports, '/s/spotify/report', { errorType: 'login', website: 'https://spam.example' })
    expect(sent.status).toBe(303)
    expect(await regionOfReports()).toEqual([])
    expect(ports.counted).toContain('outcry_intake_total trapped')
  })

  test('takes a report that waited on the device, apart from live counts', async () => {
    const observedAt = new Date(Date.now() - 3 * 3_600_000).toISOString()
    expect((await send(ports, '/s/spotify/report', { errorType: 'login', observedAt })).status).toBe(303)
    const [row] = await storage().run<{ late: number; reporters: number }>(
      `select sum(late)::int as late, sum(reporters)::int as reporters from counts_1m where region = 'world'`,
    )
    expect(row).toEqual({ late: 1, reporters: 0 })
  })

  test('is not taken from another site', async () => {
    const sent = await send(ports, '/s/spotify/report', { errorType: 'login' }, { 'sec-fetch-site': 'cross-site' })
    expect(sent.status).toBe(403)
    expect(await regionOfReports()).toEqual([])
  })

  test('says as a page what was wrong', async () => {
    const sent = await send(ports, '/de/s/spotify/report', { errorType: 'nonsense' })
    expect(sent.status).toBe(400)
    expect(await sent.text()).toContain('<html lang="de"')
  })
})

describe('caching and headers', () => {
  const storage = useStorage('pglite')
  let ports: PagePorts
  beforeEach(async () => {
    await seedCatalogue(storage().run)
    ports = pagePorts(storage())
  })

  test('a page may be kept by everyone for a moment, and by nobody alone', async () => {
    const page = await open(ports, '/')
    expect(page.headers.get('cache-control')).toBe(
      'public, max-age=0, s-maxage=15, stale-while-revalidate=60, stale-if-error=600',
    )
    expect(page.headers.get('vary')).toBe('accept-encoding')
    expect(page.headers.get('set-cookie')).toBeNull()
    const again = await open(ports, '/', { 'if-none-match': page.headers.get('etag')! })
    expect(again.status).toBe(304)
  })

  test('ten thousand readers of the home page cost the database a handful of statements', async () => {
    await ports.directory.all()
    for (let n = 0; n < 10_000; n++) await open(ports, n % 2 ? '/' : `/?utm=${n}`)
    expect(ports.statements()).toBeLessThan(40)
  })

  test('nothing comes from elsewhere, and nothing inline is run', async () => {
    for (const path of ['/', '/s/spotify', '/nowhere', '/s/no-such-service']) {
      const policy = (await open(ports, path)).headers.get('content-security-policy')
      expect(policy, path).toContain("default-src 'none'")
      expect(policy, path).not.toMatch(/unsafe|\*|https?:/)
    }
  })

  test('a page that is not there says so to people, and to programs in their own way', async () => {
    const page = await open(ports, '/nowhere')
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    const problem = await app.request('/nowhere', {}, ports)
    expect(problem.headers.get('content-type')).toBe('application/problem+json')
  })

  test('a service that is not there leads to those that were perhaps meant', async () => {
    const page = await open(ports, '/de/s/spotfy')
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('<a href="/de/s/spotify">Spotify</a>')
  })

  test('a slash too many at the end leads to the page; never to another site', async () => {
    const ask = (path: string) => app.request(`http://outcry.example${path}`, {}, ports)
    const answer = await ask('/s/exchange-online/?range=7d')
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/s/exchange-online?range=7d'])
    expect((await ask('//evil.example/')).status).toBe(404)
    expect((await ask('/no/such/place/')).status).toBe(404)
  })
})
