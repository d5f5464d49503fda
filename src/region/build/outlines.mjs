// Turns projected geometry into compact SVG paths, points and places for a label.

export const polygonsOf = (geometry) =>
  geometry === null ? [] : geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

/** Projects a feature to rings of whole numbers; a ring smaller than the grid is dropped. */
export function gridRings(feature, path) {
  const rings = []
  let ring = []
  const round = (x, y) => [Math.round(x), Math.round(y)]
  path.context({
    moveTo(x, y) {
      ring = [round(x, y)]
      rings.push(ring)
    },
    lineTo: (x, y) => ring.push(round(x, y)),
    closePath() {},
    arc() {},
    beginPath() {},
  })(feature)
  path.context(null)
  return rings.map(withoutRepeats).filter((points) => points.length > 2)
}

/** Leaves out points that repeat, run straight on, or go out and back on the same line. */
function withoutRepeats(points) {
  const kept = []
  for (const point of points) {
    kept.push(point)
    while (kept.length > 1 && isRedundant(kept)) kept.splice(-2, 1)
    if (kept.length > 1 && same(kept.at(-1), kept.at(-2))) kept.pop()
  }
  while (kept.length > 1 && same(kept[0], kept.at(-1))) kept.pop()
  return kept
}

const same = (a, b) => a[0] === b[0] && a[1] === b[1]

function isRedundant(kept) {
  if (kept.length < 3) return false
  const [[ax, ay], [bx, by], [cx, cy]] = kept.slice(-3)
  return (bx - ax) * (cy - by) === (by - ay) * (cx - bx)
}

/** A path of steps from point to point; SVG needs no blank before a minus sign. */
export function pathOf(rings) {
  return rings
    .map((points) => {
      const steps = points.slice(1).map(([x, y], n) => [x - points[n][0], y - points[n][1]])
      const numbers = steps.flat().reduce((text, n) => text + (n < 0 || text === '' ? '' : ' ') + n, '')
      return `M${points[0][0]} ${points[0][1]}l${numbers}z`
    })
    .join('')
}

export function ringArea(ring) {
  let twice = 0
  for (let n = 0, m = ring.length - 1; n < ring.length; m = n++)
    twice += ring[m][0] * ring[n][1] - ring[n][0] * ring[m][1]
  return Math.abs(twice) / 2
}

export function boundsOf(points) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    bounds[0] = Math.min(bounds[0], x)
    bounds[1] = Math.min(bounds[1], y)
    bounds[2] = Math.max(bounds[2], x)
    bounds[3] = Math.max(bounds[3], y)
  }
  return bounds
}

export function contains(ring, [x, y]) {
  let isInside = false
  for (let n = 0, m = ring.length - 1; n < ring.length; m = n++) {
    const [ax, ay] = ring[n]
    const [bx, by] = ring[m]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside
  }
  return isInside
}

function distanceToEdge(ring, [x, y]) {
  let least = Infinity
  for (let n = 0, m = ring.length - 1; n < ring.length; m = n++) {
    const [ax, ay] = ring[m]
    const [dx, dy] = [ring[n][0] - ax, ring[n][1] - ay]
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy))
  }
  return least
}

/** The place farthest from the border of the largest ring: where a value can be written. */
export function labelPlace(rings) {
  const ring = rings.reduce((a, b) => (ringArea(b) > ringArea(a) ? b : a))
  const [x0, y0, x1, y1] = boundsOf(ring)
  let best = [(x0 + x1) / 2, (y0 + y1) / 2]
  let room = -1
  const step = Math.max(x1 - x0, y1 - y0) / 28
  for (let x = x0 + step / 2; x < x1; x += step)
    for (let y = y0 + step / 2; y < y1; y += step) {
      if (!contains(ring, [x, y])) continue
      const distance = distanceToEdge(ring, [x, y])
      if (distance > room) [best, room] = [[x, y], distance]
    }
  return best.map(Math.round)
}

/** Moves dots that would hide one another apart, each as little as needed. */
export function spread(points, distance) {
  const codes = Object.keys(points)
  for (let round = 0; round < 60; round++)
    for (const a of codes)
      for (const b of codes) {
        if (a >= b) continue
        const [dx, dy] = [points[b][0] - points[a][0], points[b][1] - points[a][1]]
        const gap = Math.hypot(dx, dy)
        if (gap >= distance) continue
        const push = (distance - gap) / 2
        const [ux, uy] = gap === 0 ? [1, 0] : [dx / gap, dy / gap]
        points[a] = [points[a][0] - ux * push, points[a][1] - uy * push]
        points[b] = [points[b][0] + ux * push, points[b][1] + uy * push]
      }
  return Object.fromEntries(codes.map((code) => [code, points[code].map(Math.round)]))
}
