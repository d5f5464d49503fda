import { findSharedCauses, findSpillOver, type Rise } from '../detection/spill-over.ts'
import type { IncidentFacts } from '../incident/advance-incident.ts'
import type { Incident, IncidentLink } from '../incident/incident.ts'
import { levelOf } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { coursesOf } from './fact-queries.ts'
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
  const groups = findSharedCauses([...rises.values()])
  return asked.map(({ service }) => {
    const rise = rises.get(service.slug)
    if (rise === undefined) return { spillOver: null, related: [] }
    const others = [...rises.values()].filter(
      ({ service: other }) =>
        // Who runs on a service that fails has failed as well: that is no mistake of the reporters.
        !service.dependsOn.includes(other) && bySlug.get(other)!.incident?.class === 'outage',
    )
    const found = findSpillOver(rise, others, (_, other) => bySlug.get(other)!.service.category === service.category)
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
    return { spillOver, related: linksOf(service, bySlug, groups) }
  })
}

/** When half the Internet fails, a story does not list the other half. */
const MOST_LINKS = 12

function linksOf(
  service: KnownService,
  rising: ReadonlyMap<string, AskedService>,
  groups: readonly string[][],
): IncidentLink[] {
  const links = new Map<string, IncidentLink>()
  const add = (other: string, relation: IncidentLink['relation']) => {
    const incident = rising.get(other)?.incident
    if (other === service.slug || !incident || links.has(other)) return
    links.set(other, { incidentId: incident.id, service: other, relation })
  }
  for (const other of service.dependsOn) add(other, 'depends-on')
  for (const [slug, { service: other }] of rising) if (other.dependsOn.includes(service.slug)) add(slug, 'carries')
  const group = groups.find((members) => members.includes(service.slug)) ?? []
  for (const other of group) add(other, 'rose-together')
  return [...links.values()].slice(0, MOST_LINKS)
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
