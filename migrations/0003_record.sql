-- Frozen, citable states of an incident or a chart. A row is never changed; what is learned later stands beside it.
create table snapshots (
  id text primary key,
  taken_at timestamptz not null,
  kind text not null,
  service text not null,
  incident_id text,
  -- SHA-256 of `content`, in hexadecimal digits.
  hash text not null,
  method_version text not null,
  -- Canonical JSON (RFC 8785), byte for byte what was hashed.
  content text not null
);

-- Serves: the snapshots of an incident.
create index snapshots_by_incident on snapshots (incident_id, taken_at);

-- Distinct reporters of incidents that are over: the count outlives the raw reports.
create table incident_reporters (
  incident_id text primary key,
  reporters integer not null,
  counted_at timestamptz not null default now()
);

-- Serves: the administration's list of what was done, newest first, and what was done to one thing.
create index audit_log_by_subject on audit_log (subject, id desc);
