import { Kysely, Migrator, SqliteDialect } from "kysely";
import type { SqliteConnection } from "../sql/sqlite-connection";
import { MIGRATIONS } from "./migrations";

/**
 * Applies the migrations that an SQLite database lacks, all or none: a process that ends in the middle leaves it as it was.
 *
 * @throws a migration fails.
 */
export async function applyToSqlite(connection: SqliteConnection): Promise<void> {
  // Kysely opens no transaction for SQLite's migrations.
  const migrator = new Migrator({
    db: new Kysely({ dialect: new SqliteDialect({ database: connection.sqlite }) }),
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  connection.exec("begin immediate");
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) {
    connection.exec("commit");
    return;
  }
  if (connection.isInTransaction) connection.exec("rollback"); // on some errors SQLite has done it
  throw new Error("the database could not be migrated", { cause: error });
}
