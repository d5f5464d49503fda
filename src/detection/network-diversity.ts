/**
 * What one more report weighs, given what its network has said already. Hosts of one prefix are cheap to multiply (a NAT, a botnet's
 * rack, a rented proxy list), prefixes are not; so evidence is counted in prefixes. Both factors are saturating laws: the sum over any
 * number of reports from one /24 or /48 stays below 3 people, that of one /16 or /32 below 9, whatever is sent.
 */

/** Time in which what a network has said is forgotten to 1/e; the same half hour in which a person has one voice. */
export const NETWORK_MEMORY_MS = 30 * 60_000

/** Reports of a wider network (/16, /32) at which the weight of the next one has fallen to a quarter. */
export const WIDER_SCALE = 8

/** Weights are stored as integer thousandths of a person, so that sums do not depend on the order of addition. */
export const FULL_WEIGHT = 1000

/**
 * Weight of a report in thousandths of a person: `round(1000 / ((1 + n) * (1 + w / 8)^2))`.
 *
 * @param networkSeen n: decayed count of reports already counted from the same /24 or /48 on this service, 0 or more
 * @param widerSeen w: the same for the /16 or /32 around it (which contains n); 0 or more
 * @returns an integer from 0 to 1000
 * @throws RangeError for a negative or infinite count
 */
export function reportWeight(networkSeen: number, widerSeen: number): number {
  if (!(networkSeen >= 0 && widerSeen >= 0 && Number.isFinite(networkSeen + widerSeen))) {
    throw new RangeError(`counts of reports must be finite and 0 or more, got ${networkSeen} and ${widerSeen}`)
  }
  return Math.round(FULL_WEIGHT / ((1 + networkSeen) * (1 + widerSeen / WIDER_SCALE) ** 2))
}

/** What remains of a decayed count after a while; a clock that ran backwards forgets nothing. */
export function decaySeen(seen: number, elapsedMs: number): number {
  return seen * Math.exp(-Math.max(0, elapsedMs) / NETWORK_MEMORY_MS)
}

/** The numbers behind `isDiverse`, as the methodology page prints them. */
export const DIVERSITY_RULE = {
  /** At least this many networks, however few the reporters. */
  minNetworks: 5,
  /** Networks wanted per square root of the reporters: in true crowds networks repeat, as birthdays do. */
  networksPerRootReporter: 2,
  /** So many networks are enough, however many the reporters: mobile carriers hide whole countries behind a few dozen. */
  enoughNetworks: 40,
  /** At least this many wider networks (/16, /32), where they were counted. */
  minWiderNetworks: 4,
} as const

/**
 * Whether the reporters come from enough different networks to call a rise confirmed rather than suspected.
 *
 * @param networks distinct /24 or /48 prefixes since the onset
 * @param reporters people since the onset
 * @param widerNetworks distinct /16 or /32 prefixes since the onset; `null` when not counted
 */
export function isDiverse(networks: number, reporters: number, widerNetworks: number | null = null): boolean {
  const rule = DIVERSITY_RULE
  const wanted = Math.max(rule.minNetworks, rule.networksPerRootReporter * Math.sqrt(Math.max(0, reporters)))
  if (networks < Math.min(rule.enoughNetworks, wanted)) return false
  return widerNetworks === null || widerNetworks >= rule.minWiderNetworks
}

/** Who reported since an onset: people, and the prefixes that they came from. */
export interface Heard {
  reporters: number
  networks: number
  widerNetworks: number
}

/**
 * Whether an error type's rise comes from enough different networks. Those who name it usually are diverse, and would vouch for a
 * flood beside them; so they are taken off, at the rate that the reports of all other types foretell.
 *
 * @param all reports of whatever type
 * @param ofType those of the type whose share rose
 * @param usualShare of the type among all reports, in [0, 1)
 */
export function isDiverseOfType(all: Heard, ofType: Heard, usualShare: number): boolean {
  const odds = usualShare / (1 - usualShare)
  const beyond = (count: keyof Heard) => ofType[count] - Math.max(0, all[count] - ofType[count]) * odds
  return isDiverse(beyond('networks'), beyond('reporters'), beyond('widerNetworks'))
}
