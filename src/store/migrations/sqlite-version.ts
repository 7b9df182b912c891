import type { SqliteConnection } from "../sql/sqlite-connection";
import { SQLITE_VERSIONS, versionOf, type DatabaseVersion } from "./versions";

/** The version of an SQLite database. @throws {UnusableDatabaseError} a newer program has used it. */
export function sqliteVersion({ sqlite }: SqliteConnection): DatabaseVersion {
  const [table] = sqlite.prepare("select 1 from sqlite_master where name = 'kysely_migration'").all();
  const rows = table ? sqlite.prepare("select name from kysely_migration").all() : [];
  const names = (rows as { readonly name: string }[]).map(({ name }) => name);
  return versionOf(names, SQLITE_VERSIONS);
}
