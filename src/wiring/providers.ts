import { PROVIDERS, slugOf, type Provider } from "../domain/provider";
import type { ProfileKeeper } from "../feeds/profiles/profile-keeper.port";
import type { ProviderStatus } from "../feeds/provider-status";
import type { OwnList, ProfileList } from "../feeds/recommendations/profile-list.port";
import type { LookalikeProvider } from "../feeds/searches/lookalikes";
import type { NetworkProvider } from "../feeds/searches/network-recommendations";
import type { SearchProvider } from "../feeds/searches/catalogue-searches";
import type { FullPrices, Prices } from "../graphql/graph-services";
import { connectProvider, type ConnectedProvider, type ConnectOptions } from "../providers/descriptor/connect-provider";
import type { Capabilities } from "../providers/descriptor/provider-descriptor";
import type { Sandbox } from "../sandbox/sandbox";
import type { ProviderSettings } from "../settings/provider-settings";
import { Secret } from "../settings/secret";
import { withSecrets, type ValuesOf } from "../settings/setting";
import type { Configuration } from "./configuration";
import { fullPricesOf } from "./full-prices";
import { DESCRIPTORS } from "./provider-list";

/** The providers of one tenant, by what they do for the graph. */
export interface Providers {
  /** The provider that stores profiles, and its list, which every profile has. */
  readonly profiles: { readonly keeper: ProfileKeeper; readonly list: OwnList };
  /** The lists of all providers, in the order of their turns. */
  readonly lists: readonly ProfileList[];
  readonly searches: SearchProvider;
  readonly network: NetworkProvider;
  readonly lookalikes: LookalikeProvider;
  readonly statuses: () => readonly ProviderStatus[];
  /** Maximum number of calls of a field, by its kind. */
  readonly prices: Prices;
  /** The maximum calls and credits of a field, as if nothing were recorded. @param mostCalls of one operation. */
  fullPrices(mostCalls: number): FullPrices;
  close(): void;
}

/** The key and token that the simulators accept. */
const SANDBOX_SECRET = new Secret("sandbox");

export interface ProvidersOptions extends Omit<ConnectOptions, "sandbox"> {
  /** The simulators, if they answer for every provider; else `null`. */
  readonly sandbox: Sandbox | null;
}

/** Connects every provider with its settings. Each call creates new connections: limiters and circuit breakers are not shared. */
export function connectProviders(
  settings: Configuration["providers"],
  { sandbox, proxy = null, ...options }: ProvidersOptions,
): Providers {
  const all = PROVIDERS.map((provider) =>
    sandbox
      ? connectProvider(DESCRIPTORS[provider], inSandbox(provider, settings, sandbox), { ...options, sandbox: true })
      : connectProvider(DESCRIPTORS[provider], settings[provider], { ...options, proxy, sandbox: false }),
  );
  const lists = all.flatMap((one) => one.lists);
  const profiles = onlyProviderFor(all, "profiles");
  const lookalikes = onlyProviderFor(all, "lookalikes");
  const network = onlyProviderFor(all, "network");
  const searches = onlyProviderFor(all, "searches");
  return {
    profiles,
    lists,
    lookalikes,
    network,
    searches,
    statuses: () => all.map(({ status }) => status()),
    prices: {
      profilePage: (rows, values) => callsForProfile(lists, rows, values.get("providers")),
      profileOptions: () => (profiles.keeper.options ? 1 : 0),
      saveProfile: () => (profiles.keeper.saveProfile ? 1 : 0),
      search: (rows) => searches.source.callsFor(rows),
      network: (rows) => network.callsFor(rows),
      similar: (rows) => lookalikes.source.callsFor(rows),
    },
    fullPrices: (mostCalls) => fullPricesOf({ lists, profiles, lookalikes, network, searches }, mostCalls),
    close: () => all.forEach((one) => one.close()),
  };
}

/** The settings of a provider, with the address and key of its simulator. */
function inSandbox(
  provider: Provider,
  settings: Configuration["providers"],
  sandbox: Sandbox,
): ValuesOf<ProviderSettings> {
  const values: ValuesOf<ProviderSettings> = settings[provider];
  return {
    ...withSecrets(DESCRIPTORS[provider].settings, values, SANDBOX_SECRET),
    baseUrl: sandbox[slugOf(provider)].url,
  };
}

/** The only provider with a capability. @throws {Error} there is none, or more than one. */
function onlyProviderFor<Name extends Exclude<keyof Capabilities, "lists">>(
  all: readonly ConnectedProvider[],
  name: Name,
): NonNullable<Capabilities[Name]> {
  const able = all.flatMap((provider) => provider[name] ?? []);
  const [one] = able;
  if (one !== undefined && able.length === 1) return one;
  throw new Error(`the graph needs exactly one provider for ${name}, but ${able.length} have that capability`);
}

/** Maximum calls for a page, as if each list had to give all rows. Failures and duplicates can take some calls more. */
function callsForProfile(lists: readonly ProfileList[], rows: number, named: unknown): number {
  return lists
    .filter(({ provider }) => !Array.isArray(named) || named.includes(provider))
    .reduce((calls, { source }) => calls + source.callsFor(rows), 0);
}
