import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import { GraphQLError } from "graphql";
import { formatErrorWith } from "../graphql/format-error";

// What nobody foresaw is reported where it is answered.
const formatError = formatErrorWith(() => undefined);

/**
 * Federated traces (`ftv1`), for routers that ask for them. A trace may travel on to whoever keeps the router's: of an
 * error it tells the code and nothing else.
 */
export function tracePlugin<Context extends BaseContext>(): ApolloServerPlugin<Context> {
  return ApolloServerPluginInlineTrace({ includeErrors: { transform: (error) => codeOnly(error) } });
}

function codeOnly(error: GraphQLError): GraphQLError {
  const code = String(formatError(error.toJSON(), error).extensions?.["code"]);
  return new GraphQLError(code, { extensions: { code } });
}
