/**
 * People blame the wrong service: one carrier fails, and reports against its rivals rise. Whether another service's rise explains
 * this one is judged by four things that a spill-over has and an outage of its own has not: the other rose first, by far more, in
 * the same places, and the courses of both are alike.
 */
export interface Rise {
  service: string
  /** When the rise probably began. */
  onsetMs: number
  /** Reports beyond the foreseen since the onset. */
  excess: number
  expected: number
  /** Excess by region. */
  regions: ReadonlyMap<string, number>
  /** Excess by minute, oldest first, ending at the same minute for all rises that are compared. */
  course: readonly number[]
}

export interface SpillOver {
  /** The service whose rise explains this one. */
  service: string
  /** Its excess over this one's. */
  excessRatio: number
  /** How much earlier it began, in ms; negative when it began later. */
  leadMs: number
  /** Part of this excess that lies where the other's does, in [0, 1]. */
  overlap: number
  /** Correlation of the two courses, in [-1, 1]. */
  likeness: number
  /** Between 0 and 1; told as spill-over from 0.5. */
  score: number
  isSpillOver: boolean
}

/** The other must have so many times the excess. */
const LARGER = 4
/** Onsets are known to some minutes; one that seems this much later may still have been first. */
const ONSET_SLACK_MS = 3 * 60_000
/** A cause does not act for longer than this before its effect. */
const LONGEST_LEAD_MS = 3 * 3_600_000
/** People blame the wrong service within minutes; a rise that begins later than this must follow the other's course. */
const PROMPT_MS = 3_600_000
const LEAST_LIKENESS = 0.3
const LEAST_OVERLAP = 0.5
/** A service that rises this much beyond its own normal has trouble of its own, whatever else fails. */
const OWN_TROUBLE_RATIO = 20

/**
 * How well another rise explains this one.
 *
 * @param isRelated whether the catalogue says that people confuse the two (rivals, or one runs on the other)
 */
export function scoreSpillOver(rise: Rise, other: Rise, isRelated = false): SpillOver {
  const excessRatio = excessRatioOf(rise, other)
  const leadMs = rise.onsetMs - other.onsetMs
  const overlap = regionOverlap(rise.regions, other.regions)
  const likeness = correlation(rise.course, other.course)
  const ownRatio = (rise.excess + rise.expected) / Math.max(0.1, rise.expected)
  const isFollowing = leadMs <= PROMPT_MS || likeness >= LEAST_LIKENESS
  const isPossible =
    isFirst(rise, other) &&
    isLarger(rise, other) &&
    isFollowing &&
    overlap >= LEAST_OVERLAP &&
    ownRatio < OWN_TROUBLE_RATIO
  const size = Math.min(1, Math.log(excessRatio / LARGER + 1) / Math.log(6))
  const score = isPossible
    ? clamp(0.3 * size + 0.3 * overlap + 0.25 * Math.max(0, likeness) + (isRelated ? 0.25 : 0.05))
    : 0
  return { service: other.service, excessRatio, leadMs, overlap, likeness, score, isSpillOver: score >= 0.5 }
}

/**
 * The rises that are large and early enough to explain one. Only the largest few: what a cause gains by its size is had at twenty
 * times, and the more are compared, the likelier chance makes two courses alike.
 *
 * @param bySize largest excess first; of two that are equal, the first given counts as the larger
 */
export function possibleCauses(
  rise: Rise,
  bySize: readonly Rise[],
  isAllowed: (service: string) => boolean = () => true,
): Rise[] {
  const found: Rise[] = []
  for (const other of bySize) {
    if (found.length === MOST_CAUSES || !isLarger(rise, other)) break
    if (other.service !== rise.service && isFirst(rise, other) && isAllowed(other.service)) found.push(other)
  }
  return found
}

const MOST_CAUSES = 16

function isLarger(rise: Rise, other: Rise): boolean {
  return excessRatioOf(rise, other) >= LARGER
}

function excessRatioOf(rise: Rise, other: Rise): number {
  return other.excess / Math.max(0.5, rise.excess)
}

function isFirst(rise: Rise, other: Rise): boolean {
  const leadMs = rise.onsetMs - other.onsetMs
  return leadMs >= -ONSET_SLACK_MS && leadMs <= LONGEST_LEAD_MS
}

/** The rise among `others` that explains this one best; `null` where none does. */
export function findSpillOver(
  rise: Rise,
  others: readonly Rise[],
  isRelated: (service: string, other: string) => boolean = () => false,
): SpillOver | null {
  let best: SpillOver | null = null
  for (const other of others) {
    if (other.service === rise.service) continue
    const candidate = scoreSpillOver(rise, other, isRelated(rise.service, other.service))
    if (candidate.isSpillOver && candidate.score > (best?.score ?? 0)) best = candidate
  }
  return best
}

/** Rises of one cause begin within this of one another. */
const TOGETHER_MS = 10 * 60_000
/** Fewer services than this rising at once may be chance. */
const LEAST_TOGETHER = 3

/**
 * Services that rose together without one of them explaining the others: a cause they share, listed or not. Each group holds
 * three or more, in order of onset.
 */
export function findSharedCauses(rises: readonly Rise[]): string[][] {
  const ordered = [...rises].sort((a, b) => a.onsetMs - b.onsetMs)
  const groups: Rise[][] = []
  let oldest = 0
  for (const rise of ordered) {
    while (oldest < groups.length && rise.onsetMs - groups[oldest]![0]!.onsetMs > TOGETHER_MS) oldest++
    let group: Rise[] | null = null
    for (let n = oldest; n < groups.length && group === null; n++)
      if (regionOverlap(rise.regions, groups[n]![0]!.regions) >= LEAST_OVERLAP) group = groups[n]!
    if (group === null) groups.push([rise])
    else group.push(rise)
  }
  return groups.filter((group) => group.length >= LEAST_TOGETHER).map((group) => group.map(({ service }) => service))
}

/** Part of the first excess that lies where the second's does: the sum of the lesser shares. 1 where no region is known. */
function regionOverlap(ours: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>): number {
  const [sumOurs, sumTheirs] = [positiveSum(ours), positiveSum(theirs)]
  if (sumOurs === 0 || sumTheirs === 0) return 1
  let overlap = 0
  for (const [region, excess] of ours) {
    overlap += Math.min(Math.max(0, excess) / sumOurs, Math.max(0, theirs.get(region) ?? 0) / sumTheirs)
  }
  return clamp(overlap)
}

function positiveSum(values: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const value of values.values()) sum += Math.max(0, value)
  return sum
}

/** Pearson's correlation over the minutes both have, counted from the end; 0 where either is flat or too short. */
function correlation(ours: readonly number[], theirs: readonly number[]): number {
  const length = Math.min(ours.length, theirs.length)
  if (length < 5) return 0
  const fromOurs = ours.length - length
  const fromTheirs = theirs.length - length
  let [meanOurs, meanTheirs] = [0, 0]
  for (let i = 0; i < length; i++) {
    meanOurs += ours[fromOurs + i]! / length
    meanTheirs += theirs[fromTheirs + i]! / length
  }
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < length; i++) {
    const x = ours[fromOurs + i]! - meanOurs
    const y = theirs[fromTheirs + i]! - meanTheirs
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
