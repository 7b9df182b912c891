import type { Kysely, Migration } from "kysely";
import { createTables } from "./001-first";
import { numberEntities } from "./003-numbered-entities";
import { countDroppedRows } from "./004-dropped-feeds";
import { keepCompanyKeys } from "./005-company-keys";
import { addSpending } from "./006-spending";
import { forgetPeople } from "./007-forgotten-people";
import { createSharedStates } from "./008-shared-states";
import { UnusableDatabaseError } from "../unusable-database";
import { createPostgresSchema } from "./postgres-schema";

type Migrations = Readonly<Record<string, Migration>>;

/** Migrations of both databases, from 006 on. Their SQL is what both of them take. */
const SHARED: Migrations = {
  "006-spending": { up: addSpending },
  "007-forgotten-people": { up: forgetPeople },
};

/** The migrations of SQLite, in the order of their names; a landed migration is never edited. */
export const MIGRATIONS: Migrations = {
  "001-first": { up: createTables },
  "002-folded-rows": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable("feed")
        .addColumn("folded", "text", (column) => column.notNull().defaultTo("[]"))
        .execute();
    },
  },
  "003-numbered-entities": { up: (db: Kysely<unknown>) => numberEntities(db, Date.now()) },
  "004-dropped-feeds": { up: countDroppedRows },
  "005-company-keys": { up: keepCompanyKeys },
  ...SHARED,
};

/**
 * The migrations of PostgreSQL: the first makes what those of SQLite had made when PostgreSQL was added. Some are for several
 * processes, which SQLite does not have.
 */
export const POSTGRES_MIGRATIONS: Migrations = {
  "005-postgres": { up: createPostgresSchema },
  ...SHARED,
  "008-shared-states": { up: createSharedStates },
};

/** The version of a database as it was found, and the one that this program makes: names of migrations. */
export interface DatabaseVersion {
  /** `null`: the database is new. */
  readonly found: string | null;
  readonly own: string;
}

/** @throws {UnusableDatabaseError} the database has a version that these migrations do not make: a newer program has used it. */
export function versionOf(applied: readonly string[], known: Migrations): DatabaseVersion {
  const newest = [...applied].sort().at(-1) ?? null;
  const own = Object.keys(known).sort().at(-1) ?? "";
  if (newest === null || applied.every((name) => name in known)) return { found: newest, own };
  throw new UnusableDatabaseError(
    `the database has version ${newest}, and this program knows versions up to ${own}: start a newer program`,
    "",
  );
}
