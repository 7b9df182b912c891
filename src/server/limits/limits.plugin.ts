import { hash } from "node:crypto";
import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { AccessError, InputError } from "../../domain/errors";
import type { RequestContext } from "../../graphql/context";
import { operationOf, type KnownOperations } from "../operations/known-operations";
import type { OperationCheck } from "./operation-check";

/** Rejects operations that are over a limit before anything is executed. */
export function limitsPlugin(
  operations: KnownOperations,
  operationCheck: OperationCheck,
): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: (context) => {
          const { document, source: text, request } = context;
          const { operation: definition }: { readonly operation?: OperationDefinitionNode } = context;
          // The executor reports an unknown or ambiguous operation name.
          if (!definition) return Promise.resolve();
          context.contextValue.nameOperation(definition);
          const known = operations.find({ text, operationName: request.operationName });
          const operation = known ?? operationOf(document, definition, hash("sha256", text));
          withStatus(() => operationCheck.check(operation, request.variables ?? {}, context.contextValue));
          const isEstimate = context.contextValue.estimate !== null;
          context.contextValue.operation.lane = isEstimate ? "estimate" : "ordinary"; // unless our executor runs it
          return Promise.resolve();
        },
      }),
  };
}

/** Gives a rejected operation the status 400, or 403 where a scope is missing; without it, Apollo Server answers 500. */
function withStatus(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError || error instanceof AccessError)) throw error;
    const status = error instanceof AccessError ? 403 : 400;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status } } });
  }
}
