import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSettings } from '../../src/cli/settings.ts'
import { writePush } from '../../src/push/write-push.ts'
import { type RunningServer, startServer } from '../../src/runtime/node.ts'
import { seedCatalogue } from '../../src/service/seed-catalogue.ts'
import { openBrowser } from '../support/browser.ts'
import { TEST_LOG } from '../support/program-ports.ts'
import { openEmptied } from '../support/storage.ts'

const SERVICE = '/s/exchange-online'
const PAGES = [
  '/',
  SERVICE,
  `${SERVICE}/report`,
  '/map',
  '/r/US',
  '/incidents',
  '/methodology',
  '/compare',
  '/compare?services=exchange-online,gmail,slack',
  '/embed',
  '/embed?kind=map&service=gmail',
  '/embed/gmail',
  '/docs',
  '/ar/map',
]
declare global {
  interface Window {
    axe: typeof axe
  }
}

const PHONE = { width: 390, height: 800 }
const DESK = { width: 1280, height: 900 }

describe('pages in a real browser', () => {
  let browser: Browser
  let server: RunningServer

  beforeAll(async () => {
    const storage = await openEmptied('pglite')
    await seedCatalogue(storage.run)
    const settings = readSettings({ PORT: '0', HOST: '127.0.0.1' })
    // The database belongs to all tests of this worker.
    server = await startServer({ ...storage, close: async () => {} }, settings, TEST_LOG)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** A fresh visitor; whatever goes wrong in the page, or leaves for another host, is collected. */
  async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; wrong: string[] }> {
    const context = await browser.newContext({ baseURL: server.url, viewport: PHONE, ...options })
    const page = await context.newPage()
    const wrong: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text())
    })
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) wrong.push(request.url())
    })
    return { page, wrong }
  }

  /** What axe objects to; it looks into no frames, and the pages have none. */
  async function violations(page: Page): Promise<string[]> {
    expect(page.frames()).toHaveLength(1)
    await page.evaluate(axe.source)
    return page.evaluate(async () => {
      // Of what is right it then keeps one example for each rule: a long page has thousands.
      const { violations } = await window.axe.run({ resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
  }

  const reportersOf = async (slug: string) => {
    const [row] = await server.ports.storage.run<{ n: number }>(
      `select coalesce(sum(reporters), 0)::int as n from counts_1m c join services s on s.id = c.service_id
       where s.slug = $1 and c.region = 'world'`,
      [slug],
    )
    return row!.n
  }

  test.each([true, false])('a report is two taps from the service page (script: %s)', async (javaScriptEnabled) => {
    const slug = javaScriptEnabled ? 'gmail' : 'slack'
    const { page, wrong } = await visit({ javaScriptEnabled })
    await page.goto(`/s/${slug}`)
    await page.locator('.actions a.button-main').click()
    await page.locator('button.card[value="timeout"]').click()
    await page.waitForURL(/\/thanks\?/)
    expect(await page.locator('[role="status"]').first().textContent()).toMatch(/report/i)
    await expect.poll(() => reportersOf(slug)).toBe(1)
    expect(wrong).toEqual([])
    await page.context().close()
  })

  test('the search forgives a slip while one types, and leads to the service', async () => {
    const { page, wrong } = await visit()
    await page.goto('/')
    await page.locator('#query').pressSequentially('exchnage onl')
    await page.locator('.finder-results a', { hasText: 'Exchange Online' }).click()
    await page.waitForURL(/\/s\/exchange-online$/)
    expect(await page.locator('h1').textContent()).toContain('Exchange Online')
    expect(wrong).toEqual([])
    await page.context().close()
  })

  test('a visitor may ask to be told when it is over, and the message is shown as it comes', async () => {
    const { page, wrong } = await visit()
    await page.goto(`${SERVICE}/thanks?outcome=counted`)
    expect(await page.locator('button[data-push]').isVisible()).toBe(true)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))

    // A browser without a window has nowhere to show anything, so what would be shown is looked at.
    const worker = page.context().serviceWorkers()[0]!
    await worker.evaluate(() => {
      const scope = self as unknown as { registration: ServiceWorkerRegistration; shown: unknown[] }
      scope.shown = []
      scope.registration.showNotification = async (...shown) => void scope.shown.push(shown)
    })
    // What a push service would pass on; none can be reached from a test.
    const session = await page.context().newCDPSession(page)
    const registered = new Promise<string>((resolve) =>
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [one] }) => resolve(one!.registrationId)),
    )
    await session.send('ServiceWorker.enable')
    const service = { slug: 'exchange-online', name: 'Exchange Online' }
    const text = writePush({ language: 'ar', service, incidentId: 'x', endedAt: new Date('2026-03-01T14:05:00Z') })
    await session.send('ServiceWorker.deliverPushMessage', {
      origin: server.url,
      registrationId: await registered,
      data: JSON.stringify(text),
    })
    const shown = () => worker.evaluate(() => (self as unknown as { shown: unknown[] }).shown)
    const { title, body, tag } = text
    await expect.poll(shown).toEqual([[title, { body, tag, lang: 'ar', dir: 'rtl', data: '/ar/i/x' }]])
    expect(wrong).toEqual([])
    await page.context().close()
  })

  test('code to embed a service follows what one types and chooses, and can be copied', async () => {
    const { page, wrong } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto('/embed')
    await page.locator('input[name="service"]').pressSequentially('gmial')
    await page.locator('#code-frame', { hasText: '/embed/gmail"' }).waitFor()
    await page.locator('input[name="kind"][value="map"]').check()
    await page.locator('input[name="theme"][value="dark"]').check()
    await page.locator('#code-frame', { hasText: '/embed/gmail?kind=map&amp;theme=dark"' }).waitFor()
    expect(await page.locator('.embed-picture').getAttribute('src')).toBe('/s/gmail/map.svg?theme=dark')
    expect(new URL(page.url()).searchParams.get('kind')).toBe('map')
    await page.locator('[data-copy="code-frame"]').click()
    await page.locator('[data-copy="code-frame"]', { hasText: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<iframe src=.*<\/iframe>$/)
    expect(wrong).toEqual([])
  })

  test('without script the same form gives the same code', async () => {
    const { page, wrong } = await visit({ javaScriptEnabled: false })
    await page.goto('/de/embed')
    await page.locator('input[name="service"]').fill('Gmail')
    await page.locator('input[name="kind"][value="badge"]').check()
    await page.locator('form.embed-form button').click()
    expect(await page.locator('#code-frame').textContent()).toContain('/de/embed/gmail?kind=badge"')
    expect(await page.locator('[data-copy="code-frame"]').isVisible()).toBe(false)
    expect(wrong).toEqual([])
  })

  test('the keyboard alone skips to the content and reaches the report', async () => {
    const { page } = await visit({ viewport: DESK })
    await page.goto(SERVICE)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip-link')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => location.hash)).toBe('#content')
    await page.locator('.actions a.button-main').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/report$/)
    await page.context().close()
  })

  describe.each(PAGES)('%s', (path) => {
    test.each([
      ['light', PHONE],
      ['dark', DESK],
    ] as const)('asks nobody else, breaks nothing and is accessible (%s)', async (colorScheme, viewport) => {
      const { page, wrong } = await visit({ colorScheme, viewport })
      const response = await page.goto(path)
      expect(response!.status()).toBe(200)
      expect(await violations(page)).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
      expect(wrong).toEqual([])
      await page.context().close()
    })
  })
})
