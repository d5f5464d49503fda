import { type Instants, instantsIn } from '../strings/instants.ts'
import type { InstantForm } from '../strings/spans.ts'
import { ownZone, pageLanguage, readerZone, wantsUtc } from './reader/zone.ts'

/** On every page: instants in the reader's zone, the switch to UTC, and the service worker. */

const formats = new Map<string, Instants>()

function instants(): Instants {
  const zone = readerZone()
  let made = formats.get(zone)
  if (!made) {
    made = instantsIn(pageLanguage(), zone)
    formats.set(zone, made)
  }
  return made
}

/** Writes a text only where it differs, so that nothing is laid out anew for nothing. */
function write(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text
}

function rewrite() {
  const own = instants()
  for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-form]'))
    write(element, own[element.dataset.form as InstantForm](Date.parse(element.dateTime)))
  for (const label of document.querySelectorAll<SVGTextElement>('text[data-at]')) {
    const at = Number(label.dataset.at)
    const isTick = label.classList.contains('tick')
    const isMidnight = isTick && own.time(at) === '00:00'
    if (isTick) label.classList.toggle('tick-day', isMidnight)
    const text = isMidnight ? own.day(at) : own.time(at)
    write(label, (label.dataset.words ?? '{time}').replace('{time}', text))
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-zone]'))
    write(element, element.dataset.zone!.replace('{zone}', own.zoneName))
}

function offerSwitch() {
  if (ownZone === 'UTC' || ownZone === 'Etc/UTC') return
  for (const button of document.querySelectorAll<HTMLButtonElement>('.zone-switch')) {
    const label = () => write(button, (wantsUtc() ? button.dataset.local : button.dataset.utc) ?? '')
    button.hidden = false
    label()
    button.addEventListener('click', () => {
      const query = new URLSearchParams(location.search)
      const isUtc = wantsUtc()
      query.delete('tz')
      try {
        if (isUtc) localStorage.removeItem('zone')
        else localStorage.setItem('zone', 'UTC')
      } catch {
        // Without storage the address alone says it.
        if (!isUtc) query.set('tz', 'UTC')
      }
      const text = query.toString()
      history.replaceState(null, '', location.pathname + (text && `?${text}`) + location.hash)
      label()
      rewrite()
    })
  }
}

offerSwitch()
rewrite()
document.addEventListener('outcry:renewed', rewrite)

if (location.pathname.endsWith('/offline')) {
  const isWaiting = location.search.includes('waiting')
  for (const element of document.querySelectorAll<HTMLElement>('[data-when]'))
    element.hidden = (element.dataset.when === 'waiting') !== isWaiting
}

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  addEventListener('online', () => navigator.serviceWorker.controller?.postMessage('send'))
}
