import { getArgumentValues, GraphQLError } from "graphql";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "../../relay/page-args";
import type { PlannedField } from "./operation-plan";

/** The maximum cost of an operation, as if nothing were recorded. */
export interface OperationCost {
  /** Page sizes, and lengths of lists of nodes, multiplied along the selection. */
  readonly nodes: number;
  /** Selected fields, multiplied by the lists above them. */
  readonly fields: number;
  /** Provider calls, retries not counted. */
  readonly providerCalls: number;
}

/** The arguments of a field, by name. */
export type ArgumentValues = ReadonlyMap<string, unknown>;

/** Maximum number of calls for a page of `rows` rows, by kind of field. Must not depend on cursors among `values`. */
export type CallPrices = Readonly<Record<string, (rows: number, values: ArgumentValues) => number>>;

/** Variables as `getVariableValues` gives them. */
export type CoercedVariables = Readonly<Record<string, unknown>>;

const NO_VALUES: ArgumentValues = new Map();
const PAGE_ARGUMENTS: ReadonlySet<string> = new Set(["first", "last"]);

/**
 * The cost of one selection. Aliases that read one list with different page sizes share its calls: the largest page counts.
 *
 * @param pageSize size of the page that the selection is in; 0 where it is in none.
 */
export function costOf(
  selection: readonly PlannedField[],
  variables: CoercedVariables,
  prices: CallPrices,
  pageSize = 0,
): OperationCost {
  const total = { nodes: 0, fields: selection.length, providerCalls: 0 };
  const callsByList = new Map<string, number>();
  for (const field of selection) {
    const values = argumentsOf(field, variables);
    if (!values) continue; // invalid, so the field is never resolved
    const rows = rowsOf(field, values, pageSize);
    const inner = costOf(field.children, variables, prices, rows.pageSize);
    total.nodes += rows.nodes + rows.times * inner.nodes;
    total.fields += rows.times * inner.fields;
    total.providerCalls += rows.times * inner.providerCalls;
    const { calls } = field.cost;
    if (calls === undefined) continue;
    const list = listKey(field, values);
    const price = prices[calls]?.(rows.pageSize, values) ?? 0;
    callsByList.set(list, Math.max(callsByList.get(list) ?? 0, price));
  }
  for (const calls of callsByList.values()) total.providerCalls += calls;
  return total;
}

interface Rows {
  /** How often the selection below the field is resolved. */
  readonly times: number;
  readonly nodes: number;
  /** The page size, if the field is a page; else 0. */
  readonly pageSize: number;
}

function rowsOf({ cost: { rows }, givesNodes }: PlannedField, values: ArgumentValues, pageSize: number): Rows {
  if (rows === undefined) return { times: 1, nodes: 0, pageSize: 0 };
  if (rows === "rowsOfPage") return { times: pageSize, nodes: 0, pageSize: 0 };
  if (rows === "page") {
    const size = pageSizeOf(values);
    return { times: 1, nodes: size, pageSize: size };
  }
  const times = typeof rows === "number" ? rows : lengthOf(values.get(rows.listedBy));
  return { times, nodes: givesNodes ? times : 0, pageSize: 0 };
}

/** The requested page size, limited to the valid range: sizes out of range are rejected later, before any call. */
function pageSizeOf(values: ArgumentValues): number {
  const size = values.get("first") ?? values.get("last") ?? DEFAULT_PAGE_SIZE;
  return typeof size === "number" ? Math.min(Math.max(size, 0), MAX_PAGE_SIZE) : MAX_PAGE_SIZE;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function listKey({ node }: PlannedField, values: ArgumentValues): string {
  const others = [...values].filter(([name]) => !PAGE_ARGUMENTS.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${node.name.value} ${JSON.stringify(others)}`;
}

/** The arguments of a field, if its cost depends on them; `null` where they are invalid. */
function argumentsOf({ node, definition, cost }: PlannedField, variables: CoercedVariables): ArgumentValues | null {
  const { rows, calls } = cost;
  if (rows !== "page" && typeof rows !== "object" && calls === undefined) return NO_VALUES;
  try {
    return new Map(Object.entries(getArgumentValues(definition, node, variables)));
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
