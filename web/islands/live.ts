/**
 * Keeps an open page current: asks a small cached answer whether something changed, and only then fetches the page anew and
 * puts its parts in place, all from one snapshot. Stops while nobody looks.
 */

const INTERVAL_MS = 30_000
const JITTER_MS = 10_000
const LONGEST_MS = 300_000
/** Charts move on without news, as their bins do. */
const RENEW_AT_LEAST_MS = 300_000

const pollPath = document.querySelector<HTMLElement>('[data-poll]')?.dataset.poll
let known: string | null = null
let renewedAt = Date.now()
let checkedAt = Date.now()
let failures = 0
let timer = 0

const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: 'short' })

function showStatus() {
  const status = document.querySelector<HTMLElement>('[data-status]')
  if (!status) return
  const { updated = '', paused = '', offline = '', asOf } = status.dataset
  const seconds = Math.round((Date.now() - checkedAt) / 1000)
  const ago = seconds < 60 ? relative.format(-seconds, 'second') : relative.format(-Math.round(seconds / 60), 'minute')
  status.previousElementSibling?.classList.toggle('dot-live', failures === 0 && !document.hidden)
  status.previousElementSibling?.classList.toggle('dot-paused', failures > 0 || document.hidden)
  status.title = new Date(Number(asOf)).toLocaleString(document.documentElement.lang)
  const text =
    failures > 0 ? offline.replace('{time}', status.title) : document.hidden ? paused : updated.replace('{time}', ago)
  if (status.textContent !== text) status.textContent = text
}

/** Whether the reader is at work in a part: then it stays as it is until the next time. */
function isInUse(part: Element): boolean {
  return part.contains(document.activeElement) || part.querySelector('a:hover, tr:hover, svg:hover') !== null
}

async function renew() {
  const response = await fetch(location.href, { cache: 'no-cache' })
  if (!response.ok) throw new Error(String(response.status))
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  const parts = [...document.querySelectorAll<HTMLElement>('[data-live]')]
  // One part in use keeps all as they are: numbers of two moments must not stand side by side.
  if (parts.some(isInUse)) return
  for (const part of parts) {
    const next = fresh.querySelector<HTMLElement>(`[data-live="${part.dataset.live}"]`)
    if (!next) continue
    if (part.dataset.state !== undefined && part.dataset.state !== next.dataset.state) announce(next)
    part.replaceWith(next)
  }
  renewedAt = Date.now()
  document.title = fresh.title
  document.dispatchEvent(new Event('outcry:renewed'))
}

function announce(part: HTMLElement) {
  const region = document.querySelector('[data-announce]')
  if (region) region.textContent = part.querySelector('h1')?.textContent ?? ''
}

/** What matters of an answer; its own time does not. */
function essence(answer: unknown): string {
  return JSON.stringify(answer, (key, value) => (key === 'meta' ? undefined : value))
}

async function check() {
  if (!pollPath || document.hidden) return
  try {
    const response = await fetch(pollPath, { cache: 'no-cache' })
    if (!response.ok) throw new Error(String(response.status))
    const now = essence(await response.json())
    const isNews = known !== null && now !== known
    if (isNews || Date.now() - renewedAt > RENEW_AT_LEAST_MS) await renew()
    known = now
    failures = 0
    checkedAt = Date.now()
  } catch {
    failures++
  }
  showStatus()
  schedule()
}

function schedule() {
  clearTimeout(timer)
  const wait = Math.min(LONGEST_MS, INTERVAL_MS * 2 ** Math.min(failures, 4)) + (Math.random() * 2 - 1) * JITTER_MS
  if (!document.hidden) timer = window.setTimeout(check, wait)
}

document.addEventListener('visibilitychange', () => {
  showStatus()
  if (document.hidden) clearTimeout(timer)
  else if (Date.now() - checkedAt > INTERVAL_MS) check()
  else schedule()
})
document.addEventListener('outcry:renewed', showStatus)
addEventListener('online', check)
setInterval(showStatus, 10_000)
schedule()

export {}
