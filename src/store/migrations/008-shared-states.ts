import { sql, type Kysely } from "kysely";

/** Creates the table of small states that several processes share: the limiters and circuit breakers of providers. */
export async function createSharedStates(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table shared_state (
         tenant text collate "C" not null, name text collate "C" not null, version bigint not null, state text not null,
         primary key (tenant, name))`,
    )
    .execute(db);
}
