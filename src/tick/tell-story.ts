import type { NewEvent } from '../alert/event.ts'
import { advanceIncident, type IncidentChange, REOPEN_MS, scopeOf } from '../incident/advance-incident.ts'
import { advanceSpike, type SpikeChange } from '../incident/advance-spike.ts'
import type { Incident } from '../incident/incident.ts'
import { newId } from '../incident/new-id.ts'
import {
  appendEvents,
  lastEnds,
  recentIncidents,
  saveIncidents,
  saveSpikes,
  unresolvedSpikes,
} from '../incident/queries.ts'
import type { Spike } from '../incident/spike.ts'
import type { Run } from '../storage/database.ts'
import type { Advanced, JudgedSeries } from './advance-all.ts'
import { explainRises } from './explain-rises.ts'
import { groupBy } from './group-by.ts'
import type { KnownService } from './load-series.ts'
import { textOf } from './tick-memory.ts'
import {
  mixVerdict,
  type RemarkableSeries,
  readSurroundings,
  spikeText,
  weighSeries,
  weighServices,
} from './weigh-services.ts'

export interface Told {
  events: number
  /** Series with a spike that goes on, by their text. */
  unresolved: ReadonlySet<string>
}

/** Turns verdicts into spikes, spikes into incidents, and both into entries of the event log. */
export async function tellStory(run: Run, advanced: Advanced, now: Date, methodVersion: string): Promise<Told> {
  const { services } = advanced
  const idOf = new Map([...services.values()].map(({ id, slug }) => [slug, id]))
  const keyOf = (spike: Spike) => ({ serviceId: idOf.get(spike.service)!, scope: scopeOf(spike) })
  const known = (await unresolvedSpikes(run)).filter(({ service }) => idOf.has(service))
  const spikes = new Map(known.map((spike) => [spikeText(keyOf(spike), spike.cause), spike]))
  const remarkable = advanced.judged.flatMap((one) => remarkableIn(one, spikes, now.getTime()))
  const incidents = await recentIncidents(run, REOPEN_MS, now)
  if (remarkable.length === 0 && spikes.size === 0 && incidents.every(({ status }) => status === 'resolved'))
    return { events: 0, unresolved: new Set() }

  const make = { id: () => newId(now), methodVersion }
  const concerned = new Set(remarkable.map(({ series }) => series.key.serviceId))
  for (const { service, status } of incidents) if (status !== 'resolved') addKnown(concerned, idOf.get(service))
  const surroundings = await readSurroundings(run, [...concerned], now.getTime())
  const weighed = await weighSeries(run, remarkable, services, spikes, surroundings, now.getTime())
  const changes: SpikeChange[] = []
  for (const { text, current, facts } of weighed) {
    const change = advanceSpike(current, facts, now, make)
    if (change === null) continue
    changes.push(change)
    spikes.set(text, change.spike)
  }

  const standing = [...spikes.values()].filter(({ status }) => status !== 'resolved')
  const spikesBySlug = groupBy(standing, ({ service }) => service)
  const incidentsBySlug = groupBy(incidents, ({ service }) => service)
  const asked = [...concerned].flatMap((id) => {
    const service = services.get(id)
    if (service === undefined) return []
    const own = spikesBySlug.get(service.slug) ?? []
    const incident = latestOf(incidentsBySlug.get(service.slug) ?? [])
    return own.length > 0 || (incident !== null && incident.status !== 'resolved')
      ? [{ service, spikes: own, incident }]
      : []
  })
  const weights = await weighServices(run, asked, surroundings)
  const reasons = await explainRises(run, asked, weights, incidents, surroundings, now.getTime())
  const ends = await endsOf(run, asked, changes)
  const facts = weights.map((weight, n) => ({ ...weight, ...reasons[n]!, endedAt: ends[n]! }))
  const stories = asked.flatMap(({ service, incident }, n) => {
    const change = advanceIncident(incident, facts[n]!, now, make)
    return change === null ? [] : [{ service, change }]
  })
  nameIncidents(changes, standing, incidents, stories)
  const reclassified = markSpillOver(changes, standing, stories)
  changes.push(...reclassified)

  await saveSpikes(
    run,
    changes.map(({ spike }) => ({ serviceId: idOf.get(spike.service)!, spike })),
  )
  await saveIncidents(
    run,
    stories.map(({ service, change: { incident, entries } }) => ({ serviceId: service.id, incident, entries })),
  )
  const events = [...changes.map(spikeEvent), ...stories.map(({ change }) => incidentEvent(change))]
  await appendEvents(run, events, now)
  return { events: events.length, unresolved: new Set(standing.map((spike) => textOf(keyOf(spike)))) }
}

/** How a judged series stands out: by volume, by its mix of error types, or by a spike that was open until now. */
function remarkableIn(judged: JudgedSeries, spikes: ReadonlyMap<string, Spike>, nowMs: number): RemarkableSeries[] {
  const { series, verdict } = judged
  const found: RemarkableSeries[] = []
  if (verdict.level !== 'quiet' || spikes.has(spikeText(series.key, 'volume')))
    found.push({ series, cause: 'volume', verdict })
  const mix = mixVerdict(judged, spikes.get(spikeText(series.key, 'error-mix')) ?? null, nowMs)
  if (mix !== null) found.push({ series, cause: 'error-mix', verdict: mix })
  return found
}

/** When the last spike of each incident ended that has none left. */
async function endsOf(
  run: Run,
  asked: readonly { service: KnownService; spikes: Spike[]; incident: Incident | null }[],
  changes: readonly SpikeChange[],
): Promise<(Date | null)[]> {
  const over = asked.flatMap(({ spikes, incident }) => (spikes.length === 0 && incident !== null ? [incident.id] : []))
  const before = await lastEnds(run, over)
  const now = groupBy(changes, ({ spike }) => spike.service)
  return asked.map(({ service, spikes, incident }) => {
    if (spikes.length > 0 || incident === null) return null
    const ends = (now.get(service.slug) ?? []).map(({ spike }) => spike.endedAt)
    const known = [before.get(incident.id) ?? null, ...ends].filter((end) => end != null)
    return known.length === 0 ? null : new Date(Math.max(...known.map((end) => end.getTime())))
  })
}

function addKnown(ids: Set<number>, id: number | undefined): void {
  if (id !== undefined) ids.add(id)
}

/** The unresolved one of a service's incidents, or the one that ended last. */
function latestOf(own: readonly Incident[]): Incident | null {
  return own.find(({ status }) => status !== 'resolved') ?? own.at(-1) ?? null
}

/** Tells each spike which incident it belongs to. */
function nameIncidents(
  changes: SpikeChange[],
  standing: readonly Spike[],
  incidents: readonly Incident[],
  stories: readonly { service: KnownService; change: IncidentChange }[],
): void {
  const idBySpike = new Map<string, string>()
  for (const { id, spikeIds } of incidents) for (const spikeId of spikeIds) idBySpike.set(spikeId, id)
  for (const { change } of stories)
    for (const spikeId of change.incident.spikeIds) idBySpike.set(spikeId, change.incident.id)
  for (const { spike } of changes) spike.incidentId = idBySpike.get(spike.id) ?? spike.incidentId
  for (const spike of standing) spike.incidentId = idBySpike.get(spike.id) ?? spike.incidentId
}

/** Tells the spikes of an incident that its class changed; each points to the spike that explains it. */
function markSpillOver(
  changes: readonly SpikeChange[],
  standing: readonly Spike[],
  stories: readonly { change: IncidentChange }[],
): SpikeChange[] {
  const changed = new Set(changes.map(({ spike }) => spike.id))
  const worldwide = new Map(standing.filter(({ region }) => region === null).map((spike) => [spike.service, spike.id]))
  const byIncident = groupBy(standing, ({ incidentId }) => incidentId)
  const marked: SpikeChange[] = []
  for (const { incident } of stories.map(({ change }) => change)) {
    const { spillOverOf } = incident
    const explainedBy = spillOverOf === null ? null : (worldwide.get(spillOverOf.service) ?? spillOverOf.incidentId)
    for (const spike of byIncident.get(incident.id) ?? []) {
      if ((spike.spillOverOf === null) === (explainedBy === null)) continue
      spike.spillOverOf = explainedBy
      if (!changed.has(spike.id)) marked.push({ kind: 'reclassified', spike })
    }
  }
  return marked
}

function spikeEvent({ kind, spike }: SpikeChange): NewEvent {
  return { type: `spike.${kind}`, service: spike.service, region: spike.region, spike }
}

function incidentEvent({ kind, incident }: IncidentChange): NewEvent {
  return { type: `incident.${kind}`, service: incident.service, region: null, incident }
}
