import { closeSync, openSync, readSync } from "node:fs";
import { SqliteConnection } from "./sql/sqlite-connection";
import { UnusableDatabaseError } from "./unusable-database";

/** Longest wait for a lock that another process holds. */
const LOCK_WAIT_MS = 5_000;
const CHUNK_BYTES = 16 * 1024 * 1024;

/** How nothing of what was deleted was left in the files of a database. */
export type Wiped = "log emptied" | "file rewritten";

/**
 * Takes deleted data out of the files of an SQLite database, while another process may have it open. The write-ahead log, which has
 * pages as they were before, is copied into the file and emptied. SQLite has overwritten what was deleted; where it had copied a
 * page before, a part of the old copy may be left. If some of the bytes are found in the file, the whole file is written anew.
 *
 * @param deleted bytes that only deleted rows had.
 * @param lockWaitMs longest wait for a lock that another process holds.
 * @throws {UnusableDatabaseError} another process holds a lock for too long.
 * @throws where the disk is full.
 * @see SQLite, "PRAGMA secure_delete" and "PRAGMA wal_checkpoint", read 2026-11-30.
 */
export function wipeSqlite(path: string, deleted: readonly Buffer[], lockWaitMs = LOCK_WAIT_MS): Wiped {
  const connection = new SqliteConnection(path);
  try {
    connection.exec(`pragma busy_timeout = ${String(lockWaitMs)}`);
    emptyLog(connection, path);
    if (!holdsAny(path, deleted)) return "log emptied";
    connection.exec("vacuum");
    emptyLog(connection, path);
    return "file rewritten";
  } finally {
    connection.close();
  }
}

function emptyLog({ sqlite }: SqliteConnection, path: string): void {
  const [row] = sqlite.prepare("pragma wal_checkpoint(truncate)").all() as { readonly busy: number }[];
  if (row?.busy === 0) return;
  throw new UnusableDatabaseError(
    `another process reads or writes ${path} without a pause, so its log still has what was deleted. Run this again.`,
    "SQLITE_BUSY",
  );
}

function holdsAny(path: string, wanted: readonly Buffer[]): boolean {
  const overlap = Math.max(0, ...wanted.map(({ length }) => length - 1));
  const chunk = Buffer.alloc(CHUNK_BYTES + overlap);
  const file = openSync(path, "r");
  try {
    for (let at = 0; ; at += CHUNK_BYTES) {
      const size = readSync(file, chunk, 0, chunk.length, at);
      const read = chunk.subarray(0, size);
      if (wanted.some((bytes) => read.includes(bytes))) return true;
      if (size < chunk.length) return false;
    }
  } finally {
    closeSync(file);
  }
}
