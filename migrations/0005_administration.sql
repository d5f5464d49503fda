-- Serves: the administration's search of the reports on all services, newest first.
create index reports_by_time on reports (received_at, id);
-- Serves: finding single reports to hide. A hash is smaller than a tree of random ids, and nobody asks for their order.
create index reports_by_id on reports using hash (id);

-- What hiding reports has taken out of the counts of a series, by minute, so that a replay can tell what was counted live. It outlives the reports.
create table hidden_counts_1m (like counts_1m including defaults including constraints);
alter table hidden_counts_1m add column hidden_at timestamptz not null default now();
alter table hidden_counts_1m add primary key (service_id, region, bucket);

-- Quarters of days that were final, as the archive had published them before reports of theirs were hidden.
create table published_counts_15m (like counts_1m including defaults including constraints);
alter table published_counts_15m add primary key (service_id, region, bucket);
-- Serves: the archive of a day.
create index published_counts_15m_by_bucket on published_counts_15m (bucket);
