import type { Kysely, Migration } from "kysely";
import { createTables } from "./001-first";
import { numberEntities } from "./003-numbered-entities";
import { countDroppedRows } from "./004-dropped-feeds";
import { keepCompanyKeys } from "./005-company-keys";
import { addSpending } from "./006-spending";
import { forgetPeople } from "./007-forgotten-people";
import { createSharedStates } from "./008-shared-states";
import { createPostgresSchema } from "./postgres-schema";
import type { PostgresVersion, SharedVersion, SqliteVersion } from "./versions";

/** Their SQL is what both databases take. */
const SHARED: Readonly<Record<SharedVersion, Migration>> = {
  "006-spending": { up: addSpending },
  "007-forgotten-people": { up: forgetPeople },
};

/** The migrations of SQLite; a landed migration is never edited. */
export const MIGRATIONS: Readonly<Record<SqliteVersion, Migration>> = {
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

/** The migrations of PostgreSQL. */
export const POSTGRES_MIGRATIONS: Readonly<Record<PostgresVersion, Migration>> = {
  "005-postgres": { up: createPostgresSchema },
  ...SHARED,
  "008-shared-states": { up: createSharedStates },
};
