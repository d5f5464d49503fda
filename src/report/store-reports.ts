import { NETWORK_MEMORY_MS, WIDER_SCALE } from '../detection/network-diversity.ts'
import type { PendingReport, StoredReport } from '../ports.ts'
import type { Run } from '../storage/database.ts'
import { SECOND } from '../time.ts'
import { ERROR_TYPES } from './error-type.ts'

/** A person speaks once per service in this long. */
export const VOICE_MINUTES = 30

const NETWORK_MEMORY_SECONDS = NETWORK_MEMORY_MS / SECOND

const COLUMNS = ['reporters', 'weight', 'networks', 'ok', 'late', ...ERROR_TYPES]

/** The scopes that a report `r` counts in; those it has not are null. */
export const SCOPES = `lateral (values ('world'), (left(r.region, 2)), (case when length(r.region) > 2 then r.region end)) s(scope)`

/**
 * Stores a batch and counts it, in one statement: a voice that is new (or old enough) makes the report count, everything
 * else hangs on that, so reports and counts agree through any crash, and a batch that a queue delivers twice counts once. Rows
 * are written in key order, so two batches cannot wait for each other in a circle. Around midnight a person has a name under each day's salt
 * and speaks under both, so that replicas on either side of it wait for each other.
 *
 * The weight of a report is `reportWeight` of `detection/network-diversity.ts`, times the trust in its source; a test holds both equal.
 */
const STORE = `
with input as (
  select * from json_to_recordset($1::text::json) as r(
    n int, id text, service_id int, kind text, error_type text, region text, feature text, comment text, observed_at timestamptz,
    reporter text, other_reporter text, network text, wider_network text, asn int, source text, trust int,
    idempotency_client text, idempotency_key text, request_hash text)
), first_of_reporter as (
  select distinct on (service_id, reporter) * from input order by service_id, reporter, n
), first_of_person as (
  select distinct on (service_id, least(reporter, other_reporter)) * from first_of_reporter
  order by service_id, least(reporter, other_reporter), n
), fresh as (
  select f.* from first_of_person f
  where f.other_reporter is null or not exists (
    select 1 from voices v where v.service_id = f.service_id and v.reporter = f.other_reporter
      and v.counted_at > now() - interval '${VOICE_MINUTES} minutes')
), voice as (
  insert into voices as v (service_id, reporter, counted_at, report_id)
  select service_id, name, now(), id from fresh, lateral (values (reporter), (other_reporter)) known_as(name)
  where name is not null order by service_id, name
  on conflict (service_id, reporter) do update set counted_at = excluded.counted_at, report_id = excluded.report_id
    where v.counted_at <= now() - interval '${VOICE_MINUTES} minutes' and v.report_id <> excluded.report_id
  returning v.report_id
), heard as (
  select report_id, count(*) as names from voice group by report_id
), counted as (
  select f.*,
    row_number() over (partition by f.service_id, f.network order by f.n) as network_rank,
    count(*) over (partition by f.service_id, f.network) as network_batch,
    row_number() over (partition by f.service_id, f.wider_network order by f.n) as wider_rank,
    count(*) over (partition by f.service_id, f.wider_network) as wider_batch
  from fresh f join heard h on h.report_id = f.id and h.names = num_nonnulls(f.reporter, f.other_reporter)
), seen as (
  insert into network_voices as w (service_id, network, seen, seen_at)
  select service_id, network, count(*), now()
  from (select service_id, network from counted union all select service_id, wider_network from counted) both_widths
  group by 1, 2 order by 1, 2
  on conflict (service_id, network) do update set
    seen = w.seen * exp(-greatest(0, extract(epoch from excluded.seen_at - w.seen_at)::float8) / ${NETWORK_MEMORY_SECONDS}) + excluded.seen,
    seen_at = greatest(w.seen_at, excluded.seen_at)
  returning service_id, network, seen
), placed as (
  select c.*,
    greatest(0, a.seen - c.network_batch) + c.network_rank - 1 as network_before,
    greatest(0, b.seen - c.wider_batch) + c.wider_rank - 1 as wider_before
  from counted c
  join seen a on a.service_id = c.service_id and a.network = c.network
  join seen b on b.service_id = c.service_id and b.network = c.wider_network
), weighed as (
  select p.*,
    round(p.trust / ((1 + p.network_before) * (1 + p.wider_before / ${WIDER_SCALE}.0) ^ 2))::int as weight,
    p.network_before < exp(-1) as is_new_network,
    date_trunc('minute', coalesce(p.observed_at, now()), 'UTC') as bucket
  from placed p
), stored as (
  insert into reports (service_id, received_at, id, kind, error_type, region, feature, comment, observed_at,
    reporter, network, wider_network, asn, weight, is_new_network, source)
  select service_id, now(), id, kind, error_type, region, feature, comment, observed_at,
    reporter, network, wider_network, asn, weight, is_new_network, source
  from weighed order by n
), scoped as (
  select r.*, scope from weighed r, ${SCOPES} where scope is not null
), counting as (
  insert into counts_1m as c (service_id, region, bucket, ${COLUMNS.join(', ')})
  select service_id, scope, bucket, ${sums()}
  from scoped group by 1, 2, 3 order by 1, 2, 3
  on conflict (service_id, region, bucket) do update set ${COLUMNS.map((name) => `${name} = c.${name} + excluded.${name}`).join(', ')}
), featured as (
  insert into feature_counts as f (service_id, feature, bucket, reporters)
  select service_id, feature, date_bin('15 minutes', bucket, 'epoch'), count(*)
  from weighed where feature is not null and kind = 'problem' and observed_at is null group by 1, 2, 3 order by 1, 2, 3
  on conflict (service_id, bucket, feature) do update set reporters = f.reporters + excluded.reporters
), remembered as (
  insert into idempotency_keys (client, key, request_hash, report_id, answered_at)
  select idempotency_client, idempotency_key, request_hash, id, now() from weighed where idempotency_key is not null
  order by 1, 2 on conflict do nothing
)
select i.n, coalesce(w.n = i.n, false) as is_counted,
  coalesce(w.id, (
    select v.report_id from voices v where v.service_id = i.service_id and v.reporter in (i.reporter, i.other_reporter)
    order by v.counted_at desc limit 1), i.id) as id,
  (extract(epoch from now()) * 1000)::float8 as received_at_ms
from input i
left join weighed w on w.service_id = i.service_id and least(w.reporter, w.other_reporter) = least(i.reporter, i.other_reporter)
`

/**
 * A repeat may add what the first report left open; what was said stays said. A feature that is named now counts now. All rows are taken
 * first, in key order, as by whoever hides reports. They are written by their ids and not by the time that was read of them: after it has
 * waited for a row, PostgreSQL 18 looks for that time in no partition.
 */
const REFINE = `
with given as (
  select * from json_to_recordset($1::text::json) as r(id text, service_id int, feature text, comment text)
), held as (
  select r.service_id, r.received_at, i.feature,
    r.feature is null and i.feature is not null and r.kind = 'problem' and r.observed_at is null and not r.is_hidden as is_news
  from reports r join given i on r.service_id = i.service_id and r.id = i.id
  where r.received_at > now() - interval '${VOICE_MINUTES + 5} minutes'
  order by r.service_id, r.received_at, r.id for update of r
), written as (
  update reports r set feature = coalesce(r.feature, i.feature), comment = coalesce(r.comment, i.comment) from given i
  where r.service_id = i.service_id and r.id = i.id and r.received_at > now() - interval '${VOICE_MINUTES + 5} minutes'
    and (select count(*) from held) > 0
)
insert into feature_counts as f (service_id, feature, bucket, reporters)
select service_id, feature, date_bin('15 minutes', received_at, 'epoch'), count(*) from held where is_news group by 1, 2, 3 order by 1, 2, 3
on conflict (service_id, bucket, feature) do update set reporters = f.reporters + excluded.reporters
`

/** What each counted report adds to a column of its series' counts. */
export function sums(): string {
  const live = `kind = 'problem' and observed_at is null`
  return [
    `count(*) filter (where ${live}) as reporters`,
    `coalesce(sum(weight) filter (where ${live}), 0) as weight`,
    `count(*) filter (where ${live} and is_new_network) as networks`,
    `count(*) filter (where kind = 'ok' and observed_at is null) as ok`,
    `count(*) filter (where kind = 'problem' and observed_at is not null) as late`,
    ...ERROR_TYPES.map((type) => `count(*) filter (where ${live} and error_type = '${type}') as ${type}`),
  ].join(', ')
}

/** Durable once it returns. Answers come in the order of the reports. */
export async function storeReports(run: Run, reports: PendingReport[]): Promise<StoredReport[]> {
  const rows = reports.map((report, n) => ({
    n,
    id: report.id,
    service_id: report.serviceId,
    kind: report.kind,
    error_type: report.errorType ?? undefined,
    region: report.region ?? undefined,
    feature: report.feature ?? undefined,
    comment: report.comment ?? undefined,
    observed_at: report.observedAt ?? undefined,
    reporter: report.identity.reporter,
    other_reporter: report.identity.otherReporter ?? undefined,
    network: report.identity.network,
    wider_network: report.identity.widerNetwork,
    asn: report.identity.asn ?? undefined,
    source: report.source ?? undefined,
    trust: report.trust,
    idempotency_client: report.idempotency?.client,
    idempotency_key: report.idempotency?.key,
    request_hash: report.idempotency?.requestHash,
  }))
  // A field that is absent reads as null, and costs neither its bytes nor their parsing.
  const answers = await run<{ n: number; is_counted: boolean; id: string; received_at_ms: number }>(STORE, [
    JSON.stringify(rows),
  ])
  const stored = new Array<StoredReport>(reports.length)
  for (const { n, is_counted, id, received_at_ms } of answers)
    stored[n] = { id, isCounted: is_counted, receivedAtMs: received_at_ms }

  const refinements = new Map<
    string,
    { id: string; service_id: number; feature: string | null; comment: string | null }
  >()
  for (const [n, { serviceId, feature, comment }] of reports.entries()) {
    const { id, isCounted } = stored[n]!
    if (isCounted || (feature === null && comment === null)) continue
    const earlier = refinements.get(id)
    refinements.set(id, {
      id,
      service_id: serviceId,
      feature: earlier?.feature ?? feature,
      comment: earlier?.comment ?? comment,
    })
  }
  if (refinements.size > 0) await run(REFINE, [JSON.stringify([...refinements.values()])])
  return stored
}
