-- What `server init` puts into a database: running it again brings an older layout up to
-- date and leaves the registers as they are.
--
-- Whoever runs it owns the tables. Nobody else has a right to write to them: a role reads
-- the registers that it was granted, and writes through the function `keep` alone, which
-- checks who signs, what the member may change, and that nobody else wrote in between.

create schema if not exists opd_tracker;
set local search_path = opd_tracker, pg_catalog;

-- The number of the layout, which `server init` looks at before it changes anything.
create table if not exists layout (number integer not null);

create table if not exists register (
    prefix      text primary key,
    schema      integer not null,
    next_number bigint not null,
    version     bigint not null
);

-- A fact that was taken out stays as a row without a document, so that whoever catches up
-- learns of it. `json` and not `jsonb`: the order of a document's keys is part of it.
create table if not exists fact (
    register text not null references register (prefix) on delete cascade,
    kind     text not null,
    number   bigint not null,
    version  bigint not null,
    gone     boolean not null default false,
    doc      json,
    primary key (register, kind, number),
    check (gone = (doc is null))
);
create index if not exists fact_version on fact (register, version);
create index if not exists fact_transfer on fact (register, (doc ->> 'service'))
    where kind = 'transfers';

-- The texts of published weeks, by their digest; they never change.
create table if not exists page (
    register text not null references register (prefix) on delete cascade,
    digest   text not null,
    text     text not null,
    primary key (register, digest)
);

-- Which role of the database reaches which register, and as which member. Without a
-- member the role may sign with any name: for a machine that fixes the names itself.
create table if not exists access (
    register text not null references register (prefix) on delete cascade,
    role     text not null,
    member   text,
    primary key (register, role)
);

alter table register enable row level security;
alter table fact enable row level security;
alter table page enable row level security;
alter table access enable row level security;

drop policy if exists own_access on access;
create policy own_access on access for select using (role = session_user);
drop policy if exists granted on register;
create policy granted on register for select
    using (prefix in (select register from opd_tracker.access));
drop policy if exists granted on fact;
create policy granted on fact for select
    using (register in (select register from opd_tracker.access));
drop policy if exists granted on page;
create policy granted on page for select
    using (register in (select register from opd_tracker.access));

do $$
begin
    if to_regtype('opd_tracker.change') is null then
        create type change as (kind text, number bigint, doc json);
    end if;
end
$$;

-- The city's day: that of an illustrative register is fixed.
create or replace function find_today(of_register text) returns date
language sql stable set search_path = opd_tracker, pg_catalog, pg_temp as $$
    select case
        when (f.doc ->> 'illustrative')::boolean and f.doc ->> 'today' is not null
        then (f.doc ->> 'today')::date
        else (now() at time zone coalesce(f.doc ->> 'timezone', 'Asia/Jakarta'))::date
    end
    from fact f
    where f.register = of_register and f.kind = 'city' and not f.gone
$$;

-- The OPD that a fact concerns: its service's on a day, or the one that it names.
create or replace function find_owner(
    of_register text, of_fact json, of_service json, on_day date
) returns text
language sql stable set search_path = opd_tracker, pg_catalog, pg_temp as $$
    select coalesce(
        (
            select f.doc ->> 'opd'
            from fact f
            where f.register = of_register and f.kind = 'transfers' and not f.gone
                and f.doc ->> 'service' = of_service ->> 'id'
                and (f.doc ->> 'on')::date <= on_day
            order by (f.doc ->> 'on')::date desc,
                (f.doc ->> 'recorded_at')::timestamptz desc, f.number desc
            limit 1
        ),
        of_service ->> 'opd',
        of_fact ->> 'opd'
    )
$$;

-- The document under a key such as `abcde-0000012`; null if there is none.
create or replace function find_document(
    of_register text, of_kind text, of_key text
) returns json
language sql stable set search_path = opd_tracker, pg_catalog, pg_temp as $$
    select f.doc
    from fact f
    where f.register = of_register and f.kind = of_kind
        and f.number = substring(of_key from '[0-9]+$')::bigint
$$;

-- Refuse what a member of an OPD may not change: the rules of `tracker/permissions.py`,
-- and that the log says what stood there before, and of nothing else.
create or replace function check_own(
    of_register text, own_opd text, entry json, changes change[]
) returns void
language plpgsql stable set search_path = opd_tracker, pg_catalog, pg_temp as $$
declare
    day      date := find_today(of_register);
    inverted json := coalesce(
        find_document(of_register, 'log', entry ->> 'undoes'),
        find_document(of_register, 'log', entry ->> 'redoes')
    );
    one      record;
    key      text;
    service  json;
begin
    for one in
        select c.kind, c.number, c.doc as after, f.doc as before
        from unnest(changes) c
        left join fact f on f.register = of_register
            and f.kind = c.kind and f.number = c.number
        where c.kind <> 'log'
    loop
        if one.kind not in (
            'services', 'moves', 'closures', 'targets', 'obstacles', 'reports'
        ) then
            raise exception 'own' using errcode = 'OT003';
        end if;
        if one.before is not null then
            key := coalesce(one.before ->> 'service', one.before ->> 'id');
            service := find_document(of_register, 'services', key);
            if find_owner(of_register, one.before, service, day)
                is distinct from own_opd
            then
                raise exception 'own' using errcode = 'OT003';
            end if;
        end if;
        if one.after is not null then
            key := coalesce(one.after ->> 'service', one.after ->> 'id');
            select c.doc into service from unnest(changes) c
            where c.kind = 'services' and c.doc ->> 'id' = key;
            if not found then
                service := find_document(of_register, 'services', key);
            end if;
            if find_owner(of_register, one.after, service, day)
                is distinct from own_opd
            then
                raise exception 'own' using errcode = 'OT003';
            end if;
        end if;

        key := coalesce(one.before, one.after) ->> 'id';
        if (entry -> 'changes' -> one.kind ->> key)::jsonb
            is distinct from one.before::jsonb
        then
            raise exception 'log' using errcode = 'OT005';
        end if;
        if inverted is not null then
            -- An undo or a redo puts back what that entry found, and nothing else.
            if (inverted -> 'changes' -> one.kind ->> key)::jsonb
                is distinct from one.after::jsonb
            then
                raise exception 'undo' using errcode = 'OT006';
            end if;
        elsif one.after is not null then
            if one.kind = 'moves'
                and one.after ->> 'verified_on' is not null
                and one.after ->> 'verified_on'
                    is distinct from one.before ->> 'verified_on'
            then
                raise exception 'verify' using errcode = 'OT004';
            end if;
            if one.after ->> 'by' is null
                or (one.after ->> 'by' <> entry ->> 'by'
                    and one.after ->> 'by' is distinct from one.before ->> 'by')
            then
                raise exception 'signature' using errcode = 'OT002';
            end if;
        end if;
    end loop;

    -- An undo puts back whatever its entry tells of: a claim about a fact that the action
    -- did not change would be a way around every check.
    if exists (
        select from json_each(entry -> 'changes') as t (kind, told)
        cross join lateral json_object_keys(t.told) as k (key)
        where not exists (
            select from unnest(changes) c
            where c.kind = t.kind
                and c.number = substring(k.key from '[0-9]+$')::bigint
        )
    ) then
        raise exception 'log' using errcode = 'OT005';
    end if;
end
$$;

-- The member who signs as `of_name`, unless they only read; null while the register has
-- no members, and everybody may change everything.
create or replace function find_writer(of_register text, of_name text) returns json
language plpgsql stable set search_path = opd_tracker, pg_catalog, pg_temp as $$
declare
    member json;
begin
    if not exists (
        select from fact f
        where f.register = of_register and f.kind = 'members' and not f.gone
    ) then
        return null;
    end if;
    select f.doc into member from fact f
    where f.register = of_register and f.kind = 'members' and not f.gone
        and lower(f.doc ->> 'name') = lower(trim(of_name));
    if member ->> 'role' = 'coordinator'
        or (member ->> 'role' = 'opd' and member ->> 'opd' is not null)
    then
        return member;
    end if;
    raise exception 'reader' using errcode = 'OT001';
end
$$;

-- Refuse what whoever signs may not do.
create or replace function check_changes(
    of_register text, speaks_for text, new_next bigint, changes change[]
) returns void
language plpgsql stable set search_path = opd_tracker, pg_catalog, pg_temp as $$
declare
    entry  json;
    member json;
    brings boolean;
begin
    -- The limit is that of `tracker/store/reading.py`: beyond it nobody could read the rest.
    if new_next >= 1000000000000 or exists (
        select from unnest(changes) c
        where c.number >= new_next or c.number < 1
            or (c.doc is not null and c.doc ->> 'id' is distinct from of_register || '-' ||
                lpad(c.number::text, greatest(7, length(c.number::text)), '0'))
    ) then
        raise exception 'keys' using errcode = 'OT005';
    end if;

    -- The log only grows, by the entry of this action and those that a merge brings.
    select c.doc into entry from unnest(changes) c
    where c.kind = 'log' and c.number = new_next - 1;
    if entry is null or exists (
        select from unnest(changes) c
        left join fact f on f.register = of_register
            and f.kind = c.kind and f.number = c.number
        where c.kind = 'log' and (c.doc is null or f.number is not null)
    ) then
        raise exception 'log' using errcode = 'OT005';
    end if;
    if entry ->> 'by' is null
        or (speaks_for is not null and entry ->> 'by' <> speaks_for)
    then
        raise exception 'signature' using errcode = 'OT002';
    end if;
    if exists (
        select from (values (entry ->> 'undoes'), (entry ->> 'redoes')) as t (key)
        where t.key is not null
            and find_document(of_register, 'log', t.key) ->> 'by'
                is distinct from entry ->> 'by'
    ) then
        raise exception 'undo' using errcode = 'OT006';
    end if;

    member := find_writer(of_register, entry ->> 'by');
    if member is null or member ->> 'role' = 'coordinator' then
        return;
    end if;
    select count(*) > 1 into brings from unnest(changes) c where c.kind = 'log';
    if brings then
        raise exception 'merge' using errcode = 'OT008';
    end if;
    perform check_own(of_register, member ->> 'opd', entry, changes);
end
$$;

-- The member as whom this role signs, null for any name; refuse a role without access,
-- and one whose member only reads. It is asked before a lock is taken: nobody who may not
-- write can hold up those who may.
create or replace function read_access(of_register text) returns text
language plpgsql stable set search_path = opd_tracker, pg_catalog, pg_temp as $$
declare
    found_member text;
begin
    select a.member into found_member from access a
    where a.register = of_register and a.role = session_user;
    if not found then
        raise exception 'access' using errcode = 'OT001';
    end if;
    if found_member is not null then
        perform find_writer(of_register, found_member);
    end if;
    return found_member;
end
$$;

-- Store one action if the register still stands at `seen_version`: its facts as
-- [kind, number, document or null], the texts of its pages as [digest, text].
--
-- The first row tells whether it was kept and where the register stands. If somebody else
-- was faster, nothing is kept, and the rows are what changed since: one round trip to
-- write, and one more to write on what the other made.
create or replace function keep(
    of_register text, seen_version bigint, layout integer, new_next bigint,
    facts json, pages json
) returns table (
    kept boolean, version bigint, next_number bigint,
    kind text, number bigint, doc json
)
language plpgsql volatile security definer
set search_path = opd_tracker, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    speaks_for text := read_access(of_register);
    changes    change[];
begin
    -- Somebody may hold the row whose program or network hangs.
    perform set_config('lock_timeout', '5s', true);
    update register r set version = r.version + 1, next_number = new_next
    where r.prefix = of_register and r.version = seen_version
        and r.schema = layout and r.next_number <= new_next;
    if not found then
        if exists (
            select from register r where r.prefix = of_register and r.schema <> layout
        ) then
            raise exception 'layout' using errcode = 'OT007';
        end if;
        return query
            select false, r.version, r.next_number, f.kind, f.number, f.doc
            from register r
            left join fact f on f.register = r.prefix and f.version > seen_version
            where r.prefix = of_register;
        return;
    end if;

    select array_agg(row(e.item ->> 0, (e.item ->> 1)::bigint,
        case when json_typeof(e.item -> 2) = 'object' then e.item -> 2 end)::change)
    into changes from json_array_elements(facts) as e (item);
    perform check_changes(of_register, speaks_for, new_next, changes);

    insert into fact (register, kind, number, version, gone, doc)
    select of_register, c.kind, c.number, seen_version + 1, c.doc is null, c.doc
    from unnest(changes) c
    on conflict (register, kind, number) do update
        set version = excluded.version, gone = excluded.gone, doc = excluded.doc;
    insert into page (register, digest, text)
    select of_register, e.item ->> 0, e.item ->> 1
    from json_array_elements(pages) as e (item)
    where left(encode(sha256(convert_to(e.item ->> 1, 'UTF8')), 'hex'), 32)
        = e.item ->> 0
    on conflict do nothing;

    if current_setting('synchronous_commit') = 'off' then
        -- What is acknowledged must be on the disk.
        perform set_config('synchronous_commit', 'on', true);
    end if;
    return query select true, seen_version + 1, new_next,
        null::text, null::bigint, null::json;
end
$$;

-- Wait until nobody else writes, and let nobody else write until the transaction ends.
create or replace function wait_for_turn(of_register text) returns void
language plpgsql volatile security definer
set search_path = opd_tracker, pg_catalog, pg_temp as $$
begin
    perform read_access(of_register);
    perform set_config('lock_timeout', '5s', true);
    perform set_config('idle_in_transaction_session_timeout', '20s', true);
    perform from register r where r.prefix = of_register for update;
end
$$;

revoke all on all functions in schema opd_tracker from public;
