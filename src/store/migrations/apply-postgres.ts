import { Kysely, PostgresDialect } from "kysely";
import type { PoolClient } from "pg";
import { POSTGRES_MIGRATIONS } from "./migrations";
import type { PostgresVersion } from "./versions";

/** Applies migrations in the order given, within the transaction that is open. @throws a migration fails. */
export async function applyToPostgres(client: PoolClient, names: readonly PostgresVersion[]): Promise<void> {
  const db = kyselyOn(client);
  for (const name of names) {
    await POSTGRES_MIGRATIONS[name].up(db);
    await client.query("insert into migration (name, applied_at) values ($1, now())", [name]);
  }
}

/** Kysely on one connection, which stays open. */
function kyselyOn(client: PoolClient): Kysely<unknown> {
  const query = client.query.bind(client);
  const one = { query, release: () => undefined };
  const pool = { connect: () => Promise.resolve(one), end: () => Promise.resolve() };
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}
