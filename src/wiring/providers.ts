import type { Provider } from "../domain/provider";
import type { FeedSource } from "../feeds/feed/feed-source.port";
import type { LookalikeProvider } from "../feeds/searches/lookalikes";
import type { NetworkProvider } from "../feeds/searches/network-recommendations";
import type { ProfileKeeper } from "../feeds/profiles/profile-keeper.port";
import type { OwnList, ProfileList } from "../feeds/recommendations/profile-list.port";
import type { ProviderStatus } from "../feeds/provider-status";
import type { SearchProvider } from "../feeds/searches/catalogue-searches";
import type { CallKind } from "../graphql/call-kind";
import type { SentProfiles } from "../providers/surfe/surfe.feed";
import type { Sandbox } from "../sandbox/sandbox";
import type { Secret } from "../settings/secret";
import type { Configuration } from "./configuration";
import type { ConnectOptions } from "./connection";
import { connectLetrics } from "./letrics";
import { connectLinkup } from "./linkup";
import { connectLusha } from "./lusha";
import { connectSurfe } from "./surfe";

export interface ProvidersOptions extends Omit<ConnectOptions, "sandbox"> {
  readonly config: Pick<Configuration, "providers">;
  readonly sandbox: Sandbox | null;
  readonly profiles: SentProfiles;
  /** Hashes LinkUp's login tokens. */
  readonly accountSecret: Buffer;
}

/** The providers as the graph sees them. */
export interface Providers {
  /** The one that keeps profiles itself. */
  readonly keeper: ProfileKeeper;
  /** What each can give for a profile; those of lookalikes are made of `lookalikes`. */
  readonly profileLists: { readonly surfe: OwnList; readonly letrics: ProfileList };
  readonly searches: SearchProvider;
  readonly network: NetworkProvider;
  readonly lookalikes: LookalikeProvider;
  readonly statuses: () => readonly ProviderStatus[];
  readonly budgets: Readonly<Partial<Record<Provider, number | null>>>;
  /** The most calls that a field makes, by its kind. */
  readonly prices: Readonly<Record<CallKind, (rows: number, values: ReadonlyMap<string, unknown>) => number>>;
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
  const loginToken = sandbox ? SANDBOX_KEY : (settings.LINKUP.loginToken?.reveal() ?? null);

  const surfe = connectSurfe(settings.SURFE, keyOf(settings.SURFE), options.profiles, connecting);
  const lusha = connectLusha(settings.LUSHA, keyOf(settings.LUSHA), connecting);
  const linkup = connectLinkup(settings.LINKUP, { key: keyOf(settings.LINKUP), loginToken, accountSecret }, connecting);
  const letrics = connectLetrics(settings.LETRICS, keyOf(settings.LETRICS), connecting);
  const all = [surfe, lusha, linkup, letrics];

  const { source: similar } = lusha.lookalikes; // two lists: of companies, and of people
  const profileSources = [surfe.profileList.source, similar, similar, letrics.profileList.source];

  return {
    keeper: surfe.keeper,
    profileLists: { surfe: surfe.profileList, letrics: letrics.profileList },
    lookalikes: lusha.lookalikes,
    network: linkup.network,
    searches: letrics.searches,
    statuses: () => all.map(({ status }) => status()),
    budgets: Object.fromEntries(all.map(({ provider, status }) => [provider, status().creditBudget])),
    prices: {
      profilePage: (rows, values) => callsForProfile(profileSources, rows, values.get("providers")),
      saveProfile: () => (surfe.http ? 1 : 0),
      search: (rows) => letrics.searches.source.callsFor(rows),
      network: (rows) => (linkup.http && rows > 0 ? 1 : 0),
      similar: (rows) => lusha.lookalikes.source.callsFor(rows),
    },
    close: () => all.forEach(({ http }) => http?.close()),
  };
}

/** As if each list had to give all rows; what failures and known rows leave open can take some calls more. */
function callsForProfile(sources: readonly FeedSource[], rows: number, named: unknown): number {
  return sources
    .filter(({ provider }) => !Array.isArray(named) || named.includes(provider))
    .reduce((calls, source) => calls + source.callsFor(rows), 0);
}

/** The providers' settings, turned to the simulators. */
function inSandbox(settings: Configuration["providers"], sandbox: Sandbox): Configuration["providers"] {
  return {
    SURFE: { ...settings.SURFE, baseUrl: sandbox.surfe.url },
    LUSHA: { ...settings.LUSHA, baseUrl: sandbox.lusha.url },
    LINKUP: { ...settings.LINKUP, baseUrl: sandbox.linkup.url },
    LETRICS: { ...settings.LETRICS, baseUrl: sandbox.letrics.url },
  };
}
