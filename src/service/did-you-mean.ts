import { editDistance } from './edit-distance.ts'
import { type ServiceEntry, squeezeText } from './service.ts'

export type Named = Pick<ServiceEntry, 'slug' | 'name' | 'aliases'>

const MOST_SUGGESTIONS = 3

/** A shorter word is the beginning of too many names to mean one of them. */
const SHORTEST_BEGINNING = 4

const keysOfServices = new WeakMap<Named, string[]>()

/** What people may call a service, as it is compared; made once for each. */
export function keysOf(service: Named): string[] {
  let keys = keysOfServices.get(service)
  if (!keys) {
    keys = [...new Set([service.slug, service.name, ...service.aliases].map(squeezeText))].filter(Boolean)
    keysOfServices.set(service, keys)
  }
  return keys
}

/** How many slips a word of this length may hold and still be recognised. */
export function slipsAllowed(length: number): number {
  if (length <= 3) return 0
  if (length <= 5) return 1
  return length <= 10 ? 2 : 3
}

/**
 * How many slips lie between what was typed and the nearest key; `null` when none is near enough. Hands seldom slip on the
 * first letter: it may be left out, doubled or swapped, but "test" is not "nest".
 */
export function slipsTo(keys: string[], typed: string): number | null {
  const allowed = slipsAllowed(typed.length)
  let fewest: number | null = null
  for (const key of keys) {
    const startsAlike = key[0] === typed[0]
    if (!startsAlike && key.slice(1) === typed.slice(1)) continue
    const limit = Math.min(startsAlike ? allowed : Math.min(allowed, 1), slipsAllowed(key.length))
    const slips = editDistance(typed, key, limit)
    if (slips <= limit && (fewest === null || slips < fewest)) fewest = slips
  }
  return fewest
}

/** Slugs that were perhaps meant by one that does not exist, the likeliest first; up to three, and none rather than a wild guess. */
export function didYouMean(slug: string, services: readonly Named[]): string[] {
  const typed = squeezeText(slug)
  if (typed === '') return []
  const candidates: { slug: string; rank: number }[] = []
  for (const service of services) {
    const ranks = [slipsTo(keysOf(service), typed), rankOfBeginning(service.slug, slug)].filter((rank) => rank !== null)
    if (ranks.length > 0) candidates.push({ slug: service.slug, rank: Math.min(...ranks) })
  }
  const isCertain = candidates.some(({ rank }) => rank === 0)
  return candidates
    .filter(({ rank }) => rank === 0 || !isCertain)
    .sort((a, b) => a.rank - b.rank || a.slug.length - b.slug.length || (a.slug < b.slug ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map((candidate) => candidate.slug)
}

/** Whole words at the front are better than a slip, parts of a word worse: "exchange" begins `exchange-online`, "gith" begins `github`. */
function rankOfBeginning(slug: string, asked: string): number | null {
  if (Math.min(asked.length, slug.length) < SHORTEST_BEGINNING) return null
  if (slug.startsWith(`${asked}-`) || asked.startsWith(`${slug}-`)) return 0.5
  return slug.startsWith(asked) ? 10 : null
}
