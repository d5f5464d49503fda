-- The pair of keys with which this instance signs what it asks push services to pass on (VAPID, RFC 8292).
create table push_keys (
  is_only boolean primary key default true check (is_only),
  public_key text not null,
  private_key text not null
);

-- Browsers that want to be told, once, when a service works again. Nothing here says who they belong to.
create table push_subscriptions (
  id bigint generated always as identity primary key,
  service_id integer not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  language text not null,
  created_at timestamptz not null default now(),
  -- The incident whose end is to be told, and from when on; null while nothing has ended.
  incident_id text,
  due_at timestamptz,
  attempts integer not null default 0,
  unique (service_id, endpoint)
);

create index push_subscriptions_due on push_subscriptions (due_at) where due_at is not null;
create index push_subscriptions_by_age on push_subscriptions (created_at);
