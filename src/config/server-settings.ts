import { DAY_MS } from "../settings/duration";
import {
  collectorUrl,
  duration,
  host,
  hostNames,
  oneOf,
  onOrOff,
  optional,
  proxyUrl,
  secretKeys,
  timeoutMs,
  trueOrFalse,
  wholeNumber,
} from "../settings/kinds";
import { setting } from "../settings/setting";
import { databaseUrl } from "./database-url";
import { operationsFile } from "./operations-file";
import { failingSimulators } from "./simulators";

/** Settings of the server. `allowedHosts`, `playground` and `introspection` are `null` where the default depends on `HOST`. */
export const serverSettings = {
  host: setting("HOST", host.default("127.0.0.1")),
  port: setting("PORT", wholeNumber(0, 65_535).default(4000)),
  allowedHosts: setting("ALLOWED_HOSTS", optional(hostNames)),
  database: setting("DATABASE_URL", databaseUrl.default({ kind: "sqlite", path: "./data/tributary.db" })),
  sandbox: setting("SANDBOX", oneOf("auto", "on", "off").default("auto")),
  sandboxLatencyMs: setting("SANDBOX_LATENCY_MS", wholeNumber(0, 600_000).default(0)),
  sandboxFail: setting("SANDBOX_FAIL", failingSimulators.default(new Map())),
  allowInsecureProviders: setting("ALLOW_INSECURE_PROVIDERS", trueOrFalse.default(false)),
  providerProxy: setting("PROVIDER_PROXY", optional(proxyUrl)),
  cursorSecrets: setting("CURSOR_SECRET", optional(secretKeys)),
  playground: setting("PLAYGROUND", optional(onOrOff)),
  introspection: setting("INTROSPECTION", optional(onOrOff)),
  persistedOperations: setting("PERSISTED_OPERATIONS_FILE", optional(operationsFile)),
  /** Age in milliseconds at which feeds (since their last read) and entries of the ledger are deleted. */
  keepFeedsMs: setting("KEEP_FEEDS", duration.default(180 * DAY_MS)),
  keepLedgerMs: setting("KEEP_LEDGER", duration.default(3_650 * DAY_MS)),
  /** The collector of telemetry, and the whole address for traces in its place. OpenTelemetry's SDK reads its other variables itself. */
  collector: setting("OTEL_EXPORTER_OTLP_ENDPOINT", optional(collectorUrl)),
  tracesUrl: setting("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", optional(collectorUrl)),
  tracesOff: setting("OTEL_SDK_DISABLED", trueOrFalse.default(false)),
  /** Pino's levels, and `silent` for no log at all. */
  logLevel: setting("LOG_LEVEL", oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent").default("info")),
};

/** Limits of one operation, and of one request's body. */
export const limitSettings = {
  depth: setting("MAX_DEPTH", wholeNumber(1).default(15)),
  aliases: setting("MAX_ALIASES", wholeNumber(0).default(60)),
  tokens: setting("MAX_TOKENS", wholeNumber(1).default(5000)),
  /** Page sizes and lengths of id lists, multiplied along the selection. */
  nodes: setting("MAX_NODES", wholeNumber(1).default(20_000)),
  /** Selected fields, multiplied in the same way. */
  fields: setting("MAX_FIELDS", wholeNumber(1).default(500_000)),
  /** Counted as if nothing were recorded; 0: only recorded rows are served. */
  providerCalls: setting("MAX_PROVIDER_CALLS", wholeNumber(0).default(20)),
  /** Maximum time that it waits for providers, including retries and queues. */
  timeoutMs: setting("OPERATION_TIMEOUT_MS", timeoutMs.default(60_000)),
  bodyBytes: setting("BODY_LIMIT_BYTES", wholeNumber(1).default(262_144)),
};

/** Prefixes of our variables' names, besides those of the providers. */
export const OUR_PREFIXES: readonly string[] = ["MAX_", "JWT_", "KEEP_", "SANDBOX_", "CORS_", "TENANTS_"];
