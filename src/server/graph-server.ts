import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { formatErrorWith } from "../graphql/format-error";
import type { RequestContext } from "../graphql/context";
import type { CountedCache } from "./cache-metrics";
import { creditsPlugin } from "./credits.plugin";
import { createErrorLog } from "./error-log";
import { makeEstimating } from "./estimate/estimating-schema";
import { executorPlugin } from "./executor/executor.plugin";
import type { FormatError } from "./executor/formatted-errors";
import { FastLane } from "./executor/fast-lane";
import { FragmentCache } from "./executor/fragment-cache";
import { QueryExecutor } from "./executor/query-executor";
import { limitsPlugin } from "./limits/limits.plugin";
import { OperationCheck } from "./limits/operation-check";
import { OperationLimiter, type OperationLimits } from "./limits/operation-limiter";
import { KnownOperations } from "./operations/known-operations";
import { locationsPlugin } from "./operations/locations.plugin";
import { TextCache } from "./operations/text-cache";

export interface GraphServerOptions {
  readonly schema: GraphQLSchema;
  /** Whether our executor runs what it can; else graphql-js runs everything, through Apollo Server. */
  readonly ownExecutor: boolean;
  /** Builds a second schema, for estimates: its resolvers are changed. Called with the first estimate. */
  readonly buildEstimatorSchema: () => GraphQLSchema;
  readonly introspection: boolean;
  /** Whether clients may register operations by sending them (Apollo's automatic persisted queries). */
  readonly automaticPersistedQueries: boolean;
  readonly limits: OperationLimits & { readonly tokens: number };
  readonly log: Logger;
  /** Called with the code of each error of an answer. */
  readonly onError: (code: string) => void;
}

/** The graph as a server: Apollo Server, and a faster path for operations that are known already. */
export interface GraphServer {
  readonly apollo: ApolloServer<RequestContext>;
  readonly fastLane: FastLane | null;
  /** Runs operations to estimate them; made with the first estimate. */
  readonly estimator: () => Promise<ApolloServer<RequestContext>>;
  /** The executor's cache of JSON texts. */
  readonly fragments: FragmentCache;
  /** The operations that were validated. */
  readonly knownOperations: CountedCache;
  /** To be called before the first operation. */
  readonly startServers: () => Promise<unknown>;
  readonly stopServers: () => Promise<unknown>;
}

/** A page of 100 companies with 5 people each has about 120,000 bytes. */
const FRAGMENT_BYTES = 32 * 1024 * 1024;

/** Creates Apollo Server with our limits and our executor, and one for estimates. They report to no service and have no landing page. */
export function createGraphServer(options: GraphServerOptions): GraphServer {
  const { schema, introspection, limits, log } = options;
  const formatError = counted(formatErrorWith(createErrorLog(log), introspection ? schema : null), options.onError);
  const operations = new KnownOperations();
  const operationCheck = new OperationCheck(new OperationLimiter(schema, limits));
  const fragments = new FragmentCache(FRAGMENT_BYTES);
  const executor = options.ownExecutor ? new QueryExecutor(schema, fragments) : null;
  const persistedQueries = options.automaticPersistedQueries ? { cache: new TextCache() } : (false as const);
  const shared = { ...options, operations, operationCheck, formatError, persistedQueries };
  const apollo = apolloServer(shared, [
    creditsPlugin(),
    ...(executor ? [executorPlugin(operations, executor, formatError)] : []),
    // Traces may be stored outside by the router: they contain no details of errors.
    ApolloServerPluginInlineTrace({ includeErrors: { masked: true } }),
  ]);
  const estimator = startedOnce(() => {
    const estimating = makeEstimating(options.buildEstimatorSchema());
    return apolloServer({ ...shared, schema: estimating }, [ApolloServerPluginInlineTraceDisabled()]);
  });
  const fastLane = executor && new FastLane({ operations, executor, operationCheck, formatError });
  return {
    ...{ apollo, fastLane, fragments, knownOperations: operations },
    estimator: estimator.started,
    startServers: () => apollo.start(),
    stopServers: () => Promise.all([apollo.stop(), estimator.stop()]),
  };
}

/** A server that is made and started when it is needed first. */
function startedOnce(make: () => ApolloServer<RequestContext>) {
  let starting: Promise<ApolloServer<RequestContext>> | null = null;
  const start = async (): Promise<ApolloServer<RequestContext>> => {
    const server = make();
    await server.start();
    return server;
  };
  return {
    started: () => (starting ??= start()),
    stop: async () => (await starting)?.stop(),
  };
}

interface ApolloParts extends Pick<GraphServerOptions, "introspection" | "limits" | "log" | "schema"> {
  readonly operations: KnownOperations;
  readonly operationCheck: OperationCheck;
  readonly formatError: ReturnType<typeof formatErrorWith>;
  readonly persistedQueries: NonNullable<ApolloServerOptions<RequestContext>["persistedQueries"]>;
}

function apolloServer(
  { schema, introspection, limits, log, operations, operationCheck, formatError, persistedQueries }: ApolloParts,
  plugins: readonly ApolloServerPlugin<RequestContext>[],
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    plugins: [
      limitsPlugin(operations, operationCheck),
      locationsPlugin(),
      ...plugins,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    introspection,
    documentStore: operations.documentStore,
    persistedQueries,
    hideSchemaDetailsFromClientErrors: false, // `formatError` does that, in time linear to the message
    formatError,
    logger: log,
    parseOptions: { maxLexicalTokens: limits.tokens },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
}

function counted(formatError: FormatError, onError: GraphServerOptions["onError"]): FormatError {
  return (formatted, error) => {
    const shown = formatError(formatted, error);
    onError(String(shown.extensions?.["code"]));
    return shown;
  };
}
