/** The first-level regions of the world as areas on the globe. */
export interface RegionAreas {
  /**
   * The region that a place lies in, or the nearest within 30 km: coasts are drawn coarsely and GeoIP places are rough.
   *
   * @param latitude degrees north
   * @param longitude degrees east, -180 to 180
   * @param country ISO 3166-1 code to search in, where it is known by other means
   * @returns a first-level subdivision, the country alone where its subdivisions have no known borders, or `null`
   */
  find(latitude: number, longitude: number, country?: string | null): string | null
}

/** A box on the grid: least x and y, greatest x and y. */
type Box = [number, number, number, number]

/** A piece of border between two regions or along a coast: x and y in turn, in steps of 1/250 degree. */
interface Line {
  points: Int32Array
  box: Box
}

interface Area {
  code: string
  lines: Line[]
  box: Box
}

const PER_DEGREE = 250
const NEAR_KM = 30
const KM_PER_STEP = 111.2 / PER_DEGREE

/** @param text `region-areas.txt`: one line a row, an empty row, then regions with the numbers of their lines */
export function readRegionAreas(text: string): RegionAreas {
  const [lineRows = '', areaRows = ''] = text.split('\n\n')
  const lines = lineRows.split('\n').map(readLine)
  const byCountry = new Map<string, Area[]>()
  for (const row of areaRows.trim().split('\n')) {
    const [code = '', ...numbers] = row.split(' ')
    const own = numbers.map((number) => lines[Number(number)]!)
    const area = { code, lines: own, box: own.map(({ box }) => box).reduce(around) }
    const country = code.slice(0, 2)
    byCountry.set(country, [...(byCountry.get(country) ?? []), area])
  }
  const all = [...byCountry.values()].flat()

  return {
    find(latitude, longitude, country = null) {
      const [x, y] = [longitude * PER_DEGREE, latitude * PER_DEGREE]
      if (!Number.isFinite(x) || !Number.isFinite(y)) return null
      const candidates = country === null ? all : (byCountry.get(country) ?? [])
      const found = candidates.find((area) => isWithin(area.box, x, y) && contains(area, x, y))
      return (found ?? nearest(candidates, x, y))?.code ?? null
    },
  }
}

/** Numbers as in Google's encoded polylines: five bits a character, each point as the step from the one before. */
function readLine(text: string): Line {
  const numbers: number[] = []
  for (let at = 0; at < text.length; ) {
    let value = 0
    let shift = 0
    let bits: number
    do {
      bits = text.charCodeAt(at++) - 63
      value |= (bits & 0x1f) << shift
      shift += 5
    } while (bits >= 0x20)
    const step = value & 1 ? ~(value >> 1) : value >> 1
    numbers.push(step + (numbers.at(-2) ?? 0))
  }
  const points = Int32Array.from(numbers)
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let n = 0; n < points.length; n++) {
    box[n % 2] = Math.min(box[n % 2]!, points[n]!)
    box[(n % 2) + 2] = Math.max(box[(n % 2) + 2]!, points[n]!)
  }
  return { points, box }
}

function around(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

function isWithin(box: Box, x: number, y: number, marginX = 0, marginY = marginX): boolean {
  return x >= box[0] - marginX && x <= box[2] + marginX && y >= box[1] - marginY && y <= box[3] + marginY
}

/** Counts how often a ray to the east crosses the border: odd means inside, whichever way the lines run. */
function contains({ lines }: Area, x: number, y: number): boolean {
  let isInside = false
  for (const { points, box } of lines) {
    if (y < box[1] || y > box[3] || x > box[2]) continue
    for (let n = 2; n < points.length; n += 2) {
      const [ax, ay] = [points[n - 2]!, points[n - 1]!]
      const [bx, by] = [points[n]!, points[n + 1]!]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside
    }
  }
  return isInside
}

function nearest(areas: Area[], x: number, y: number): Area | null {
  const shrink = Math.max(0.05, Math.cos((y / PER_DEGREE / 180) * Math.PI))
  const reachY = NEAR_KM / KM_PER_STEP
  const reachX = reachY / shrink
  let best: Area | null = null
  let least = reachY
  for (const area of areas) {
    if (!isWithin(area.box, x, y, reachX, reachY)) continue
    for (const { points, box } of area.lines) {
      if (!isWithin(box, x, y, reachX, reachY)) continue
      for (let n = 2; n < points.length; n += 2) {
        const [ax, ay] = [(points[n - 2]! - x) * shrink, points[n - 1]! - y]
        const [dx, dy] = [(points[n]! - x) * shrink - ax, points[n + 1]! - y - ay]
        const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)))
        const distance = Math.hypot(ax + t * dx, ay + t * dy)
        if (distance < least) [least, best] = [distance, area]
      }
    }
  }
  return best
}
