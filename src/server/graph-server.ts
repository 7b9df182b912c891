import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { formatErrorWith } from "../graphql/format-error";
import type { RequestContext } from "../graphql/context";
import { executorPlugin } from "./executor/executor.plugin";
import { FastLane } from "./executor/fast-lane";
import { FragmentCache } from "./executor/fragment-cache";
import { QueryExecutor } from "./executor/query-executor";
import { limitsPlugin } from "./limits/limits.plugin";
import { OperationCheck } from "./limits/operation-check";
import { OperationLimiter, type OperationLimits } from "./limits/operation-limiter";
import type { CallPrices } from "./limits/operation-cost";
import { KnownOperations } from "./operations/known-operations";
import { locationsPlugin } from "./operations/locations.plugin";
import { TextCache } from "./operations/text-cache";

export interface GraphServerOptions {
  readonly schema: GraphQLSchema;
  /**
   * The same graph once more, for our executor: for a trace, Apollo Server gives every field of `schema` a resolver, for
   * good. `null`: graphql-js runs everything, through Apollo Server.
   */
  readonly executorSchema: GraphQLSchema | null;
  readonly introspection: boolean;
  /** Whether clients may register operations by sending them, as Apollo's automatic persisted queries. */
  readonly automaticPersistedQueries: boolean;
  readonly limits: OperationLimits & { readonly tokens: number };
  readonly prices: CallPrices;
  readonly log: Logger;
}

/** The two ways to the graph: Apollo Server's, and the short one for what came that way before. */
export interface GraphServer {
  readonly apollo: ApolloServer<RequestContext>;
  readonly fastLane: FastLane | null;
  /** Texts that the executor keeps. */
  readonly fragments: FragmentCache;
}

/** A page of 100 companies with 5 people each has about 120,000 bytes. */
const FRAGMENT_BYTES = 32 * 1024 * 1024;

/** Apollo Server, with our limits before it and our executor inside. It reports to nobody and shows no page of its own. */
export function createGraphServer(options: GraphServerOptions): GraphServer {
  const { schema, introspection, limits, log } = options;
  const formatError = formatErrorWith(
    (error) => log.error({ err: error }, "an unforeseen error"),
    introspection ? schema : null,
  );
  const operations = new KnownOperations();
  const operationCheck = new OperationCheck(new OperationLimiter(schema, limits, options.prices));
  const fragments = new FragmentCache(FRAGMENT_BYTES);
  const executor = options.executorSchema && new QueryExecutor(options.executorSchema, fragments);
  const apollo = new ApolloServer<RequestContext>({
    schema,
    plugins: [
      limitsPlugin(operations, operationCheck),
      locationsPlugin(),
      ...(executor ? [executorPlugin(operations, executor, formatError)] : []),
      // A trace may travel on to whoever keeps the router's: of an error it tells no more than that there was one.
      ApolloServerPluginInlineTrace({ includeErrors: { masked: true } }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    introspection,
    documentStore: operations.documentStore,
    persistedQueries: options.automaticPersistedQueries ? { cache: new TextCache() } : false,
    hideSchemaDetailsFromClientErrors: false, // `formatError` does that, in time that grows with the message alone
    formatError,
    logger: log,
    parseOptions: { maxLexicalTokens: limits.tokens },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  const fastLane = executor && new FastLane({ operations, executor, operationCheck, formatError });
  return { apollo, fastLane, fragments };
}
