import { type Onset, onsetOf } from '../detection/onset.ts'
import {
  findSharedCauses,
  findSpillOver,
  kindsRisenAlike,
  type Place,
  possibleCauses,
  type Rise,
} from '../detection/spill-over.ts'
import type { IncidentFacts } from '../incident/advance-incident.ts'
import type { Incident, IncidentLink, SpillOverOf } from '../incident/incident.ts'
import type { Spike } from '../incident/spike.ts'
import { levelOf, type Scope } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { withBreaths } from './breathe.ts'
import { type CountSums, coursesOf } from './fact-queries.ts'
import { groupBy } from './group-by.ts'
import type { KnownService } from './load-series.ts'
import type { Surroundings } from './weigh-services.ts'

/** How far back the courses of two rises are compared. */
const COURSE_MINUTES = 60

export interface AskedService {
  service: KnownService
  incident: Incident | null
}

export type Reasons = Pick<IncidentFacts, 'onset' | 'spillOver' | 'related'>

const NO_REASONS: Reasons = { onset: null, spillOver: null, related: [] }

/**
 * Says which rises another service's rise explains, and which belong together: rivals that people confuse, clouds and those who
 * run on them, and services that rose at once without anybody having listed why.
 *
 * @param facts of the services asked about, in their order
 * @param incidents all that go on, or ended so lately that a rise would re-open them
 */
export async function explainRises(
  run: Run,
  asked: readonly AskedService[],
  facts: readonly IncidentFacts[],
  incidents: readonly Incident[],
  surroundings: Surroundings,
  nowMs: number,
): Promise<Reasons[]> {
  const rising = asked.map((one, n) => ({ ...one, facts: facts[n]! })).filter(({ facts }) => facts.spikes.length > 0)
  if (rising.length === 0) return asked.map(() => NO_REASONS)
  const courses = await coursesOf(
    run,
    rising.map(({ service }) => service.id),
    nowMs - COURSE_MINUTES * MINUTE,
    nextMinute(nowMs),
  )
  const bySlug = new Map(rising.map((one) => [one.service.slug, one]))
  // A shift of the mix without more reports than usual is nothing that people report by mistake, nor does it begin at an instant.
  const rises = new Map(
    rising
      .filter(({ facts }) => facts.spikes.some(({ cause }) => cause === 'volume'))
      .map((one): [string, Rise] => [
        one.service.slug,
        riseOf(one, surroundings, courses.get(one.service.id) ?? [], nowMs),
      ]),
  )
  const explanations = await explainAll(bySlug, rises, incidents)
  const unexplained = [...rises.values()].filter(({ service }) => !explanations.has(service))
  const links = linksAmong(bySlug, findSharedCauses(unexplained))
  return asked.map(({ service }) => {
    if (!bySlug.has(service.slug)) return NO_REASONS
    const onset = rises.get(service.slug)?.onset ?? null
    return { onset, spillOver: explanations.get(service.slug) ?? null, related: links(service) }
  })
}

/** The explanations of all rises that another explains. */
async function explainAll(
  bySlug: ReadonlyMap<string, AskedService>,
  rises: ReadonlyMap<string, Rise>,
  incidents: readonly Incident[],
): Promise<Map<string, SpillOverOf>> {
  const causes = [...rises.values()]
    .filter(({ service }) => bySlug.get(service)!.incident?.class === 'outage')
    .sort((a, b) => b.excess - a.excess)
  const rivals = groupBy(causes, ({ category }) => category)
  const kinds = kindsRisenAlike([...rises.values()])
  const ofLate = new Set(incidents.map(({ id }) => id))
  const explanations = new Map<string, SpillOverOf>()
  for await (const [, rise] of withBreaths([...rises.values()])) {
    const { service, incident } = bySlug.get(rise.service)!
    const before = incident?.spillOverOf ?? null
    const isDecided = incident !== null && (incident.isClassFixed || incident.class === 'dismissed')
    // Mistaken reports outlast what they mistook for a while, and say nothing new of it.
    const hasEnded = before !== null && !rises.has(before.service) && ofLate.has(before.incidentId)
    if (isDecided || hasEnded) {
      if (before !== null) explanations.set(rise.service, before)
      continue
    }
    const isAllowed = (other: string) => !failsWith(service, bySlug.get(other)!.service)
    const others = new Set([
      ...causes.filter((other) => other.service === before?.service),
      ...possibleCauses(rise, causes, isAllowed),
      ...possibleCauses(rise, rivals.get(rise.category) ?? [], isAllowed),
    ])
    const told = incident === null ? null : { explainedBy: before?.service ?? null }
    const found = findSpillOver(rise, [...others], told, kinds.get(rise.service))
    if (found === null) continue
    const { service: other, ...evidence } = found
    explanations.set(rise.service, { incidentId: bySlug.get(other)!.incident!.id, service: other, evidence })
  }
  return explanations
}

/** Who runs on a service that fails has failed as well, and so have all who run on one: that is no mistake of the reporters. */
function failsWith(service: KnownService, other: KnownService): boolean {
  const isListed = service.dependsOn.includes(other.slug) || other.dependsOn.includes(service.slug)
  return isListed || service.dependsOn.some((carrier) => other.dependsOn.includes(carrier))
}

/** When half the Internet fails, a story does not list the other half. */
const MOST_LINKS = 12

/** The links of each service to others that rise. */
function linksAmong(
  rising: ReadonlyMap<string, AskedService>,
  groups: readonly string[][],
): (service: KnownService) => IncidentLink[] {
  const carried = new Map<string, string[]>()
  for (const [slug, { service }] of rising)
    for (const carrier of service.dependsOn) carried.set(carrier, [...(carried.get(carrier) ?? []), slug])
  const groupOf = new Map(groups.flatMap((group) => group.map((slug): [string, string[]] => [slug, group])))
  return ({ slug, dependsOn }) => {
    const links = new Map<string, IncidentLink>()
    const add = (others: readonly string[], relation: IncidentLink['relation']) => {
      for (const other of others) {
        if (links.size === MOST_LINKS) return
        const incident = rising.get(other)?.incident
        if (other === slug || !incident || links.has(other)) continue
        links.set(other, { incidentId: incident.id, service: other, relation })
      }
    }
    add(dependsOn, 'depends-on')
    add(carried.get(slug) ?? [], 'carries')
    add(groupOf.get(slug) ?? [], 'rose-together')
    return [...links.values()]
  }
}

/** What a category stands for that only says that none fits: its services are nobody's rivals. */
const NO_CATEGORY = 'other'

function riseOf(
  { service: { id, slug, category }, incident, facts }: AskedService & { facts: IncidentFacts },
  { recent, usual }: Surroundings,
  course: readonly number[],
  nowMs: number,
): Rise {
  const usualPerMinute = facts.expected / 15
  const foreseenSince = (ms: number) => usualPerMinute * Math.max(1, (nowMs - ms) / MINUTE)
  const endMs = nextMinute(nowMs)
  const isWorldwide = facts.spikes.some(({ region }) => region === null)
  const counted = isWorldwide ? onsetOf(course, usualPerMinute, endMs) : null
  const onset = counted ?? onsetTold(incident, facts.spikes)
  const sinceOnset = counted && course.slice((counted.atMs - endMs) / MINUTE).reduce((sum, reports) => sum + reports, 0)
  const expected = foreseenSince(onset.atMs)
  return {
    service: slug,
    category: category === NO_CATEGORY ? slug : category,
    onset,
    excess: Math.max(0, (sinceOnset ?? facts.reports) - expected),
    expected,
    regions: placesOf(recent.get(id), usual.get(id)),
    // The minute under way is not whole in any course.
    course: course.slice(0, -1),
  }
}

function placesOf(
  recent: ReadonlyMap<Scope, CountSums> = new Map(),
  usual: ReadonlyMap<Scope, number> = new Map(),
): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const scope of new Set([...recent.keys(), ...usual.keys()])) {
    if (levelOf(scope) !== 'country') continue
    const foreseen = usual.get(scope) ?? 0
    places.set(scope, { excess: Math.max(0, (recent.get(scope)?.reporters ?? 0) - foreseen), usual: foreseen })
  }
  return places
}

/** The onset as it was told, else the detector's word, to some minutes. */
function onsetTold(incident: Incident | null, spikes: readonly Spike[]): Onset {
  if (incident !== null) {
    const { onsetAt, onsetFrom, onsetUntil } = incident
    return { atMs: onsetAt.getTime(), fromMs: onsetFrom.getTime(), untilMs: onsetUntil.getTime() }
  }
  const atMs = Math.min(...spikes.map(({ onsetAt }) => onsetAt.getTime()))
  return { atMs, fromMs: atMs - 2 * MINUTE, untilMs: atMs + 2 * MINUTE }
}

/** End of the minute under way. */
const nextMinute = (nowMs: number) => Math.floor(nowMs / MINUTE) * MINUTE + MINUTE
