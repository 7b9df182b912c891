import type { ProviderSettings } from "../settings/provider-settings";
import type { Secret } from "../settings/secret";
import type { ValuesOf } from "../settings/setting";
import type { DatabaseConfig } from "./database-url";
import { isLoopback } from "./loopback";
import type { RegisteredOperation } from "./operations-file";
import type { FailingSimulators } from "./simulators";
import type { limitSettings, serverSettings } from "./server-settings";

/** What has settings, by the provider's name in the variables: `SURFE` for `SURFE_API_KEY`. */
export type SettingsByProvider = Readonly<Record<string, { readonly settings: ProviderSettings }>>;

/** The values of each provider's settings, whether or not it has a key. */
export type ProvidersConfig<Providers extends SettingsByProvider> = {
  readonly [Name in keyof Providers]: ValuesOf<Providers[Name]["settings"]>;
};

/** Everything that is set from outside. Safe to log: what is secret shows as `[secret]`. */
export interface Config<Providers extends SettingsByProvider = SettingsByProvider> {
  readonly server: ServerConfig;
  readonly database: DatabaseConfig;
  /** Whether the built-in simulators answer, for every provider. */
  readonly sandbox: boolean;
  readonly simulators: SimulatorsConfig;
  readonly providers: ProvidersConfig<Providers>;
  /** `http://host:port`, through which providers are called, simulators aside; `null`: they are called directly. */
  readonly providerProxy: string | null;
  /** At least one where set: the first seals, all open. `null`: one is made and kept in the database. */
  readonly cursorSecrets: Secret<readonly Buffer[]> | null;
  readonly playground: boolean;
  readonly introspection: boolean;
  /** The only operations that run, at least one; `null`: every operation runs. */
  readonly persistedOperations: readonly RegisteredOperation[] | null;
  readonly limits: LimitsConfig;
  readonly keep: KeepConfig;
  readonly logLevel: ServerValues["logLevel"];
}

/** `port` 0 takes a free one. `host` has no brackets. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** What requests may name in `Host` besides loopback names, in lower case; `null`: anything. */
  readonly allowedHosts: readonly string[] | null;
}

/** How simulators fare where they answer: `latencyMs` each answer, `statuses` those that fail. */
export interface SimulatorsConfig {
  readonly latencyMs: number;
  readonly statuses: FailingSimulators;
}

/** How long things are kept, in milliseconds: feeds since they were read last, the ledger's entries since they were made. */
export interface KeepConfig {
  readonly feedsMs: number;
  readonly ledgerMs: number;
}

export type LimitsConfig = ValuesOf<typeof limitSettings>;

export type ServerValues = ValuesOf<typeof serverSettings>;

/** The configuration that checked values amount to. */
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

/** Whether one provider has a key at least. */
export function hasAnyKey(providers: ProvidersConfig<SettingsByProvider>): boolean {
  return Object.values(providers).some(({ apiKey }) => apiKey !== null);
}
