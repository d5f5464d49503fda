import type { NewEvent } from '../alert/event.ts'
import { advanceIncident, type IncidentChange, REOPEN_MS, scopeOf } from '../incident/advance-incident.ts'
import { advanceSpike, type SpikeChange } from '../incident/advance-spike.ts'
import type { Incident } from '../incident/incident.ts'
import { newId } from '../incident/new-id.ts'
import { appendEvents, recentIncidents, saveIncidents, saveSpikes, unresolvedSpikes } from '../incident/queries.ts'
import type { Spike } from '../incident/spike.ts'
import type { Run } from '../storage/database.ts'
import type { Advanced } from './advance-all.ts'
import type { KnownService } from './load-series.ts'
import { textOf } from './tick-memory.ts'
import { readSurroundings, weighSeries, weighServices } from './weigh-services.ts'

export interface Told {
  events: number
  /** Series with a spike that goes on, by their text. */
  unresolved: ReadonlySet<string>
}

/** Turns verdicts into spikes, spikes into incidents, and both into entries of the event log. */
export async function tellStory(run: Run, advanced: Advanced, now: Date, methodVersion: string): Promise<Told> {
  const { services } = advanced
  const idOf = new Map([...services.values()].map(({ id, slug }) => [slug, id]))
  const textOfSpike = (spike: Spike) => `${idOf.get(spike.service)} ${scopeOf(spike)}`
  const known = (await unresolvedSpikes(run)).filter(({ service }) => idOf.has(service))
  const spikes = new Map(known.map((spike) => [textOfSpike(spike), spike]))
  const remarkable = advanced.judged.filter(
    ({ series, verdict }) => verdict.level !== 'quiet' || spikes.has(textOf(series.key)),
  )
  const incidents = await recentIncidents(run, REOPEN_MS, now)
  if (remarkable.length === 0 && spikes.size === 0 && incidents.every(({ status }) => status === 'resolved'))
    return { events: 0, unresolved: new Set() }

  const make = { id: () => newId(now), methodVersion }
  const concerned = new Set(remarkable.map(({ series }) => series.key.serviceId))
  for (const { service, status } of incidents) if (status !== 'resolved') addKnown(concerned, idOf.get(service))
  const surroundings = await readSurroundings(run, [...concerned], now.getTime())
  const weighed = await weighSeries(run, remarkable, services, spikes, surroundings, now.getTime())
  const changes: SpikeChange[] = []
  for (const { key, current, facts } of weighed) {
    const change = advanceSpike(current, facts, now, make)
    if (change === null) continue
    changes.push(change)
    spikes.set(textOf(key), change.spike)
  }

  const standing = [...spikes.values()].filter(({ status }) => status !== 'resolved')
  const asked = [...concerned].flatMap((id) => {
    const service = services.get(id)
    if (service === undefined) return []
    const own = standing.filter(({ service: slug }) => slug === service.slug)
    const incident = latestOf(incidents, service.slug)
    return own.length > 0 || (incident !== null && incident.status !== 'resolved')
      ? [{ service, spikes: own, incident }]
      : []
  })
  const facts = await weighServices(run, asked, surroundings)
  const stories = asked.flatMap(({ service, incident }, n) => {
    const change = advanceIncident(incident, facts[n]!, now, make)
    return change === null ? [] : [{ service, change }]
  })
  nameIncidents(changes, standing, incidents, stories)

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
  return { events: events.length, unresolved: new Set(standing.map(textOfSpike)) }
}

function addKnown(ids: Set<number>, id: number | undefined): void {
  if (id !== undefined) ids.add(id)
}

/** The unresolved incident of a service, or the one that ended last. */
function latestOf(incidents: readonly Incident[], service: string): Incident | null {
  const own = incidents.filter((incident) => incident.service === service)
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

function spikeEvent({ kind, spike }: SpikeChange): NewEvent {
  return { type: `spike.${kind}`, service: spike.service, region: spike.region, spike }
}

function incidentEvent({ kind, incident }: IncidentChange): NewEvent {
  return { type: `incident.${kind}`, service: incident.service, region: null, incident }
}
