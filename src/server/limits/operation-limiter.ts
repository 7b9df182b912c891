import { Kind, valueFromASTUntyped, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { InputError } from "../../domain/errors";
import type { Operation } from "../operations/operation";
import { costOf, type CallPrices, type Variables } from "./operation-cost";
import { MAX_FIELDS, planOperation, type OperationPlan } from "./operation-plan";

/** Most of each that one operation may come to, introspection aside. */
export interface OperationLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly nodes: number;
  readonly providerCalls: number;
}

/** Refuses operations that are over a limit. Plans each operation once. */
export class OperationLimiter {
  readonly #plans = new WeakMap<Operation, OperationPlan>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
    private readonly prices: CallPrices,
  ) {}

  /** @throws {InputError} `OPERATION_TOO_COSTLY` */
  check(operation: Operation, variables: Variables): void {
    const plan = this.#planOf(operation);
    this.#checkShape(plan);
    this.#checkCost(plan, withDefaults(operation.definition, variables));
  }

  #planOf(operation: Operation): OperationPlan {
    const { document, definition } = operation;
    const plan = this.#plans.get(operation) ?? planOperation(this.schema, document, definition);
    this.#plans.set(operation, plan);
    return plan;
  }

  #checkShape({ tooManyFields, depth, aliases }: OperationPlan): void {
    refuseOver("fields", tooManyFields ? MAX_FIELDS + 1 : 0, MAX_FIELDS, "Select fewer fields.");
    refuseOver("levels of fields", depth, this.limits.depth, "Nest less deeply.");
    refuseOver("aliases", aliases, this.limits.aliases, "Use fewer aliases.");
  }

  #checkCost({ fields }: OperationPlan, variables: Variables): void {
    const { nodes, providerCalls } = costOf(fields, variables, this.prices);
    refuseOver("nodes", nodes, this.limits.nodes, "Ask for smaller pages.");
    refuseOver("provider calls", providerCalls, this.limits.providerCalls, "Ask for fewer or smaller pages at once.");
  }
}

function refuseOver(what: string, found: number, limit: number, advice: string): void {
  if (found <= limit) return;
  throw new InputError(
    `This operation can come to ${String(found)} ${what}; at most ${String(limit)} are allowed. ${advice} Nothing was executed.`,
    "OPERATION_TOO_COSTLY",
  );
}

function withDefaults({ variableDefinitions }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue && given[variable.name.value] === undefined && defaultValue.kind !== Kind.NULL
      ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const]
      : [],
  );
  return defaults.length === 0 ? given : { ...given, ...Object.fromEntries(defaults) };
}
