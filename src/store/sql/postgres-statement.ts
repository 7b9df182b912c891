import type { TenantId } from "../../domain/tenant-id";
import { givenText, type Bound, type ColumnType, type Statement } from "./statement";

type AnyStatement = Pick<Statement<object, unknown>, "name" | "columns" | "text">;

const TYPES: Readonly<Record<ColumnType, string>> = { text: "text", integer: "bigint", real: "double precision" };

/** A statement as PostgreSQL takes it. */
export interface PostgresStatement {
  readonly name: string;
  readonly text: string;
  /** The bound values, in their order. */
  readonly valuesOf: (tenant: TenantId, given: readonly object[]) => string[];
}

/** The statement for PostgreSQL. PostgreSQL accepts no bound value that the text does not contain. */
export function postgresStatement({ name, columns, text }: AnyStatement): PostgresStatement {
  const columnNames = Object.keys(columns);
  const withBoth = text(boundOf(columns));
  const hasTenant = withBoth.includes("$1");
  const hasGiven = withBoth.includes("$2");
  return {
    name,
    text: hasTenant ? withBoth : withBoth.replaceAll("$2", "$1"),
    valuesOf: (tenant, given) => [
      ...(hasTenant ? [tenant] : []),
      ...(hasGiven ? [givenText(columnNames as never[], given, (values) => toObject(columnNames, values))] : []),
    ],
  };
}

function boundOf(columns: AnyStatement["columns"]): Bound {
  const defined = Object.entries<ColumnType>(columns).map(([column, type]) => `${column} ${TYPES[type]}`);
  return {
    tenant: "$1::text",
    given: `json_to_recordset($2::json) as given(${defined.join(", ") || "nothing text"})`,
    join: "join",
    list: (expression) => `coalesce(json_agg(${expression}), '[]')::text`,
  };
}

function toObject(columns: readonly string[], values: readonly unknown[]): Readonly<Record<string, unknown>> {
  const row: Record<string, unknown> = {};
  columns.forEach((column, i) => (row[column] = values[i]));
  return row;
}
