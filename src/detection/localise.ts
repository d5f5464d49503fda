/** Where a rise sits: which regions, error types and networks carry its excess. */

/** Observed and foreseen reports of one part of the whole, over the same window. */
export interface Part {
  observed: number
  expected: number
}

export interface ExcessShare {
  key: string
  /** Reports beyond the foreseen. */
  excess: number
  /** Part of the whole excess, in [0, 1]. */
  share: number
  /** observed / expected, expected held at 0.1 or more. */
  ratio: number
}

/** Excess below this many standard deviations of Poisson is not told as a share: it is chance. */
const LEAST_DEVIATIONS = 1

/**
 * The parts that carry the excess, largest first. Shares are of the excess of all parts together, those below what was foreseen
 * left out, so they sum to at most 1.
 */
export function carriersOfExcess(parts: ReadonlyMap<string, Part>): ExcessShare[] {
  const total = sumOf(parts, ({ observed, expected }) => Math.max(0, observed - expected))
  if (total === 0) return []
  const carriers: ExcessShare[] = []
  for (const [key, { observed, expected }] of parts) {
    const excess = observed - expected
    if (excess < LEAST_DEVIATIONS * Math.sqrt(Math.max(expected, 0.25))) continue
    carriers.push({ key, excess, share: excess / total, ratio: observed / Math.max(0.1, expected) })
  }
  return carriers.sort((a, b) => b.excess - a.excess || (a.key < b.key ? -1 : 1))
}

export type Reach = 'worldwide' | 'regional' | 'network' | 'unclear'

export interface Localisation {
  reach: Reach
  /** The fewest regions that carry four fifths of the excess. */
  regions: ExcessShare[]
  errorTypes: ExcessShare[]
  /** Log likelihood ratio, in nats, of "only these regions rose" against "all rose alike" (Kulldorff 1997). */
  regionalEvidence: number
  /** Part of the excess since the onset that comes from the largest network, in [0, 1]. */
  largestNetworkShare: number
}

/** Evidence, in nats, from which a failure is told as regional. */
const REGIONAL_AT = 4
const CARRIED = 0.8
/** A failure of one network: so much of the excess from it, where it usually has less than half of that of the reports. */
const NETWORK_SHARE = 0.6
/** Fewer excess reports than this are told of no place. */
const LEAST_EXCESS = 5

/**
 * Where a spike sits.
 *
 * @param regions by region code, of one level (countries, or the subdivisions of one country)
 * @param networks each network's (such as an autonomous system's) part of the excess, and usual part of the reports; `null` where not
 *   known, and where the excess from any of them is a handful of reports
 */
export function localise(
  regions: ReadonlyMap<string, Part>,
  errorTypes: ReadonlyMap<string, Part>,
  networks: ReadonlyMap<string, { share: number; usualShare: number }> | null = null,
): Localisation {
  const carriers = carriersOfExcess(regions)
  const affected = untilCarried(carriers)
  const regionalEvidence = scan(regions, affected)
  const largest = networks === null ? null : [...networks.values()].sort((a, b) => b.share - a.share)[0]
  const excess = carriers.reduce((sum, carrier) => sum + carrier.excess, 0)
  const isOneNetwork = largest != null && largest.share >= NETWORK_SHARE && largest.usualShare < largest.share / 2
  let reach: Reach = 'worldwide'
  if (isOneNetwork) reach = 'network'
  else if (excess < LEAST_EXCESS || regions.size === 0) reach = 'unclear'
  else if (regions.size === 1) reach = 'regional'
  else if (regionalEvidence >= REGIONAL_AT && !hasRestRisen(regions, affected)) reach = 'regional'
  return {
    reach,
    regions: affected,
    errorTypes: carriersOfExcess(errorTypes),
    regionalEvidence,
    largestNetworkShare: largest?.share ?? 0,
  }
}

/** A network's part of a rise, and of the reports before it. */
export interface NetworkPart {
  share: number
  usualShare: number
}

/**
 * The part of an excess that comes from one network, in [0, 1]: what it has beyond its usual share of what was foreseen, over the
 * whole excess. The usual share is that of the reports before the rise, one of each kind added (Laplace), so that a network nobody
 * has heard of is thought to have had a little.
 *
 * @param whole reports of the rise from all networks
 * @param ofNetwork those of the network
 * @param usually reports before the rise
 */
export function networkPart(
  whole: Part,
  ofNetwork: number,
  usually: { reporters: number; ofNetwork: number },
): NetworkPart {
  const usualShare = (usually.ofNetwork + 1) / (usually.reporters + 2)
  const excess = Math.max(1, whole.observed - whole.expected)
  const share = (ofNetwork - usualShare * whole.expected) / excess
  return { share: Math.min(1, Math.max(0, share)), usualShare }
}

function untilCarried(carriers: readonly ExcessShare[]): ExcessShare[] {
  let carried = 0
  return carriers.filter(({ share }) => {
    const isNeeded = carried < CARRIED
    carried += share
    return isNeeded
  })
}

/**
 * Kulldorff's Poisson scan statistic for a chosen zone: the gain in log likelihood when the zone has a rate of its own, over one
 * rate for all, relative to what was foreseen. 0 where the zone is all there is or has no higher rate than the rest.
 */
function scan(regions: ReadonlyMap<string, Part>, zone: readonly ExcessShare[]): number {
  const { inside, outside } = divide(regions, zone)
  const [countInside, meanInside] = [inside.observed, inside.expected]
  const [countOutside, meanOutside] = [outside.observed, outside.expected]
  const [count, mean] = [countInside + countOutside, meanInside + meanOutside]
  if (!(meanInside > 0 && meanOutside > 0) || countInside / meanInside <= countOutside / meanOutside) return 0
  const term = (n: number, m: number) => (n > 0 ? n * Math.log(n / m) : 0)
  const gain = term(countInside, meanInside) + term(countOutside, meanOutside) - term(count, mean)
  // Choosing the zone by the data is paid for with the number of zones that could have been chosen.
  return Math.max(0, gain - zone.length * Math.log(Math.max(2, regions.size)))
}

/** The rest's rise over the zone's from which the failure is everywhere, if worse in the zone. */
const REST_ROSE_AT = 0.1
/** Standard deviations of Poisson that the rest must have risen by. */
const REST_DEVIATIONS = 3

/** Whether the rest rose as well: not as much, yet more than travellers and chance make of a failure elsewhere. */
function hasRestRisen(regions: ReadonlyMap<string, Part>, zone: readonly ExcessShare[]): boolean {
  const { inside, outside } = divide(regions, zone)
  const rise = ({ observed, expected }: Part) => observed / Math.max(0.1, expected) - 1
  const deviations = (outside.observed - outside.expected) / Math.sqrt(Math.max(1, outside.expected))
  return deviations >= REST_DEVIATIONS && rise(outside) >= REST_ROSE_AT * rise(inside)
}

function divide(regions: ReadonlyMap<string, Part>, zone: readonly ExcessShare[]): { inside: Part; outside: Part } {
  const inZone = new Set(zone.map(({ key }) => key))
  const [inside, outside] = [
    { observed: 0, expected: 0 },
    { observed: 0, expected: 0 },
  ]
  for (const [key, { observed, expected }] of regions) {
    const side = inZone.has(key) ? inside : outside
    side.observed += observed
    side.expected += expected
  }
  return { inside, outside }
}

function sumOf(parts: ReadonlyMap<string, Part>, value: (part: Part) => number): number {
  let total = 0
  for (const part of parts.values()) total += value(part)
  return total
}
