import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { openReadOnly } from "./sql/read-only-connection";
import type { SqliteConnection } from "./sql/sqlite-connection";
import { UnusableDatabaseError } from "./unusable-database";

/** Longest wait for a lock. Readers of a database with a write-ahead log wait only while it is repaired. */
const LOCK_WAIT_MS = 5_000;

/**
 * Copies an SQLite database as it is at one moment, while another process may be writing it; that process is not held up. The
 * copy is written beside `target` first, and is on the disk and checked before it gets its name.
 *
 * @param target must not exist. Only its owner can read it.
 * @throws {UnusableDatabaseError} the database cannot be read, or `target` exists or cannot be written.
 */
export function copySqlite(path: string, target: string): void {
  if (!existsSync(path))
    throw new UnusableDatabaseError(`there is no database ${path}. Correct DATABASE_URL.`, "ENOENT");
  if (existsSync(target)) throw existing(target);
  const partial = `${target}.partial`;
  reserve(partial);
  try {
    vacuumInto(path, partial);
    checkAndSync(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    rmSync(`${partial}-journal`, { force: true });
    throw withCopyRefusal(error, path, target);
  }
}

/** Creates an empty file. SQLite takes it as a new database, with the permissions that it has. */
function reserve(partial: string): void {
  try {
    closeSync(openSync(partial, "wx", 0o600));
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw existing(partial);
    throw new UnusableDatabaseError(`${partial} cannot be written (${codeOf(error)}).`, codeOf(error), {
      cause: error,
    });
  }
}

function vacuumInto(path: string, partial: string): void {
  reading(path, (connection) => {
    connection.exec(`pragma busy_timeout = ${String(LOCK_WAIT_MS)}`);
    connection.sqlite.prepare("vacuum into ?").run(partial);
  });
}

function checkAndSync(partial: string): void {
  const rows = reading(partial, ({ sqlite }) => sqlite.prepare("pragma quick_check").all());
  const [found] = rows as { readonly quick_check: string }[];
  if (found?.quick_check !== "ok") {
    throw new UnusableDatabaseError(`the copy is damaged: ${found?.quick_check ?? "it is empty"}.`, "");
  }
  const file = openSync(partial, "r+");
  fsyncSync(file);
  closeSync(file);
}

function reading<T>(path: string, read: (connection: SqliteConnection) => T): T {
  const connection = openReadOnly(path);
  try {
    return read(connection);
  } finally {
    connection.close();
  }
}

function existing(target: string): UnusableDatabaseError {
  return new UnusableDatabaseError(`${target} exists already. Name another file, or delete that one.`, "EEXIST");
}

function withCopyRefusal(error: unknown, path: string, target: string): unknown {
  if (error instanceof UnusableDatabaseError) return error;
  const message = typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
  const code = codeOf(error);
  const detail = code === "" ? message : `${message} (${code})`;
  return new UnusableDatabaseError(`${path} cannot be copied to ${target}: ${detail}.`, code, { cause: error });
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
