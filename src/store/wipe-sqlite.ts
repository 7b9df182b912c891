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
 * page before, a part of the old copy may be left. If one of the texts is found in the file, the whole file is written anew.
 *
 * @param texts of what was deleted, such as keys and addresses.
 * @throws {UnusableDatabaseError} another process holds a lock for too long.
 * @throws where the disk is full.
 * @see SQLite, "PRAGMA secure_delete" and "PRAGMA wal_checkpoint", read 2026-11-30.
 */
export function wipeSqlite(path: string, texts: readonly string[]): Wiped {
  const connection = new SqliteConnection(path);
  try {
    connection.exec(`pragma busy_timeout = ${String(LOCK_WAIT_MS)}`);
    emptyLog(connection, path);
    if (!holdsAny(path, texts)) return "log emptied";
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

/** Whether one of the texts is in the file. */
function holdsAny(path: string, texts: readonly string[]): boolean {
  const wanted = [...new Set(texts)].filter((text) => text !== "").map((text) => Buffer.from(text));
  const overlap = Math.max(0, ...wanted.map(({ length }) => length - 1));
  const chunk = Buffer.alloc(CHUNK_BYTES + overlap);
  const file = openSync(path, "r");
  try {
    for (let at = 0; ; at += CHUNK_BYTES) {
      const bytes = readSync(file, chunk, 0, chunk.length, at);
      const read = chunk.subarray(0, bytes);
      if (wanted.some((text) => read.includes(text))) return true;
      if (bytes < chunk.length) return false;
    }
  } finally {
    closeSync(file);
  }
}
