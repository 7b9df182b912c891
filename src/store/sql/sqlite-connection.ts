import Sqlite from "libsql";
import { givenText, type Bound, type Statement } from "./statement";

type AnyStatement = Pick<Statement<object, unknown>, "name" | "columns" | "text">;

interface Prepared {
  readonly columns: readonly string[];
  readonly sqlite: ReturnType<Sqlite.Database["prepare"]>;
}

/** A connection to embedded SQLite. Every call blocks until SQLite has answered. */
export class SqliteConnection {
  readonly sqlite: Sqlite.Database;
  readonly #prepared = new Map<AnyStatement, Prepared>();

  /** @param path a file, or `:memory:`. @throws where it cannot be opened. */
  constructor(path: string) {
    this.sqlite = new Sqlite(path);
    // Whoever calls waits for locks, without blocking the process.
    this.sqlite.exec("pragma busy_timeout = 0");
  }

  /** The rows that a statement gives. */
  rows<Given extends object, Row>(
    statement: Statement<Given, Row>,
    tenant: string,
    given: readonly Given[],
  ): readonly Row[] {
    const { columns, sqlite } = this.#prepare(statement);
    // What a statement gives is of the shape that its text says.
    return sqlite.all([tenant, givenText(columns as readonly (keyof Given & string)[], given)]) as Row[];
  }

  /** Runs a statement that gives no rows. @returns how many rows it wrote. */
  change<Given extends object>(statement: Statement<Given, never>, tenant: string, given: readonly Given[]): number {
    const { columns, sqlite } = this.#prepare(statement);
    return sqlite.run([tenant, givenText(columns as readonly (keyof Given & string)[], given)]).changes;
  }

  /** Whether a transaction has begun and not ended. */
  get isInTransaction(): boolean {
    // libsql ends the process where a connection that was closed is asked.
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

/** The text of a statement in SQLite's words. */
export function sqliteText({ columns, text }: Pick<AnyStatement, "columns" | "text">): string {
  const values = Object.keys(columns).map((column, i) => `value ->> ${String(i)} as ${column}`);
  const bound: Bound = {
    tenant: "?1",
    given: `(select ${values.join(", ") || "1"} from json_each(?2)) as given`,
    list: (expression) => `json_group_array(${expression})`,
  };
  return text(bound);
}
