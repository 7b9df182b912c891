import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { NO_TENANT } from "../domain/tenant-id";
import { sqliteVersion } from "./migrations/sqlite-version";
import type { DatabaseVersion } from "./migrations/versions";
import type { Database } from "./sql/database";
import { LogFile, LogSync } from "./sql/log-sync";
import type { Processes } from "./sql/processes";
import { SqliteConnection } from "./sql/sqlite-connection";
import { SqliteDatabase } from "./sql/sqlite-database";
import { statement } from "./sql/statement";

export type { Database, Writer } from "./sql/database";

const ONE = statement<object, { readonly one: number }>("one", {}, () => "select 1 as one");

/** A database that calls a listener after another process wrote data. */
export type WatchingDatabase = Database & Pick<Processes, "onWrite">;

/** Is told the version of a database that is opened. */
export type OnFound = (version: DatabaseVersion) => void;

/** Longest wait for a lock that another process holds. */
const LONGEST_LOCK_MS = 5_000;

/**
 * Opens embedded SQLite and applies missing migrations.
 *
 * @param path a file, created with its folders where it is missing, or `:memory:`.
 * @param lockWaitMs longest wait for a lock that another process holds.
 * @param onFound called with the version of the database before migrations are applied.
 * @throws the file cannot be opened, or a migration fails.
 * The database reports what commands of other processes write.
 *
 * @example
 *   const database = await openDatabase(":memory:");
 *   await database.writing("acme", (writer) => writer.change(ADD_FEED, [row])); // committed when this resolves
 *   const heads = await database.read(HEADS, "acme", [{ id: row.id }]);
 */
export async function openDatabase(
  path: string,
  lockWaitMs = LONGEST_LOCK_MS,
  onFound: OnFound = () => undefined,
): Promise<WatchingDatabase> {
  const isFile = path !== ":memory:";
  if (isFile) mkdirSync(dirname(path), { recursive: true });
  const writer = new SqliteConnection(path);
  writer.exec(`pragma busy_timeout = ${String(lockWaitMs)}`); // blocks the process, which serves nothing yet
  writer.exec("pragma journal_mode = wal; pragma synchronous = full");
  writer.exec("pragma secure_delete = on"); // what is deleted is overwritten
  const version = sqliteVersion(writer);
  onFound(version);
  if (version.found !== version.own) await (await import("./migrations/apply-sqlite.js")).applyToSqlite(writer);
  // From now on locks and the disk are waited for without blocking the process.
  writer.exec("pragma busy_timeout = 0; pragma synchronous = normal");
  if (!isFile) return new SqliteDatabase(writer, writer, lockWaitMs, null);
  return openFile(writer, path, lockWaitMs);
}

/**
 * A commit is on the disk before it is confirmed: a row that was paid for is not lost in a power cut. SQLite itself (`synchronous =
 * normal`) only keeps the order of what it writes.
 */
function openFile(writer: SqliteConnection, path: string, lockWaitMs: number): WatchingDatabase {
  const log = new LogFile(path);
  const sync = new LogSync(() => log.toDisk());
  const database = new SqliteDatabase(writer, new SqliteConnection(path), lockWaitMs, sync);
  return endingWith(database, () => log.close());
}

/** The same database; `end` runs once it is closed. */
export function endingWith(database: WatchingDatabase, end: () => Promise<void> | void): WatchingDatabase {
  return {
    read: (wanted, tenant, given) => database.read(wanted, tenant, given),
    writing: (tenant, work) => database.writing(tenant, work),
    onWrite: database.onWrite,
    destroy: async () => {
      await database.destroy();
      await end();
    },
  };
}

/** Whether the database answers. */
export async function isAnswering(database: Pick<Database, "read">): Promise<boolean> {
  try {
    await database.read(ONE, NO_TENANT, [{}]);
    return true;
  } catch {
    return false; // whatever the reason, the database does not answer
  }
}
