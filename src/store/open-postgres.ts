import type { Pool } from "pg";
import { migratePostgres } from "./migrations/migrate-postgres";
import type { Database } from "./sql/database";
import { PostgresDatabase } from "./sql/postgres-database";
import { createPool, type PostgresOptions } from "./sql/postgres-pool";

/**
 * Opens a PostgreSQL database and applies missing migrations.
 *
 * @throws PostgreSQL does not answer or refuses the connection, is too old, or a migration fails.
 * @example
 *   const database = await openPostgres({ url: "postgres://tributary@localhost/tributary", max: 10 });
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const pool = createPool(options);
  try {
    await prepare(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return new PostgresDatabase(pool);
}

async function prepare(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await migratePostgres(client);
  } finally {
    client.release();
  }
}
