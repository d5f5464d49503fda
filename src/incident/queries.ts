import type { NewEvent, OutcryEvent } from '../alert/event.ts'
import type { Run } from '../storage/database.ts'
import type { Incident, IncidentUpdate, ProviderUpdate } from './incident.ts'
import type { Spike } from './spike.ts'

const SPIKE_TIMES = ['openedAt', 'onsetAt', 'resolvedAt', 'endedAt', 'updatedAt'] as const
const INCIDENT_TIMES = [
  'onsetAt',
  'onsetFrom',
  'onsetUntil',
  'openedAt',
  'confirmedAt',
  'resolvedAt',
  'endedAt',
  'updatedAt',
] as const

function revive<T>(json: unknown, times: readonly string[]): T {
  const value = (typeof json === 'string' ? JSON.parse(json) : json) as Record<string, unknown>
  const revived: Record<string, unknown> = { ...value }
  for (const name of times) if (typeof value[name] === 'string') revived[name] = new Date(value[name] as string)
  const peak = value.peak as { at: string } | undefined
  if (peak) revived.peak = { ...peak, at: new Date(peak.at) }
  return revived as T
}

export const spikeFrom = (json: unknown): Spike => revive<Spike>(json, SPIKE_TIMES)
export const incidentFrom = (json: unknown): Incident => revive<Incident>(json, INCIDENT_TIMES)

export async function unresolvedSpikes(run: Run): Promise<Spike[]> {
  const rows = await run<{ data: unknown }>('select data::text as data from spikes where resolved_at is null')
  return rows.map(({ data }) => spikeFrom(data))
}

/** Spikes that ended after an instant, the newest last. */
export async function spikesEndedSince(run: Run, since: Date): Promise<Spike[]> {
  const rows = await run<{ data: unknown }>(
    'select data::text as data from spikes where resolved_at > $1::text::timestamptz order by resolved_at',
    [since.toISOString()],
  )
  return rows.map(({ data }) => spikeFrom(data))
}

/** Unresolved incidents, and those that ended so lately that a new rise re-opens them. */
export async function recentIncidents(run: Run, reopenMs: number, now: Date): Promise<Incident[]> {
  const rows = await run<{ data: unknown }>(
    `select data::text as data from incidents
     where resolved_at is null or resolved_at > $1::text::timestamptz order by opened_at`,
    [new Date(now.getTime() - reopenMs).toISOString()],
  )
  return rows.map(({ data }) => incidentFrom(data))
}

export async function saveSpikes(run: Run, spikes: { serviceId: number; spike: Spike }[]): Promise<void> {
  if (spikes.length === 0) return
  await run(
    `insert into spikes (id, service_id, service, region, status, opened_at, resolved_at, updated_at, incident_id, data)
     select s->'spike'->>'id', (s->>'serviceId')::int, s->'spike'->>'service', s->'spike'->>'region', s->'spike'->>'status',
       (s->'spike'->>'openedAt')::timestamptz, (s->'spike'->>'resolvedAt')::timestamptz, (s->'spike'->>'updatedAt')::timestamptz,
       s->'spike'->>'incidentId', s->'spike'
     from jsonb_array_elements($1::text::jsonb) s
     on conflict (id) do update set status = excluded.status, resolved_at = excluded.resolved_at, updated_at = excluded.updated_at,
       incident_id = excluded.incident_id, data = excluded.data`,
    [JSON.stringify(spikes)],
  )
}

export async function saveIncidents(
  run: Run,
  incidents: { serviceId: number; incident: Incident; entries: IncidentUpdate[] }[],
): Promise<void> {
  if (incidents.length === 0) return
  await run(
    `insert into incidents (id, service_id, service, status, class, severity, opened_at, resolved_at, updated_at, data)
     select i->'incident'->>'id', (i->>'serviceId')::int, i->'incident'->>'service', i->'incident'->>'status', i->'incident'->>'class',
       i->'incident'->>'severity', (i->'incident'->>'openedAt')::timestamptz, (i->'incident'->>'resolvedAt')::timestamptz,
       (i->'incident'->>'updatedAt')::timestamptz, i->'incident'
     from jsonb_array_elements($1::text::jsonb) i
     on conflict (id) do update set status = excluded.status, class = excluded.class, severity = excluded.severity,
       resolved_at = excluded.resolved_at, updated_at = excluded.updated_at, data = excluded.data`,
    [JSON.stringify(incidents)],
  )
  const entries = incidents.flatMap(({ incident, entries }) =>
    entries.map((entry) => ({ incident: incident.id, ...entry })),
  )
  if (entries.length > 0)
    await run(
      `insert into incident_updates (incident_id, at, kind, data)
       select e->>'incident', (e->>'at')::timestamptz, e->>'kind', e->'data' from jsonb_array_elements($1::text::jsonb) e`,
      [JSON.stringify(entries)],
    )
}

/** Appends to the event log; the head's row keeps other writers waiting, so ids are in commit order. */
export async function appendEvents(run: Run, events: NewEvent[], at: Date): Promise<void> {
  if (events.length === 0) return
  const [head] = await run<{ last_id: string }>(
    'update event_head set last_id = last_id + $1::int returning last_id::text as last_id',
    [events.length],
  )
  const first = Number(head!.last_id) - events.length + 1
  const rows = events.map((event, n) => ({
    id: first + n,
    type: event.type,
    service: event.service,
    region: event.region,
    payload: 'spike' in event ? { spike: event.spike } : { incident: event.incident },
  }))
  await run(
    `insert into events (id, at, type, service, region, payload)
     select (e->>'id')::bigint, $2::timestamptz, e->>'type', e->>'service', e->>'region', e->'payload' from jsonb_array_elements($1::text::jsonb) e`,
    [JSON.stringify(rows), at.toISOString()],
  )
}

/** Events after a cursor, in order. */
export async function eventsAfter(run: Run, cursor: bigint, limit: number): Promise<OutcryEvent[]> {
  const rows = await run<{
    id: string
    at: number
    type: string
    service: string
    region: string | null
    payload: string
  }>(
    `select id::text as id, (extract(epoch from at) * 1000)::float8 as at, type, service, region, payload::text as payload
     from events where events.id > $1::bigint order by events.id limit $2::int`,
    [String(cursor), limit],
  )
  return rows.map(({ id, at, type, service, region, payload }) => {
    const { spike, incident } = JSON.parse(payload)
    const told = spike ? { spike: spikeFrom(spike) } : { incident: incidentFrom(incident) }
    return { id, at: new Date(at), type, service, region, ...told } as OutcryEvent
  })
}

export interface ListFilter {
  service: string | null
  region: string | null
  status: 'open' | 'resolved' | 'suspected' | 'all'
  since: Date | null
  /** Opening time and id of the last one seen. */
  after: { openedAt: string; id: string } | null
  limit: number
}

async function list(run: Run, table: 'spikes' | 'incidents', filter: ListFilter): Promise<unknown[]> {
  const byRegion =
    table === 'spikes' ? 'region = $2' : `data->'regions' @> jsonb_build_array(jsonb_build_object('region', $2::text))`
  const rows = await run<{ data: unknown }>(
    `select data::text as data from ${table}
     where ($1::text is null or service = $1) and ($2::text is null or ${byRegion}) and ($3::text = 'all' or status = $3)
       and ($4::text is null or updated_at >= $4::text::timestamptz)
       and ($5::text is null or (opened_at, id) < ($5::text::timestamptz, $6::text))
     order by opened_at desc, id desc limit $7::int`,
    [
      filter.service,
      filter.region,
      filter.status,
      filter.since?.toISOString() ?? null,
      filter.after?.openedAt ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  )
  return rows.map(({ data }) => data)
}

export const listSpikes = async (run: Run, filter: ListFilter): Promise<Spike[]> =>
  (await list(run, 'spikes', filter)).map(spikeFrom)
export const listIncidents = async (run: Run, filter: ListFilter): Promise<Incident[]> =>
  (await list(run, 'incidents', filter)).map(incidentFrom)

export async function findSpike(run: Run, id: string): Promise<Spike | null> {
  const [row] = await run<{ data: unknown }>('select data::text as data from spikes where id = $1', [id])
  return row ? spikeFrom(row.data) : null
}

export async function findIncident(run: Run, id: string): Promise<Incident | null> {
  const [row] = await run<{ data: unknown }>('select data::text as data from incidents where id = $1', [id])
  return row ? incidentFrom(row.data) : null
}

export async function spikesOfIncident(run: Run, id: string): Promise<Spike[]> {
  const rows = await run<{ data: unknown }>(
    'select data::text as data from spikes where incident_id = $1 order by opened_at, id',
    [id],
  )
  return rows.map(({ data }) => spikeFrom(data))
}

/** When the spikes of incidents that have ended did so, the last of each. */
export async function lastEnds(run: Run, incidentIds: readonly string[]): Promise<Map<string, Date>> {
  if (incidentIds.length === 0) return new Map()
  const rows = await run<{ id: string; at: number }>(
    `select s.incident_id as id, (extract(epoch from max((s.data ->> 'endedAt')::timestamptz)) * 1000)::float8 as at
     from json_array_elements_text($1::text::json) as asked(id) join spikes s on s.incident_id = asked.id
     where s.data ->> 'endedAt' is not null group by 1`,
    [JSON.stringify(incidentIds)],
  )
  return new Map(rows.map(({ id, at }) => [id, new Date(at)]))
}

export async function incidentTimeline(run: Run, id: string): Promise<IncidentUpdate[]> {
  const rows = await run<{ at: number; kind: IncidentUpdate['kind']; data: string }>(
    `select (extract(epoch from at) * 1000)::float8 as at, kind, data::text as data from incident_updates where incident_id = $1 order by id`,
    [id],
  )
  return rows.map(({ at, kind, data }) => ({ at: new Date(at), kind, data: JSON.parse(data) }))
}

export async function providerUpdates(run: Run, id: string): Promise<ProviderUpdate[]> {
  const rows = await run<{
    at: number
    status: ProviderUpdate['status']
    text: string
    source_url: string | null
    cause: string | null
    workaround: string | null
  }>(
    `select (extract(epoch from at) * 1000)::float8 as at, status, text, source_url, cause, workaround
     from provider_updates where incident_id = $1 order by at`,
    [id],
  )
  return rows.map((row) => ({
    at: new Date(row.at),
    status: row.status,
    text: row.text,
    sourceUrl: row.source_url,
    cause: row.cause,
    workaround: row.workaround,
  }))
}

export async function saveProviderUpdate(run: Run, incidentId: string, update: ProviderUpdate): Promise<void> {
  await run(
    `insert into provider_updates (id, incident_id, at, status, text, source_url, cause, workaround)
     values ($1, $2, $3::text::timestamptz, $4, $5, $6, $7, $8)`,
    [
      crypto.randomUUID(),
      incidentId,
      update.at.toISOString(),
      update.status,
      update.text,
      update.sourceUrl,
      update.cause,
      update.workaround,
    ],
  )
}
