import type { Kysely, Migration } from "kysely";
import { createTables } from "./001-first";
import { numberEntities } from "./003-numbered-entities";
import { countDroppedRows } from "./004-dropped-feeds";
import { keepCompanyKeys } from "./005-company-keys";

/** In the order of their names; a landed migration is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
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
};
