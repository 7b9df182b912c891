import type { Tracing } from "../domain/tracing";
import type { StoreError } from "../domain/errors";
import type { DatabaseConfig } from "../config/database-url";
import { longestRequestMs } from "../providers/http/retry-rule";
import { inspectSqlite } from "../store/inspect-sqlite";
import type { DatabaseVersion } from "../store/migrations/versions";
import { openLockedDatabase } from "../store/open-locked-database";
import type { Database } from "../store/open-database";
import { TimedDatabase, type StatementObserver } from "../store/timed-database";
import { TracedDatabase } from "../store/traced-database";
import { WatchedDatabase } from "../store/watched-database";
import type { Processes } from "../store/sql/processes";

/** A call of the ledger is at most so many requests: a profile may be sent before the first fetch. */
const REQUESTS_OF_A_CALL = 2;
/** The ledger and the rows are written before and after the requests. */
const WRITING_MS = 60_000;

/** An open database, and the other processes that serve it; `null`: there are none. */
export interface OpenDatabase {
  readonly database: WatchedDatabase;
  readonly processes: Processes | null;
  /** Calls a listener after another process wrote data: one that serves the database, or a command. */
  readonly onWrite: Processes["onWrite"];
  /** Its version before missing migrations were applied. */
  readonly version: DatabaseVersion;
}

export interface OpeningOptions {
  /** Called with the reason when the database can no longer be written, and with `null` when it can again. */
  readonly onTrouble: (trouble: StoreError | null) => void;
  readonly onStatement: StatementObserver;
  /** `null`: nothing is traced. */
  readonly tracing: Tracing | null;
  /** Longest wait for a lock of SQLite that another process holds. */
  readonly lockWaitMs?: number | undefined;
}

/**
 * Opens the configured database, and applies missing migrations.
 *
 * @throws the database cannot be used.
 */
export async function openStoreDatabase(
  config: DatabaseConfig,
  { onTrouble, onStatement, tracing, lockWaitMs }: OpeningOptions,
): Promise<OpenDatabase> {
  let version: DatabaseVersion = { found: null, own: "" };
  const onFound = (found: DatabaseVersion): void => {
    version = found;
  };
  const system = config.kind === "sqlite" ? "sqlite" : "postgresql";
  const watched = (database: Database): WatchedDatabase => {
    const timed = new TimedDatabase(database, onStatement);
    return new WatchedDatabase(tracing ? new TracedDatabase(timed, tracing, system) : timed, onTrouble);
  };
  if (config.kind === "sqlite") {
    const database = await openLockedDatabase(config.path, lockWaitMs, onFound);
    const { onWrite } = database;
    return { database: watched(database), processes: null, onWrite, version };
  }
  const { openPostgres } = await import("../store/open-postgres.js");
  const database = await openPostgres({ url: config.url.reveal(), max: config.max }, onFound);
  const { processes } = database;
  return { database: watched(database), processes, onWrite: processes.onWrite, version };
}

/**
 * Calls without an outcome that began before this time were made by a process that died; `null`: all of them were, since no other
 * process may be making one.
 *
 * @param timeoutMs of the provider; a call takes a multiple of it at most.
 */
export function lostBefore(processes: Processes | null, now: Date, timeoutMs: number): Date | null {
  return processes && new Date(now.getTime() - REQUESTS_OF_A_CALL * longestRequestMs(timeoutMs) - WRITING_MS);
}

/**
 * The version of the configured database, found without creating or changing it.
 *
 * @throws {UnusableDatabaseError} `openStoreDatabase` would refuse it.
 */
export async function inspectStoreDatabase(config: DatabaseConfig): Promise<DatabaseVersion> {
  if (config.kind === "sqlite") return inspectSqlite(config.path);
  const { inspectPostgres } = await import("../store/inspect-postgres.js");
  return inspectPostgres({ url: config.url.reveal(), max: 1 });
}
