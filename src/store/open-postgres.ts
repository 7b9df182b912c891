import type { Pool } from "pg";
import type { OnFound } from "./open-database";
import { migratePostgres } from "./migrations/migrate-postgres";
import { channelClient, PostgresChannel } from "./sql/postgres-channel";
import { PostgresDatabase } from "./sql/postgres-database";
import { checkServer } from "./sql/postgres-server";
import { createPool, titleOf, type PostgresOptions } from "./sql/postgres-pool";
import { withRefusal } from "./sql/postgres-refusal";
import { newProcessName } from "./sql/process-name";

/**
 * Opens a PostgreSQL database and applies missing migrations.
 *
 * @param onFound called with the version of the database before migrations were applied.
 * @throws {UnusableDatabaseError} PostgreSQL does not answer, refuses the connection, or is too old.
 * @throws a migration fails, or the database is newer than this program.
 * @example
 *   const database = await openPostgres({ url: "postgres://tributary@localhost/tributary", max: 10 });
 */
export async function openPostgres(
  options: PostgresOptions,
  onFound: OnFound = () => undefined,
): Promise<PostgresDatabase> {
  let pool: Pool | null = null;
  try {
    const names = newProcessName(await prepare(options, onFound), titleOf(options.url));
    const named = { ...options, applicationName: names.applicationName };
    pool = createPool(named);
    const channel = new PostgresChannel(names, () => channelClient(named));
    await channel.start();
    return new PostgresDatabase(pool, channel);
  } catch (error) {
    await pool?.end();
    throw withRefusal(error, options.url);
  }
}

/** @returns the schema in which the tables are. */
async function prepare(options: PostgresOptions, onFound: OnFound): Promise<string> {
  const pool = createPool({ ...options, max: 1 });
  try {
    const client = await pool.connect();
    try {
      const schema = await checkServer(client);
      onFound(await migratePostgres(client));
      return schema ?? "";
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}
