import type { NewEvent } from '../alert/event.ts'
import { audit } from '../audit/queries.ts'
import { databaseNow } from '../count/queries.ts'
import { AppError } from '../errors.ts'
import type { Incident, IncidentClass, IncidentUpdate, ProviderUpdate } from '../incident/incident.ts'
import {
  appendEvents,
  findIncident,
  saveIncidents,
  saveProviderUpdate,
  saveSpikes,
  spikesOfIncident,
} from '../incident/queries.ts'
import type { Spike } from '../incident/spike.ts'
import type { Ports } from '../ports.ts'
import type { Run } from '../storage/database.ts'

/** Who amends, for the audit log. */
export interface Actor {
  name: string
}

/** What an operator may add to an incident. Nothing is taken away: an amendment is dated and stands beside what it amends. */
export type Amendment =
  | { kind: 'provider-update'; update: Omit<ProviderUpdate, 'at'> & { at: Date | null } }
  | { kind: 'reclassify'; to: IncidentClass; spillOverOf: string | null; note: string | null }
  | { kind: 'annotate'; text: string }

/**
 * Amends an incident, tells the event log, and writes the audit log, all or nothing.
 *
 * @throws AppError `not-found`, `conflict` when it is so classed already, `invalid-request`
 */
export async function amendIncident(
  { storage }: Pick<Ports, 'storage'>,
  id: string,
  amendment: Amendment,
  actor: Actor,
): Promise<Incident> {
  return storage.transaction(async (run) => {
    // The tick saves incidents whole, so it must wait, or it would undo this.
    await run(`select 1 from tick_state where name = 'tick' for update`)
    const incident = await findIncident(run, id)
    if (incident === null) throw new AppError('not-found', 'There is no such incident.')
    const now = new Date(await databaseNow(run))
    const amended = await APPLY[amendment.kind](run, incident, amendment as never, now)
    await audit(run, {
      actor: actor.name,
      action: `incident.${amendment.kind}`,
      subject: id,
      data: { ...amendment },
    })
    return amended
  })
}

type Apply<Kind extends Amendment['kind']> = (
  run: Run,
  incident: Incident,
  amendment: Extract<Amendment, { kind: Kind }>,
  now: Date,
) => Promise<Incident>

const APPLY: { [Kind in Amendment['kind']]: Apply<Kind> } = {
  'provider-update': async (run, incident, { update }, now) => {
    const at = update.at ?? now
    if (at > now) throw invalid('at', 'must not lie in the future')
    await saveProviderUpdate(run, incident.id, { ...update, at })
    return tell(run, { ...incident, updatedAt: now }, [], now)
  },

  reclassify: async (run, incident, { to, spillOverOf, note }, now) => {
    const other = spillOverOf === null ? null : await findIncident(run, spillOverOf)
    if (to === 'spill-over' && other === null)
      throw invalid('spillOverOf', 'must name the incident that explains this one')
    if (other?.id === incident.id) throw invalid('spillOverOf', 'must be another incident')
    if (incident.class === to && incident.spillOverOf?.incidentId === other?.id)
      throw new AppError('conflict', `The incident is classed as "${to}" already.`)
    const amended: Incident = {
      ...incident,
      class: to,
      isClassFixed: true,
      spillOverOf: to === 'spill-over' && other !== null ? { incidentId: other.id, service: other.service } : null,
      updatedAt: now,
    }
    const data = { from: incident.class, to, note, spillOverOf: amended.spillOverOf?.incidentId ?? null }
    return tell(run, amended, [{ at: now, kind: 'reclassified', data }], now)
  },

  annotate: (run, incident, { text }, now) =>
    tell(run, { ...incident, updatedAt: now }, [{ at: now, kind: 'annotated', data: { text } }], now),
}

async function tell(run: Run, incident: Incident, entries: IncidentUpdate[], now: Date): Promise<Incident> {
  const [row] = await run<{ id: number }>('select service_id as id from incidents where id = $1', [incident.id])
  await saveIncidents(run, [{ serviceId: row!.id, incident, entries }])
  const isReclassified = entries.some(({ kind }) => kind === 'reclassified')
  const spikes = isReclassified ? await reclassifySpikes(run, row!.id, incident) : []
  const events: NewEvent[] = [
    ...spikes.map((spike) => ({
      type: 'spike.reclassified' as const,
      service: spike.service,
      region: spike.region,
      spike,
    })),
    { type: 'incident.updated', service: incident.service, region: null, incident },
  ]
  await appendEvents(run, events, now)
  return incident
}

/** Tells the spikes of an incident what explains it: the worldwide spike of the other, where it has one. */
async function reclassifySpikes(run: Run, serviceId: number, { id, spillOverOf }: Incident): Promise<Spike[]> {
  const others = spillOverOf === null ? [] : await spikesOfIncident(run, spillOverOf.incidentId)
  const explainedBy = others.find(({ region }) => region === null)?.id ?? spillOverOf?.incidentId ?? null
  const spikes = (await spikesOfIncident(run, id)).map((spike) => ({ ...spike, spillOverOf: explainedBy }))
  await saveSpikes(
    run,
    spikes.map((spike) => ({ serviceId, spike })),
  )
  return spikes
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid-request', `${field} ${message}.`, { errors: [{ field, message }] })
}
