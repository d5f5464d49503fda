// Which parts of a country the main map shows, and which stand in a box of their own because they lie far off.
import { boundsOf, contains, ringArea } from './outlines.mjs'

/** Parts that follow one another island by island, yet make the mainland small. */
const APART = { JP: ['JP-47'] }

/** Nearer than this, or than the share of the mainland's extent, belongs to the main map. */
const NEAR_KM = 300
const NEAR_SHARE = 0.12
/** An islet of a shown subdivision that is smaller than this, yet widens the map by more than that, is left out. */
const ISLET_SHARE = 0.003
const ISLET_WIDENS = 1.08
/** Where no part is the mainland (Malaysia, archipelagos), all of it is drawn at one scale. */
const MAINLAND_SHARE = 0.8
/** Countries that live on a few islands close together and own atolls far away. */
const MAINLAND_SHARE_OF = { SC: 0.3 }

const gap = (a, b) => Math.max(0, a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])
const join = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]

const area = (list) => list.reduce((sum, island) => sum + island.area, 0)
const widening = (a, b) => Math.max((b[2] - b[0]) / (a[2] - a[0]), (b[3] - b[1]) / (a[3] - a[1]))

/**
 * @param parts one per island: `{ region, ring }`, ring in kilometres
 * @returns {{ core: parts, apart: parts[] }} the mainland, and groups of whole subdivisions far from it; a far island of a
 *   subdivision that the mainland shows is in neither
 */
export function divide(country, parts) {
  const islands = parts
    .map((part) => ({ ...part, bounds: boundsOf(part.ring), area: ringArea(part.ring) }))
    .sort((a, b) => b.area - a.area)
  const forced = new Set(APART[country] ?? [])
  const rest = islands.filter(({ region }) => !forced.has(region))
  const start = rest.findIndex(({ region }) => region !== country)
  const core = rest.splice(start, 1)
  let bounds = core[0].bounds
  for (let found = true; found; ) {
    const near = Math.max(NEAR_KM, NEAR_SHARE * Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]))
    const n = rest.findIndex((island) => gap(island.bounds, bounds) <= near)
    found = n >= 0
    if (found) {
      const [island] = rest.splice(n, 1)
      const joined = join(bounds, island.bounds)
      const isShown = core.some(({ region }) => region === island.region)
      const isIslet = island.region === country || (isShown && island.area < ISLET_SHARE * area(core))
      if (isIslet && widening(bounds, joined) > ISLET_WIDENS) continue
      core.push(island)
      bounds = joined
    }
  }
  if (area(core) < (MAINLAND_SHARE_OF[country] ?? MAINLAND_SHARE) * area(islands)) return { core: islands, apart: [] }

  const shown = new Set([country, ...core.map(({ region }) => region)])
  const groups = []
  for (const island of islands.filter(({ region }) => !shown.has(region))) {
    const touching = groups.filter((g) =>
      g.some((other) => other.region === island.region || gap(other.bounds, island.bounds) < NEAR_KM),
    )
    for (const group of touching) groups.splice(groups.indexOf(group), 1)
    groups.push([island, ...touching.flat()])
  }
  return { core, apart: groups.map(withoutIslets) }
}

/** Of each far region its largest island, and those that are at least a hundredth of that. */
function withoutIslets(group) {
  const largest = new Map()
  for (const { region, area } of group) largest.set(region, Math.max(area, largest.get(region) ?? 0))
  return group.filter(({ region, area }) => area >= largest.get(region) / 100)
}

/** Points all over a box: a long straight border may cross it without a corner inside. */
function samples([x0, y0, x1, y1]) {
  const steps = [0, 0.25, 0.5, 0.75, 1]
  return steps.flatMap((u) => steps.map((v) => [x0 + u * (x1 - x0), y0 + v * (y1 - y0)]))
}

/** @returns the free place for a box of `size` nearest to `wish`, or `null`; `rings` are what it must not cover */
export function freePlace(rings, taken, [width, height], size, wish) {
  let best = null
  let least = Infinity
  const margin = 8
  for (let x = 0; x <= width - size[0]; x += 6)
    for (let y = 0; y <= height - size[1]; y += 6) {
      const distance = Math.hypot(x + size[0] / 2 - wish[0], y + size[1] / 2 - wish[1])
      if (distance >= least) continue
      const box = [x - margin, y - margin, x + size[0] + margin, y + size[1] + margin]
      if (taken.some((other) => gap(other, box) === 0)) continue
      const covers = ([px, py]) => px > box[0] && px < box[2] && py > box[1] && py < box[3]
      if (rings.some((ring) => ring.some(covers) || samples(box).some((at) => contains(ring, at)))) continue
      best = [x, y]
      least = distance
    }
  return best
}
