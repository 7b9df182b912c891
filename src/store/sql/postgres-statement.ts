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
  const withTenants = text(boundOf(columns, true));
  const withBoth = withTenants.includes("given.tenant") ? withTenants : text(boundOf(columns, false));
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

function boundOf(columns: AnyStatement["columns"], hasTenants: boolean): Bound {
  const defined = Object.entries<ColumnType>(columns).map(([column, type]) => `${column} ${TYPES[type]}`);
  const rows = `json_to_recordset($2::json) as given(${defined.join(", ") || "nothing text"})`;
  return {
    tenant: "$1::text",
    // `offset 0`: it stays a table of its own, so that the tenant of its rows is no constant. By a constant alone PostgreSQL would read
    // all rows of a tenant that it believes to be small, to find a few.
    given: hasTenants ? `(select $1::text as tenant, * from ${rows} offset 0) as given` : rows,
    join: "join",
    list: (expression) => `coalesce(json_agg(${expression}), '[]')::text`,
  };
}

function toObject(columns: readonly string[], values: readonly unknown[]): Readonly<Record<string, unknown>> {
  const row: Record<string, unknown> = {};
  columns.forEach((column, i) => (row[column] = values[i]));
  return row;
}
