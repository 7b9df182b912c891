import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { openDatabase, type Database } from "./open-database";
import { SqliteConnection } from "./sql/sqlite-connection";
import { isLocked } from "./sql/sqlite-trouble";
import { UnusableDatabaseError } from "./unusable-database";

/**
 * Opens embedded SQLite for this process alone: what processes keep in memory is not shared. The lock is on a file beside the
 * database's, and ends with the process, however that ends.
 *
 * @throws {UnusableDatabaseError} another process has the database open.
 * @throws as `openDatabase`.
 */
export async function openLockedDatabase(path: string, lockWaitMs?: number): Promise<Database> {
  if (path === ":memory:") return openDatabase(path, lockWaitMs);
  const lock = lockOf(path);
  try {
    const database = await openDatabase(path, lockWaitMs);
    return {
      read: (wanted, tenant, given) => database.read(wanted, tenant, given),
      writing: (tenant, work) => database.writing(tenant, work),
      destroy: async () => {
        await database.destroy();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

function lockOf(path: string): SqliteConnection {
  mkdirSync(dirname(path), { recursive: true });
  const lock = new SqliteConnection(`${path}.lock`);
  try {
    lock.exec("begin exclusive");
    return lock;
  } catch (error) {
    lock.close();
    if (!isLocked(error)) throw error;
    throw new UnusableDatabaseError(
      `another process has ${path} open. A file is for one process: stop the other one, ` +
        "or use PostgreSQL (DATABASE_URL=postgres://…) for several",
      "SQLITE_BUSY",
      { cause: error },
    );
  }
}
