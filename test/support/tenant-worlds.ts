import fc from "fast-check";
import { tenantId, type TenantId } from "../../src/domain/tenant-id";
import { openDatabase } from "../../src/store/open-database";
import { SqliteConnection } from "../../src/store/sql/sqlite-connection";
import type { AnyStatement } from "./all-statements";
import { query } from "./database";

export const TENANTS = ["acme", "other"] as const;
export type Tenant = (typeof TENANTS)[number];

type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly isNeeded: boolean;
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** What a database looks like: its tables that hold tenants' rows, and the statements that make it. */
export interface Schema {
  readonly tables: readonly Table[];
  readonly statements: readonly string[];
}

/** What two tenants have, each in a table's rows without the tenant; and what a statement may be asked for. */
export interface World {
  readonly rows: Readonly<Record<Tenant, Readonly<Record<string, readonly Row[]>>>>;
  /** Values by the kinds of columns, drawn from so few that those of tables and of questions often meet. */
  readonly given: (statement: AnyStatement) => readonly Row[];
}

/** Of a query. */
const NOTHING_CHANGED = { acme: "", other: "" };

/** What a statement gave, or the code of its error; and what each tenant has after it. */
export interface Outcome {
  readonly gave: unknown;
  readonly kept: Readonly<Record<Tenant, string>>;
}

export async function readSchema(): Promise<Schema> {
  const database = await openDatabase(":memory:");
  const objects = await query(
    database,
    `select type, name, sql from sqlite_master where sql is not null and name not like 'kysely%' and name not like 'sqlite%'
     order by type desc`,
  );
  const tables: Table[] = [];
  for (const { name } of objects.filter(({ type }) => type === "table")) {
    const columns = await query(database, `select * from pragma_table_info('${String(name)}')`);
    if (!columns.some((column) => column["name"] === "tenant")) continue;
    tables.push({
      name: String(name),
      columns: columns.map((column) => ({
        name: String(column["name"]),
        type: String(column["type"]).toLowerCase(),
        isNeeded: column["notnull"] === 1,
      })),
    });
  }
  await database.destroy();
  return { tables, statements: objects.map(({ sql }) => String(sql)) };
}

/** Columns whose values are drawn from some of their own. */
const WORDS: Readonly<Record<string, readonly Value[]>> = {
  closed: [0, 1],
  provider: ["MERGED", "a", "b"],
  "counter.name": ["mark", "profiles", "round of profiles", "a"],
};

function valueOf(table: string, { name, type, isNeeded }: Column): fc.Arbitrary<Value> {
  const words = WORDS[`${table}.${name}`] ?? WORDS[name];
  const value: fc.Arbitrary<Value> = words
    ? fc.constantFrom(...words)
    : type === "text"
      ? fc.constantFrom("a", "b", "c")
      : fc.integer({ min: 0, max: 3 });
  return isNeeded ? value : fc.option(value);
}

function rowOf(table: string, columns: readonly Column[]): fc.Arbitrary<Row> {
  return fc.record(Object.fromEntries(columns.map((column) => [column.name, valueOf(table, column)])));
}

export function worldsOf({ tables }: Schema, statements: readonly AnyStatement[], seed: number, count: number) {
  const rows = fc.record(
    Object.fromEntries(
      tables.map(({ name, columns }) => {
        const own = columns.filter((column) => column.name !== "tenant");
        return [name, fc.array(rowOf(name, own), { maxLength: 6 })];
      }),
    ),
  );
  const worlds = fc.sample(fc.record({ acme: rows, other: rows }), { seed, numRuns: count });
  // What a statement is asked for is drawn by itself, so that it stays the same when other statements come or go.
  const asked = new Map(statements.map((one) => [one.name, fc.sample(askedOf(one), { seed, numRuns: count })]));
  return worlds.map(({ acme, other }, nth): World => ({
    rows: { acme, other },
    given: ({ name }) => asked.get(name)?.[nth] ?? [],
  }));
}

function askedOf({ name, columns }: AnyStatement): fc.Arbitrary<readonly Row[]> {
  const asked = Object.entries(columns).map(([column, type]) => ({ name: column, type: String(type), isNeeded: true }));
  return fc.array(rowOf(name === "count" ? "counter" : "", asked), { minLength: 1, maxLength: 3 });
}

/** A database that has the rows of some tenants. */
export class TenantDatabase {
  readonly #connection = new SqliteConnection(":memory:");
  readonly #keptIn: readonly ReturnType<SqliteConnection["sqlite"]["prepare"]>[];

  constructor(schema: Schema, { rows }: World, tenants: readonly Tenant[]) {
    for (const text of schema.statements) this.#connection.exec(text);
    this.#keptIn = schema.tables.map(({ name }) =>
      this.#connection.sqlite.prepare(`select * from ${name} where tenant = ?`),
    );
    for (const tenant of tenants) {
      for (const { name, columns } of schema.tables) {
        const marks = columns.map(() => "?").join(", ");
        const adding = this.#connection.sqlite.prepare(`insert or ignore into ${name} values (${marks})`);
        for (const row of rows[tenant][name] ?? []) {
          adding.run(columns.map((column) => (column.name === "tenant" ? tenant : row[column.name])));
        }
      }
    }
    this.#connection.exec("begin");
  }

  /** What a statement comes to for a tenant; it is taken back then. */
  run(statement: AnyStatement, tenant: Tenant, given: readonly Row[]): Outcome {
    if (isQuery(statement)) return { gave: this.#attempt(statement, tenantId(tenant), given), kept: NOTHING_CHANGED };
    this.#connection.exec("savepoint outcome");
    const gave = this.#attempt(statement, tenantId(tenant), given);
    const kept = { acme: this.keptBy("acme"), other: this.keptBy("other") };
    this.#connection.exec("rollback to outcome; release outcome");
    return { gave, kept };
  }

  /** Everything that a tenant has. */
  keptBy(tenant: Tenant): string {
    return JSON.stringify(this.#keptIn.map((rows) => rows.all([tenant])));
  }

  close(): void {
    this.#connection.close();
  }

  #attempt(statement: AnyStatement, tenant: TenantId, given: readonly Row[]): unknown {
    try {
      if (!isQuery(statement) && !textOf(statement).includes("returning"))
        return this.#connection.change(statement, tenant, given);
      const rows = this.#connection.rows(statement, tenant, given);
      return rows.map((row) => JSON.stringify(row)).sort();
    } catch (error) {
      return error instanceof Error && "code" in error ? error.code : error;
    }
  }
}

function isQuery(statement: AnyStatement): boolean {
  return textOf(statement).trimStart().startsWith("select");
}

function textOf({ text }: AnyStatement): string {
  return text({ tenant: "", given: "", join: "", list: () => "" });
}
