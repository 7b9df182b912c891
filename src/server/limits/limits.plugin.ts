import { hash } from "node:crypto";
import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { InputError } from "../../domain/errors";
import { operationOf, type KnownOperations } from "../operations/known-operations";
import type { OperationLimiter } from "./operation-limiter";

/** Refuses operations that are over a limit, before anything is executed. */
export function limitsPlugin<Context extends BaseContext>(
  operations: KnownOperations,
  limiter: OperationLimiter,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: (context) => {
          const { document, source: text, request } = context;
          const { operation: definition }: { readonly operation?: OperationDefinitionNode } = context;
          // An unknown or ambiguous operation name is told by the executor.
          if (!definition) return Promise.resolve();
          const known = operations.find({ text, operationName: request.operationName });
          const operation = known ?? operationOf(document, definition, hash("sha256", text));
          check(() => limiter.check(operation, request.variables ?? {}));
          return Promise.resolve();
        },
      }),
  };
}

/** Has Apollo Server answer with status 400 where an operation is refused: without a status it would be 500. */
function check(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
  }
}
