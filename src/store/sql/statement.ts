/** Types of the columns of given rows. */
export type ColumnType = "text" | "integer" | "real";

/** The names of the bound values in a statement's text. */
export interface Bound {
  /** The tenant. */
  readonly tenant: string;
  /**
   * The given rows, as a table of the name `given`, with the tenant as a further column. Put it first in `from`, and use `join`, with
   * `given.tenant`.
   */
  readonly given: string;
  /** Joins a table, with `on`, so that its rows are looked up for each row on the left. */
  readonly join: string;
  /** A JSON array, as text, of the values of an expression in a group. */
  readonly list: (expression: string) => string;
}

/**
 * An SQL statement. It is prepared once for each connection and has two bound values: the tenant, and the given rows as one
 * JSON text. So no other value of a request becomes part of SQL.
 */
export interface Statement<Given extends object, Row> {
  /** Unique; for metrics and tests. */
  readonly name: string;
  /** Columns of the given rows. */
  readonly columns: Readonly<Record<keyof Given & string, ColumnType>>;
  readonly text: (bound: Bound) => string;
  /** Only for the type of the returned rows; never set. */
  readonly rowOf?: (given: Given) => Row;
}

/**
 * Creates a statement that returns rows of the type `Row`; `never`: it returns none.
 *
 * @example
 *   const NAMES = statement<{ readonly entity: number }, { readonly name: string }>(
 *     "names of entities",
 *     { entity: "integer" },
 *     ({ tenant, given, join }) => `
 *       select entity_key.key as name from ${given}
 *       ${join} entity_key on entity_key.tenant = given.tenant and entity_key.entity = given.entity`,
 *   );
 *   const rows = await database.read(NAMES, tenantId("acme"), [{ entity: 1 }, { entity: 2 }]);
 */
export function statement<Given extends object, Row = never>(
  name: string,
  columns: Statement<Given, Row>["columns"],
  text: (bound: Bound) => string,
): Statement<Given, Row> {
  return { name, columns, text };
}

/**
 * The given rows as one JSON text: an array of what `shape` makes of the values of each, in the order of the statement's
 * columns.
 */
export function givenText<Given extends object>(
  columns: readonly (keyof Given & string)[],
  rows: readonly Given[],
  shape: (values: readonly unknown[]) => unknown = (values) => values,
): string {
  const text = JSON.stringify(rows.map((row) => shape(columns.map((column) => row[column]))));
  if (!text.includes("\\ud")) return text;
  // An unpaired surrogate is no character: the database cannot store it.
  return JSON.stringify(rows.map((row) => shape(columns.map((column) => wellFormed(row[column])))));
}

/** Maximum number of given rows for which a statement runs at a time, so that none takes long. */
const MOST_ROWS = 200;

/** Given rows in parts of at most 200. */
export function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += MOST_ROWS) yield rows.slice(at, at + MOST_ROWS);
}

function wellFormed(value: unknown): unknown {
  return typeof value === "string" ? Buffer.from(value).toString() : value;
}
