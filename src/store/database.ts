import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely, Migrator, SqliteDialect, sql } from "kysely";
import Sqlite from "libsql";
import { MIGRATIONS } from "./migrations";
import type { Schema } from "./tables";

export type Database = Kysely<Schema>;

/** Values bound in one statement; PostgreSQL takes 65,535 and SQLite 32,766. */
export const MAX_BOUND_VALUES = 5_000;
/** Conditions joined by `or` in one statement; SQLite nests expressions 1,000 deep. */
export const MAX_ALTERNATIVES = 500;

/**
 * Opens embedded SQLite and brings its schema up to date.
 *
 * @param path a file, created with its folders where it is missing, or `:memory:`.
 * @throws where the file cannot be opened or a migration fails.
 */
export async function openDatabase(path: string): Promise<Database> {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const sqlite = new Sqlite(path);
  const database = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  // A commit is on the disk before it is answered: a row that was paid for outlives a power cut.
  await sql`pragma journal_mode = wal`.execute(database);
  await sql`pragma synchronous = full`.execute(database);
  await sql`pragma busy_timeout = 5000`.execute(database);
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error("the database could not be migrated", { cause: error });
  return database;
}

/** Whether the database answers. */
export async function isAnswering(database: Database): Promise<boolean> {
  try {
    await sql`select 1`.execute(database);
    return true;
  } catch {
    return false; // whatever the reason, the answer to the question is no
  }
}

/** Splits rows so that no statement binds too many values. */
export function chunked<T>(rows: readonly T[], valuesPerRow: number): readonly (readonly T[])[] {
  return chunksOf(rows, Math.max(1, Math.floor(MAX_BOUND_VALUES / valuesPerRow)));
}

/** Splits rows into arrays of at most `size`. */
export function chunksOf<T>(rows: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < rows.length; at += size) chunks.push(rows.slice(at, at + size));
  return chunks;
}

/** Draws `count` growing numbers of a tenant's sequence. @returns the first of them. */
export async function drawMarks(database: Database, tenant: string, count: number): Promise<number> {
  const { value } = await database
    .insertInto("counter")
    .values({ tenant, name: "mark", value: count })
    .onConflict((conflict) =>
      conflict.columns(["tenant", "name"]).doUpdateSet((eb) => ({ value: eb("counter.value", "+", count) })),
    )
    .returning("value")
    .executeTakeFirstOrThrow();
  return value - count + 1;
}
