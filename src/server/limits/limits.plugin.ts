import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { OperationDefinitionNode } from "graphql";
import type { OperationLimiter } from "./operation-limiter";

/** Refuses operations that are over a limit, before anything is executed. */
export function limitsPlugin<Context extends BaseContext>(limiter: OperationLimiter): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: (context) => {
          const { schema, document, request } = context;
          const { operation }: { readonly operation?: OperationDefinitionNode } = context;
          // An unknown or ambiguous operation name is told by the executor.
          if (operation) limiter.check({ schema, document, operation }, request.variables ?? {});
          return Promise.resolve();
        },
      }),
  };
}
