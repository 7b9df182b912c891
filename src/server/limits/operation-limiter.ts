import {
  GraphQLError,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { costOf, type CallPrices, type Variables } from "./operation-cost";
import { MAX_FIELDS, planOperation, type OperationPlan } from "./operation-plan";

/** Most of each that one operation may come to, introspection aside. */
export interface OperationLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly nodes: number;
  readonly providerCalls: number;
}

/** An operation that passed validation. */
export interface CheckedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Refuses operations that are over a limit. Plans each document once. */
export class OperationLimiter {
  readonly #plans = new WeakMap<OperationDefinitionNode, OperationPlan>();

  constructor(
    private readonly limits: OperationLimits,
    private readonly prices: CallPrices,
  ) {}

  /** @throws {GraphQLError} `OPERATION_TOO_COSTLY` */
  check(checked: CheckedOperation, variables: Variables): void {
    const plan = this.#planOf(checked);
    this.#checkShape(plan);
    this.#checkCost(plan, withDefaults(checked.operation, variables));
  }

  #planOf({ schema, document, operation }: CheckedOperation): OperationPlan {
    const plan = this.#plans.get(operation) ?? planOperation(schema, document, operation);
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
  throw new GraphQLError(
    `This operation can come to ${String(found)} ${what}; at most ${String(limit)} are allowed. ${advice} Nothing was executed.`,
    { extensions: { code: "OPERATION_TOO_COSTLY", http: { status: 400 } } },
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
