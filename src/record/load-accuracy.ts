import type { Ports } from '../ports.ts'
import type { Run } from '../storage/database.ts'
import type { IncidentRecord } from './incident-record.ts'
import { loadRecord } from './load-record.ts'

/** What is known of how often this instance erred, over the last year. */
export interface Accuracy {
  /** Start of what is known; `null` on an instance without history. */
  since: number | null
  /** Series that are watched now: services worldwide, and their regions. */
  series: number
  services: number
  confirmed: number
  suspectedOnly: number
  /** Confirmed rises that an operator later dismissed or explained by another service. */
  dismissed: number
  spillOvers: number
  /** Median of minutes from the estimated onset to the notice, of confirmed rises. */
  medianDelayMinutes: number | null
  /** Median of minutes by which the provider's first word came after the notice. */
  medianLeadMinutes: number | null
  withProviderWord: number
}

export async function readAccuracy(run: Run): Promise<Accuracy> {
  const [incidents] = await run<Omit<Accuracy, 'series' | 'services' | 'since'> & { since: number | null }>(
    `with year as (
       select i.*, (data->>'confirmedAt') is not null as is_confirmed,
         extract(epoch from opened_at - (data->>'onsetAt')::timestamptz) / 60 as delay,
         (select extract(epoch from min(p.at) - i.opened_at) / 60 from provider_updates p where p.incident_id = i.id) as lead
       from incidents i where opened_at > now() - interval '365 days')
     select (extract(epoch from min(opened_at)) * 1000)::float8 as since,
       count(*) filter (where is_confirmed)::float8 as confirmed,
       count(*) filter (where not is_confirmed)::float8 as "suspectedOnly",
       count(*) filter (where is_confirmed and class = 'dismissed')::float8 as dismissed,
       count(*) filter (where is_confirmed and class = 'spill-over')::float8 as "spillOvers",
       (percentile_cont(0.5) within group (order by delay) filter (where is_confirmed))::float8 as "medianDelayMinutes",
       (percentile_cont(0.5) within group (order by lead) filter (where lead is not null))::float8 as "medianLeadMinutes",
       count(lead)::float8 as "withProviderWord"
     from year`,
  )
  const [series] = await run<{ series: number; services: number }>(
    `select count(*)::float8 as series, count(distinct service_id)::float8 as services from series_state`,
  )
  return { ...incidents!, ...series! }
}

/** The latest large incident whose parts are all on record, for the worked example; `null` where there is none. */
export async function exampleRecord(
  ports: Parameters<typeof loadRecord>[0] & Pick<Ports, 'storage'>,
): Promise<IncidentRecord | null> {
  const [row] = await ports.storage.run<{ id: string }>(
    `select id from incidents where status = 'resolved' and class = 'outage' and data->>'confirmedAt' is not null
       and (data->'peak'->>'expected')::float8 >= 1
     order by (severity = 'minor'), opened_at desc limit 1`,
  )
  return row === undefined ? null : (await loadRecord(ports, row.id)).record
}
