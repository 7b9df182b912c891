import { Kind, valueFromASTUntyped, type ArgumentNode } from "graphql";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "../../relay/page-args";
import type { PlannedField } from "./operation-plan";

/** What an operation can come to, before it runs, as if nothing were recorded. */
export interface OperationCost {
  /** Page sizes multiplied along the selection. */
  readonly nodes: number;
  /** Provider calls, repeats aside. */
  readonly providerCalls: number;
}

/** What a field was asked with, by argument. */
export type ArgumentValues = ReadonlyMap<string, unknown>;

/** The most calls that a field of some kind makes for a page of `rows` rows. */
export type CallPrices = Readonly<Record<string, (rows: number, values: ArgumentValues) => number>>;

export type Variables = Readonly<Record<string, unknown>>;

const PAGE_ARGUMENTS: ReadonlySet<string> = new Set(["first", "last"]);

/** Aliases that page through one list with different sizes share its calls: the largest page counts. */
export function costOf(fields: readonly PlannedField[], variables: Variables, prices: CallPrices): OperationCost {
  let nodes = 0;
  let providerCalls = 0;
  const largest = new Map<string, number>();
  for (const field of fields) {
    const values = argumentsOf(field.node.arguments ?? [], variables);
    const size = sizeOf(field, values);
    const inner = costOf(field.children, variables, prices);
    nodes += (isList(field) ? size : 0) + size * inner.nodes;
    providerCalls += size * inner.providerCalls;
    const kind = field.definition.extensions["providerCalls"];
    const price = typeof kind === "string" ? prices[kind] : undefined;
    if (!price) continue;
    const list = listKey(field, values);
    largest.set(list, Math.max(largest.get(list) ?? 0, price(size, values)));
  }
  for (const calls of largest.values()) providerCalls += calls;
  return { nodes, providerCalls };
}

/** Whether a field's rows count as nodes: those of a connection, and those of a list that says how long it can be. */
function isList({ isConnection, definition }: PlannedField): boolean {
  return isConnection || definition.extensions["listSize"] !== undefined;
}

/**
 * How many rows a field can have. Its `listSize` is the most, or the argument that lists what the rows are of.
 * Sizes out of range are refused later, before anything is asked.
 */
function sizeOf({ isConnection, definition }: PlannedField, values: ArgumentValues): number {
  const ids = values.get("ids");
  if (Array.isArray(ids)) return ids.length;
  const listSize = definition.extensions["listSize"];
  if (typeof listSize === "number") return listSize;
  const listed = typeof listSize === "string" ? values.get(listSize) : null;
  if (Array.isArray(listed)) return listed.length;
  if (!isConnection) return 1;
  const size = values.get("first") ?? values.get("last") ?? DEFAULT_PAGE_SIZE;
  return typeof size === "number" ? Math.min(Math.max(size, 0), MAX_PAGE_SIZE) : MAX_PAGE_SIZE;
}

function listKey({ node }: PlannedField, values: ArgumentValues): string {
  const others = [...values].filter(([name]) => !PAGE_ARGUMENTS.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${node.name.value} ${JSON.stringify(others)}`;
}

function argumentsOf(nodes: readonly ArgumentNode[], variables: Variables): ArgumentValues {
  const values = new Map<string, unknown>();
  for (const { name, value } of nodes) {
    values.set(
      name.value,
      value.kind === Kind.VARIABLE ? variables[value.name.value] : valueFromASTUntyped(value, { ...variables }),
    );
  }
  return values;
}
