import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { SqliteConnection } from "./sqlite-connection";

/** Opens an SQLite file that another process may be writing, for reading alone. @throws there is no such file. */
export function openReadOnly(path: string): SqliteConnection {
  return new SqliteConnection(`${pathToFileURL(path).href}?mode=ro`);
}

/**
 * Opens an SQLite file for a short look, which leaves no file beside it: where no process has it open (it then has no
 * write-ahead log), SQLite is told that nobody writes it.
 */
export function openForLook(path: string): SqliteConnection {
  if (existsSync(`${path}-wal`)) return openReadOnly(path);
  return new SqliteConnection(`${pathToFileURL(path).href}?mode=ro&immutable=1`);
}
