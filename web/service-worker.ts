/**
 * Lets pages open without a connection after the first visit, and keeps a report that could not be sent until it can. A report
 * is sent as the form that it is, with the time at which it was made. Shows the message that something works again.
 */

interface LateEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface PageRequest extends LateEvent {
  request: Request
  respondWith(answer: Promise<Response>): void
}

/** What `write-push.ts` of the server makes. */
interface PushText {
  title: string
  body: string
  language: string
  direction: 'ltr' | 'rtl'
  path: string
  tag: string
}

interface PushEvent extends LateEvent {
  data: { json(): PushText } | null
}

interface NotificationEvent extends LateEvent {
  notification: Notification
}

interface Worker {
  addEventListener(type: 'fetch', listener: (event: PageRequest) => void): void
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void
  addEventListener(type: 'install' | 'activate' | 'sync' | 'message', listener: (event: LateEvent) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; openWindow(path: string): Promise<unknown> }
  registration: {
    sync?: { register(tag: string): Promise<void> }
    showNotification(title: string, options: NotificationOptions): Promise<void>
  }
}

interface WaitingReport {
  path: string
  fields: [string, string][]
}

const worker = self as unknown as Worker
const PAGES = 'pages-1'
const ASSETS = 'assets-1'
const MOST_PAGES = 40
const MOST_ASSETS = 40
const LANGUAGE = /^\/(de|es|fr|pt|ja|ar)(?=\/|$)/
const DAY_MS = 86_400_000

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))

worker.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== PAGES && name !== ASSETS) await caches.delete(name)
      await worker.clients.claim()
    })(),
  ),
)

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === 'GET' && pathname.startsWith('/assets/')) event.respondWith(fromCacheFirst(request))
  else if (request.method === 'GET' && request.mode === 'navigate') event.respondWith(openPage(event, pathname))
  else if (request.method === 'POST' && pathname.endsWith('/report')) event.respondWith(sendReport(request, pathname))
})

for (const type of ['sync', 'message'] as const)
  worker.addEventListener(type, (event) => event.waitUntil(sendWaiting()))

worker.addEventListener('push', (event) => {
  const text = event.data?.json()
  if (!text) return
  const { title, body, language: lang, direction: dir, path, tag } = text
  event.waitUntil(worker.registration.showNotification(title, { body, lang, dir, tag, data: path }))
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(worker.clients.openWindow(event.notification.data as string))
})

async function keep(cacheName: string, request: Request | string, response: Response, most: number) {
  const cache = await caches.open(cacheName)
  await cache.put(request, response)
  const kept = await cache.keys()
  for (const old of kept.slice(0, Math.max(0, kept.length - most))) await cache.delete(old)
}

/** Assets carry a hash in their name, so a kept one is never stale. */
async function fromCacheFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await keep(ASSETS, request, response.clone(), MOST_ASSETS)
  return response
}

async function openPage(event: PageRequest, pathname: string): Promise<Response> {
  const { request } = event
  try {
    const response = await fetch(request)
    if (response.ok && !pathname.endsWith('/thanks')) {
      const copy = response.clone()
      event.waitUntil(
        keep(PAGES, request.url.split('#')[0]!, copy, MOST_PAGES).then(() =>
          Promise.all([prepare(pathname), sendWaiting()]),
        ),
      )
    }
    return response
  } catch (failure) {
    const kept = (await caches.match(request.url)) ?? (await caches.match(request.url, { ignoreSearch: true }))
    const offline = kept ?? (await caches.match(offlinePath(pathname)))
    if (offline) return offline
    throw failure
  }
}

function offlinePath(pathname: string): string {
  return `${LANGUAGE.exec(pathname)?.[0] ?? ''}/offline`
}

/** What will be wanted when the line is dead: the notice, and the form of a service that someone looks at. */
async function prepare(pathname: string) {
  const service = /^(\/[a-z]{2})?\/s\/[a-z0-9-]+$/.test(pathname) ? [`${pathname}/report`] : []
  for (const path of [offlinePath(pathname), ...service]) {
    if (await caches.match(path)) continue
    const response = await fetch(path)
    if (response.ok) await keep(PAGES, path, response, MOST_PAGES)
  }
}

async function sendReport(request: Request, path: string): Promise<Response> {
  const spare = request.clone()
  try {
    return await fetch(request)
  } catch {
    const fields = [...(await spare.formData())].map(([name, value]): [string, string] => [name, String(value)])
    await store((reports) => reports.add({ path, fields: [...fields, ['observedAt', new Date().toISOString()]] }))
    await worker.registration.sync?.register('reports').catch(() => {})
    return Response.redirect(`${offlinePath(path)}?waiting`, 303)
  }
}

let sending: Promise<void> | null = null

/** Sends what waits, one after another; two events at once must not send one report twice. */
function sendWaiting(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = null
  })
  return sending
}

async function sendAll() {
  const keys = (await store((reports) => reports.getAllKeys())) as number[]
  for (const key of keys) {
    const report = (await store((reports) => reports.get(key))) as WaitingReport
    const observedAt = Date.parse(report.fields.find(([name]) => name === 'observedAt')?.[1] ?? '')
    if (Date.now() - observedAt < DAY_MS) {
      const response = await fetch(report.path, {
        method: 'POST',
        body: new URLSearchParams(report.fields),
        redirect: 'manual',
      }).catch(() => null)
      if (response === null || response.status === 429 || response.status >= 500) return
    }
    await store((reports) => reports.delete(key))
  }
}

/** One request on the store of waiting reports. */
function store(use: (reports: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('outcry', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('reports', { autoIncrement: true })
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('reports', 'readwrite')
      const request = use(transaction.objectStore('reports'))
      transaction.oncomplete = () => {
        opening.result.close()
        resolve(request.result)
      }
      transaction.onerror = () => reject(transaction.error)
    }
  })
}

export {}
