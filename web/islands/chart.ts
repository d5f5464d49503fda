import { instantsIn } from '../strings/instants.ts'
import { pageLanguage, readerZone } from './reader/zone.ts'

/** Reads single bins of a chart under the pointer; the table has the same numbers for everyone. */

const SVG = 'http://www.w3.org/2000/svg'
const language = pageLanguage()

function create(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

function follow(chart: SVGElement) {
  const { from, until, first, step, counts = '', expected = '', reading = '' } = chart.dataset
  if (!from || !until || !first || !step) return
  const values = counts.split(' ')
  const usual = expected.split(' ')
  const number = new Intl.NumberFormat(language)
  const line = create('line', { class: 'cursor', y1: '0', y2: '100%' })
  const label = create('text', { class: 'cursor-label label-halo', y: '0', dy: '-2' })

  const show = (event: PointerEvent) => {
    const box = chart.getBoundingClientRect()
    const at = Number(from) + ((event.clientX - box.left) / box.width) * (Number(until) - Number(from))
    const index = Math.floor((at - Number(first)) / Number(step))
    const count = values[index]
    if (count === undefined || count === '') return hide()
    const start = Number(first) + index * Number(step)
    const share = (start + Number(step) / 2 - Number(from)) / (Number(until) - Number(from))
    const isLong = Number(until) - Number(from) > 172_800_000
    const instants = instantsIn(language, readerZone())
    line.setAttribute('x1', `${share * 100}%`)
    line.setAttribute('x2', `${share * 100}%`)
    label.setAttribute('x', `${share * 100}%`)
    label.setAttribute('text-anchor', share > 0.5 ? 'end' : 'start')
    label.setAttribute('dx', share > 0.5 ? '-6' : '6')
    label.textContent = reading
      .replace('{time}', isLong ? instants.dateTime(start) : instants.time(start))
      .replace('{count}', number.format(Number(count)))
      .replace('{expected}', usual[index] ? number.format(Number(usual[index])) : '–')
    chart.append(line, label)
  }
  const hide = () => {
    line.remove()
    label.remove()
  }
  chart.addEventListener('pointermove', show)
  chart.addEventListener('pointerdown', show)
  chart.addEventListener('pointerleave', hide)
}

function followAll() {
  for (const chart of document.querySelectorAll<SVGElement>('svg.chart[data-counts]:not([data-followed])')) {
    chart.dataset.followed = ''
    follow(chart)
  }
}

followAll()
document.addEventListener('outcry:renewed', followAll)
