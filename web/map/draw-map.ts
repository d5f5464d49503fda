import { type MapCell, type MapClass, paintOf } from './map-cell.ts'
import subdivisionShapes from './subdivision-shapes.json' with { type: 'json' }
import worldShapes from './world-shapes.json' with { type: 'json' }

export type { MapCell, MapClass, MapStep } from './map-cell.ts'
export { COUNT_STEPS, countClassOf, mapClassOf, PER_MILLION_STEPS, RATIO_STEPS, ratioClassOf } from './map-cell.ts'

/** The words of a map. */
export interface MapText {
  /** Begins every `id` inside; unique on the page, of letters, digits and hyphens. */
  id: string
  title: string
  /** One sentence that says what the map shows, for those who do not see it. */
  description: string
}

/** A map as built: paths and dots by region code on a grid of whole numbers. */
interface Shapes {
  /** x, y, width, height. */
  box: number[]
  /** Frames of what lies far off and is drawn at another scale. */
  insets?: number[][]
  shapes: Record<string, string>
  /** Dots for what is too small to see. */
  points: Record<string, number[]>
  /** Where a value can be written. */
  labels?: Record<string, number[]>
  /** Too small for a pattern. */
  small: string[]
}

const WORLD: Shapes = worldShapes
const COUNTRIES: Record<string, Shapes> = subdivisionShapes

const WORLD_DOT = 6
const COUNTRY_DOT = 7
const VALUES = 4
/** Room that a written value takes on the grid. */
const VALUE_SIZE = { width: 48, height: 24 }

/**
 * The world by country, as an inline SVG that takes its colours from `map.css`. Every country of ISO 3166-1 is there; one
 * without a cell is shown as not measured.
 */
export function drawWorldMap(cells: ReadonlyMap<string, MapCell>, text: MapText): string {
  return svg('map map-world', WORLD, WORLD_DOT, cells, text, '')
}

/**
 * A country by first-level subdivision, with the worst four values written on it.
 *
 * @returns `null` for a country that has no map of its own: one without subdivisions, or whose borders we have not in force
 */
export function drawCountryMap(country: string, cells: ReadonlyMap<string, MapCell>, text: MapText): string | null {
  if (!hasCountryMap(country)) return null
  const shapes = COUNTRIES[country]!
  const frames = (shapes.insets ?? []).map(
    ([x, y, width, height]) => `<rect class="map-inset" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`,
  )
  return svg('map map-country', shapes, COUNTRY_DOT, cells, text, frames.join('') + writeValues(shapes, cells), country)
}

/** A patch of a map for its key, in words elsewhere; `id` as in {@link MapText}. */
export function drawMapSwatch(cell: MapClass, id: string): string {
  const paint = paintOf(cell, id)
  const fill = paint.fill === null ? '' : ` fill="${paint.fill}"`
  return (
    `<svg class="map-swatch map" viewBox="0 0 36 24" aria-hidden="true">${paint.fill === null ? '' : patterns(id)}` +
    `<path class="${paint.class}" d="M1 1h34v22h-34z"${fill}/></svg>`
  )
}

export function hasCountryMap(country: string): boolean {
  return Object.hasOwn(COUNTRIES, country)
}

/** The regions that the world map, or a country's map, shows. */
export function drawnRegions(country: string | null): string[] {
  const shapes = country === null ? WORLD : COUNTRIES[country]
  if (!shapes) return []
  const codes = new Set([...Object.keys(shapes.shapes), ...Object.keys(shapes.points)])
  return [...codes].filter((code) => code !== country)
}

function svg(
  className: string,
  { box, shapes, points, small }: Shapes,
  dotRadius: number,
  cells: ReadonlyMap<string, MapCell>,
  text: MapText,
  above: string,
  country: string | null = null,
): string {
  const tooSmall = new Set(small)
  const areas: string[] = []
  for (const [code, path] of Object.entries(shapes)) {
    if (code === country) areas.push(`<path class="map-land" d="${path}"/>`)
    else areas.push(mark('path', code, `d="${path}"`, cells.get(code), text.id, tooSmall.has(code)))
  }
  for (const [code, [x, y]] of Object.entries(points)) {
    if (code === country) continue
    areas.push(mark('circle', code, `cx="${x}" cy="${y}" r="${dotRadius}"`, cells.get(code), text.id, true))
  }
  return (
    `<svg class="${className}" viewBox="${box.join(' ')}" role="img" aria-labelledby="${text.id}-title ${text.id}-desc">` +
    `<title id="${text.id}-title">${escaped(text.title)}</title><desc id="${text.id}-desc">${escaped(text.description)}</desc>` +
    `${patterns(text.id)}${areas.join('')}${above}</svg>`
  )
}

/** One region; without a pattern where it is so small that the pattern would flicker. */
function mark(
  element: 'path' | 'circle',
  code: string,
  geometry: string,
  cell: MapCell | undefined,
  mapId: string,
  isFlat: boolean,
): string {
  const paint = paintOf(cell?.class ?? 'unmeasured', mapId)
  const fill = paint.fill === null || isFlat ? '' : ` fill="${paint.fill}"`
  const className = isFlat && paint.fill !== null ? `${paint.class} map-flat` : paint.class
  const start = `<${element} class="${className}" data-region="${code}" ${geometry}${fill}`
  return cell?.label ? `${start}><title>${escaped(cell.label)}</title></${element}>` : `${start}/>`
}

function patterns(mapId: string): string {
  const pattern = (name: string, size: number, turn: string, content: string) =>
    `<pattern id="${mapId}-${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"${turn}>` +
    `<rect class="map-ground" width="${size}" height="${size}"/>${content}</pattern>`
  return (
    `<defs>${pattern('suppressed', 9, '', '<circle class="map-dots" cx="4.5" cy="4.5" r="1.7"/>')}` +
    `${pattern('unmeasured', 10, ' patternTransform="rotate(45)"', '<path class="map-hatch" d="M0 0V10"/>')}</defs>`
  )
}

function writeValues({ box, labels = {}, points }: Shapes, cells: ReadonlyMap<string, MapCell>): string {
  const worst = [...cells]
    .flatMap(([code, { value }]) => (value && (labels[code] ?? points[code]) ? [{ code, ...value }] : []))
    .sort((a, b) => b.amount - a.amount || (a.code < b.code ? -1 : 1))
    .slice(0, VALUES)
  const taken: number[][] = []
  return worst
    .map(({ code, text }) => {
      const at = freeOf(taken, inside(box, labels[code] ?? points[code] ?? []))
      taken.push(at)
      return `<text class="map-value" x="${at[0]}" y="${at[1]}">${escaped(text)}</text>`
    })
    .join('')
}

/** A value on an island at the edge of the map would be cut. */
function inside([left = 0, top = 0, width = 0, height = 0]: number[], [x = 0, y = 0]: number[]): number[] {
  const clamp = (value: number, least: number, extent: number, size: number) =>
    Math.max(least + size / 2, Math.min(least + extent - size / 2, value))
  return [clamp(x, left, width, VALUE_SIZE.width), clamp(y, top, height, VALUE_SIZE.height)]
}

/** Above or below where the value should stand, until no other value is in the way. */
function freeOf(taken: number[][], [x = 0, y = 0]: number[]): number[] {
  for (let n = 0; n < 2 * VALUES; n++) {
    const shifted = y + Math.ceil(n / 2) * VALUE_SIZE.height * (n % 2 === 0 ? 1 : -1)
    const isFree = taken.every(
      ([tx = 0, ty = 0]) => Math.abs(tx - x) >= VALUE_SIZE.width || Math.abs(ty - shifted) >= VALUE_SIZE.height,
    )
    if (isFree) return [x, shifted]
  }
  return [x, y]
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!)
