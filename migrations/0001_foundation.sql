-- The catalogue: what people can report on.
create table services (
  id integer generated always as identity primary key,
  slug text not null unique,
  name text not null,
  aliases text[] not null default '{}',
  category text not null,
  homepage text not null,
  status_page jsonb,
  features text[] not null default '{}',
  countries text[] not null default '{}',
  depends_on text[] not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- When an operator last changed it; null while it is as built in, so that a new version may renew it.
  edited_at timestamptz
);

-- Salts of the keyed hashes, one a day (UTC). A destroyed salt makes its day's hashes meaningless.
create table reporter_salts (
  day date primary key,
  salt text not null
);

-- Raw counted reports; a day's partition is dropped whole after its retention.
create table reports (
  service_id integer not null,
  received_at timestamptz not null,
  id text not null,
  kind text not null,
  error_type text,
  region text,
  feature text,
  comment text,
  observed_at timestamptz,
  reporter text not null,
  network text not null,
  wider_network text not null,
  asn integer,
  weight integer not null,
  is_new_network boolean not null,
  source text,
  is_hidden boolean not null default false
) partition by range (received_at);

-- Serves: reports of a service in an interval (feature shares, administration, repair).
create index reports_by_service_and_time on reports (service_id, received_at);

-- Who has spoken on a service in the last half hour; a row is the lock that lets a person count once.
create table voices (
  service_id integer not null,
  reporter text not null,
  counted_at timestamptz not null,
  report_id text not null,
  primary key (service_id, reporter)
) with (fillfactor = 80);

-- Serves: forgetting old voices.
create index voices_by_time on voices using brin (counted_at);

-- How much a network (/24, /48) and its wider network (/16, /32) has said lately: a count that decays with a half-hour memory.
create table network_voices (
  service_id integer not null,
  network text not null,
  seen double precision not null,
  seen_at timestamptz not null,
  primary key (service_id, network)
) with (fillfactor = 80);

-- Serves: forgetting networks that fell silent.
create index network_voices_by_time on network_voices using brin (seen_at);

-- Answers to give again to a client that repeats its Idempotency-Key.
create table idempotency_keys (
  client text not null,
  key text not null,
  request_hash text not null,
  report_id text not null,
  answered_at timestamptz not null,
  primary key (client, key)
);

-- Counts of a series (service in a scope: world, country, subdivision) by minute. `weight` is in thousandths of a reporter.
create table counts_1m (
  service_id integer not null,
  region text not null,
  bucket timestamptz not null,
  reporters integer not null default 0,
  weight bigint not null default 0,
  networks integer not null default 0,
  ok integer not null default 0,
  late integer not null default 0,
  unavailable integer not null default 0,
  timeout integer not null default 0,
  login integer not null default 0,
  slow integer not null default 0,
  connection integer not null default 0,
  feature integer not null default 0,
  data integer not null default 0,
  other integer not null default 0,
  primary key (service_id, region, bucket)
) with (fillfactor = 90);

-- Serves: which series have news since the last tick, and the roll-up of finished minutes.
create index counts_1m_by_bucket on counts_1m (bucket);
-- Serves: rolling up anew the quarters into which late reports came.
create index counts_1m_late on counts_1m (bucket) where late > 0;

create table counts_15m (like counts_1m including defaults including constraints);
alter table counts_15m add primary key (service_id, region, bucket);
create index counts_15m_by_bucket on counts_15m (bucket);

create table counts_1h (like counts_1m including defaults including constraints);
alter table counts_1h add primary key (service_id, region, bucket);
create index counts_1h_by_bucket on counts_1h (bucket);

-- Reporters by the feature they named, by 15 minutes.
create table feature_counts (
  service_id integer not null,
  feature text not null,
  bucket timestamptz not null,
  reporters integer not null,
  primary key (service_id, bucket, feature)
);

-- What the detector knows of a series: a checkpoint that took in every minute before advanced_until. Later minutes are taken in from
-- counts_1m, and an empty state is rebuilt from them since begun_at.
create table series_state (
  service_id integer not null,
  region text not null,
  -- Minute of the first counted report.
  begun_at timestamptz not null,
  -- What was believed before the first report, per minute, worth so many reports.
  prior_expected double precision,
  prior_weight double precision,
  state text not null default '',
  -- The usual mix of error types and what is gathered against it, as JSON; of worldwide series alone.
  mix text,
  -- Thousandths of a reporter that have not yet made a whole one.
  carry integer not null default 0,
  advanced_until timestamptz not null,
  method_version text not null default '',
  is_active boolean not null default false,
  expected_15m real not null default 0,
  primary key (service_id, region)
) with (fillfactor = 80);

-- Serves: the series that a tick must advance although they have no news.
create index series_state_active on series_state (service_id, region) where is_active;
-- Serves: the checkpoints that have grown old.
create index series_state_by_age on series_state (advanced_until);

-- What was expected of a series when its minutes became final, by 15 minutes; frozen, so that a chart does not change tomorrow.
create table expectations_15m (
  service_id integer not null,
  region text not null,
  bucket timestamptz not null,
  expected real not null,
  lower real not null,
  upper real not null,
  primary key (service_id, region, bucket)
);

-- How often evidence that no confirmed spike came of peaked how high, by whole nats: what the realised false-alarm rate is reckoned from.
create table evidence_peaks (
  day date not null,
  level text not null,
  nats integer not null,
  peaks integer not null,
  primary key (day, level, nats)
);

-- Where the tick stands. Its row is also the leader's lock.
create table tick_state (
  name text primary key,
  watermark timestamptz not null,
  ran_at timestamptz not null,
  data jsonb not null default '{}'
);

-- Intervals in which nobody was listening: gaps in every series, not zeros.
create table collector_gaps (
  from_at timestamptz primary key,
  until_at timestamptz not null
);

create table spikes (
  id text primary key,
  service_id integer not null,
  service text not null,
  region text,
  status text not null,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  updated_at timestamptz not null,
  incident_id text,
  data jsonb not null
);

-- Serves: one unresolved spike a series.
create unique index spikes_unresolved on spikes (service_id, coalesce(region, 'world'), (data ->> 'cause')) where resolved_at is null;
-- Serves: the spikes that ended lately.
create index spikes_by_end on spikes (resolved_at);
-- Serves: lists of spikes, newest first.
create index spikes_by_opening on spikes (opened_at desc, id desc);
-- Serves: the spikes of an incident.
create index spikes_by_incident on spikes (incident_id);

create table incidents (
  id text primary key,
  service_id integer not null,
  service text not null,
  status text not null,
  class text not null,
  severity text not null,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  updated_at timestamptz not null,
  data jsonb not null
);

-- Serves: one unresolved incident a service.
create unique index incidents_unresolved on incidents (service_id) where resolved_at is null;
-- Serves: lists of incidents, newest first, of all services and of one.
create index incidents_by_opening on incidents (opened_at desc, id desc);
create index incidents_by_service on incidents (service_id, opened_at desc);

create table incident_updates (
  id bigint generated always as identity primary key,
  incident_id text not null,
  at timestamptz not null,
  kind text not null,
  data jsonb not null
);
create index incident_updates_by_incident on incident_updates (incident_id, id);

create table provider_updates (
  id text primary key,
  incident_id text not null,
  at timestamptz not null,
  status text not null,
  text text not null,
  source_url text,
  cause text,
  workaround text
);
create index provider_updates_by_incident on provider_updates (incident_id, at);

-- The event log. Ids are drawn from event_head inside the writer's transaction, so they are in commit order and have no holes.
create table events (
  id bigint primary key,
  at timestamptz not null,
  type text not null,
  service text not null,
  region text,
  payload jsonb not null
);

create table event_head (
  is_only boolean primary key default true check (is_only),
  last_id bigint not null
);
insert into event_head (last_id) values (0);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  data jsonb not null default '{}'
);
