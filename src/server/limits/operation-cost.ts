import { getArgumentValues, GraphQLError } from "graphql";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "../../relay/page-args";
import type { PlannedField } from "./operation-plan";

/** What an operation can come to, before it runs, as if nothing were recorded. */
export interface OperationCost {
  /** Page sizes, and lists of what has a global id, multiplied along the selection. */
  readonly nodes: number;
  /** Every field selected, multiplied by the lists above it. */
  readonly fields: number;
  /** Provider calls, repeats aside. */
  readonly providerCalls: number;
}

/** What a field was asked with, by argument. */
export type ArgumentValues = ReadonlyMap<string, unknown>;

/** The most calls that a field of some kind makes for a page of `rows` rows. Cursors among the arguments must not count. */
export type CallPrices = Readonly<Record<string, (rows: number, values: ArgumentValues) => number>>;

/** Variables as `getVariableValues` gives them. */
export type CoercedVariables = Readonly<Record<string, unknown>>;

const NO_VALUES: ArgumentValues = new Map();
const PAGE_ARGUMENTS: ReadonlySet<string> = new Set(["first", "last"]);

/**
 * The cost of one selection. Aliases that page through one list with different sizes share its calls: the largest page
 * counts.
 *
 * @param pageSize of the page that the selection belongs to, where it belongs to one.
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
    if (!values) continue; // refused, and so never resolved
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
  /** How often what is selected below the field is resolved. */
  readonly times: number;
  readonly nodes: number;
  /** Of the page that the field is; 0 where it is none. */
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

/** Sizes out of range are refused later, before anything is asked. */
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

/** The arguments of a field whose cost depends on them, as they will be executed; `null` where GraphQL refuses them. */
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
