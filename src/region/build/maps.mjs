// Draws the world by country and each country by subdivision, as paths on a grid of whole numbers.
import { divide, freePlace } from './country-frame.mjs'
import { boundsOf, gridRings, labelPlace, pathOf, polygonsOf, ringArea, spread } from './outlines.mjs'

const EARTH_KM = 6371
const WORLD_WIDTH = 1920
/** Grid of a country map; a shape whose area is below `DOT` units, or side below `FLAT`, is too small to see or to hatch. */
const FRAME = [900, 720]
const DOT = 60
const WORLD_DOT = 32
const FLAT = 18
const MARGIN = 8

/** Natural Earth's subdivisions leave these out, or they are too small for its scale: longitude and latitude. */
export const PLACES = {
  GI: [-5.35, 36.14], VA: [12.45, 41.9], TK: [-171.85, -9.17], BV: [3.41, -54.42], HM: [73.5, -53.08], CC: [96.83, -12.14],
  CX: [105.63, -10.49], UM: [166.63, 19.28], BQ: [-68.27, 12.18], SX: [-63.06, 18.04], MF: [-63.05, 18.08], BL: [-62.83, 17.9],
  IO: [72.42, -7.33], PN: [-130.1, -25.07], TV: [179.2, -8.52], MO: [113.55, 22.17], AQ: [15, -57],
} // biome-ignore format: a table

const collection = (features) => ({ type: 'FeatureCollection', features })

/** Rings, dots, labels and flat shapes of features that one projection shows. */
function outline(features, projection, key, smallest, d3) {
  const result = { shapes: {}, points: {}, labels: {}, small: [], rings: [] }
  const path = d3.geoPath(projection)
  for (const feature of features) {
    const code = feature.properties[key]
    const rings = gridRings(feature, path)
    const area = rings.reduce((sum, ring) => sum + ringArea(ring), 0)
    result.rings.push(...rings)
    if (area < smallest) {
      const at = rings.length > 0 ? labelPlace(rings) : path.centroid(feature).map(Math.round)
      if (at.every(Number.isFinite)) result.points[code] = at
      if (area < smallest / 3) continue
    }
    const [x0, y0, x1, y1] = boundsOf(rings.flat())
    result.shapes[code] = pathOf(rings)
    result.labels[code] = labelPlace(rings)
    if (Math.min(x1 - x0, y1 - y0) < FLAT) result.small.push(code)
  }
  return result
}

/** @param dissolved one feature per first-level region with its `country` */
export async function worldMap(dissolved, countries, shape, d3) {
  const world = (await shape('-dissolve country -simplify interval=9000 keep-shapes', dissolved)).filter(
    ({ properties }) => properties.country !== 'AQ',
  )
  // Eleven degrees west the cut runs through Bering Strait and no country.
  const projection = d3.geoEqualEarth().rotate([-11, 0]).fitWidth(WORLD_WIDTH, collection(world))
  const { shapes, points, small } = outline(world, projection, 'country', WORLD_DOT, d3)
  for (const [code, at] of Object.entries(PLACES))
    if (!shapes[code] && !points[code] && countries.has(code)) points[code] = projection(at).map(Math.round)
  const height = Math.ceil(d3.geoPath(projection).bounds(collection(world))[1][1])
  for (const at of Object.values(points)) {
    at[0] = Math.max(MARGIN, Math.min(WORLD_WIDTH - MARGIN, at[0]))
    at[1] = Math.min(height, at[1])
  }
  for (const code of Object.keys(points)) delete shapes[code]
  return {
    box: [0, -MARGIN, WORLD_WIDTH, height + 2 * MARGIN],
    shapes,
    points: spread(points, 13),
    small: small.filter((code) => shapes[code]),
  }
}

const only = (features, isKept) =>
  features.flatMap((feature) => {
    const coordinates = polygonsOf(feature.geometry).filter((polygon) => isKept(feature.properties.region, polygon))
    return coordinates.length === 0 ? [] : [{ ...feature, geometry: { type: 'MultiPolygon', coordinates } }]
  })

function centred(country, features, d3) {
  // Around a point so far north, the whole of Siberia would stand aslant.
  if (country === 'RU') return d3.geoConicEqualArea().parallels([50, 70]).rotate([-100, 0])
  const flat = d3.geoAzimuthalEqualArea().rotate(d3.geoCentroid(collection(features)).map((v) => -v))
  const [[x0, y0], [x1, y1]] = d3.geoPath(flat).bounds(collection(features))
  const [longitude, latitude] = flat.invert([(x0 + x1) / 2, (y0 + y1) / 2])
  return d3.geoAzimuthalEqualArea().rotate([-longitude, -latitude])
}

/** A finer line than the grid shows would only cost bytes. */
const metresPerUnit = (projection) => (EARTH_KM * 1000) / projection.scale()

/** @param own the country's dissolved regions; `null` when fewer than two subdivisions have a shape */
export async function countryMap(country, own, shape, d3) {
  if (own.filter(({ properties }) => properties.region !== country).length < 2) return null
  const simplified = (list, projection) =>
    shape(`-simplify interval=${Math.max(60, Math.round(1.2 * metresPerUnit(projection)))} keep-shapes`, list)
  if (country === 'US') return unitedStates(own, simplified, d3)

  const largest = own
    .flatMap((feature) => polygonsOf(feature.geometry))
    .reduce((a, b) => (ringArea(b[0]) > ringArea(a[0]) ? b : a))
  const centre = d3.geoCentroid({ type: 'Polygon', coordinates: largest })
  const kilometres = d3
    .geoAzimuthalEqualArea()
    .rotate(centre.map((v) => -v))
    .scale(EARTH_KM)
    .translate([0, 0])
  const parts = own.flatMap(({ geometry, properties: { region } }) =>
    polygonsOf(geometry).map((polygon) => ({ region, polygon, ring: polygon[0].map((at) => kilometres(at)) })),
  )
  const { core, apart } = divide(country, parts)
  const inCore = new Set(core.map(({ polygon }) => polygon))
  const main = only(own, (_, polygon) => inCore.has(polygon))
  const projection = centred(country, main, d3).fitExtent([[0, 0], FRAME], collection(main))
  const map = outline(await simplified(main, projection), projection, 'region', DOT, d3)
  const insets = []
  const [x0, y0, x1, y1] = boundsOf(map.rings.flat())
  const bounds = [x0, y0, x1, y1]

  for (const group of apart) {
    const islands = new Set(group.map(({ polygon }) => polygon))
    const features = only(own, (_, polygon) => islands.has(polygon))
    const wish = projection(d3.geoCentroid(collection(features)))
    const [x, y, width, height, own_] = inset(features, projection, d3)
    const size = [width, height]
    const rings = map.rings.map((ring) => ring.map(([px, py]) => [px - x0, py - y0]))
    const taken = insets.map(([bx, by, bw, bh]) => [bx - x0, by - y0, bx - x0 + bw, by - y0 + bh])
    const free = freePlace(rings, taken, [x1 - x0, y1 - y0], size, [wish[0] - x0, wish[1] - y0])
    const at = free ? [free[0] + x0, free[1] + y0] : beside(bounds, size, wish)
    const corner = at.map(Math.round)
    own_.translate([own_.translate()[0] + corner[0] - x, own_.translate()[1] + corner[1] - y])
    const drawn = outline(await simplified(features, own_), own_, 'region', DOT, d3)
    Object.assign(map.shapes, drawn.shapes)
    Object.assign(map.points, drawn.points)
    Object.assign(map.labels, drawn.labels)
    map.small.push(...drawn.small)
    insets.push([...corner, width, height])
    bounds[0] = Math.min(bounds[0], corner[0])
    bounds[2] = Math.max(bounds[2], corner[0] + width)
    bounds[3] = Math.max(bounds[3], corner[1] + height)
  }
  return finished(map, bounds, insets)
}

/** Outside the map: to the side of a tall one, under a wide one. */
function beside([x0, y0, x1, y1], [width, height], wish) {
  const gap = 12
  if (x1 - x0 > 0.75 * (y1 - y0)) return [Math.max(x0, Math.min(x1 - width, wish[0] - width / 2)), y1 + gap]
  const y = Math.max(y0, Math.min(y1 - height, wish[1] - height / 2))
  return [wish[0] < (x0 + x1) / 2 ? x0 - width - gap : x1 + gap, y]
}

/** A projection that fits far islands into a small box at the origin: at most three times as large as the mainland. */
function inset(features, main, d3) {
  const room = [FRAME[0] * 0.27, FRAME[1] * 0.24]
  const projection = centred(null, features, d3).fitExtent([[0, 0], room], collection(features))
  projection.scale(Math.min(projection.scale(), main.scale() * 3))
  const [[x0, y0], [x1, y1]] = d3.geoPath(projection).bounds(collection(features))
  const pad = 10
  const width = Math.max(64, Math.ceil(x1 - x0) + 2 * pad)
  const height = Math.max(52, Math.ceil(y1 - y0) + 2 * pad)
  return [(x0 + x1) / 2 - width / 2, (y0 + y1) / 2 - height / 2, width, height, projection]
}

async function unitedStates(own, simplified, d3) {
  const projection = d3.geoAlbersUsa().fitExtent([[0, 0], FRAME], collection(own))
  const map = outline(await simplified(own, projection), projection, 'region', DOT, d3)
  return finished(map, boundsOf(map.rings.flat()), [])
}

function finished({ shapes, points, labels, small }, bounds, insets) {
  const apart = spread(points, 12)
  const [x0, y0, x1, y1] = boundsOf([bounds.slice(0, 2), bounds.slice(2), ...Object.values(apart)])
  const box = [x0 - MARGIN, y0 - MARGIN, x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN].map(Math.round)
  return { box, insets, shapes, points: apart, labels, small }
}
