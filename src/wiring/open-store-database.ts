import type { DatabaseConfig } from "../config/database-url";
import { openDatabase, type Database } from "../store/open-database";
import { openPostgres } from "../store/open-postgres";

/**
 * Opens the configured database, and applies missing migrations.
 *
 * @param lockWaitMs longest wait for a lock of SQLite that another process holds.
 * @throws the database cannot be used.
 */
export function openStoreDatabase(config: DatabaseConfig, lockWaitMs?: number): Promise<Database> {
  if (config.kind === "sqlite") return openDatabase(config.path, lockWaitMs);
  return openPostgres({ url: config.url.reveal(), max: config.max });
}
