import { hash } from "node:crypto";
import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { InputError } from "../../domain/errors";
import { operationOf, type KnownOperations } from "../operations/known-operations";
import type { OperationCheck } from "./operation-check";

/** Rejects operations that are over a limit before anything is executed. */
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
          // The executor reports an unknown or ambiguous operation name.
          if (!definition) return Promise.resolve();
          const known = operations.find({ text, operationName: request.operationName });
          const operation = known ?? operationOf(document, definition, hash("sha256", text));
          withStatus(() => operationCheck.check(operation, request.variables ?? {}));
          return Promise.resolve();
        },
      }),
  };
}

/** Gives a rejected operation the status 400; without it, Apollo Server answers 500. */
function withStatus(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
  }
}
