import type { Config } from "../config/config";
import type { Secret } from "../config/secret";
import type { Provider } from "../domain/provider";
import type { LookalikeProvider } from "../feeds/lookalikes";
import type { NetworkProvider } from "../feeds/network-recommendations";
import type { ProfileProvider } from "../feeds/profile-provider";
import type { ProviderStatus } from "../feeds/provider-status";
import type { SearchProvider } from "../feeds/searches";
import type { CallKind } from "../graphql/call-kind";
import type { SentProfiles } from "../providers/surfe/surfe.feed";
import type { Sandbox } from "../sandbox/sandbox";
import type { ConnectOptions } from "./connection";
import { connectLetrics } from "./letrics";
import { connectLinkup } from "./linkup";
import { connectLusha } from "./lusha";
import { connectSurfe } from "./surfe";

export interface ProvidersOptions extends Omit<ConnectOptions, "sandbox"> {
  readonly config: Config;
  readonly sandbox: Sandbox | null;
  readonly profiles: SentProfiles;
  /** Hashes LinkUp's login tokens. */
  readonly accountSecret: Buffer;
}

/** The providers as the graph sees them. */
export interface Providers {
  readonly profiles: ProfileProvider;
  readonly searches: SearchProvider;
  readonly network: NetworkProvider;
  readonly lookalikes: LookalikeProvider;
  readonly statuses: () => readonly ProviderStatus[];
  readonly budgets: Readonly<Partial<Record<Provider, number | null>>>;
  /** The most calls that a field makes, by its kind. */
  readonly prices: Readonly<Record<CallKind, (rows: number) => number>>;
  close(): void;
}

/** What the simulators take. */
const SANDBOX_KEY = "sandbox";

/** Connects the providers that have a key, or all to the sandbox. A new provider is one line in here. */
export function connectProviders(options: ProvidersOptions): Providers {
  const { sandbox, accountSecret } = options;
  const settings = sandbox ? inSandbox(options.config.providers, sandbox) : options.config.providers;
  const connecting: ConnectOptions = { ...options, sandbox: sandbox !== null };
  const keyOf = ({ apiKey }: { readonly apiKey: Secret | null }): string | null =>
    sandbox ? SANDBOX_KEY : (apiKey?.reveal() ?? null);
  const loginToken = sandbox ? SANDBOX_KEY : (settings.linkup.loginToken?.reveal() ?? null);

  const surfe = connectSurfe(settings.surfe, keyOf(settings.surfe), options.profiles, connecting);
  const lusha = connectLusha(settings.lusha, keyOf(settings.lusha), connecting);
  const linkup = connectLinkup(settings.linkup, { key: keyOf(settings.linkup), loginToken, accountSecret }, connecting);
  const letrics = connectLetrics(settings.letrics, keyOf(settings.letrics), connecting);
  const all = [surfe, lusha, linkup, letrics];

  return {
    profiles: surfe.profiles,
    lookalikes: lusha.lookalikes,
    network: linkup.network,
    searches: letrics.searches,
    statuses: () => all.map(({ status }) => status()),
    budgets: Object.fromEntries(all.map(({ provider, status }) => [provider, status().creditBudget])),
    prices: {
      profilePage: (rows) => surfe.profiles.source.callsFor(rows),
      saveProfile: () => (surfe.http ? 1 : 0),
      search: (rows) => letrics.searches.source.callsFor(rows),
      network: (rows) => (linkup.http && rows > 0 ? 1 : 0),
      similar: (rows) => lusha.lookalikes.source.callsFor(rows),
    },
    close: () => all.forEach(({ http }) => http?.close()),
  };
}

/** The providers' settings, turned to the simulators. */
function inSandbox(settings: Config["providers"], sandbox: Sandbox): Config["providers"] {
  return {
    surfe: { ...settings.surfe, baseUrl: sandbox.surfe.url },
    lusha: { ...settings.lusha, baseUrl: sandbox.lusha.url },
    linkup: { ...settings.linkup, baseUrl: sandbox.linkup.url },
    letrics: { ...settings.letrics, baseUrl: sandbox.letrics.url },
  };
}
