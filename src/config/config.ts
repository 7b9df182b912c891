import type { Scope } from "../domain/access";
import type { Secret } from "../settings/secret";
import type { ValuesOf } from "../settings/setting";
import type { accessSettings, AuthKind, Origins } from "./access/access-settings";
import type { TenantConfig } from "./access/tenant-config";
import { hasAnyKey, type ProvidersConfig, type SettingsByProvider } from "./provider-values";
import type { DatabaseConfig } from "./database-url";
import { isLoopback } from "./loopback";
import type { RegisteredOperation } from "./operations-file";
import type { FailingSimulators } from "./simulators";
import type { limitSettings, serverSettings } from "./server-settings";

/** The whole configuration. Safe to log: secrets show as `[secret]`. */
export interface Config<Providers extends SettingsByProvider = SettingsByProvider> {
  readonly server: ServerConfig;
  readonly database: DatabaseConfig;
  readonly access: AccessConfig;
  /** The tenants of the file; `null`: there is no file, and one tenant with the providers of the environment. */
  readonly tenants: readonly TenantConfig<Providers>[] | null;
  /** Whether the built-in simulators answer every provider of the one tenant, or those of some tenants of the file. */
  readonly sandbox: boolean;
  readonly simulators: SimulatorsConfig;
  readonly providers: ProvidersConfig<Providers>;
  /** Proxy for the providers, `http://host:port`; not used for simulators. `null`: none. */
  readonly providerProxy: string | null;
  /**
   * At least one, if set: the first one seals cursors, all of them open them. `null`: one is generated and stored in the
   * database.
   */
  readonly cursorSecrets: Secret<readonly Buffer[]> | null;
  readonly playground: boolean;
  readonly introspection: boolean;
  /** The only operations that run, at least one; `null`: every operation runs. */
  readonly persistedOperations: readonly RegisteredOperation[] | null;
  readonly limits: LimitsConfig;
  readonly keep: KeepConfig;
  readonly logLevel: ServerValues["logLevel"];
  /** The address that traces are sent to, as OTLP; `null`: none are made. */
  readonly tracesUrl: string | null;
}

/** `port` 0: any free port. `host` has no brackets. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Names that requests may have in `Host` besides loopback names, in lower case; `null`: any. */
  readonly allowedHosts: readonly string[] | null;
}

/** Who may send requests. */
export interface AccessConfig {
  /** How requests are authenticated; empty: they are not. */
  readonly kinds: readonly AuthKind[];
  readonly tenantsFile: string | null;
  /** `null` unless `kinds` has `jwt`. */
  readonly jwt: JwtConfig | null;
  /** The bearer token of `GET /metrics`; `null`: none. */
  readonly metricsToken: Secret | null;
  /** Origins whose pages may send requests; `null`: loopback origins while the server listens on loopback, else none. */
  readonly corsOrigins: Origins | null;
}

/** Which tokens are accepted. */
export interface JwtConfig {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly tenantClaim: string;
  readonly defaultScopes: ReadonlySet<Scope>;
}

/** Behaviour of the simulators: `latencyMs` is added to each answer, `statuses` are those of the failing ones. */
export interface SimulatorsConfig {
  readonly latencyMs: number;
  readonly statuses: FailingSimulators;
}

/** How long data is kept, in milliseconds: feeds since their last read, entries of the ledger since their call. */
export interface KeepConfig {
  readonly feedsMs: number;
  readonly ledgerMs: number;
}

export type LimitsConfig = ValuesOf<typeof limitSettings>;

export type AccessValues = ValuesOf<typeof accessSettings>;

export type ServerValues = ValuesOf<typeof serverSettings>;

/** Makes the configuration of values that passed the checks. */
export function configOf<Providers extends SettingsByProvider>(
  { host, port, database, sandbox, cursorSecrets, playground, introspection, ...server }: ServerValues,
  limits: LimitsConfig,
  providers: ProvidersConfig<Providers>,
  access: AccessValues,
  tenants: readonly TenantConfig<Providers>[] | null,
): Config<Providers> {
  const isLocal = isLoopback(host);
  const isSandbox = sandbox === "on" || (sandbox === "auto" && isLocal && !hasAnyKey(providers));
  return {
    server: { host, port, allowedHosts: server.allowedHosts ?? (isLocal ? [] : null) },
    database,
    access: accessOf(access),
    tenants,
    sandbox: tenants ? tenants.some((tenant) => tenant.sandbox) : isSandbox,
    simulators: { latencyMs: server.sandboxLatencyMs, statuses: server.sandboxFail },
    providers,
    providerProxy: server.providerProxy,
    cursorSecrets,
    playground: playground ?? isLocal,
    introspection: introspection ?? isLocal,
    persistedOperations: server.persistedOperations,
    limits,
    keep: { feedsMs: server.keepFeedsMs, ledgerMs: server.keepLedgerMs },
    logLevel: server.logLevel,
    tracesUrl: tracesUrlOf(server),
  };
}

/** @see OpenTelemetry Protocol Exporter, "Endpoint URLs for OTLP/HTTP". */
function tracesUrlOf({
  collector,
  tracesUrl,
  tracesOff,
}: Pick<ServerValues, "collector" | "tracesUrl" | "tracesOff">): string | null {
  if (tracesOff) return null;
  return tracesUrl ?? (collector && `${collector.replace(/\/$/, "")}/v1/traces`);
}

function accessOf(values: AccessValues): AccessConfig {
  const { auth: kinds, tenantsFile, metricsToken, corsOrigins, tenantClaim, defaultScopes } = values;
  const { jwksUrl, issuer, audience } = values;
  const isComplete = kinds.includes("jwt") && jwksUrl !== null && issuer !== null && audience !== null;
  const jwt = isComplete ? { jwksUrl, issuer, audience, tenantClaim, defaultScopes } : null;
  return { kinds, tenantsFile, jwt, metricsToken, corsOrigins };
}
