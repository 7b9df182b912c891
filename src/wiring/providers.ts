import type { Config } from "../config/config";
import type { ProviderConfig } from "../config/provider.config";
import { PROVIDERS, type Provider } from "../domain/provider";
import { unconfiguredSource } from "../feeds/feed-source";
import type { ProfileProvider } from "../feeds/profile-provider";
import type { ProviderStatus } from "../feeds/provider-status";
import type { CallKind } from "../graphql/call-kind";
import { ProviderHttp } from "../providers/http/provider-http";
import { SurfeClient } from "../providers/surfe/surfe.client";
import { SurfeFeedSource } from "../providers/surfe/surfe.feed";
import { surfeFilters, surfeQuery } from "../providers/surfe/surfe.query";
import type { Sandbox } from "../sandbox/sandbox";
import type { Database } from "../store/database";
import { SqlIcpStore } from "../store/icp.store";

export interface ConnectOptions {
  readonly config: Config;
  readonly sandbox: Sandbox | null;
  readonly database: Database;
  readonly now: () => Date;
  readonly backoffMs: number | undefined;
}

/** The providers as the graph sees them. */
export interface Providers {
  readonly surfe: ProfileProvider;
  readonly statuses: () => readonly ProviderStatus[];
  readonly budgets: Readonly<Record<Provider, number | null>>;
  /** The most calls that a field makes, by its kind. */
  readonly prices: Readonly<Record<CallKind, (rows: number) => number>>;
  close(): void;
}

const CREDIT_UNITS: Readonly<Record<Provider, string>> = {
  SURFE: "unique company",
  LUSHA: "credit",
  LINKUP: "10 results",
  LETRICS: "call",
};

/** Connects the providers that have a key, or all to the sandbox. */
export function connectProviders({ config, sandbox, database, now, backoffMs }: ConnectOptions): Providers {
  const settings = config.providers.surfe;
  const key = sandbox ? SANDBOX_KEY : settings.apiKey?.reveal();
  const http =
    key === undefined
      ? null
      : new ProviderHttp({
          ...settings,
          provider: "SURFE",
          baseUrl: sandbox?.surfe.url ?? settings.baseUrl,
          headers: { authorization: `Bearer ${key}` },
          repeats: "safe",
          now: () => now().getTime(),
          ...(backoffMs === undefined ? {} : { backoffMs }),
        });
  const surfe = surfeProvider(http, settings, new SqlIcpStore(database));
  return {
    surfe,
    statuses: () => PROVIDERS.map((provider) => statusOf(provider, config, provider === "SURFE" ? http : null)),
    budgets: budgetsOf(config),
    prices: { profilePage: (rows) => surfe.source.callsFor(rows), saveProfile: () => (http ? 1 : 0) },
    close: () => http?.close(),
  };
}

/** What the simulators take. */
const SANDBOX_KEY = "sandbox";

function surfeProvider(
  http: ProviderHttp | null,
  { feedMaxAgeMs: maxAgeMs, recheckAfterMs, maxWindow }: Config["providers"]["surfe"],
  profiles: SqlIcpStore,
): ProfileProvider {
  if (!http) {
    const source = unconfiguredSource("SURFE", { maxAgeMs, recheckAfterMs });
    return { provider: "SURFE", source, queryOf: surfeQuery, saveProfile: null };
  }
  const client = new SurfeClient(http);
  return {
    provider: "SURFE",
    source: new SurfeFeedSource(client, profiles, { maxAgeMs, recheckAfterMs, maxWindow }),
    queryOf: surfeQuery,
    saveProfile: (externalUserId, profile, signal) => client.upsertIcp(externalUserId, surfeFilters(profile), signal),
  };
}

function statusOf(provider: Provider, config: Config, http: ProviderHttp | null): ProviderStatus {
  return {
    provider,
    configured: http !== null,
    sandbox: http !== null && config.sandbox,
    creditUnit: CREDIT_UNITS[provider],
    creditBudget: budgetsOf(config)[provider],
    circuit: http?.circuit ?? "CLOSED",
    lastErrorCode: http?.lastErrorCode ?? null,
  };
}

function budgetsOf({ providers }: Config): Readonly<Record<Provider, number | null>> {
  const budget = ({ creditBudget }: Pick<ProviderConfig, "creditBudget">): number | null => creditBudget;
  return {
    SURFE: budget(providers.surfe),
    LUSHA: budget(providers.lusha),
    LINKUP: budget(providers.linkup),
    LETRICS: budget(providers.letrics),
  };
}
