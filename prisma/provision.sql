-- What every subgraph's database has before its own migrations. Runs as the owner, in one transaction, whenever this file
-- has changed since it last ran; so every statement must be repeatable.
-- The setting lentera.app_role names the subgraph's role; when it is not set (a scratch database), nothing is granted.

create extension if not exists citext;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
create extension if not exists pgcrypto;

-- Under row level security the planner only uses an index when comparing cannot tell anything about a row that is not shown.
-- Comparing two citext values cannot; PostgreSQL does not know it. Without the right to say so, look-ups by e-mail scan.
do $$
begin
  alter function citext_eq(citext, citext) leakproof;
exception when insufficient_privilege then
  raise notice 'citext_eq stays leaky: a superuser may run "alter function citext_eq(citext, citext) leakproof"';
end
$$;

create schema if not exists app;

-- Who asks. Plain SQL functions, so that the planner inlines them into row level security policies. Where a policy
-- compares a column, write `column = (select app.user_id())`: evaluated once for the statement, not once for the row.

create or replace function app.user_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.user_id', true), '')::uuid;

create or replace function app.organization_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.organization_id', true), '')::uuid;

create or replace function app.is_staff() returns boolean
language sql stable parallel safe
return coalesce(current_setting('app.staff', true), '') = 'on';

create or replace function app.bypass() returns boolean
language sql stable parallel safe
return coalesce(current_setting('app.bypass', true), '') = 'on';

create or replace function app.granted_user_ids() returns uuid[]
language sql stable parallel safe
return coalesce(string_to_array(nullif(current_setting('app.granted_user_ids', true), ''), ',')::uuid[], '{}');

-- The application's only door to the job queue. The job exists when, and only when, the caller's transaction commits.

create or replace function app.add_job(
  identifier text, payload json, job_key text default null, run_at timestamptz default null,
  max_attempts int default null, queue_name text default null
) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return (graphile_worker.add_job(identifier, payload => payload, queue_name => queue_name, run_at => run_at,
    max_attempts => max_attempts, job_key => job_key)).id;
end
$$;

-- Replays: a command's answer under the caller's key, and the events that a consumer has already handled.

create table if not exists app.idempotency_keys (
  scope text not null,
  key text not null,
  input_hash text not null,
  result jsonb,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index if not exists idempotency_keys_created_at on app.idempotency_keys (created_at);

create table if not exists app.consumed_events (
  event_id uuid not null,
  consumer text not null,
  consumed_at timestamptz not null default now(),
  primary key (event_id, consumer)
);
create index if not exists consumed_events_consumed_at on app.consumed_events (consumed_at);

-- The audit log: one hash chain per organization, and one of the platform (organization null). Append-only.

create table if not exists app.audit_log (
  id uuid primary key default uuidv7(),
  -- position in its chain, from 1 and without gaps; set by the trigger
  sequence bigint not null,
  organization_id uuid,
  actor_id uuid,
  impersonator_id uuid,
  action text not null,
  entity_type text not null,
  entity_id text,
  old_values jsonb,
  new_values jsonb,
  ip inet,
  user_agent text,
  occurred_at timestamptz not null default now(),
  previous_hash bytea not null,
  hash bytea not null,
  unique nulls not distinct (organization_id, sequence)
);
create index if not exists audit_log_entity on app.audit_log (entity_type, entity_id, sequence);
create index if not exists audit_log_actor on app.audit_log (actor_id, occurred_at);

-- The end of each chain; the platform's has the nil uuid. Locking its row puts the writers of one chain in a queue.
create table if not exists app.audit_chain (
  chain uuid primary key,
  length bigint not null,
  hash bytea not null
);

create or replace function app.audit_hash(entry app.audit_log, previous bytea) returns bytea
language sql stable parallel safe set search_path = pg_catalog, pg_temp
return sha256(previous || convert_to(jsonb_build_array(
  entry.id, entry.sequence, entry.organization_id, entry.actor_id, entry.impersonator_id, entry.action, entry.entity_type,
  entry.entity_id, entry.old_values, entry.new_values, text(entry.ip), entry.user_agent,
  extract(epoch from entry.occurred_at)
)::text, 'UTF8'));

create or replace function app.append_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  chain_id uuid := coalesce(new.organization_id, '00000000-0000-0000-0000-000000000000');
begin
  insert into app.audit_chain as tip (chain, length, hash) values (chain_id, 1, ''::bytea)
  on conflict (chain) do update set length = tip.length + 1
  returning length, hash into new.sequence, new.previous_hash;
  new.hash := app.audit_hash(new, new.previous_hash);
  update app.audit_chain set hash = new.hash where chain = chain_id;
  return new;
end
$$;

create or replace function app.refuse_audit_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'restrict_violation';
end
$$;

create or replace trigger append before insert on app.audit_log for each row execute function app.append_audit();
create or replace trigger refuse_change before update or delete or truncate on app.audit_log
  for each statement execute function app.refuse_audit_change();

alter table app.audit_log enable row level security;
alter table app.audit_log force row level security;
drop policy if exists append on app.audit_log;
create policy append on app.audit_log for insert with check (true);
drop policy if exists read on app.audit_log;
create policy read on app.audit_log for select using (
  (select app.bypass()) or (organization_id = (select app.organization_id()) and (select app.is_staff()))
);

-- The entries of one chain (organization null: the platform's) that were changed, misplaced or removed since they were
-- written; of removed ones at the end, the last known position. An unharmed chain returns no row.
create or replace function app.audit_chain_breaks(organization uuid)
returns table (sequence bigint, id uuid, reason text)
language sql stable security definer set search_path = pg_catalog, pg_temp set app.bypass = 'on'
as $$
  with entry as (
    select log, log.id, log.sequence, log.hash, log.previous_hash,
      lag(log.hash, 1, ''::bytea) over (order by log.sequence) as expected_previous,
      lag(log.sequence, 1, 0::bigint) over (order by log.sequence) + 1 as expected_sequence
    from app.audit_log as log
    where log.organization_id is not distinct from organization
  )
  select entry.sequence, entry.id,
    case
      when entry.hash is distinct from app.audit_hash(entry.log, entry.previous_hash) then 'changed'
      when entry.sequence <> entry.expected_sequence then 'an entry before it is missing'
      else 'does not follow from the entry before it'
    end
  from entry
  where entry.hash is distinct from app.audit_hash(entry.log, entry.previous_hash)
    or entry.sequence <> entry.expected_sequence
    or entry.previous_hash is distinct from entry.expected_previous
  union all
  select tip.length, null, 'the end of the chain is missing'
  from app.audit_chain as tip
  where tip.chain = coalesce(organization, '00000000-0000-0000-0000-000000000000')
    and tip.hash is distinct from (select entry.hash from entry order by entry.sequence desc limit 1)
  order by 1
$$;

-- What the subgraph's role may do.

revoke all on all tables in schema app from public;
revoke execute on all functions in schema app from public;

do $$
declare
  role text := nullif(current_setting('lentera.app_role', true), '');
begin
  if role is null then
    return;
  end if;
  execute format('grant usage on schema public, app to %I', role);
  execute format('grant select, insert, update, delete on all tables in schema public to %I', role);
  execute format('grant usage, select on all sequences in schema public to %I', role);
  execute format('alter default privileges in schema public grant select, insert, update, delete on tables to %I', role);
  execute format('alter default privileges in schema public grant usage, select on sequences to %I', role);
  execute format('grant execute on all functions in schema app to %I', role);
  execute format('alter default privileges in schema app grant execute on functions to %I', role);
  execute format('grant select, insert, update, delete on app.idempotency_keys to %I', role);
  execute format('grant select, insert, delete on app.consumed_events to %I', role);
  execute format('grant select, insert on app.audit_log to %I', role);
end
$$;
