import type { ApolloServerPlugin, BaseContext, GraphQLRequestContextDidResolveOperation } from "@apollo/server";
import { GraphQLError, Kind, valueFromASTUntyped, type DocumentNode, type OperationDefinitionNode } from "graphql";
import { costOf, type CallPrices, type Variables } from "./operation-cost";
import { MAX_FIELDS, planOperation, type OperationPlan } from "./operation-plan";

/** Most of each that one operation may come to, introspection aside. */
export interface OperationLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly nodes: number;
  readonly providerCalls: number;
}

/** Refuses operations that are over a limit, before anything is executed. */
export function limitsPlugin<Context extends BaseContext>(
  limits: OperationLimits,
  prices: CallPrices,
): ApolloServerPlugin<Context> {
  const plans = new WeakMap<DocumentNode, Map<OperationDefinitionNode, OperationPlan>>();
  const planOf = ({ schema, document, operation }: Resolved<Context>): OperationPlan => {
    const known = plans.get(document) ?? new Map<OperationDefinitionNode, OperationPlan>();
    plans.set(document, known);
    const plan = known.get(operation) ?? planOperation(schema, document, operation);
    known.set(operation, plan);
    return plan;
  };
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: (context) => {
          if (!isResolved(context)) return Promise.resolve();
          const plan = planOf(context);
          checkShape(plan, limits);
          checkCost(plan, variablesOf(context.operation, context.request.variables ?? {}), limits, prices);
          return Promise.resolve();
        },
      }),
  };
}

type Resolved<Context extends BaseContext> = GraphQLRequestContextDidResolveOperation<Context> & {
  readonly operation: OperationDefinitionNode;
};

/** An unknown or ambiguous operation name is told by the executor. */
function isResolved<Context extends BaseContext>(
  context: GraphQLRequestContextDidResolveOperation<Context>,
): context is Resolved<Context> {
  const { operation }: { readonly operation?: OperationDefinitionNode } = context;
  return operation !== undefined;
}

function checkShape(plan: OperationPlan, limits: OperationLimits): void {
  refuseOver("fields", plan.tooManyFields ? MAX_FIELDS + 1 : 0, MAX_FIELDS, "Select fewer fields.");
  refuseOver("levels of fields", plan.depth, limits.depth, "Nest less deeply.");
  refuseOver("aliases", plan.aliases, limits.aliases, "Use fewer aliases.");
}

function checkCost(plan: OperationPlan, variables: Variables, limits: OperationLimits, prices: CallPrices): void {
  const { nodes, providerCalls } = costOf(plan.fields, variables, prices);
  refuseOver("nodes", nodes, limits.nodes, "Ask for smaller pages.");
  refuseOver("provider calls", providerCalls, limits.providerCalls, "Ask for fewer or smaller pages at once.");
}

function refuseOver(what: string, found: number, limit: number, advice: string): void {
  if (found <= limit) return;
  throw new GraphQLError(
    `This operation can come to ${String(found)} ${what}; at most ${String(limit)} are allowed. ${advice} Nothing was executed.`,
    { extensions: { code: "OPERATION_TOO_COSTLY", http: { status: 400 } } },
  );
}

function variablesOf({ variableDefinitions }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue && given[variable.name.value] === undefined && defaultValue.kind !== Kind.NULL
      ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const]
      : [],
  );
  return defaults.length === 0 ? given : { ...given, ...Object.fromEntries(defaults) };
}
