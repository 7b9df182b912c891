import type { PoolClient } from "pg";
import { POSTGRES_VERSIONS, versionOf, type DatabaseVersion, type PostgresVersion } from "./versions";

/**
 * Applies the missing migrations, all or none. One process at a time does so; the others wait, and find nothing to do.
 *
 * @param known in their order.
 * @returns the version of the database before.
 * @throws the database is newer than this program, or a migration fails.
 */
export async function migratePostgres(
  client: PoolClient,
  known: readonly PostgresVersion[] = POSTGRES_VERSIONS,
): Promise<DatabaseVersion> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock(hashtext('tributary migrations'), hashtext(current_schema()))");
    await client.query(`create table if not exists migration (name text primary key, applied_at timestamptz not null)`);
    const { rows } = await client.query<{ name: string }>("select name from migration");
    const applied = rows.map(({ name }) => name);
    const version = versionOf(applied, known);
    const missing = known.filter((name) => !applied.includes(name));
    if (missing.length > 0) await (await import("./apply-postgres.js")).applyToPostgres(client, missing);
    await client.query("commit");
    return version;
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // a lost connection is rolled back by PostgreSQL
    throw error;
  }
}
