import { findSharedCauses, findSpillOver, possibleCauses, type Rise } from '../detection/spill-over.ts'
import type { IncidentFacts } from '../incident/advance-incident.ts'
import type { Incident, IncidentLink } from '../incident/incident.ts'
import { levelOf } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { withBreaths } from './breathe.ts'
import { coursesOf } from './fact-queries.ts'
import { groupBy } from './group-by.ts'
import type { KnownService } from './load-series.ts'
import type { Surroundings } from './weigh-services.ts'

/** How far back the courses of two rises are compared. */
const COURSE_MINUTES = 60

export interface AskedService {
  service: KnownService
  incident: Incident | null
}

/**
 * Says which rises another service's rise explains, and which belong together: rivals that people confuse, clouds and those who
 * run on them, and services that rose at once without anybody having listed why.
 *
 * @param facts of the services asked about, in their order
 */
export async function explainRises(
  run: Run,
  asked: readonly AskedService[],
  facts: readonly IncidentFacts[],
  surroundings: Surroundings,
  nowMs: number,
): Promise<Pick<IncidentFacts, 'spillOver' | 'related'>[]> {
  const rising = asked.map((one, n) => ({ ...one, facts: facts[n]! })).filter(({ facts }) => facts.spikes.length > 0)
  if (rising.length < 2) return asked.map(() => ({ spillOver: null, related: [] }))
  const courses = await coursesOf(
    run,
    rising.map(({ service }) => service.id),
    nowMs - COURSE_MINUTES * MINUTE,
    nowMs,
  )
  const rises = new Map(
    rising.map(({ service, facts }): [string, Rise] => [
      service.slug,
      riseOf(service, facts, surroundings, courses.get(service.id) ?? [], nowMs),
    ]),
  )
  const bySlug = new Map(rising.map((one) => [one.service.slug, one]))
  const links = linksAmong(bySlug, findSharedCauses([...rises.values()]))
  const causes = [...rises.values()]
    .filter(({ service }) => bySlug.get(service)!.incident?.class === 'outage')
    .sort((a, b) => b.excess - a.excess)
  const rivals = groupBy(causes, ({ service }) => bySlug.get(service)!.service.category)
  const explained: Pick<IncidentFacts, 'spillOver' | 'related'>[] = []
  for await (const [, { service }] of withBreaths(asked)) {
    const rise = rises.get(service.slug)
    if (rise === undefined) {
      explained.push({ spillOver: null, related: [] })
      continue
    }
    const isAllowed = (other: string) => !failsWith(service, bySlug.get(other)!.service)
    const others = new Set([
      ...possibleCauses(rise, causes, isAllowed),
      ...possibleCauses(rise, rivals.get(service.category) ?? [], isAllowed),
    ])
    const isRival = (_: string, other: string) => bySlug.get(other)!.service.category === service.category
    const found = findSpillOver(rise, [...others], isRival)
    const incidentId = found === null ? null : (bySlug.get(found.service)!.incident?.id ?? null)
    const spillOver =
      found === null || incidentId === null
        ? null
        : {
            incidentId,
            service: found.service,
            evidence: {
              excessRatio: found.excessRatio,
              leadMs: found.leadMs,
              overlap: found.overlap,
              likeness: found.likeness,
              score: found.score,
            },
          }
    explained.push({ spillOver, related: links(service) })
  }
  return explained
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

function riseOf(
  { id, slug }: KnownService,
  { spikes, reports, expected }: IncidentFacts,
  { recent, usual }: Surroundings,
  course: readonly number[],
  nowMs: number,
): Rise {
  const onsetMs = Math.min(...spikes.map(({ onsetAt }) => onsetAt.getTime()))
  const foreseen = (expected * Math.max(1, (nowMs - onsetMs) / MINUTE)) / 15
  const regions = new Map<string, number>()
  for (const [scope, { reporters }] of recent.get(id) ?? [])
    if (levelOf(scope) === 'country') regions.set(scope, Math.max(0, reporters - (usual.get(id)?.get(scope) ?? 0)))
  return { service: slug, onsetMs, excess: Math.max(0, reports - foreseen), expected: foreseen, regions, course }
}
