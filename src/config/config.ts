import type { ProviderSettings } from "../settings/provider-settings";
import type { Secret } from "../settings/secret";
import type { ValuesOf } from "../settings/setting";
import type { DatabaseConfig } from "./database-url";
import { isLoopback } from "./loopback";
import type { RegisteredOperation } from "./operations-file";
import type { FailingSimulators } from "./simulators";
import type { limitSettings, serverSettings } from "./server-settings";

/** Descriptors with settings, by the provider's name in the variables: `SURFE` for `SURFE_API_KEY`. */
export type SettingsByProvider = Readonly<Record<string, { readonly settings: ProviderSettings }>>;

/** The values of each provider's settings, whether or not it has a key. */
export type ProvidersConfig<Providers extends SettingsByProvider> = {
  readonly [Name in keyof Providers]: ValuesOf<Providers[Name]["settings"]>;
};

/** The whole configuration. Safe to log: secrets show as `[secret]`. */
export interface Config<Providers extends SettingsByProvider = SettingsByProvider> {
  readonly server: ServerConfig;
  readonly database: DatabaseConfig;
  /** Whether the built-in simulators answer, for every provider. */
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
}

/** `port` 0: any free port. `host` has no brackets. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Names that requests may have in `Host` besides loopback names, in lower case; `null`: any. */
  readonly allowedHosts: readonly string[] | null;
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

export type ServerValues = ValuesOf<typeof serverSettings>;

/** Makes the configuration of values that passed the checks. */
export function configOf<Providers extends SettingsByProvider>(
  { host, port, database, sandbox, cursorSecrets, playground, introspection, ...server }: ServerValues,
  limits: LimitsConfig,
  providers: ProvidersConfig<Providers>,
): Config<Providers> {
  const isLocal = isLoopback(host);
  return {
    server: { host, port, allowedHosts: server.allowedHosts ?? (isLocal ? [] : null) },
    database,
    sandbox: sandbox === "on" || (sandbox === "auto" && isLocal && !hasAnyKey(providers)),
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
  };
}

/** Whether at least one provider has a key. */
export function hasAnyKey(providers: ProvidersConfig<SettingsByProvider>): boolean {
  return Object.values(providers).some(({ apiKey }) => apiKey !== null);
}
