-- Keys of programs. The key itself is not here: only its SHA-256, and the part of it that a look-up needs.
create table api_keys (
  id text primary key,
  lookup text not null,
  hash text not null,
  hint text not null,
  name text not null,
  scopes text[] not null,
  per_minute integer not null,
  per_day integer not null,
  -- Weight ceiling, in thousandths, of reports that come with it.
  trust integer not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- Serves: finding the key of a request.
create index api_keys_by_lookup on api_keys (lookup);

-- What a key used, by day (UTC); its last day is the day the key was last used.
create table key_usage (
  key_id text not null,
  day date not null,
  requests bigint not null default 0,
  refused bigint not null default 0,
  reports bigint not null default 0,
  primary key (key_id, day)
);

-- Where programs want to be told. `secrets` are needed in clear to sign with.
create table webhooks (
  id text primary key,
  key_id text not null,
  url text not null,
  name text,
  secrets jsonb not null,
  filter jsonb not null,
  state text not null,
  state_reason text,
  -- Events up to this one were before its time.
  since_event bigint not null,
  failing_since timestamptz,
  failed_attempts integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Serves: the webhooks of a key.
create index webhooks_by_key on webhooks (key_id, created_at, id);

-- Outbox and log in one: what is to be delivered, and what became of it. The key is what makes an event go out once.
create table webhook_deliveries (
  webhook_id text not null,
  -- Id of an event, or of a test message.
  message_id text not null,
  type text not null,
  -- Whole body of a test message; that of an event is made from the event log.
  body text,
  -- In the order they were put here.
  sequence bigint generated always as identity,
  state text not null default 'pending',
  attempts integer not null default 0,
  -- When the next attempt is due; while one is under way, when it counts as lost.
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  log jsonb not null default '[]',
  primary key (webhook_id, message_id)
);

-- Serves: which webhooks have something to deliver, and what of it is due.
create index webhook_deliveries_pending on webhook_deliveries (webhook_id, due_at) where state = 'pending';
-- Serves: the delivery log of a webhook, newest first.
create index webhook_deliveries_by_sequence on webhook_deliveries (webhook_id, sequence desc);
-- Serves: forgetting old deliveries.
create index webhook_deliveries_by_age on webhook_deliveries (settled_at) where state <> 'pending';

-- Up to which event the outbox was filled; its row is the lock of whoever fills it.
create table outbox_position (
  is_only boolean primary key default true check (is_only),
  last_event_id bigint not null
);
insert into outbox_position (last_event_id) values (0);

-- Serves: replaying what happened in an interval.
create index events_by_time on events (at, id);
