import { countClassOf, type MapClass, mapClassOf, paintOf, ratioClassOf } from '../map/map-cell.ts'
import { instantsIn } from '../strings/instants.ts'
import { pageLanguage, readerZone } from './reader/zone.ts'

/** Makes a slider with a play button of the hour links below a map, and paints the map without loading the page anew. */

interface Region {
  region: string
  name: string
  count: number | null
  ratio: number | null
  perMillion: number | null
  suppressed: boolean
}

const HOUR_MS = 3_600_000
const STEP_MS = 700

const player = document.querySelector<HTMLElement>('[data-player]')
const map = document.querySelector<HTMLElement>('[data-map]')

if (player && map) start(player, map)

function start(player: HTMLElement, map: HTMLElement) {
  const { country = '', service = '', play = '', pause = '', hour: words = '', now = '' } = player.dataset
  const measure = player.dataset.player
  const links = [...player.querySelectorAll<HTMLAnchorElement>('a[data-hour]')]
  const hours = links.map(({ dataset }) => Number(dataset.hour))
  const current = links.findIndex((link) => link.hasAttribute('aria-current'))
  const language = pageLanguage()
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const answers = new Map<number, Promise<Region[]>>()

  const row = document.createElement('div')
  row.className = 'time-player'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-small'
  const slider = document.createElement('input')
  slider.type = 'range'
  slider.max = String(hours.length)
  slider.value = String(current < 0 ? hours.length : current)
  slider.setAttribute('aria-labelledby', 'steps')
  const output = document.createElement('output')
  row.append(button, slider, output)
  player.querySelector('nav')!.before(row)
  player.querySelector('nav')!.hidden = true

  let timer = 0
  const say = () => {
    const hour = hours[Number(slider.value)]
    const text = hour === undefined ? now : words.replace('{time}', instantsIn(language, readerZone()).time(hour))
    output.textContent = text
    slider.setAttribute('aria-valuetext', text)
    button.textContent = timer ? pause : play
  }

  const load = (index: number): Promise<Region[]> => {
    const from = hours[index] ?? Math.floor(Date.now() / 60_000) * 60_000 - HOUR_MS
    let answer = answers.get(index)
    if (!answer) {
      const query = new URLSearchParams({
        ...(service ? { service } : {}),
        from: new Date(from).toISOString(),
        to: new Date(from + HOUR_MS).toISOString(),
        level: country ? 'subdivision' : 'country',
        ...(country ? { country } : {}),
      })
      answer = fetch(`/v1/heatmap?${query}`)
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
        .then(({ regions }: { regions: Region[] }) => regions)
      answers.set(index, answer)
      answer.catch(() => answers.delete(index))
    }
    return answer
  }

  const classOf = (region: Region): MapClass => {
    if (region.suppressed) return 'suppressed'
    if (region.count === null) return 'unmeasured'
    if (region.count === 0) return 'zero'
    if (measure === 'rate') return mapClassOf(region.perMillion)
    return measure === 'ratio' ? ratioClassOf(region.ratio) : countClassOf(region.count)
  }
  const amountOf = ({ count, ratio, perMillion }: Region) =>
    measure === 'rate' ? perMillion : measure === 'ratio' ? ratio : count

  const paint = async () => {
    const wanted = slider.value
    say()
    const regions = new Map((await load(Number(wanted))).map((region) => [region.region, region]))
    if (slider.value !== wanted) return
    const mapId = map.dataset.map!
    for (const text of map.querySelectorAll('.map-value')) text.remove()
    for (const shape of map.querySelectorAll<SVGElement>('[data-region]')) {
      const region = regions.get(shape.dataset.region!)
      const mapClass = region ? classOf(region) : 'zero'
      const { class: name, fill } = paintOf(mapClass, mapId)
      shape.setAttribute('class', name)
      if (fill) shape.setAttribute('fill', fill)
      else shape.removeAttribute('fill')
      const value = region ? amountOf(region) : null
      let title: Element | null = shape.querySelector('title')
      if (!title && value !== null) {
        title = document.createElementNS('http://www.w3.org/2000/svg', 'title')
        shape.append(title)
      }
      const place = region?.name ?? title?.textContent?.split(':')[0] ?? ''
      if (title) title.textContent = value === null ? place : `${place}: ${number.format(value)}`
    }
  }

  const stop = () => {
    clearTimeout(timer)
    timer = 0
    say()
  }
  const next = async () => {
    const index = Number(slider.value)
    slider.value = String(index >= hours.length ? 0 : index + 1)
    await paint().catch(stop)
    if (!timer) return
    if (Number(slider.value) === hours.length) stop()
    else timer = window.setTimeout(next, STEP_MS)
  }
  button.addEventListener('click', () => {
    if (timer) return stop()
    timer = window.setTimeout(next, 0)
    say()
  })
  slider.addEventListener('input', () => {
    stop()
    paint().catch(() => {})
  })
  document.addEventListener('outcry:renewed', say)
  say()
}
