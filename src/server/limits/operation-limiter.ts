import { getVariableValues, type GraphQLSchema } from "graphql";
import { InputError } from "../../domain/errors";
import type { GivenVariables, Operation } from "../operations/operation";
import { IntrospectionCost } from "./introspection-cost";
import { costOf, type CallPrices, type CoercedVariables } from "./operation-cost";
import { MAX_PLANNED_FIELDS, planOperation, type OperationPlan, type Plan } from "./operation-plan";

/** Most of each that one operation may come to, introspection aside. */
export interface OperationLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly nodes: number;
  readonly fields: number;
  readonly providerCalls: number;
}

/** What one operation may ask of the graph itself: the full queries of GraphiQL and code generators come to 15 levels and 4,500 fields. */
const INTROSPECTION = { depth: 20, aliases: 10, fields: 20_000 };

type ShapeLimits = Pick<OperationLimits, "depth" | "aliases">;

/** Refuses operations that are over a limit. Plans each operation once. */
export class OperationLimiter {
  readonly #plans = new WeakMap<Operation, OperationPlan>();
  #introspection: IntrospectionCost | null = null;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
    private readonly prices: CallPrices,
  ) {}

  /**
   * Where the variables are wrong, the operation has no cost: it is not executed.
   *
   * @throws {InputError} `OPERATION_TOO_COSTLY`
   */
  check(operation: Operation, given: GivenVariables): void {
    const { graph, introspection } = this.#planOf(operation);
    checkShape(graph, this.limits, "");
    checkShape(introspection, INTROSPECTION, " of introspection");
    const { coerced } = getVariableValues(this.schema, operation.definition.variableDefinitions ?? [], given);
    if (!coerced) return;
    this.#checkCost(graph, coerced);
    if (introspection.fields.length > 0) this.#checkIntrospection(introspection, coerced);
  }

  #planOf(operation: Operation): OperationPlan {
    const { document, definition } = operation;
    const plan = this.#plans.get(operation) ?? planOperation(this.schema, document, definition);
    this.#plans.set(operation, plan);
    return plan;
  }

  #checkCost({ fields: selection }: Plan, variables: CoercedVariables): void {
    const { nodes, fields, providerCalls } = costOf(selection, variables, this.prices);
    refuseOver("nodes", nodes, this.limits.nodes, "Ask for smaller pages.");
    refuseOver("fields", fields, this.limits.fields, "Select fewer fields, or ask for smaller pages.");
    refuseOver("provider calls", providerCalls, this.limits.providerCalls, "Ask for fewer or smaller pages at once.");
  }

  #checkIntrospection({ fields: selection }: Plan, variables: CoercedVariables): void {
    this.#introspection ??= new IntrospectionCost(this.schema);
    const fields = this.#introspection.fieldsOf(selection, variables, INTROSPECTION.fields);
    refuseOver("fields of introspection", fields, INTROSPECTION.fields, "Ask for less at once.");
  }
}

function checkShape({ depth, aliases, isTooLarge }: Plan, limits: ShapeLimits, of: string): void {
  const written = isTooLarge ? MAX_PLANNED_FIELDS + 1 : 0;
  refuseOver(`fields${of}, fragments written out`, written, MAX_PLANNED_FIELDS, "Select fewer fields.");
  refuseOver(`levels of fields${of}`, depth, limits.depth, "Nest less deeply.");
  refuseOver(`aliases${of}`, aliases, limits.aliases, "Use fewer aliases.");
}

function refuseOver(what: string, found: number, limit: number, advice: string): void {
  if (found <= limit) return;
  throw new InputError(
    `This operation can come to ${String(found)} ${what}; at most ${String(limit)} are allowed. ${advice} Nothing was executed.`,
    "OPERATION_TOO_COSTLY",
  );
}
