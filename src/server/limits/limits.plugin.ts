import { hash } from "node:crypto";
import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { InputError } from "../../domain/errors";
import { operationOf, type KnownOperations } from "../operations/known-operations";
import type { OperationCheck } from "./operation-check";

/** Refuses operations before anything of them is executed. */
export function limitsPlugin<Context extends BaseContext>(
  operations: KnownOperations,
  operationCheck: OperationCheck,
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
          withStatus(() => operationCheck.check(operation, request.variables ?? {}));
          return Promise.resolve();
        },
      }),
  };
}

/** Has Apollo Server answer with status 400 where an operation is refused: without a status it would be 500. */
function withStatus(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
  }
}
