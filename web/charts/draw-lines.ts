import { HOUR } from '../../src/time.ts'
import type { Locale } from '../strings/format.ts'
import { escaped, short } from './markup.ts'
import { countTicks, timeTicks } from './scale.ts'
import { type Frame, Stage } from './stage.ts'
import { isUnfinished, type Trend, type TrendPoint } from './trend.ts'

/** One of the series that share a chart. */
export interface Line {
  label: string
  trend: Trend
  /** Where its own zero lies, such as an onset; `null` where all share one calendar. */
  origin: number | null
}

export interface LinesOptions {
  title: string
  /** In one sentence, for those who do not see the drawing. */
  description: string
  /** Written at the line of one, in a chart of multiples; `null` in a chart of counts. */
  usual: string | null
  frame?: Frame
}

/** Looks that differ by more than colour: `line-1` to `line-5` of `chart.css`. */
const LOOKS = 5

/** A hidden count is two at most; its line runs along the foot, as strips of several series would cover one another. */
const levelOf = ({ count, isHidden }: TrendPoint) => (isHidden ? 0 : count)

/** Height of a label's row of letters, as a share of the plot's height, where the plot is lowest. */
const ROW_ROOM = 0.055
const LABEL_AIR = 0.012
/** Letters in a row of a label. */
const LABEL_LETTERS = 18

interface Placed {
  line: Line
  look: number
  /** The last bin that is known. */
  end: { x: number; y: number } | null
}

/** Several series in one chart, each named at its end; zero-based, counts on the left, so that the names have the right. */
export function drawLines(lines: readonly Line[], locale: Locale, options: LinesOptions): string {
  const stage = new Stage(options.frame ?? 'fluid', LINES_MARGIN)
  const ticks = countTicks(Math.max(1, ...lines.map(({ trend }) => largestCount(trend))))
  const top = ticks.at(-1)!
  const y = (count: number) => 1 - count / top
  const span = spanOf(lines)
  const x = (line: Line, point: TrendPoint) => {
    const middle = Math.min(point.at + line.trend.stepMs / 2, line.trend.until)
    return (middle - (line.origin ?? 0) - span.from) / (span.until - span.from)
  }
  const placed: Placed[] = lines.map((line, index) => {
    const last = line.trend.points.findLast((point) => levelOf(point) !== null)
    return {
      line,
      look: (index % LOOKS) + 1,
      end: last === undefined ? null : { x: x(line, last), y: y(levelOf(last)!) },
    }
  })
  const geometry = [
    ...ticks.slice(1).map((tick) => rule(stage, 'grid', y(tick))),
    options.usual === null ? '' : rule(stage, 'expected', y(1)),
    lines[0]?.origin == null ? '' : upright(stage, 'onset-line', -span.from / (span.until - span.from)),
    ...placed.map(({ line, look }) => path(stage, line, look, x, y)),
    rule(stage, 'zero', 1),
  ].join('')
  const above = [
    ...ticks.slice(1).map((tick) => stage.text('tick label-halo', { x: 0, y: y(tick), dy: -5 }, locale.number(tick))),
    options.usual === null
      ? ''
      : stage.text('tick label-halo', { x: 0.5, y: y(1), dy: -5, anchor: 'middle' }, options.usual),
    timeLabels(stage, lines, span, locale),
    ...peaks(stage, placed, x, y, locale),
    ...names(stage, placed),
  ].join('')
  return stage.svg('chart chart-lines', options, geometry, above)
}

/** Room for names on the right; counts stand inside the plot. */
const LINES_MARGIN = { top: 24, right: 168, bottom: 32, left: 8 }

function largestCount({ points }: Trend): number {
  return points.reduce((largest, { count }) => Math.max(largest, count ?? 0), 0)
}

/** The axis that all fit in, in milliseconds of the calendar or since the origins. */
function spanOf(lines: readonly Line[]): { from: number; until: number } {
  const from = Math.min(...lines.map(({ trend, origin }) => trend.from - (origin ?? 0)))
  const until = Math.max(...lines.map(({ trend, origin }) => trend.until - (origin ?? 0)))
  return { from, until: Math.max(until, from + 1) }
}

function rule(stage: Stage, className: string, y: number): string {
  return `<path class="${className}" d="M${stage.point(0, y)}L${stage.point(1, y)}"/>`
}

function upright(stage: Stage, className: string, x: number): string {
  return `<path class="${className}" d="M${stage.point(x, 0)}L${stage.point(x, 1)}"/>`
}

type AtPoint = (line: Line, point: TrendPoint) => number

/** Finished bins as a line that is lifted at gaps, and the unfinished one dotted. */
function path(stage: Stage, line: Line, look: number, x: AtPoint, y: (count: number) => number): string {
  const { points } = line.trend
  let d = ''
  let dotted = ''
  let isDown = false
  for (const [index, point] of points.entries()) {
    const value = levelOf(point)
    if (value === null) {
      isDown = false
      continue
    }
    const place = stage.point(x(line, point), y(value))
    const before = points[index - 1]
    const levelBefore = before === undefined ? null : levelOf(before)
    if (isUnfinished(line.trend, point)) {
      if (levelBefore !== null) dotted = `M${stage.point(x(line, before!), y(levelBefore))}L${place}`
      break
    }
    d += `${isDown ? 'L' : 'M'}${place}`
    isDown = true
  }
  return (
    `<path class="line line-${look}" d="${d}"/>` +
    (dotted && `<path class="line line-${look} line-unfinished" d="${dotted}"/>`)
  )
}

function timeLabels(
  stage: Stage,
  lines: readonly Line[],
  span: { from: number; until: number },
  locale: Locale,
): string {
  const share = (at: number) => (at - span.from) / (span.until - span.from)
  const isInside = (at: number) => share(at) > 0.02 && share(at) < 0.985
  const text = (className: string, at: number, content: string, data = '') =>
    stage.text(className, { x: share(at), y: 1, dy: 20, anchor: 'middle', data }, content)
  if (lines[0]?.origin == null)
    return timeTicks(span.from, span.until, locale.timeZone)
      .filter(({ at }) => isInside(at))
      .map(({ at, label, isMajor }) => {
        const isDay = label === 'day' && span.until - span.from <= 48 * HOUR
        const className = `tick${isDay ? ' tick-day' : ''}${isMajor ? '' : ' tick-minor'}`
        const data = label === 'time' || isDay ? ` data-at="${at}"` : ''
        return text(className, at, { time: locale.time, day: locale.day, month: locale.month }[label](at), data)
      })
      .join('')
  // Hours since the beginning, some eight of them.
  const hours = (span.until - span.from) / HOUR
  const stride = [0.5, 1, 2, 3, 6, 12, 24, 48].find((width) => hours / width <= 8) ?? 96
  const steps = Math.floor(span.until / HOUR / stride)
  return Array.from({ length: steps + 1 }, (_, index) => index * stride * HOUR)
    .filter(isInside)
    .map((since, index) =>
      text(
        `tick${index === 0 ? ' tick-day' : ''}${index % 2 === 0 ? '' : ' tick-minor'}`,
        since,
        since === 0 ? locale.duration(0).replace(/\d+|[٠-٩]+/, locale.number(0)) : `+${locale.duration(since)}`,
      ),
    )
    .join('')
}

/** The highest bin of each line, in figures, where no other figure stands. */
function peaks(
  stage: Stage,
  placed: readonly Placed[],
  x: AtPoint,
  y: (count: number) => number,
  locale: Locale,
): string[] {
  const taken: { x: number; y: number }[] = []
  return placed.map(({ line, look }) => {
    const peak = line.trend.points.reduce<TrendPoint | null>(
      (highest, point) => (point.count !== null && point.count > (highest?.count ?? 0) ? point : highest),
      null,
    )
    if (peak === null) return ''
    const at = { x: x(line, peak), y: y(peak.count!) }
    const dot = `<circle class="line-dot line-dot-${look}" cx="${stage.x(at.x)}" cy="${stage.y(at.y)}" r="3.5"/>`
    const sides = at.x > 0.9 ? [-1] : at.x < 0.1 ? [1] : [1, -1]
    const isFree = (side: number) =>
      taken.every((other) => Math.abs(other.x - at.x - side * 0.045) > 0.07 || Math.abs(other.y - at.y) > 0.07)
    const side = sides.find(isFree)
    if (side === undefined) return dot
    taken.push({ x: at.x + side * 0.045, y: at.y })
    const place = { x: at.x, y: at.y, dx: side * 8, dy: 3, anchor: side < 0 ? ('end' as const) : ('start' as const) }
    return dot + stage.text(`line-name line-name-${look} label-halo`, place, locale.multiple(peak.count!))
  })
}

/** Names beside the ends of their lines, moved apart where lines end together. */
function names(stage: Stage, placed: readonly Placed[]): string[] {
  const labels = placed
    .map(({ line, look, end }) => ({ look, end, y: end?.y ?? 1, rows: inRows(line.label) }))
    .sort((a, b) => a.y - b.y)
  const heights = spread(
    labels.map(({ y }) => y),
    labels.map(({ rows }) => rows.length * ROW_ROOM + LABEL_AIR),
  )
  return labels.map(({ look, end, rows }, rank) => {
    const y = heights[rank]!
    const leader =
      end === null
        ? ''
        : `<line class="line-leader" x1="${stage.x(end.x)}" y1="${stage.y(end.y)}" x2="${stage.x(1)}" y2="${stage.y(y)}"/>`
    const spans = rows.map(
      (row, at) =>
        `<tspan x="${stage.x(1)}" dx="8" dy="${at === 0 ? short(4 - (rows.length - 1) * 7) : 15}">${escaped(row)}</tspan>`,
    )
    return `${leader}<text class="line-name line-name-${look}" x="${stage.x(1)}" y="${stage.y(y)}">${spans.join('')}</text>`
  })
}

/**
 * Heights moved apart as little as it takes (least squares, by pooling neighbours that collide), within 0 and 1.
 *
 * @param sorted ascending
 * @param rooms what each takes, itself in the middle; together at most 1
 */
export function spread(sorted: readonly number[], rooms: readonly number[]): number[] {
  // Less the room of all before it, a height may equal its neighbour's but not lie above it.
  const before = rooms.map((_, index) =>
    rooms.slice(1, index + 1).reduce((sum, room, at) => sum + (rooms[at]! + room) / 2, 0),
  )
  const pools: { mean: number; size: number }[] = []
  for (const [index, y] of sorted.entries()) {
    pools.push({ mean: y - before[index]!, size: 1 })
    while (pools.length > 1 && pools.at(-1)!.mean < pools.at(-2)!.mean) {
      const [upper, lower] = pools.splice(-2) as [(typeof pools)[0], (typeof pools)[0]]
      const size = upper.size + lower.size
      pools.push({ mean: (upper.mean * upper.size + lower.mean * lower.size) / size, size })
    }
  }
  const last = 1 - (before.at(-1) ?? 0)
  return pools
    .flatMap(({ mean, size }) => Array.from({ length: size }, () => Math.max(0, Math.min(last, mean))))
    .map((height, index) => height + before[index]!)
}

/** A name in at most two rows, broken where it balances; what is longer still is cut. */
function inRows(label: string): string[] {
  if (label.length <= LABEL_LETTERS) return [label]
  const spaces = [...label.matchAll(/ /g)].map(({ index }) => index)
  // A name and its date part at the comma.
  const comma = spaces.find((at) => label[at - 1] === ',' && at <= LABEL_LETTERS + 4)
  const middle = comma ?? spaces.sort((a, b) => Math.abs(a - label.length / 2) - Math.abs(b - label.length / 2))[0]
  const rows =
    middle === undefined
      ? [label.slice(0, LABEL_LETTERS), label.slice(LABEL_LETTERS)]
      : [label.slice(0, middle), label.slice(middle + 1)]
  return rows.map((row) => (row.length > LABEL_LETTERS + 4 ? `${row.slice(0, LABEL_LETTERS + 3)}…` : row))
}
