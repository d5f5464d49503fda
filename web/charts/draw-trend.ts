import { SMALLEST_SHOWN } from '../../src/count/timeseries.ts'
import { DAY } from '../../src/time.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import { escaped, short } from './markup.ts'
import { countTicks, timeTicks } from './scale.ts'
import { type Frame, Stage } from './stage.ts'
import { describeTrend, isUnfinished, peakOf, type Trend, type TrendPoint } from './trend.ts'

export interface TrendOptions {
  title: string
  /** When the rise probably began; marked where it lies inside the axis. */
  onset?: number | null
  frame?: Frame
  /** A small drawing among others like it: no axis of its own, and this count at the top of all of them. */
  sharedTop?: number
}

interface Place {
  x: number
  y: number
}

/**
 * Counts against time and the expected band: zero-based, counts on the right, what exceeds the band filled, the highest
 * such bin marked, an unfinished bin dotted, gaps left open, a strip where a count is hidden, late reports as bars of their own. Looks come from `chart.css`.
 */
export function drawTrend(trend: Trend, locale: Locale, options: TrendOptions): string {
  const stage = new Stage(options.frame ?? 'fluid')
  const isSmall = options.sharedTop !== undefined
  const ticks = countTicks(options.sharedTop ?? largestOf(trend))
  const top = ticks.at(-1)!
  const x = (at: number) => (at - trend.from) / (trend.until - trend.from)
  const y = (count: number) => 1 - count / top
  const middle = (point: TrendPoint) => x(Math.min(point.at + trend.stepMs / 2, trend.until))

  const { points } = trend
  const finished = points.filter((point) => !isUnfinished(trend, point))
  const place = (value: (point: TrendPoint) => number | null) => (point: TrendPoint) => {
    const count = value(point)
    return count === null ? null : { x: middle(point), y: y(count) }
  }
  const observed = place(({ count }) => count)

  const geometry = [
    gaps(stage, trend, x),
    withheld(stage, trend, x, y(Math.min(top, SMALLEST_SHOWN - 1))),
    isSmall
      ? ''
      : ticks
          .slice(1)
          .map((tick) => line(stage, 'grid', 0, y(tick), 1, y(tick)))
          .join(''),
    area(stage, points.map(place(({ upper }) => upper)), points.map(place(({ lower }) => lower))),
    excess(
      stage,
      points,
      observed,
      place(({ upper }) => upper),
    ),
    path(stage, 'expected', points.map(place(({ expected }) => expected))),
    late(stage, points, middle, y),
    path(stage, 'observed', finished.map(observed)),
    unfinished(stage, finished.at(-1), points[finished.length], observed),
    line(stage, 'zero', 0, 1, 1, 1),
  ].join('')

  const peak = peakOf(trend)
  const above = [
    lonePoints(stage, finished, observed),
    isSmall ? '' : countLabels(stage, ticks, y, locale) + timeLabels(stage, trend, x, locale),
    isSmall || !options.onset ? '' : onsetMark(stage, options.onset, trend, x, peak ? x(peak.at) : null, locale),
    peak
      ? peakMark(
          stage,
          middle(peak),
          y(peak.count),
          isSmall,
          peakLabel(peak, trend, options.onset ?? null, isSmall, locale),
        )
      : '',
  ].join('')
  const text = { title: options.title, description: describeTrend(trend, locale) }
  return stage.svg(
    isSmall ? 'chart chart-small' : 'chart',
    text,
    geometry,
    above,
    options.frame || isSmall ? '' : readings(trend, locale),
  )
}

/** The largest value that must fit in: a count, or the top of its band. */
export function largestOf({ points }: Pick<Trend, 'points'>): number {
  return points.reduce((largest, { count, upper, late }) => Math.max(largest, count ?? 0, upper ?? 0, late), 0)
}

function line(stage: Stage, className: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<path class="${className}" d="M${stage.point(x1, y1)}L${stage.point(x2, y2)}"/>`
}

/** A line that is lifted where a value is missing. */
function path(stage: Stage, className: string, places: (Place | null)[]): string {
  let d = ''
  let stretch: Place[] = []
  for (const place of [...places, null]) {
    if (place !== null) {
      stretch.push(place)
      continue
    }
    if (stretch.length > 0) d += `M${outline(stage, stretch)}`
    stretch = []
  }
  return d && `<path class="${className}" d="${d}"/>`
}

/** Off a straight line by less than this share of the height, a place changes nothing that can be seen. */
const INVISIBLE = 0.0004

/** Places joined by lines, without those that lie on the line between their neighbours: counts repeat, and bands are steps. */
function outline(stage: Stage, places: readonly Place[]): string {
  const kept = places.filter((place, index) => {
    const [before, after] = [places[index - 1], places[index + 1]]
    if (!before || !after || after.x === before.x) return true
    const share = (place.x - before.x) / (after.x - before.x)
    return Math.abs(before.y + share * (after.y - before.y) - place.y) > INVISIBLE
  })
  return kept.map(({ x, y }) => stage.point(x, y)).join('L')
}

function area(stage: Stage, upper: (Place | null)[], lower: (Place | null)[]): string {
  let d = ''
  for (let start = 0; start < upper.length; start++) {
    let end = start
    while (end < upper.length && upper[end] && lower[end]) end++
    if (end - start < 2) continue
    const edge = [...upper.slice(start, end), ...lower.slice(start, end).reverse()] as Place[]
    d += `M${outline(stage, edge)}Z`
    start = end
  }
  return d && `<path class="band" d="${d}"/>`
}

/** The area between the counts and the top of the band, cut where the two lines cross. */
function excess(
  stage: Stage,
  points: TrendPoint[],
  observed: (point: TrendPoint) => Place | null,
  band: (point: TrendPoint) => Place | null,
): string {
  let d = ''
  let tops: Place[] = []
  let bottoms: Place[] = []
  const close = () => {
    if (tops.length > 1) d += `M${outline(stage, [...tops, ...bottoms.reverse()])}Z`
    tops = []
    bottoms = []
  }
  for (const [index, point] of points.entries()) {
    const [high, low] = [observed(point), band(point)]
    const next = points[index + 1]
    const [nextHigh, nextLow] = [next && observed(next), next && band(next)]
    if (!high || !low) {
      close()
      continue
    }
    const isOver = high.y < low.y
    if (isOver) {
      tops.push(high)
      bottoms.push(low)
    }
    if (!nextHigh || !nextLow) {
      close()
      continue
    }
    if (isOver === nextHigh.y < nextLow.y) continue
    const share = (low.y - high.y) / (low.y - high.y - (nextLow.y - nextHigh.y))
    const crossing = { x: high.x + share * (nextHigh.x - high.x), y: high.y + share * (nextHigh.y - high.y) }
    tops.push(crossing)
    bottoms.push(crossing)
    if (isOver) close()
  }
  close()
  return d && `<path class="excess" d="${d}"/>`
}

/** Where nobody was listening, the whole height is left open. */
function gaps(stage: Stage, trend: Trend, x: (at: number) => number): string {
  const d = stretches(stage, trend, x, 0, ({ count, isHidden }) => count === null && !isHidden)
  return d && `<path class="gap" d="${d}"/>`
}

/** A hidden count lies somewhere from none to two: a strip of that height, and no line that would claim one of them. */
function withheld(stage: Stage, trend: Trend, x: (at: number) => number, top: number): string {
  const d = stretches(stage, trend, x, top, ({ isHidden }) => isHidden)
  return d && `<path class="withheld" d="${d}"/>`
}

/** Rectangles from `top` down to zero over the bins that are of a kind. */
function stretches(
  stage: Stage,
  { points, stepMs }: Trend,
  x: (at: number) => number,
  top: number,
  isOfKind: (point: TrendPoint) => boolean,
): string {
  let d = ''
  for (let start = 0; start < points.length; start++) {
    let end = start
    while (end < points.length && isOfKind(points[end]!)) end++
    if (end === start) continue
    const [left, right] = [x(points[start]!.at), Math.min(1, x(points[end - 1]!.at + stepMs))]
    d += `M${stage.point(left, top)}L${stage.point(right, top)}L${stage.point(right, 1)}L${stage.point(left, 1)}Z`
    start = end
  }
  return d
}

function late(
  stage: Stage,
  points: TrendPoint[],
  middle: (point: TrendPoint) => number,
  y: (count: number) => number,
): string {
  const d = points
    .filter((point) => point.late > 0)
    .map((point) => `M${stage.point(middle(point), 1)}L${stage.point(middle(point), y(point.late))}`)
    .join('')
  return d && `<path class="late" d="${d}"/>`
}

function unfinished(
  stage: Stage,
  last: TrendPoint | undefined,
  open: TrendPoint | undefined,
  observed: (point: TrendPoint) => Place | null,
): string {
  const [from, to] = [last && observed(last), open && observed(open)]
  return from && to ? line(stage, 'unfinished', from.x, from.y, to.x, to.y) : ''
}

/** A bin between two gaps has no line, so it gets a dot. */
function lonePoints(stage: Stage, points: TrendPoint[], observed: (point: TrendPoint) => Place | null): string {
  return points
    .map((point, index) => {
      const place = observed(point)
      const isLone =
        place &&
        !(points[index - 1] && observed(points[index - 1]!)) &&
        !(points[index + 1] && observed(points[index + 1]!))
      return isLone ? `<circle class="lone" cx="${stage.x(place.x)}" cy="${stage.y(place.y)}" r="2"/>` : ''
    })
    .join('')
}

function countLabels(stage: Stage, ticks: number[], y: (count: number) => number, locale: Locale): string {
  return ticks.map((tick) => stage.text('tick', { x: 1, y: y(tick), dx: 8, dy: 4.5 }, locale.number(tick))).join('')
}

function timeLabels(stage: Stage, trend: Trend, x: (at: number) => number, locale: Locale): string {
  const words = { time: locale.time, day: locale.day, month: locale.month }
  return timeTicks(trend.from, trend.until, locale.timeZone)
    .filter(({ at }) => x(at) > 0.02 && x(at) < 0.985)
    .map(({ at, label, isMajor }) => {
      const isDay = label === 'day' && trend.until - trend.from <= 2 * DAY
      const className = `tick${isDay ? ' tick-day' : ''}${isMajor ? '' : ' tick-minor'}`
      const data = label === 'time' || isDay ? ` data-at="${at}"` : ''
      return stage.text(className, { x: x(at), y: 1, dy: 20, anchor: 'middle', data }, words[label](at))
    })
    .join('')
}

/** The turning point, named beside its line; left out where it would stand in the peak's way. */
function onsetMark(
  stage: Stage,
  onset: number,
  trend: Trend,
  x: (at: number) => number,
  peak: number | null,
  locale: Locale,
): string {
  const at = x(onset)
  if (at <= 0.02 || at >= 1) return ''
  const anchor = at > 0.3 ? 'end' : 'start'
  const isFree = peak === null || Math.abs(peak - at) > 0.02
  const isLong = trend.until - trend.from > 2 * DAY
  return (
    `<line class="onset-line" x1="${stage.x(at)}" x2="${stage.x(at)}" y1="${stage.y(isFree ? 0.36 : 0.6)}" y2="${stage.y(1)}"/>` +
    stage.text(
      'onset-label label-halo',
      {
        x: at,
        y: 0.42,
        dx: anchor === 'end' ? -7 : 7,
        anchor,
        data: isLong ? '' : ` data-at="${onset}" data-words="${escaped(locale.strings.chart.onset)}"`,
      },
      fill(locale.strings.chart.onset, { time: isLong ? locale.dateTime(onset) : locale.time(onset) }),
    )
  )
}

/** The words of the peak, and what the browser's script needs to write them in the reader's zone. */
function peakLabel(
  peak: TrendPoint & { count: number },
  trend: Trend,
  onset: number | null,
  isSmall: boolean,
  locale: Locale,
): { text: string; data: string } {
  const count = locale.number(peak.count)
  if (isSmall) return { text: count, data: '' }
  const words = fill(locale.strings.chart.peak, { count })
  // A step is named by its begin, and a rise within it has no peak before its own.
  const at = onset !== null && onset < peak.at + trend.stepMs ? Math.max(onset, peak.at) : peak.at
  if (trend.until - trend.from > 2 * DAY)
    return {
      text: fill(words, { time: trend.stepMs < DAY ? locale.dateTime(at) : locale.date(at) }),
      data: '',
    }
  return {
    text: fill(words, { time: locale.time(at) }),
    data: ` data-at="${at}" data-words="${escaped(words)}"`,
  }
}

function peakMark(
  stage: Stage,
  x: number,
  y: number,
  isSmall: boolean,
  { text, data }: { text: string; data: string },
): string {
  const isLeft = x > 0.5
  const at = {
    x,
    y: Math.max(y, 0.06),
    dx: isLeft ? -9 : 9,
    dy: isSmall ? 4 : -2,
    anchor: isLeft ? ('end' as const) : ('start' as const),
    data,
  }
  const line = `<line class="peak-line" x1="${stage.x(x)}" x2="${stage.x(x)}" y1="${stage.y(y)}" y2="${stage.y(1)}"/>`
  return (
    (isSmall ? '' : line) +
    `<circle class="peak-dot" cx="${stage.x(x)}" cy="${stage.y(y)}" r="${isSmall ? 3.5 : 5}"/>` +
    stage.text('peak-label label-halo', at, text)
  )
}

/** What the browser's script needs to read single bins under the pointer. */
function readings({ points, from, until, stepMs }: Trend, locale: Locale): string {
  const counts = points.map(({ count }) => count ?? '').join(' ')
  const expected = points.map((point) => (point.expected === null ? '' : short(point.expected))).join(' ')
  const first = points[0]?.at ?? from
  return (
    ` data-from="${from}" data-until="${until}" data-first="${first}" data-step="${stepMs}" data-counts="${counts}"` +
    ` data-expected="${expected}" data-reading="${escaped(locale.strings.chart.reading)}"`
  )
}
