import type { QueryConfig, QueryResult } from "pg";
import type { TenantId } from "../../domain/tenant-id";
import { postgresStatement, type PostgresStatement } from "./postgres-statement";
import type { Statement } from "./statement";

type AnyStatement = Pick<Statement<object, unknown>, "name" | "columns" | "text">;

/** What statements run on: a pool, or one connection of it. */
export interface PostgresRunner {
  query<Row extends object>(statement: QueryConfig): Promise<Pick<QueryResult<Row>, "rows" | "rowCount">>;
}

/** Never wrong: the text of a statement does not change. */
const known = new WeakMap<AnyStatement, PostgresStatement>();

/** Runs a statement, which each connection prepares once, and returns its rows and the number of rows that it wrote. */
export async function run<Given extends object, Row>(
  runner: PostgresRunner,
  statement: Statement<Given, Row>,
  tenant: TenantId,
  given: readonly Given[],
): Promise<{ readonly rows: readonly Row[]; readonly changed: number }> {
  const { name, text, valuesOf } = textOf(statement);
  const { rows, rowCount } = await runner.query<Row & object>({ name, text, values: valuesOf(tenant, given) });
  return { rows, changed: rowCount ?? 0 };
}

function textOf(statement: AnyStatement): PostgresStatement {
  const made = known.get(statement) ?? postgresStatement(statement);
  known.set(statement, made);
  return made;
}
