import { HeaderMap, type ApolloServerPlugin, type BaseContext, type GraphQLRequest } from "@apollo/server";
import { Kind, OperationTypeNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import type { CompiledQueries } from "./compiled-queries";
import { formatCompiledResult, type FormatError } from "./compiled-result";

interface RequestedOperation {
  readonly operation?: OperationDefinitionNode;
  readonly request: GraphQLRequest;
}

/**
 * Runs queries through code compiled from them. Mutations, introspection, federated traces and whatever the compiler
 * declines go on to the ordinary executor.
 *
 * @param schema what queries are compiled against: fields that read a property must have no resolver.
 */
export function compiledExecutorPlugin<Context extends BaseContext>(
  queries: CompiledQueries,
  schema: GraphQLSchema,
  formatError: FormatError,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async (context) => {
          if (!isCompilable(context)) return null;
          const { document, operation, contextValue, request, source: text } = context;
          const compiled = queries.get({ text, operationName: request.operationName, schema, document, operation });
          if (!compiled) return null;
          const result = await compiled.run(undefined, contextValue, request.variables ?? {});
          const singleResult = formatCompiledResult(result, formatError);
          return singleResult && { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult } };
        },
      }),
  };
}

/** Without an operation, the one asked for is unknown or ambiguous: the ordinary executor has the words for that too. */
function isCompilable({ operation, request }: RequestedOperation): boolean {
  if (operation?.operation !== OperationTypeNode.QUERY || request.http?.headers.get("apollo-federation-include-trace"))
    return false;
  return operation.selectionSet.selections.every(
    (selection) => selection.kind !== Kind.FIELD || !selection.name.value.startsWith("__"),
  );
}
