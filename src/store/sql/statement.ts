/** Types of given columns, as every database has them. */
export type ColumnType = "text" | "integer" | "real";

/** How a statement's text names what is bound to it. */
export interface Bound {
  /** The tenant. */
  readonly tenant: string;
  /** The given rows, as a table of the name `given`. Put it first, and join with `cross join`: rows are looked up for it. */
  readonly given: string;
  /** A JSON array of an expression's values in a group. */
  readonly list: (expression: string) => string;
}

/**
 * A statement that the stores issue: prepared once for a connection, with two values bound, the tenant and the given rows as
 * one JSON text. Nothing else of a request gets into a statement.
 */
export interface Statement<Given extends object, Row> {
  /** Unique; for metrics and tests. */
  readonly name: string;
  /** Columns of the given rows. */
  readonly columns: Readonly<Record<keyof Given & string, ColumnType>>;
  readonly text: (bound: Bound) => string;
  /** Carries the type of the rows that come back; never set. */
  readonly rowOf?: (given: Given) => Row;
}

/** A statement that gives rows of the type `Row`; `never` where it gives none. */
export function statement<Given extends object, Row = never>(
  name: string,
  columns: Statement<Given, Row>["columns"],
  text: (bound: Bound) => string,
): Statement<Given, Row> {
  return { name, columns, text };
}

/** The given rows as the text that is bound: an array of arrays, values in the order of the statement's columns. */
export function givenText<Given extends object>(
  columns: readonly (keyof Given & string)[],
  rows: readonly Given[],
): string {
  const text = JSON.stringify(rows.map((row) => columns.map((column) => row[column])));
  if (!text.includes("\\ud")) return text;
  // A half of a surrogate pair is no character: neither database can keep one.
  return JSON.stringify(rows.map((row) => columns.map((column) => wellFormed(row[column]))));
}

function wellFormed(value: unknown): unknown {
  return typeof value === "string" ? Buffer.from(value).toString() : value;
}
