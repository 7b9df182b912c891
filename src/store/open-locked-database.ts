import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { endingWith, openDatabase, type OnFound, type WatchingDatabase } from "./open-database";
import { withSqliteRefusal } from "./sql/sqlite-refusal";
import { openReadOnly } from "./sql/read-only-connection";
import { SqliteConnection } from "./sql/sqlite-connection";
import { isLocked } from "./sql/sqlite-trouble";
import { UnusableDatabaseError } from "./unusable-database";

/**
 * Opens embedded SQLite for this process alone: what processes keep in memory is not shared. The lock is on a file beside the
 * database's, and ends with the process, however that ends.
 *
 * @param onFound as for `openDatabase`.
 * @throws {UnusableDatabaseError} another process has the database open, or the file cannot be used.
 * @throws a migration fails.
 */
export async function openLockedDatabase(
  path: string,
  lockWaitMs?: number,
  onFound?: OnFound,
): Promise<WatchingDatabase> {
  if (path === ":memory:") return openDatabase(path, lockWaitMs, onFound);
  const lock = lockOf(path);
  try {
    const database = await openDatabase(path, lockWaitMs, onFound);
    return endingWith(database, () => lock.close());
  } catch (error) {
    lock.close();
    throw withSqliteRefusal(error, path);
  }
}

/**
 * Finds out whether a process has the database open, without taking its lock.
 *
 * @throws {UnusableDatabaseError} one has.
 */
export function refuseLocked(path: string): void {
  if (!existsSync(lockFileOf(path))) return;
  const lock = openReadOnly(lockFileOf(path));
  try {
    lock.sqlite.prepare("select 1 from sqlite_master").all();
  } catch (error) {
    throw withLockRefusal(error, path);
  } finally {
    lock.close();
  }
}

function lockOf(path: string): SqliteConnection {
  let lock: SqliteConnection | null = null;
  try {
    refuseFolder(path);
    mkdirSync(dirname(path), { recursive: true });
    lock = new SqliteConnection(lockFileOf(path));
    lock.exec("begin exclusive");
    return lock;
  } catch (error) {
    lock?.close();
    throw withSqliteRefusal(withLockRefusal(error, path), path);
  }
}

/** @throws {UnusableDatabaseError} there is a folder in the place of the file. */
export function refuseFolder(path: string): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new UnusableDatabaseError(`${path} is a folder. Name a file in DATABASE_URL (EISDIR).`, "EISDIR");
}

function lockFileOf(path: string): string {
  return `${path}.lock`;
}

function withLockRefusal(error: unknown, path: string): unknown {
  if (!isLocked(error)) return error;
  return new UnusableDatabaseError(
    `another process has ${path} open. A file is for one process: stop the other one, ` +
      "or use PostgreSQL (DATABASE_URL=postgres://…) for several",
    "SQLITE_BUSY",
    { cause: error },
  );
}
