import { HeaderMap, type ApolloServerPlugin } from "@apollo/server";
import type { RequestContext } from "../../graphql/context";
import type { KnownOperations } from "../operations/known-operations";
import { fromByteText } from "./byte-text";
import { formatErrors, type FormatError } from "./formatted-errors";
import type { QueryExecutor } from "./query-executor";

/**
 * Makes Apollo Server run queries with our executor. Mutations, introspection, federated traces and queries that the executor
 * does not support are run by graphql-js.
 */
export function executorPlugin(
  operations: KnownOperations,
  executor: QueryExecutor,
  formatError: FormatError,
): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ source: text, request, contextValue }) => {
          if (request.http?.headers.get("apollo-federation-include-trace")) return null;
          const operation = operations.find({ text, operationName: request.operationName });
          const result = operation && (await executor.run(operation, request.variables ?? {}, contextValue));
          if (!result) return null;
          contextValue.operation.lane = "executor";
          const data = JSON.parse(fromByteText(result.data)) as Record<string, unknown> | null;
          const errors = formatErrors(result.errors, text, operation.document, formatError);
          const singleResult = errors.length > 0 ? { errors, data } : { data };
          return { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult } };
        },
      }),
  };
}
