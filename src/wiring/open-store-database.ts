import type { StoreError } from "../domain/errors";
import type { DatabaseConfig } from "../config/database-url";
import { openLockedDatabase } from "../store/open-locked-database";
import { WatchedDatabase } from "../store/watched-database";
import type { Processes } from "../store/sql/processes";
import { openPostgres } from "../store/open-postgres";

/** No call of a provider takes longer, with its retries and the wait for the limiter. */
const LONGEST_CALL_MS = 600_000;

/** An open database, and the other processes that use it; `null`: there are none. */
export interface OpenDatabase {
  readonly database: WatchedDatabase;
  readonly processes: Processes | null;
}

/**
 * Opens the configured database, and applies missing migrations.
 *
 * @param onTrouble called with the reason when the database can no longer be written, and with `null` when it can again.
 * @param lockWaitMs longest wait for a lock of SQLite that another process holds.
 * @throws the database cannot be used.
 */
export async function openStoreDatabase(
  config: DatabaseConfig,
  onTrouble: (trouble: StoreError | null) => void,
  lockWaitMs?: number,
): Promise<OpenDatabase> {
  if (config.kind === "sqlite") {
    const database = await openLockedDatabase(config.path, lockWaitMs);
    return { database: new WatchedDatabase(database, onTrouble), processes: null };
  }
  const database = await openPostgres({ url: config.url.reveal(), max: config.max });
  return { database: new WatchedDatabase(database, onTrouble), processes: database.processes };
}

/**
 * Calls without an outcome that began before this time were made by a process that died; `null`: all of them were, since no other
 * process may be making one.
 */
export function lostBefore(processes: Processes | null, now: Date): Date | null {
  return processes && new Date(now.getTime() - LONGEST_CALL_MS);
}
