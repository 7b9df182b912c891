import { Kysely, PostgresDialect } from "kysely";
import type { PoolClient } from "pg";
import { POSTGRES_MIGRATIONS, versionOf, type DatabaseVersion } from "./migrations";

/**
 * Applies the missing migrations, all or none. One process at a time does so; the others wait, and find nothing to do.
 *
 * @returns the version of the database before.
 * @throws the database is newer than this program, or a migration fails.
 */
export async function migratePostgres(client: PoolClient, migrations = POSTGRES_MIGRATIONS): Promise<DatabaseVersion> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock(hashtext('tributary migrations'), hashtext(current_schema()))");
    await client.query(`create table if not exists migration (name text primary key, applied_at timestamptz not null)`);
    const { rows } = await client.query<{ name: string }>("select name from migration");
    const applied = rows.map(({ name }) => name);
    const version = versionOf(applied, migrations);
    const db = kyselyOn(client);
    for (const [name, migration] of Object.entries(migrations).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (applied.includes(name)) continue;
      await migration.up(db);
      await client.query("insert into migration (name, applied_at) values ($1, now())", [name]);
    }
    await client.query("commit");
    return version;
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // a lost connection is rolled back by PostgreSQL
    throw error;
  }
}

/** Kysely on one connection, which stays open. */
function kyselyOn(client: PoolClient): Kysely<unknown> {
  const query = client.query.bind(client);
  const one = { query, release: () => undefined };
  const pool = { connect: () => Promise.resolve(one), end: () => Promise.resolve() };
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}
