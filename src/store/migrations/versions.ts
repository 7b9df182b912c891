import { UnusableDatabaseError } from "../unusable-database";

/*
 * Names of migrations, in their order. They are apart from the migrations, so that a database that lacks none is opened without
 * loading what applies them.
 */

/** Migrations of both databases, from 006 on. */
const SHARED_VERSIONS = ["006-spending", "007-forgotten-people"] as const;

export const SQLITE_VERSIONS = [
  "001-first",
  "002-folded-rows",
  "003-numbered-entities",
  "004-dropped-feeds",
  "005-company-keys",
  ...SHARED_VERSIONS,
] as const;

/**
 * The first makes what the migrations of SQLite had made when PostgreSQL was added. Some are for several processes, which SQLite
 * does not have.
 */
export const POSTGRES_VERSIONS = ["005-postgres", ...SHARED_VERSIONS, "008-shared-states"] as const;

export type SharedVersion = (typeof SHARED_VERSIONS)[number];
export type SqliteVersion = (typeof SQLITE_VERSIONS)[number];
export type PostgresVersion = (typeof POSTGRES_VERSIONS)[number];

/** The version of a database as it was found, and the one that this program makes: names of migrations. */
export interface DatabaseVersion {
  /** `null`: the database is new. */
  readonly found: string | null;
  readonly own: string;
}

/** @throws {UnusableDatabaseError} the database has a version that these migrations do not make: a newer program has used it. */
export function versionOf(applied: readonly string[], known: readonly string[]): DatabaseVersion {
  const newest = [...applied].sort().at(-1) ?? null;
  const own = [...known].sort().at(-1) ?? "";
  if (newest === null || applied.every((name) => known.includes(name))) return { found: newest, own };
  throw new UnusableDatabaseError(
    `the database has version ${newest}, and this program knows versions up to ${own}: start a newer program`,
    "",
  );
}
