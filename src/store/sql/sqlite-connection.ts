import Sqlite from "libsql";
import type { TenantId } from "../../domain/tenant-id";
import { givenText, type Bound, type Statement } from "./statement";

type AnyStatement = Pick<Statement<object, unknown>, "name" | "columns" | "text">;

interface Prepared {
  readonly columns: readonly string[];
  readonly sqlite: ReturnType<Sqlite.Database["prepare"]>;
}

/** A connection to embedded SQLite. Every call blocks until SQLite has answered. */
export class SqliteConnection {
  readonly sqlite: Sqlite.Database;
  /** Never wrong: SQLite prepares a statement again by itself where tables have changed. */
  readonly #prepared = new Map<AnyStatement, Prepared>();

  /** @param path a file, or `:memory:`. @throws where it cannot be opened. */
  constructor(path: string) {
    this.sqlite = new Sqlite(path);
    // Callers wait for locks themselves, without blocking the process.
    this.sqlite.exec("pragma busy_timeout = 0");
  }

  /** Runs a statement and returns its rows. */
  rows<Given extends object, Row>(
    statement: Statement<Given, Row>,
    tenant: TenantId,
    given: readonly Given[],
  ): readonly Row[] {
    const { columns, sqlite } = this.#prepare(statement);
    // The rows have the shape that the SQL text selects.
    return sqlite.all([tenant, givenText(columns as readonly (keyof Given & string)[], given)]) as Row[];
  }

  /** Runs a statement that returns no rows. @returns the number of rows that were written. */
  change<Given extends object>(statement: Statement<Given, never>, tenant: TenantId, given: readonly Given[]): number {
    const { columns, sqlite } = this.#prepare(statement);
    return sqlite.run([tenant, givenText(columns as readonly (keyof Given & string)[], given)]).changes;
  }

  /** Whether a transaction is open. */
  get isInTransaction(): boolean {
    // libsql ends the process if a closed connection is used.
    return this.sqlite.open && this.sqlite.inTransaction;
  }

  exec(text: string): void {
    this.sqlite.exec(text);
  }

  close(): void {
    this.sqlite.close();
  }

  #prepare(statement: AnyStatement): Prepared {
    if (!this.sqlite.open) throw new Error("the database is closed");
    const known = this.#prepared.get(statement);
    if (known) return known;
    const columns = Object.keys(statement.columns);
    const prepared = { columns, sqlite: this.sqlite.prepare(sqliteText(statement)) };
    this.#prepared.set(statement, prepared);
    return prepared;
  }
}

/** The SQL text of a statement for SQLite. */
export function sqliteText({ columns, text }: Pick<AnyStatement, "columns" | "text">): string {
  const values = Object.keys(columns).map((column, i) => `value ->> ${String(i)} as ${column}`);
  const bound: Bound = {
    tenant: "?1",
    given: `(select ${["?1 as tenant", ...values].join(", ")} from json_each(?2)) as given`,
    join: "cross join", // SQLite keeps the order of the tables then
    list: (expression) => `json_group_array(${expression})`,
  };
  return text(bound);
}
