import { jest } from "@jest/globals";
import type * as Statements from "../../src/store/sql/statement";

export type AnyStatement = Pick<Statements.Statement<object, unknown>, "name" | "columns" | "text">;

/** Files with statements that PostgreSQL alone has. */
export const POSTGRES_ALONE = [
  "postgres-confirmations",
  "postgres-leases",
  "postgres-shared-state",
  "postgres-transactions",
  "silent-connections",
].map((name) => `sql/${name}`);

/**
 * Every statement that the stores can issue, by its name.
 *
 * @param others more files with statements, below `src/store`.
 */
export function allStatements(others: readonly string[] = []): ReadonlyMap<string, AnyStatement> {
  const found = new Map<string, AnyStatement>();
  jest.isolateModules(() => {
    jest.doMock("../../src/store/sql/statement", () => {
      const actual = jest.requireActual<typeof Statements>("../../src/store/sql/statement");
      const statement: typeof actual.statement = (name, columns, text) => {
        if (found.has(name)) throw new Error(`two statements are named "${name}"`);
        const made = actual.statement(name, columns, text);
        found.set(name, made);
        return made;
      };
      return { ...actual, statement };
    });
    for (const store of [
      "open-database",
      "people.sql",
      "entity.sql",
      "feed.sql",
      "ledger.sql",
      "profile.sql",
      "setting.sql",
      "spending.sql",
      "sweep.sql",
      "watched-database",
      ...others,
    ]) {
      jest.requireActual(`../../src/store/${store}`);
    }
  });
  jest.dontMock("../../src/store/sql/statement");
  return found;
}
