import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContextResponseForOperation,
  GraphQLResponse,
} from "@apollo/server";
import { HeaderMap } from "@apollo/server";
import { GraphQLError, Kind, OperationTypeNode, type ExecutionResult, type GraphQLFormattedError } from "graphql";
import { CompiledQueries } from "./compiled-queries";

export interface CompiledExecutorOptions {
  /** How often an operation runs the ordinary way before it is compiled; `Infinity` is for ever. */
  readonly compileAfter: number;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/**
 * Runs queries through code compiled from them. Mutations, introspection, federated traces and whatever the compiler
 * declines go on to the ordinary executor.
 */
export function compiledExecutorPlugin<Context extends BaseContext>({
  compileAfter,
  formatError,
}: CompiledExecutorOptions): ApolloServerPlugin<Context> {
  let queries: CompiledQueries | null = null;
  return {
    serverWillStart: ({ schema }) => {
      queries = new CompiledQueries(schema, compileAfter);
      return Promise.resolve();
    },
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async (context) => {
          if (!queries || !context.queryHash || !isCompilable(context)) return null;
          const { document, operationName, contextValue, request } = context;
          const compiled = queries.get({ id: context.queryHash, document, operationName });
          if (!compiled) return null;
          const result = await compiled.query(undefined, contextValue, request.variables ?? {});
          // Variables of the wrong type: the ordinary executor has the words and the status for that.
          if (result.data === undefined) return null;
          return toResponse(result, formatError);
        },
      }),
  };
}

function isCompilable<Context extends BaseContext>(
  context: GraphQLRequestContextResponseForOperation<Context>,
): boolean {
  const { operation, request } = context;
  if (operation.operation !== OperationTypeNode.QUERY || request.http?.headers.get("apollo-federation-include-trace"))
    return false;
  return operation.selectionSet.selections.every(
    (selection) => selection.kind !== Kind.FIELD || !selection.name.value.startsWith("__"),
  );
}

function toResponse(result: ExecutionResult, formatError: CompiledExecutorOptions["formatError"]): GraphQLResponse {
  const errors = result.errors?.map(({ message, locations, path, originalError }) => {
    // The compiler has an error class of its own.
    const error = new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null });
    return formatError({ message, ...(locations ? { locations } : {}), ...(path ? { path } : {}) }, error);
  });
  return {
    http: { headers: new HeaderMap() },
    body: {
      kind: "single",
      singleResult: {
        ...(errors && errors.length > 0 ? { errors } : {}),
        ...(result.data === undefined ? {} : { data: result.data }),
      },
    },
  };
}
