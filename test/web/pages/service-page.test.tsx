import { describe, expect, test } from 'vitest'
import { totalOf } from '../../../web/charts/trend.ts'
import { drawnRegions } from '../../../web/map/draw-map.ts'
import { ServicePage } from '../../../web/pages/service-page.tsx'
import { type ServiceSnapshot, timesUsual } from '../../../web/pages/service-snapshot.ts'
import { readServiceView } from '../../../web/pages/service-view.ts'
import { localeOf } from '../../../web/strings/format.ts'
import { LANGUAGES } from '../../../web/strings/language.ts'
import { frame } from '../fixtures/pages.ts'
import { countryPlaces, scenarios, serviceSnapshot, trend } from '../fixtures/snapshots.ts'

async function render(
  snapshot: ServiceSnapshot,
  query: Record<string, string> = {},
  language: (typeof LANGUAGES)[number] = 'en',
) {
  return String(
    await (<ServicePage frame={frame('/s/acme-mail', language)} snapshot={snapshot} view={readServiceView(query)} />),
  )
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&[a-z#\d]+;/g, ' ')
    .replace(/\s+/g, ' ')
const between = (html: string, start: string, end: string) =>
  html.slice(html.indexOf(start), html.indexOf(end, html.indexOf(start)))
const cells = (html: string) => [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text!)
const amount = (text: string) => Number(text.replace(/\D/g, ''))
const sentence = (html: string) => html.replace(/^[^>]*>|<[^>]+>/g, '')
const headline = (html: string) => sentence(between(html, '<h1', '</h1>'))
const lede = (html: string) => sentence(between(html, '<p class="lede"', '</p>'))

describe('a map of a time in which nobody listened', () => {
  const unheard = () => {
    const snapshot = scenarios.quiet()
    const nothing = { count: null, hidden: null, expected: null, ratio: null, perMillion: null }
    const rows = [...drawnRegions(null)].map((region) => ({ region, ...nothing }))
    return { ...snapshot, places: { ...snapshot.places, rows, total: null, totalHidden: null }, focus: null }
  }

  test.each(LANGUAGES)('shows no region as one without reports (%s)', async (language) => {
    const html = await render(unheard(), {}, language)
    expect(html).not.toMatch(/class="map-zero[^>]*data-region/)
    expect(html).toMatch(/class="map-unmeasured[^>]*data-region="AT"/)
    const { noData, none } = localeOf(language).strings.places
    const places = html.slice(html.indexOf('id="places"'))
    expect(places).toContain(noData)
    expect(places).not.toContain(none)
    expect(between(places, '<tbody>', '</tbody>')).not.toContain('place-name')
  })

  test('says of a place with reports whose usual is unknown just that', async () => {
    const snapshot = scenarios.worldwide()
    const rows = snapshot.places.rows.map((row) => ({ ...row, expected: null, ratio: null }))
    const html = await render({ ...snapshot, places: { ...snapshot.places, rows }, focus: null }, { measure: 'ratio' })
    expect(html).toContain(': no usual level known')
    expect(html).toMatch(/swatch-unmeasured" aria-hidden="true"><\/span>no usual level known/)
  })
})

describe('headline, chart, map and table are of one snapshot', () => {
  test('the reports of the last hour are those of the last bins, and of the places together', async () => {
    const snapshot = scenarios.worldwide()
    const html = await render(snapshot, { view: 'table' })

    const said = amount(/([\d,]+) reports/.exec(lede(html))![1]!)
    expect(said).toBe(totalOf(snapshot.trend.points.slice(-12)))

    const places = html.slice(html.indexOf('id="places"'))
    const listed = [...between(places, '<tbody>', '</tbody>').matchAll(/<\/th><td>([\d,]+)/g)].map(([, text]) =>
      amount(text!),
    )
    const elsewhere = amount(/([\d,]+) reports from unknown/.exec(places)![1]!)
    const together = amount(cells(between(places, '<tfoot>', '</tfoot>'))[0]!)
    expect(together).toBe(said)
    expect(listed.reduce((sum, count) => sum + count, 0) + elsewhere).toBe(said)
  })

  test('the multiple of the headline is the count of the table against its expected level', async () => {
    const snapshot = scenarios.worldwide()
    const times = amount(/(\d+) times/.exec(headline(await render(snapshot)))![1]!)
    expect(times).toBe(Math.round(timesUsual(snapshot.lastHour)!))
  })

  test('the multiple of a local outage is that of its row in the table', async () => {
    const html = await render(scenarios.local(), { view: 'table', measure: 'ratio' })
    const times = amount(/(\d+) times/.exec(headline(html))![1]!)
    const row = between(html.slice(html.indexOf('id="places"')), '>Germany</a>', '</tr>')
    expect(headline(html)).toContain('reports from Germany')
    expect(amount(cells(row).at(-1)!)).toBe(times)
  })

  test('the table has every bin of the chart and their sum', async () => {
    const snapshot = scenarios.worldwide()
    const chart = await render(snapshot)
    const table = between(await render(snapshot, { view: 'table' }), 'id="trend"', '</table>')

    const drawn = /data-counts="([^"]*)"/.exec(chart)![1]!.split(' ').map(Number)
    const rows = [...table.matchAll(/<\/time><\/th><td[^>]*>([\d,]+)/g)].map(([, text]) => amount(text!))
    expect(rows.reverse()).toEqual(drawn)
    expect(amount(cells(between(table, '<tfoot>', '</tfoot>'))[0]!)).toBe(drawn.reduce((sum, count) => sum + count, 0))
  })

  test('the peak that is marked is the largest number of the table', async () => {
    const snapshot = scenarios.worldwide()
    const chart = await render(snapshot)
    const table = between(await render(snapshot, { view: 'table' }), 'id="trend"', '</table>')
    const above = [...table.matchAll(/class="is-above">([\d,]+)/g)].map(([, text]) => amount(text!))
    expect(amount(/>Peak ([\d,]+) at/.exec(chart)![1]!)).toBe(Math.max(...above))
  })

  test('what the map writes on a region is what the table says of it', async () => {
    const snapshot = serviceSnapshot({
      region: 'DE',
      places: countryPlaces('DE', { count: 2310, expected: 90 }),
      focus: null,
    })
    const html = await render(snapshot, { region: 'DE', view: 'map' })
    const written = [...html.matchAll(/class="map-value"[^>]*>([^<]+)</g)].map(([, text]) => text!)
    const table = html.slice(html.indexOf('<tbody>'))
    const ratios = [...between(table, '<tbody>', '</tbody>').matchAll(/<td>([^<]*×)<\/td><\/tr>/g)].map(
      ([, text]) => text!,
    )
    expect(written).toEqual(ratios.slice(0, written.length))
    expect(written.length).toBeGreaterThan(2)
  })
})

describe('the verdict', () => {
  test('names number, places and start, and what is not known, in a world-wide outage', async () => {
    const html = await render(scenarios.worldwide())
    expect(headline(html)).toMatch(/^Acme Mail: reports are \d+ times the usual level for this hour$/)
    expect(lede(html)).toMatch(/[\d,]+ reports in the last hour, from \d+ countries, most of them from Germany/)
    expect(lede(html)).toContain('The rise began at 14:00 UTC')
    expect(lede(html)).toContain('Acme Mail has not confirmed a fault')
  })

  test('is calm in a quiet world, and is no proof that it works', async () => {
    const html = await render(scenarios.quiet())
    expect(headline(html)).toBe('Acme Mail: no more reports than usual')
    expect(lede(html)).toContain('no proof that it works')
    expect(html).toContain('I have a problem with it<')
  })

  test('does not say that there are no more than usual where there are: an outage just over, a crowd of few networks', async () => {
    const quiet = scenarios.quiet()
    const lastHour = { count: 999, expected: 12 }
    const crowd = await render({ ...quiet, lastHour })
    expect(headline(crowd)).toBe('Acme Mail: more reports than usual, but no outage found')
    expect(lede(crowd)).toContain('too few networks')
    const [past] = scenarios.worldwide().pastIncidents
    const endedAt = quiet.asOf - 20 * 60_000
    const over = await render({ ...quiet, lastHour, pastIncidents: [{ ...past!, endedAt }] })
    expect(headline(over)).toMatch(/^Acme Mail: over since \d\d:\d\d UTC$/)
    const longOver = await render({
      ...quiet,
      lastHour,
      pastIncidents: [{ ...past!, endedAt: quiet.asOf - 7_200_000 }],
    })
    expect(headline(longOver)).toContain('no outage found')
  })

  test('does not say that what cannot be compared stayed within the usual range', async () => {
    const { trend, ...calm } = scenarios.quiet()
    const points = trend.points.map((point, n) => (n === 5 ? { ...point, count: 158, expected: null } : point))
    const html = await render({ ...calm, trend: { ...trend, points } })
    expect(html).not.toContain('Reports stayed within the usual range')
  })

  test('does not take silence for calm while nobody listens', async () => {
    const html = await render({ ...scenarios.quiet(), state: 'unknown', isWatched: false })
    expect(headline(html)).toBe('Acme Mail: not known right now')
    expect(html).toContain('so few reports mean nothing yet')
    expect(html).not.toContain('no more reports than usual')
  })

  test('says that nothing is known on a new instance', async () => {
    const html = await render(scenarios.brandNew())
    expect(headline(html)).toBe('Acme Mail: nothing is known yet')
    expect(lede(html)).toContain('No reports is not the same as no problems')
    expect(html).toContain('No reports from anywhere in this hour.')
  })

  test('claims no outage while it is only suspected', async () => {
    const html = await render(scenarios.suspected())
    expect(headline(html)).toBe('Acme Mail: more reports than usual, not yet confirmed')
    expect(lede(html)).toContain('it may be chance')
  })

  test('quotes the provider with the time, and links to the service whose fault it may be', async () => {
    const html = await render(scenarios.spillOver())
    expect(lede(html)).toContain('Acme Mail said at 15:32 UTC: “We are looking into errors when signing in.”')
    expect(html).toContain('<a href="/s/cloudflare">Cloudflare</a>')
    expect(lede(html)).not.toContain('has not confirmed')
  })

  test('gives no multiple where almost nothing is usual', async () => {
    const html = await render(
      serviceSnapshot({ wish: { times: 200, hourly: 0.4 }, places: countryPlaces('DE', { count: 9, expected: 0.3 }) }),
    )
    expect(headline(html)).toMatch(/^Acme Mail: \d+ reports in the last hour, where almost none are usual$/)
  })

  test('says when reports fall back although the incident is still open', async () => {
    expect(headline(await render(scenarios.easing()))).toBe('Acme Mail: reports are falling back to the usual level')
  })

  test('says how old its numbers are when they are old', async () => {
    expect(textOf(await render(scenarios.gap()))).toContain('The comparison with the usual level is 15 mins old')
    expect(textOf(await render(scenarios.worldwide()))).not.toContain('mins old')
  })
})

describe('small counts', () => {
  test('are hidden in list, map and title', async () => {
    const html = await render(scenarios.quiet(), { view: 'table' })
    const row = between(html.slice(html.indexOf('id="places"')), '>Austria</a>', '</tr>')
    expect(cells(row)).toEqual(['&lt;3', '', ''])
    expect(await render(scenarios.quiet())).toMatch(/class="map-suppressed[^>]*data-region="AT"/)
    expect(await render(scenarios.quiet())).toContain('Austria: hidden to protect small counts')
  })
})

describe('the address holds the whole view', () => {
  test('each choice keeps the others', async () => {
    const html = await render(scenarios.worldwide(), { range: '7d', view: 'map', measure: 'count', tz: 'UTC' })
    expect(html).toContain('href="/s/acme-mail?measure=count&amp;range=30d&amp;tz=UTC&amp;view=map"')
    expect(html).toContain('href="/s/acme-mail?measure=count&amp;range=7d&amp;tz=UTC"')
    expect(html).toContain('href="/s/acme-mail?range=7d&amp;tz=UTC&amp;view=map"'.replace('?', '?measure=ratio&amp;'))
  })

  test('the table of a year is by day', async () => {
    const html = await render(serviceSnapshot({ trend: trend({ range: '1y' }) }), { range: '1y', view: 'table' })
    expect(html).toContain('<th scope="row">24 Nov 2025</th>')
  })
})

test.each(LANGUAGES)('in %s every sentence is whole, and every link stays in the language', async (language) => {
  for (const make of Object.values(scenarios)) {
    const html = await render(make(), {}, language)
    const visible = textOf(html.replace(/data-[a-z-]+="[^"]*"/g, '').replace(/<(script|pre)\b.*?<\/\1>/gs, ''))
    expect(visible).not.toMatch(/\{\w+\}|undefined|NaN|\bnull\b/)
    expect(html).toContain(`lang="${language}" dir="${localeOf(language).direction}"`)
    if (language !== 'en')
      expect(between(html, '<main', '</main>')).not.toMatch(/href="\/(s|r|map|i)\/?(?!.*feed)[^"]*"(?<!atom")/)
  }
})
