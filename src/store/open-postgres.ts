import type { Pool } from "pg";
import { migratePostgres } from "./migrations/migrate-postgres";
import { PostgresChannel } from "./sql/postgres-channel";
import { PostgresDatabase } from "./sql/postgres-database";
import { createPool, type PostgresOptions } from "./sql/postgres-pool";
import { withRefusal } from "./sql/postgres-refusal";
import { UnusableDatabaseError } from "./unusable-database";

/** `server_version_num` of the oldest PostgreSQL that is supported. */
const OLDEST = 130_000;

/**
 * Opens a PostgreSQL database and applies missing migrations.
 *
 * @throws {UnusableDatabaseError} PostgreSQL does not answer, refuses the connection, or is too old.
 * @throws a migration fails, or the database is newer than this program.
 * @example
 *   const database = await openPostgres({ url: "postgres://tributary@localhost/tributary", max: 10 });
 */
export async function openPostgres(options: PostgresOptions): Promise<PostgresDatabase> {
  const pool = createPool(options);
  try {
    const channel = new PostgresChannel(options, await prepare(pool));
    await channel.start();
    return new PostgresDatabase(pool, channel);
  } catch (error) {
    await pool.end();
    throw withRefusal(error, options.url);
  }
}

/** @returns the schema in which the tables are. */
async function prepare(pool: Pool): Promise<string> {
  const client = await pool.connect();
  client.on("error", () => undefined); // the next query says that the connection is lost
  try {
    const { rows } = await client.query<{ version: string; number: string; encoding: string; schema: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num') as number,
         current_setting('server_encoding') as encoding, current_schema() as schema`,
    );
    for (const { version, number, encoding } of rows) checkServer(version, Number(number), encoding);
    await migratePostgres(client);
    return rows[0]?.schema ?? "";
  } finally {
    client.release();
  }
}

function checkServer(version: string, number: number, encoding: string): void {
  if (number < OLDEST) {
    throw new UnusableDatabaseError(`PostgreSQL is of version ${version}. This program needs 13 or later.`, "");
  }
  if (encoding !== "UTF8") {
    throw new UnusableDatabaseError(`the database has the encoding ${encoding}. This program needs UTF8.`, "");
  }
}
