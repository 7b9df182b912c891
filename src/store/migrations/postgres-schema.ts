import { sql, type Kysely } from "kysely";

/** Creates on PostgreSQL what the migrations of SQLite up to 005 made. Texts are compared by their bytes, as SQLite does. */
export async function createPostgresSchema(db: Kysely<unknown>): Promise<void> {
  for (const text of TABLES) await sql.raw(text.replaceAll(/\btext\b/g, `text collate "C"`)).execute(db);
  for (const text of INDEXES) await sql.raw(text).execute(db);
}

const TABLES = [
  `create table setting (name text primary key, value text not null)`,
  `create table counter (tenant text not null, name text not null, value bigint not null, primary key (tenant, name))`,
  `create table feed (
     tenant text not null, id text not null, connection text not null, provider text not null, query text not null,
     query_hash text not null, created_at bigint not null, length integer not null, total integer, state text not null,
     ended_at bigint, closed integer not null, folded text not null default '[]', read_at bigint not null default 0,
     primary key (tenant, id))`,
  `create table feed_item (
     tenant text not null, feed_id text not null, position integer not null, mark bigint not null,
     subject text not null, entity bigint not null, content text, recorded_at bigint not null,
     primary key (tenant, feed_id, position))`,
  `create table dropped_feed (
     tenant text not null, id text not null, length integer not null default 0, primary key (tenant, id))`,
  `create table record (
     tenant text not null, entity bigint not null, provider text not null, record_key text not null,
     kind text not null, employer text, employer_entity bigint, provider_id text,
     keys text not null, fields text not null, fetched_at bigint not null, mark bigint not null,
     primary key (tenant, entity, provider, record_key))`,
  `create table entity_key (
     tenant text not null, key text not null, entity bigint not null, primary key (tenant, key))`,
  `create table icp (
     tenant text not null, id text not null, external_user_id text not null, profile text not null,
     sent integer not null, created_at bigint not null, updated_at bigint not null, mark bigint not null,
     primary key (tenant, id), unique (tenant, external_user_id))`,
  `create table provider_call (
     tenant text not null, id text not null, provider text not null, operation text not null, feed_id text,
     reserved_credits double precision not null, started_at bigint not null, settled_at bigint, outcome text,
     credits double precision not null default 0, primary key (tenant, id))`,
  `create table credit_count (
     tenant text not null, provider text not null, day text not null, credits double precision not null,
     unsettled double precision not null default 0, primary key (tenant, provider, day))`,
  `create table charge (
     tenant text not null, provider text not null, month text not null, unit text not null, call_id text not null,
     primary key (tenant, provider, month, unit))`,
  `create table lease (
     tenant text not null, name text not null, holder text not null, expires_at bigint not null,
     primary key (tenant, name))`,
];

const INDEXES = [
  `create index feed_open on feed (tenant, connection, provider, query_hash, created_at) where closed = 0`,
  `create index feed_by_reading on feed (tenant, read_at)`,
  `create index feed_open_by_age on feed (tenant, provider, created_at) where closed = 0`,
  `create index feed_item_by_entity on feed_item (tenant, entity, mark)`,
  `create index feed_item_of_feed on feed_item (tenant, feed_id, entity)`,
  `create index record_by_employer on record (tenant, employer_entity) where employer_entity is not null`,
  `create index entity_key_by_entity on entity_key (tenant, entity)`,
  `create index icp_by_mark on icp (tenant, mark)`,
  `create index provider_call_under_way on provider_call (tenant, provider, settled_at)`,
  `create index provider_call_open on provider_call (tenant, provider) where settled_at is null and outcome is null`,
];
