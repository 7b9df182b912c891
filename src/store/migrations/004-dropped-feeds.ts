import { sql, type Kysely } from "kysely";

/** How many rows of a dropped feed are still to be deleted; and feeds that are too old to be found by name, by their age. */
export async function countDroppedRows(db: Kysely<unknown>): Promise<void> {
  await sql`alter table dropped_feed add column length integer not null default 0`.execute(db);
  await sql`create index feed_open_by_age on feed (tenant, provider, created_at) where closed = 0`.execute(db);
}
