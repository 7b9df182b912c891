import { hash } from "node:crypto";
import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { OperationDefinitionNode } from "graphql";
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
          limiter.check(known ?? operationOf(document, definition, hash("sha256", text)), request.variables ?? {});
          return Promise.resolve();
        },
      }),
  };
}
