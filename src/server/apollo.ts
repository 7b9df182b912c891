import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { formatErrorWith } from "../graphql/format-error";
import type { RequestContext } from "../graphql/context";
import { compiledExecutorPlugin } from "./executor/compiled-executor.plugin";
import { limitsPlugin, type OperationLimits } from "./limits/limits.plugin";
import type { CallPrices } from "./limits/operation-cost";
import { recodeTokenLimit } from "./limits/token-limit";

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly limits: OperationLimits & { readonly tokens: number };
  readonly prices: CallPrices;
  /** How often a query runs the ordinary way before it is compiled; `Infinity` is for ever. */
  readonly compileAfter: number;
  readonly log: Logger;
}

/** Apollo Server, with our limits before it and our executor inside. It reports to nobody and shows no page of its own. */
export function createApollo({
  schema,
  introspection,
  limits,
  prices,
  compileAfter,
  log,
}: ApolloOptions): ApolloServer<RequestContext> {
  const describe = formatErrorWith((error) => log.error({ err: error }, "an unforeseen error"));
  const formatError: typeof describe = (formatted, error) => recodeTokenLimit(describe(formatted, error));
  const plugins: ApolloServerPlugin<RequestContext>[] = [
    limitsPlugin(limits, prices),
    compiledExecutorPlugin({ compileAfter, formatError }),
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
  return new ApolloServer<RequestContext>({
    schema,
    plugins,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    formatError,
    logger: log,
    parseOptions: { maxLexicalTokens: limits.tokens },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
}
