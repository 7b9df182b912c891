import { POSTGRES_VERSIONS, versionOf, type DatabaseVersion } from "./migrations/versions";
import { createPool, type PostgresOptions } from "./sql/postgres-pool";
import { withRefusal } from "./sql/postgres-refusal";
import { checkServer } from "./sql/postgres-server";

/**
 * The version of a PostgreSQL database, found without changing it.
 *
 * @throws {UnusableDatabaseError} `openPostgres` would refuse it.
 */
export async function inspectPostgres(options: PostgresOptions): Promise<DatabaseVersion> {
  const pool = createPool({ ...options, max: 1 });
  try {
    const client = await pool.connect();
    try {
      if ((await checkServer(client)) === null) throw refusal("3F000");
      const { rows } = await client.query<{ has_table: number; may_create: number }>(
        `select to_regclass('migration') is not null as has_table,
           has_schema_privilege(current_schema(), 'create') as may_create`,
      );
      if (rows.some(({ may_create }) => may_create === 0)) throw refusal("42501");
      if (rows.some(({ has_table }) => has_table === 0)) return versionOf([], POSTGRES_VERSIONS);
      const applied = await client.query<{ name: string }>("select name from migration");
      return versionOf(
        applied.rows.map(({ name }) => name),
        POSTGRES_VERSIONS,
      );
    } finally {
      client.release();
    }
  } catch (error) {
    throw withRefusal(error, options.url);
  } finally {
    await pool.end();
  }
}

/** The error that PostgreSQL would give at the first statement that creates a table. */
function refusal(code: string): Error {
  return Object.assign(new Error(`PostgreSQL would refuse to create tables (${code})`), { code });
}
