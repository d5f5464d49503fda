import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERROR_TYPES } from '../../../src/report/error-type.ts'
import { AboutPage } from '../../../web/pages/about-page.tsx'
import { HomePage } from '../../../web/pages/home-page.tsx'
import { MapPage } from '../../../web/pages/map-page.tsx'
import { OfflinePage } from '../../../web/pages/offline-page.tsx'
import { PrivacyPage } from '../../../web/pages/privacy-page.tsx'
import { ProblemPage } from '../../../web/pages/problem-page.tsx'
import { RegionPage } from '../../../web/pages/region-page.tsx'
import { ReportPage } from '../../../web/pages/report-page.tsx'
import { ServicePage } from '../../../web/pages/service-page.tsx'
import { DEFAULT_VIEW, MEASURES, queryOf, RANGES, readServiceView, VIEWS } from '../../../web/pages/service-view.ts'
import { ThanksPage } from '../../../web/pages/thanks-page.tsx'
import { LANGUAGES, type Language } from '../../../web/strings/language.ts'
import { frame, homeSnapshot, mapSnapshot, regionSnapshot, serviceRow, thanksSnapshot } from '../fixtures/pages.ts'
import { scenarios } from '../fixtures/snapshots.ts'

const SERVICE = { slug: 'acme-mail', name: 'Acme Mail' }

const pages: Record<string, (language: Language) => Promise<string>> = {
  home: async (language) => String(await (<HomePage frame={frame('/', language)} snapshot={homeSnapshot()} />)),
  'new home': async (language) =>
    String(
      await (
        <HomePage
          frame={frame('/', language)}
          snapshot={homeSnapshot({ problems: [], ended: [], hasReports: false })}
        />
      ),
    ),
  service: async (language) =>
    String(
      await (
        <ServicePage frame={frame('/s/acme-mail', language)} snapshot={scenarios.multiples()} view={DEFAULT_VIEW} />
      ),
    ),
  report: async (language) =>
    String(await (<ReportPage frame={frame('/s/acme-mail/report', language)} service={SERVICE} refusal={null} />)),
  thanks: async (language) =>
    String(
      await (
        <ThanksPage
          frame={frame('/s/acme-mail/thanks', language)}
          snapshot={thanksSnapshot()}
          outcome="counted"
          errorType="login"
          pushKey={null}
        />
      ),
    ),
  map: async (language) =>
    String(await (<MapPage frame={frame('/map', language)} snapshot={mapSnapshot()} view={DEFAULT_VIEW} />)),
  region: async (language) =>
    String(await (<RegionPage frame={frame('/r/DE', language)} snapshot={regionSnapshot()} />)),
  problem: async (language) =>
    String(await (<ProblemPage frame={frame('/nowhere', language)} problem={{ kind: 'not-found' }} />)),
  about: async (language) => String(await (<AboutPage frame={frame('/about', language)} />)),
  privacy: async (language) => String(await (<PrivacyPage frame={frame('/privacy', language)} retentionDays={30} />)),
  offline: async (language) => String(await (<OfflinePage frame={frame('/offline', language)} />)),
}

describe.each(Object.keys(pages))('the %s page', (name) => {
  test.each(LANGUAGES)(
    'in %s is one document with one heading and nothing that a strict policy forbids',
    async (language) => {
      const html = await pages[name]!(language)
      expect(html).toMatch(/^<!doctype html>/)
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html).not.toMatch(/ style="| on[a-z]+="|<style|javascript:/)
      expect(html.match(/<script[^>]*>/g)!.every((tag) => / src="\/assets\//.test(tag))).toBe(true)
      expect(html).not.toMatch(/(src|action)="https?:/)
    },
  )

  test('has no id twice', async () => {
    const ids = [...(await pages[name]!('en')).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('names its other languages by their own address', async () => {
    const html = await pages[name]!('de')
    if (html.includes('noindex')) return
    for (const language of LANGUAGES) expect(html).toContain(`rel="alternate" hreflang="${language}"`)
    expect(html).toMatch(/rel="canonical" href="https:\/\/outcry\.example\/de/)
  })
})

describe('the home page', () => {
  const render = async (changes: Parameters<typeof homeSnapshot>[0]) =>
    String(await (<HomePage frame={frame()} snapshot={homeSnapshot(changes)} />))

  test('lists what is wrong with its multiple, places, start, and state as a word', async () => {
    const html = await render({ problems: [serviceRow()] })
    expect(html).toContain('29× usual, Germany and Austria')
    expect(html).toContain('14:00 UTC')
    expect(html).toContain('Problems</span>')
    expect(html).toContain('1 of 111 services is above its usual level.')
  })

  test('says plainly when nothing is wrong, and when there is no data yet', async () => {
    expect(await render({ problems: [] })).toContain('No service is above its usual level.')
    const empty = await render({ problems: [], hasReports: false })
    expect(empty).toContain('This instance has no reports yet.')
    expect(empty).not.toContain('No service is above')
  })

  test('does not take silence for calm while nobody listens', async () => {
    const quiet = await render({ problems: [], isWatched: false })
    expect(quiet).toContain('What goes on right now is not known.')
    expect(quiet).not.toContain('No service is above')
    const troubled = await render({ problems: [serviceRow()], isWatched: false })
    expect(troubled).toContain('Outcry was not listening a moment ago')
    expect(troubled).toContain('29× usual')
  })

  test('shows what a search found, or how to go on', async () => {
    expect(await render({ search: { query: '<b>', found: [] } })).toContain('Services for “&lt;b&gt;”')
    expect(await render({ search: { query: 'x', found: [] } })).toContain('No service of that name')
    expect(await render({ search: { query: 'acme', found: [serviceRow()] } })).toContain('1 service found.')
  })
})

describe('the report form', () => {
  test('offers every kind of failure as a card that sends, and chooses none beforehand', async () => {
    const html = await pages.report!('en')
    for (const type of ERROR_TYPES)
      expect(html).toMatch(new RegExp(`<button class="card" name="errorType" value="${type}" type="submit">`))
    expect(html).not.toMatch(/ (checked|selected)/)
  })

  test('lets the place be guessed, chosen or withheld, in this order', async () => {
    const values = [...(await pages.report!('en')).matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value)
    expect(values.slice(0, 2)).toEqual(['guess', 'withheld'])
    expect(values.length).toBeGreaterThan(240)
  })

  test('sends to its own address in the language of the page', async () => {
    expect(await pages.report!('fr')).toContain('method="post" action="/fr/s/acme-mail/report"')
  })

  test('says why an attempt was refused', async () => {
    const html = String(await (<ReportPage frame={frame()} service={SERVICE} refusal="Choose what is wrong." />))
    expect(html).toMatch(/role="alert"[^>]*>Choose what is wrong\./)
  })
})

describe('the thank-you page', () => {
  const render = async (count: number, outcome: 'counted' | 'works' | 'again' | 'queued' = 'counted') =>
    String(
      await (
        <ThanksPage
          frame={frame()}
          snapshot={thanksSnapshot({ lastHour: { count, expected: 10 } })}
          outcome={outcome}
          errorType="login"
          pushKey={null}
        />
      ),
    )

  test('says of how many people one is', async () => {
    expect(await render(1240)).toContain('one of 1,240 people who reported a problem with Acme Mail in the last hour')
  })

  test('counts the reader in although the numbers are a moment older', async () => {
    expect(await render(0)).toContain('You are the first to report')
  })

  test('lets the failing part be added, and keeps the kind of failure', async () => {
    const html = await render(5)
    expect(html).toContain('<input type="hidden" name="errorType" value="login"')
    expect(html).toContain('name="feature" value="send mail"')
    expect(await render(5, 'works')).not.toContain('name="feature"')
  })
})

describe('the view in the address', () => {
  const view = fc.record({
    range: fc.constantFrom(...RANGES),
    view: fc.constantFrom(...VIEWS),
    region: fc.constantFrom(null, 'world', 'DE', 'US-TX', 'GB-ENG'),
    measure: fc.constantFrom(null, ...MEASURES),
    at: fc.constantFrom(null, '2025-11-24T14:00Z'),
    tz: fc.constantFrom(null, 'UTC' as const),
  })

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(view, (wanted) => {
        expect(readServiceView(Object.fromEntries(new URLSearchParams(queryOf(wanted))))).toEqual(wanted)
      }),
    )
  })

  test('falls back to the default for anything else, and the default is written as nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (query) => {
        const read = readServiceView(query)
        expect(readServiceView(Object.fromEntries(new URLSearchParams(queryOf(read))))).toEqual(read)
      }),
    )
    expect(queryOf(DEFAULT_VIEW)).toBe('')
    expect(readServiceView({ range: '5y', region: '../x', at: 'now' })).toEqual(DEFAULT_VIEW)
  })
})
