import type { Standing } from '../count/read-standing.ts'
import type { Incident, Severity } from '../incident/incident.ts'
import { type Condition, conditionOf } from './condition.ts'
import { incidentSummary, incidentTitle } from './incident-text.ts'

/**
 * The shape that status pages of the Atlassian kind answer in, so that programs that read those can read this. Its closed
 * sets are theirs; that it is told by people and not by the provider stands in every name and description.
 */

type Indicator = 'none' | Severity

const COMPONENT_STATUS: Record<Severity, string> = {
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
}

/**
 * Their set has no word for what is not known. Of its five, `under_maintenance` is the least wrong: programs show it as neither well nor
 * failing, and wake nobody. That nothing is being maintained stands in the description.
 */
const NOT_KNOWN = 'under_maintenance'

const WORDS: Record<Condition, string> = {
  ok: 'No outage: reports are as usual.',
  suspected: 'More reports than usual, not confirmed as an outage.',
  down: 'People report an outage.',
  'too-little-history':
    'Not known: too few reports so far to say what is usual. No maintenance; this format has no word for it.',
  unwatched:
    'Not known: reports have not been watched for some minutes. No maintenance; this format has no word for it.',
}

export interface StatusPage {
  /** Slug of the service; `null` for all of them. */
  slug: string | null
  name: string
  url: string
  asOf: Date
}

export function statusPageOf(page: StatusPage) {
  return {
    id: page.slug ?? 'outcry',
    name: `${page.name} (reported by people through Outcry, unofficial)`,
    url: page.url,
    time_zone: 'Etc/UTC',
    updated_at: page.asOf.toISOString(),
  }
}

/** Only what is `down` sets off an alarm at whoever reads this; what is suspected, and what is not known, is said in words. */
export function statusOf(standings: readonly Standing[]): { indicator: Indicator; description: string } {
  const down = standings.filter(({ state }) => state === 'down')
  const only = standings.length === 1 ? standings[0] : undefined
  const isUnwatched = standings.some((standing) => conditionOf(standing) === 'unwatched')
  return {
    indicator: worst(down.map(({ incident }) => incident?.severity ?? 'minor')),
    description: only
      ? WORDS[conditionOf(only)]
      : down.length === 0
        ? isUnwatched
          ? 'Not known: reports have not been watched for some minutes.'
          : 'No outage is reported now.'
        : `People report outages of ${down.length} ${down.length === 1 ? 'service' : 'services'}.`,
  }
}

function worst(severities: readonly Severity[]): Indicator {
  return (['critical', 'major', 'minor'] as const).find((severity) => severities.includes(severity)) ?? 'none'
}

export function componentOf(standing: Standing, position: number, page: StatusPage) {
  const { service, state, incident } = standing
  return {
    id: service.slug,
    name: service.name,
    status: componentStatusOf(standing),
    description: WORDS[conditionOf(standing)],
    created_at: service.updatedAt.toISOString(),
    updated_at: (incident?.updatedAt ?? page.asOf).toISOString(),
    position,
    showcase: state !== 'ok',
    start_date: null,
    group_id: null,
    page_id: page.slug ?? 'outcry',
    group: false,
    only_show_if_degraded: false,
  }
}

function componentStatusOf({ state, incident }: Standing): string {
  if (state === 'down') return COMPONENT_STATUS[incident?.severity ?? 'minor']
  return state === 'unknown' ? NOT_KNOWN : 'operational'
}

export function statusIncidentOf(incident: Incident, serviceName: string, page: StatusPage, origin: string) {
  const openedAt = (incident.confirmedAt ?? incident.openedAt).toISOString()
  const resolvedAt = incident.resolvedAt?.toISOString() ?? null
  const update = (kind: 'opened' | 'resolved', at: string) => ({
    id: `${incident.id}-${kind}`,
    status: kind === 'opened' ? 'investigating' : 'resolved',
    body: incidentSummary(incident, serviceName),
    incident_id: incident.id,
    created_at: at,
    updated_at: at,
    display_at: at,
    affected_components: null,
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  })
  return {
    id: incident.id,
    name: incidentTitle(incident, serviceName),
    status: resolvedAt === null ? 'investigating' : 'resolved',
    created_at: openedAt,
    updated_at: incident.updatedAt.toISOString(),
    monitoring_at: null,
    resolved_at: resolvedAt,
    impact: incident.severity,
    shortlink: `${origin}/i/${incident.id}`,
    started_at: incident.onsetAt.toISOString(),
    page_id: page.slug ?? 'outcry',
    incident_updates: [...(resolvedAt === null ? [] : [update('resolved', resolvedAt)]), update('opened', openedAt)],
    components: [],
  }
}
