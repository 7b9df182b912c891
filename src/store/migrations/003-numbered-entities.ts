import { sql, type Kysely } from "kysely";

/**
 * Entities get numbers: rows hold them instead of names, so that what is written together lies together, however much there is.
 * Counters of credits and profiles are rows, and feeds know when they were read last.
 *
 * @param now from when on feeds that are there already count as read; milliseconds since 1970 UTC.
 */
export async function numberEntities(db: Kysely<unknown>, now: number): Promise<void> {
  const run = async (...statements: readonly string[]): Promise<void> => {
    for (const text of statements) await sql.raw(text).execute(db);
  };
  await run(...NUMBERS, ...NAMES, ...RECORDS, ...ITEMS, ...FEEDS, ...LEDGER, ...PROFILES, "drop table entity_number");
  await sql`update feed set read_at = ${now}`.execute(db);
}

/** A number for every entity, every employer that nothing was recorded of, and every subject likewise. */
const NUMBERS = [
  `create table entity_number (tenant text not null, name text not null, number bigint not null, primary key (tenant, name))`,
  `insert into entity_number (tenant, name, number)
   select names.tenant, names.name,
     coalesce(counter.value, 0) + row_number() over (partition by names.tenant order by names.mark, names.name)
   from (
     select tenant, name, min(mark) as mark from (
       select record.tenant, record.entity as name, record.mark from record
       union all select entity_key.tenant, entity_key.entity, 9007199254740991 from entity_key
       union all select record.tenant, record.employer, record.mark from record
         where record.employer is not null and not exists (
           select 1 from entity_key where entity_key.tenant = record.tenant and entity_key.key = record.employer)
       union all select feed_item.tenant, feed_item.subject, feed_item.mark from feed_item
         where not exists (
           select 1 from entity_key where entity_key.tenant = feed_item.tenant and entity_key.key = feed_item.subject)
     ) as named group by tenant, name
   ) as names
   left join counter on counter.tenant = names.tenant and counter.name = 'mark'`,
  `insert into counter (tenant, name, value)
   select tenant, 'mark', max(number) from entity_number where true group by tenant
   on conflict (tenant, name) do update set value = excluded.value`,
];

const NAMES = [
  `create table named_entity (
     tenant text not null, key text not null, entity bigint not null, primary key (tenant, key)) without rowid`,
  `insert into named_entity (tenant, key, entity)
   select entity_key.tenant, entity_key.key, entity_number.number from entity_key
   join entity_number on entity_number.tenant = entity_key.tenant and entity_number.name = entity_key.entity`,
  `insert into named_entity (tenant, key, entity)
   select tenant, name, number from entity_number where not exists (
     select 1 from entity_key where entity_key.tenant = entity_number.tenant and entity_key.key = entity_number.name)`,
  `drop table entity_key`,
  `alter table named_entity rename to entity_key`,
  `create index entity_key_by_entity on entity_key (tenant, entity)`,
];

const RECORDS = [
  `create table numbered_record (
     tenant text not null, entity bigint not null, provider text not null, record_key text not null,
     kind text not null, employer text, employer_entity bigint, provider_id text,
     keys text not null, fields text not null, fetched_at bigint not null, mark bigint not null,
     primary key (tenant, entity, provider, record_key))`,
  `insert into numbered_record (tenant, entity, provider, record_key, kind, employer, employer_entity, provider_id, keys,
     fields, fetched_at, mark)
   select record.tenant, entity_number.number, record.provider, record.record_key, record.kind, record.employer,
     employer.entity, record.provider_id, record.keys, record.fields, record.fetched_at, record.mark
   from record
   join entity_number on entity_number.tenant = record.tenant and entity_number.name = record.entity
   left join entity_key as employer on employer.tenant = record.tenant and employer.key = record.employer
   order by record.tenant, record.mark`,
  `drop table record`,
  `alter table numbered_record rename to record`,
  `create index record_by_employer on record (tenant, employer_entity) where employer_entity is not null`,
];

const ITEMS = [
  `create table numbered_item (
     tenant text not null, feed_id text not null, position integer not null, mark bigint not null,
     subject text not null, entity bigint not null, content text, recorded_at bigint not null,
     primary key (tenant, feed_id, position))`,
  `insert into numbered_item (tenant, feed_id, position, mark, subject, entity, content, recorded_at)
   select feed_item.tenant, feed_item.feed_id, feed_item.position, feed_item.mark, feed_item.subject, entity_key.entity,
     feed_item.content, feed_item.recorded_at
   from feed_item
   join entity_key on entity_key.tenant = feed_item.tenant and entity_key.key = feed_item.subject
   order by feed_item.tenant, feed_item.mark`,
  `drop table feed_item`,
  `alter table numbered_item rename to feed_item`,
  `create index feed_item_by_entity on feed_item (tenant, entity, mark)`,
  `create index feed_item_of_feed on feed_item (tenant, feed_id, entity)`,
];

const FEEDS = [
  `alter table feed add column read_at bigint not null default 0`,
  `drop index feed_by_name`,
  `create index feed_open on feed (tenant, connection, provider, query_hash, created_at) where closed = 0`,
  `create index feed_by_reading on feed (tenant, read_at)`,
  `create table dropped_feed (tenant text not null, id text not null, primary key (tenant, id))`,
];

/** Only what is charged once a month needs a row a unit; the rest is told by its call. */
const LEDGER = [
  `create table credit_count (
     tenant text not null, provider text not null, day text not null, credits double precision not null,
     unsettled double precision not null default 0, primary key (tenant, provider, day))`,
  `insert into credit_count (tenant, provider, day, credits)
   select tenant, provider, date(charged_at / 1000, 'unixepoch'), sum(credits) from charge group by 1, 2, 3`,
  `insert into credit_count (tenant, provider, day, credits)
   select tenant, provider, '', sum(credits) from charge group by 1, 2`,
  `insert into credit_count (tenant, provider, day, credits, unsettled)
   select tenant, provider, date(started_at / 1000, 'unixepoch'), 0, sum(reserved_credits) from provider_call
   where settled_at is null and outcome is not null group by 1, 2, 3
   on conflict (tenant, provider, day) do update set unsettled = excluded.unsettled`,
  `create index provider_call_open on provider_call (tenant, provider) where settled_at is null and outcome is null`,
  `create table charged_unit (
     tenant text not null, provider text not null, month text not null, unit text not null, call_id text not null,
     primary key (tenant, provider, month, unit)) without rowid`,
  `insert into charged_unit (tenant, provider, month, unit, call_id)
   select tenant, provider, month, unit, call_id from charge where unit <> call_id`,
  `drop table charge`,
  `alter table charged_unit rename to charge`,
];

const PROFILES = [
  `create index icp_by_mark on icp (tenant, mark)`,
  `insert into counter (tenant, name, value) select tenant, 'profiles', count(*) from icp group by tenant`,
];
