import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { sqliteVersion } from "./migrations/sqlite-version";
import { SQLITE_VERSIONS, versionOf, type DatabaseVersion } from "./migrations/versions";
import { refuseFolder, refuseLocked } from "./open-locked-database";
import { openForLook } from "./sql/read-only-connection";
import { withSqliteRefusal } from "./sql/sqlite-refusal";

/**
 * The version of an SQLite database, found without opening it for writing, creating it or changing it.
 *
 * @throws {UnusableDatabaseError} `openLockedDatabase` would refuse it.
 */
export function inspectSqlite(path: string): DatabaseVersion {
  if (path === ":memory:") return versionOf([], SQLITE_VERSIONS);
  try {
    refuseFolder(path);
    refuseUnwritable(resolve(path));
    refuseLocked(path);
    return existsSync(path) ? versionIn(path) : versionOf([], SQLITE_VERSIONS);
  } catch (error) {
    throw withSqliteRefusal(error, path);
  }
}

/** The version of a database file that exists; nothing is locked or changed. @throws what SQLite says of a file that it cannot read. */
export function versionIn(path: string): DatabaseVersion {
  const connection = openForLook(path);
  try {
    return sqliteVersion(connection);
  } finally {
    connection.close();
  }
}

/** SQLite writes to the file and to files beside it; a folder that is missing is created in the nearest one that exists. */
function refuseUnwritable(path: string): void {
  if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  accessSync(`${folder}/.`, constants.W_OK | constants.X_OK); // with the dot, a file in the place of a folder is refused
}
