import { cleanedPage } from "./cleaned-page";
import { fileFormat, pagesWith, type FileFormat } from "./sqlite-file";
import { SqliteConnection } from "./sql/sqlite-connection";
import { UnusableDatabaseError } from "./unusable-database";

/** Longest wait for a lock that another process holds. */
const LOCK_WAIT_MS = 5_000;
/** To write more pages than these one by one takes longer than to write the file anew. */
const MOST_PAGES = 10_000;
/** Up to here the first byte of a page that is of no B-tree is 0: it is the highest of the number of another page. */
const MOST_PAGES_OF_FILE = 2 ** 24;

/** How nothing of what was deleted was left in the files of a database. */
export type Wiped = "log emptied" | "pages cleaned" | "file rewritten";

/**
 * Takes deleted data out of the files of an SQLite database, while another process may have it open. The write-ahead log, which has
 * pages as they were before, is copied into the file and emptied. SQLite has overwritten what was deleted; where it had moved a row
 * to another page before, a copy may be left between the rows. Of every page that has some of the bytes, all that is no row is
 * overwritten. Where they are in a page of another kind, the whole file is written anew.
 *
 * @param deleted bytes that the deleted rows had. Rows that are left may have them too.
 * @param lockWaitMs longest wait for a lock that another process holds.
 * @throws {UnusableDatabaseError} another process holds a lock for too long.
 * @throws where the disk is full.
 * @see SQLite, "PRAGMA secure_delete", "PRAGMA wal_checkpoint" and "The SQLITE_DBPAGE Virtual Table", read 2026-11-30.
 */
export function wipeSqlite(path: string, deleted: readonly Buffer[], lockWaitMs = LOCK_WAIT_MS): Wiped {
  const connection = new SqliteConnection(path);
  try {
    connection.exec(`pragma busy_timeout = ${String(lockWaitMs)}`);
    emptyLog(connection, path);
    const wiped = wipePages(connection, path, deleted);
    if (wiped !== "log emptied") emptyLog(connection, path);
    return wiped;
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

function wipePages(connection: SqliteConnection, path: string, deleted: readonly Buffer[]): Wiped {
  const format = fileFormat(path);
  const found = format ? pagesWith(path, format, deleted, MOST_PAGES) : [];
  if (!format || found.length === 0) return "log emptied";
  const cleaned = found.length < MOST_PAGES ? cleanPages(connection, format, found) : null;
  if (cleaned !== null) return cleaned > 0 ? "pages cleaned" : "log emptied";
  connection.exec("vacuum");
  return "file rewritten";
}

/** @returns how many pages were written; `null`: one of them cannot be cleaned, and none is written. */
function cleanPages(connection: SqliteConnection, format: FileFormat, numbers: readonly number[]): number | null {
  connection.exec("begin immediate");
  try {
    const cleaned = cleanedPages(connection, format, numbers);
    const write = connection.sqlite.prepare("update sqlite_dbpage set data = ? where pgno = ?");
    for (const [number, page] of cleaned ?? []) write.run([page, number]);
    connection.exec("commit");
    return cleaned?.size ?? null;
  } catch (error) {
    if (connection.isInTransaction) connection.exec("rollback");
    throw error;
  }
}

/** Those of the pages that change; `null`: one is of no B-tree. */
function cleanedPages(
  { sqlite }: SqliteConnection,
  { usable, hasMap }: FileFormat,
  numbers: readonly number[],
): ReadonlyMap<number, Buffer> | null {
  const read = sqlite.prepare("select data from sqlite_dbpage where pgno = ?");
  const pageAt = (number: number): Buffer | null => {
    const [row] = read.all([number]) as { readonly data: ArrayBuffer }[];
    return row ? Buffer.from(row.data) : null;
  };
  const free = freePages(pageAt);
  const changed = new Map<number, Buffer>();
  if (hasMap || numbers.some((number) => number > MOST_PAGES_OF_FILE)) return null;
  for (const number of numbers) {
    const page = pageAt(number);
    if (!page) continue; // the file is shorter now
    const cleaned = free.has(number) ? null : cleanedPage(page, number, usable);
    if (!cleaned) return null;
    if (!cleaned.equals(page)) changed.set(number, cleaned);
  }
  return changed;
}

/** Numbers of the pages that are of nothing. @see SQLite, "Database File Format", 1.5 "The Freelist", read 2026-11-30. */
function freePages(pageAt: (number: number) => Buffer | null): ReadonlySet<number> {
  const free = new Set<number>();
  for (let at = pageAt(1)?.readUInt32BE(32) ?? 0; at !== 0 && !free.has(at);) {
    free.add(at);
    const trunk = pageAt(at);
    const count = trunk?.readUInt32BE(4) ?? 0;
    for (let nth = 0; nth < count; nth++) free.add(trunk?.readUInt32BE(8 + 4 * nth) ?? 0);
    at = trunk?.readUInt32BE(0) ?? 0;
  }
  return free;
}
