import { gapBetween, type Onset } from './onset.ts'

/**
 * People blame the wrong service: one carrier fails, and reports against its rivals rise. Whether another service's rise explains
 * this one is judged in two steps. They must be one event: the other rose first, and more, in the same places. Then this one was
 * either blamed by mistake or has failed as well, of the same cause or not: who is blamed is mostly a rival, and rises far less
 * against its own normal than what has failed, and the more kinds of services rise as it does, the likelier they share a cause.
 */
export interface Rise {
  service: string
  /** What sort of service it is; people take those of one category for one another. */
  category: string
  /** When the rise probably began. */
  onset: Onset
  /** Reports beyond the foreseen since the onset. */
  excess: number
  /** Reports foreseen since the onset. */
  expected: number
  /** Where it is used and where it rose, by region. */
  regions: ReadonlyMap<string, Place>
  /** Reports by minute, oldest first, ending at the same minute for all rises that are compared. */
  course: readonly number[]
}

export interface Place {
  /** Reports beyond the foreseen of late, 0 or more. */
  excess: number
  /** Reports that are foreseen for that time. */
  usual: number
}

export interface SpillOver {
  /** The service whose rise explains this one. */
  service: string
  /** Its excess over this one's. */
  excessRatio: number
  /** How much earlier it began, in ms; negative when it began later. */
  leadMs: number
  /** Part of this excess that lies where the other rose, or of the other's where this one did, whichever is less; in [0, 1]. */
  overlap: number
  /** Correlation of the two courses, in [-1, 1]. */
  likeness: number
  /** Probability that people took this service for the other, as far as the numbers tell; in [0, 1]. */
  score: number
}

/** A rise that has not been judged before is told as spill-over at odds of two to one: the first minutes promise too much. */
const TOLD_AT = 2 / 3
/**
 * What was told before stays until the odds are three to one against it: each change of mind is news to all who have heard the
 * first story.
 */
const TAKEN_BACK_BELOW = 0.25
const CHANGED_AT = 0.75

/** The other must have so many times the excess. */
const LARGER = 2
/** Onsets are known to some minutes; one that seems this much later may still have been first. */
const ONSET_SLACK_MS = 3 * 60_000
/** A cause does not act for longer than this before its effect. */
const LONGEST_LEAD_MS = 3 * 3_600_000
/** People blame the wrong service within minutes; a rise that begins later than this must follow the other's course. */
const PROMPT_MS = 3_600_000
const LEAST_LIKENESS = 0.3
const LEAST_OVERLAP = 0.5
/** Of what was told as one event half of these is enough, so that a number near its limit does not change the story to and fro. */
const LENIENCY = 2

/**
 * The log odds of a mistake, in nats: how much further the other has risen, each against its own normal as a logarithm, less what
 * speaks for a failure. A logistic fit to some 200 simulated worlds (rivals blamed, tenants failing with their cloud, rivals failing
 * one after the other, crowds gathering) says -4, 6, -6.5, -1.4 and -0.24; less steep here, since the real world is less tidy. How
 * large the excess is adds nothing to these.
 */
const ODDS = { ofNone: -3, perHeight: 4, ofStranger: -5, perKind: -1.5, perMinuteLate: -0.3 } as const
/** People err within minutes: what surely began later than the first of these probably failed; after the second, later says no more. */
const LATE_MINUTES = [5, 15] as const

/**
 * How well another rise explains this one.
 *
 * @param kinds other categories with a service that rose together with this one, and as far
 * @param wasOne whether both were told as one event before; once the other falls, its places and course show that no more
 */
export function scoreSpillOver(rise: Rise, other: Rise, kinds = 0, wasOne = false): SpillOver {
  const excessRatio = excessRatioOf(rise, other)
  const leadMs = rise.onset.atMs - other.onset.atMs
  const overlap = regionOverlap(rise.regions, other.regions)
  const likeness = correlation(rise.course, other.course)
  const isFollowing = wasOne || leadMs <= PROMPT_MS || likeness >= LEAST_LIKENESS
  const leniency = wasOne ? LENIENCY : 1
  const isThere = isFirst(rise, other) && isFollowing && overlap >= LEAST_OVERLAP / leniency
  const isOneEvent = excessRatio >= LARGER / leniency && (isThere || (wasOne && isFalling(other)))
  const lateMinutes = (rise.onset.fromMs - other.onset.untilMs) / 60_000
  const odds =
    ODDS.ofNone +
    ODDS.perHeight * (heightOf(other) - heightOf(rise)) +
    (other.category === rise.category ? 0 : ODDS.ofStranger) +
    ODDS.perKind * kinds +
    ODDS.perMinuteLate * (Math.min(LATE_MINUTES[1], Math.max(LATE_MINUTES[0], lateMinutes)) - LATE_MINUTES[0])
  return {
    service: other.service,
    excessRatio,
    leadMs,
    overlap,
    likeness,
    score: isOneEvent ? 1 / (1 + Math.exp(-odds)) : 0,
  }
}

/**
 * How far a rise is above its own normal, as a logarithm. One report on each side keeps what a handful of reports make of next to
 * nothing from being a great height.
 */
function heightOf({ excess, expected }: Rise): number {
  return Math.log((excess + expected + 1) / (expected + 1))
}

const WINDOW_MINUTES = 15

/** Whether the last quarter of an hour holds less than half of the reports of the fullest. */
function isFalling({ course }: Rise): boolean {
  let [window, fullest] = [0, 0]
  course.forEach((reports, minute) => {
    window += reports - (course[minute - WINDOW_MINUTES] ?? 0)
    fullest = Math.max(fullest, window)
  })
  return window < fullest / 2
}

/**
 * The rises that are large and early enough to explain one. Only the largest few: what fails so that people err about others is
 * among them, and the more are compared, the likelier one fits by chance.
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

/** Whether the other may have begun before this one, as far as both onsets are known. */
function isFirst(rise: Rise, other: Rise): boolean {
  const isLater = other.onset.fromMs > rise.onset.untilMs && other.onset.atMs - rise.onset.atMs > ONSET_SLACK_MS
  return !isLater && rise.onset.atMs - other.onset.atMs <= LONGEST_LEAD_MS
}

/** What was told of a rise before: the service that explains it, `null` where none does. */
export interface Told {
  explainedBy: string | null
}

/**
 * The rise among `others` that explains this one best, `null` where none does. What was told before stays until the numbers
 * clearly say otherwise.
 *
 * @param told `null` where the rise is judged for the first time
 */
export function findSpillOver(
  rise: Rise,
  others: readonly Rise[],
  told: Told | null = null,
  kinds = 0,
): SpillOver | null {
  let best: SpillOver | null = null
  for (const other of others) {
    if (other.service === rise.service) continue
    const isTold = other.service === told?.explainedBy
    const candidate = scoreSpillOver(rise, other, kinds, isTold)
    if (isTold && candidate.score >= TAKEN_BACK_BELOW) return candidate
    if (candidate.score > (best?.score ?? 0)) best = candidate
  }
  const threshold = told === null ? TOLD_AT : told.explainedBy === null ? CHANGED_AT : TAKEN_BACK_BELOW
  return best !== null && best.score >= threshold ? best : null
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
  return groupsOf(rises)
    .filter((group) => group.length >= LEAST_TOGETHER)
    .map((group) => group.sort((a, b) => a.onset.atMs - b.onset.atMs).map(({ service }) => service))
}

/** Rises that differ by less than this factor against their own normal are alike. */
const ALIKE = Math.log(4)

/** Of each service, how many other categories have a service that rose together with it, and as far. */
export function kindsRisenAlike(rises: readonly Rise[]): Map<string, number> {
  const kinds = new Map<string, number>()
  for (const group of groupsOf(rises)) {
    const heights = group.map((rise) => ({ category: rise.category, height: heightOf(rise) }))
    group.forEach(({ service, category }, n) => {
      const alike = heights.filter((one) => Math.abs(one.height - heights[n]!.height) <= ALIKE)
      kinds.set(service, new Set([category, ...alike.map((one) => one.category)]).size - 1)
    })
  }
  return kinds
}

/** Rises by what they rose together with: the largest, whose onset is known best, gathers those about it. */
function groupsOf(rises: readonly Rise[]): Rise[][] {
  const groups: Rise[][] = []
  for (const rise of [...rises].sort((a, b) => b.excess - a.excess)) {
    const group = groups.find(([largest]) => isTogether(rise, largest!))
    if (group === undefined) groups.push([rise])
    else group.push(rise)
  }
  return groups
}

function isTogether(rise: Rise, other: Rise): boolean {
  return (
    gapBetween(rise.onset, other.onset) <= TOGETHER_MS && regionOverlap(rise.regions, other.regions) >= LEAST_OVERLAP
  )
}

/**
 * In how far two services rose in the same places: the part of each excess that lies where the other rose, the lesser of both. Who
 * uses a service where is no evidence: a place in which the other is not used at all counts against the first alone. 1 where no
 * region is known.
 */
function regionOverlap(ours: ReadonlyMap<string, Place>, theirs: ReadonlyMap<string, Place>): number {
  const isUsed = ({ excess, usual }: Place) => excess > 0 || usual > 0
  const known = new Map([...theirs].filter(([region]) => isUsed(ours.get(region) ?? NOT_USED)))
  return Math.min(partWithin(ours, theirs), partWithin(known, ours))
}

const NOT_USED: Place = { excess: 0, usual: 0 }

/** Reports beside those that rose, spread as is usual: what a handful says of the places that it misses. */
const FORESEEN_REPORTS = 2

/** Part of an excess that lies where another is as large as it would be, did it rise everywhere alike. */
function partWithin(ours: ReadonlyMap<string, Place>, theirs: ReadonlyMap<string, Place>): number {
  const [all, rose, usual] = [sumOf(ours, 'excess'), sumOf(theirs, 'excess'), sumOf(theirs, 'usual')]
  if (all === 0 || rose === 0) return 1
  let within = 0
  for (const [region, { excess }] of ours) {
    const place = theirs.get(region) ?? NOT_USED
    const share = usual > 0 ? place.usual / usual : 0
    const risen = (place.excess + FORESEEN_REPORTS * share) / (rose + FORESEEN_REPORTS)
    if (risen > 0) within += excess * Math.min(1, share > 0 ? risen / share : 1)
  }
  return clamp(within / all)
}

function sumOf(places: ReadonlyMap<string, Place>, what: keyof Place): number {
  let sum = 0
  for (const place of places.values()) sum += place[what]
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
