import { getVariableValues, type GraphQLSchema } from "graphql";
import { InputError } from "../../domain/errors";
import type { GivenVariables, Operation } from "../operations/operation";
import { costKeyOf } from "./cost-key";
import { IntrospectionCost } from "./introspection-cost";
import { costOf, type CallPrices, type CoercedVariables } from "./operation-cost";
import { MAX_PLANNED_FIELDS, planOperation, type OperationPlan, type Plan } from "./operation-plan";

/** Maximum values for one operation, introspection not counted. */
export interface OperationLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly nodes: number;
  readonly fields: number;
  readonly providerCalls: number;
}

/** Limits of introspection: the full queries of GraphiQL and code generators have 15 levels and 4,500 fields. */
const INTROSPECTION = { depth: 20, aliases: 10, fields: 20_000 };

/** For each operation, so many texts of variables that passed are remembered, if they are not longer than this. */
const MAX_PASSED = 64;
const MAX_PASSED_CHARACTERS = 500;

/** An operation that was planned, and what is known of its runs. */
interface KnownPlan extends OperationPlan {
  readonly costKey: (variables: CoercedVariables) => string;
  /** By prices, the cost keys of runs that passed. Never wrong: other prices are another object, and the limits stay. */
  readonly passed: WeakMap<CallPrices, Set<string>>;
}

type ShapeLimits = Pick<OperationLimits, "depth" | "aliases">;

/** Rejects operations that are over a limit. Plans each operation once: an operation, and the schema, never change. */
export class OperationLimiter {
  readonly #plans = new WeakMap<Operation, KnownPlan>();
  #introspection: IntrospectionCost | null = null;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
  ) {}

  /**
   * @returns the coerced variables; `null` where they are invalid: there is no cost then, since the operation is not executed.
   * @param prices of the tenant.
   * @throws {InputError} `OPERATION_TOO_COSTLY`
   */
  check(operation: Operation, given: GivenVariables, prices: CallPrices): CoercedVariables | null {
    const plan = this.#planOf(operation);
    const { graph, introspection } = plan;
    checkShape(graph, this.limits, "");
    checkShape(introspection, INTROSPECTION, " of introspection");
    const { coerced } = getVariableValues(this.schema, operation.definition.variableDefinitions ?? [], given);
    if (!coerced) return null;
    this.#checkCost(plan, coerced, prices);
    if (introspection.fields.length > 0) this.#checkIntrospection(introspection, coerced);
    return coerced;
  }

  #planOf(operation: Operation): KnownPlan {
    const known = this.#plans.get(operation);
    if (known) return known;
    const made = planOperation(this.schema, operation.document, operation.definition);
    const plan = { ...made, costKey: costKeyOf(made.graph.fields), passed: new WeakMap<CallPrices, Set<string>>() };
    this.#plans.set(operation, plan);
    return plan;
  }

  #checkCost(
    { graph: { fields: selection }, costKey, passed: passedBy }: KnownPlan,
    variables: CoercedVariables,
    prices: CallPrices,
  ): void {
    const key = costKey(variables);
    const passed = passedBy.get(prices) ?? new Set<string>();
    if (passed.has(key)) return;
    const { nodes, fields, providerCalls } = costOf(selection, variables, prices);
    refuseOver("nodes", nodes, this.limits.nodes, "Ask for smaller pages.");
    refuseOver("fields", fields, this.limits.fields, "Select fewer fields, or ask for smaller pages.");
    refuseOver("provider calls", providerCalls, this.limits.providerCalls, "Ask for fewer or smaller pages at once.");
    if (key.length > MAX_PASSED_CHARACTERS) return;
    if (passed.size === MAX_PASSED) passed.clear();
    passed.add(key);
    passedBy.set(prices, passed);
  }

  #checkIntrospection({ fields: selection }: Plan, variables: CoercedVariables): void {
    this.#introspection ??= new IntrospectionCost(this.schema);
    const fields = this.#introspection.fieldsOf(selection, variables, INTROSPECTION.fields);
    refuseOver("fields of introspection", fields, INTROSPECTION.fields, "Ask for less at once.");
  }
}

function checkShape({ depth, aliases, isTooLarge }: Plan, limits: ShapeLimits, of: string): void {
  const expanded = isTooLarge ? MAX_PLANNED_FIELDS + 1 : 0;
  refuseOver(`fields${of}, with fragments expanded`, expanded, MAX_PLANNED_FIELDS, "Select fewer fields.");
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
