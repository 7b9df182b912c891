import type { Writer } from "../sql/database";
import { statement } from "../sql/statement";

interface Move {
  readonly absorbed: number;
  readonly surviving: number;
}

const COLUMNS = { absorbed: "integer", surviving: "integer" } as const;

/** Replaces the number of a merged entity in one column. One row is given. */
const moving = (table: string, column: string) =>
  statement<Move>(
    `move ${table} by ${column}`,
    COLUMNS,
    ({ tenant, given }) => `
      update ${table} set ${column} = (select surviving from ${given})
      where tenant = ${tenant} and ${column} = (select absorbed from ${given})`,
  );

const MOVES = [
  moving("entity_key", "entity"),
  moving("record", "entity"),
  moving("record", "employer_entity"),
  moving("feed_item", "entity"),
];

/** Replaces the numbers of merged entities in all tables. */
export async function moveEntities(writer: Writer, moves: readonly Move[]): Promise<void> {
  for (const move of moves) {
    for (const wanted of MOVES) await writer.change(wanted, [move]);
  }
}
