import { sql, type Kysely } from "kysely";

const STATEMENTS = [
  `create table forgotten_person (tenant text not null, hash text not null, primary key (tenant, hash))`,
  `alter table feed add column forgotten text not null default '[]'`,
];

/** Forgotten people are known by keyed hashes of their keys; feeds know at which positions their rows were. */
export async function forgetPeople(db: Kysely<unknown>): Promise<void> {
  for (const text of STATEMENTS) await sql.raw(text).execute(db);
}
