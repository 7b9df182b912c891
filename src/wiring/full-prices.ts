import { PROVIDERS, type Provider } from "../domain/provider";
import { NO_TENANT } from "../domain/tenant-id";
import { listAllowance, planCalls } from "../feeds/feed/call-plan";
import { emptyHead, type FeedHead } from "../feeds/feed/feed-model";
import type { CallPlan, FeedSource } from "../feeds/feed/feed-source.port";
import type { ProfileKeeper } from "../feeds/profiles/profile-keeper.port";
import type { ProfileList } from "../feeds/recommendations/profile-list.port";
import type { SearchProvider } from "../feeds/searches/catalogue-searches";
import type { LookalikeProvider } from "../feeds/searches/lookalikes";
import type { NetworkProvider } from "../feeds/searches/network-recommendations";
import type { FullPrices, Prices } from "../graphql/graph-services";

/** What the prices are made of. */
interface PricedProviders {
  readonly lists: readonly Pick<ProfileList, "provider" | "source">[];
  readonly profiles: { readonly keeper: Pick<ProfileKeeper, "options" | "provider" | "saveProfile"> };
  readonly lookalikes: Pick<LookalikeProvider, "source">;
  readonly network: Pick<NetworkProvider, "accountOf">;
  readonly searches: Pick<SearchProvider, "source">;
}

type Values = ReadonlyMap<string, unknown>;

const NOTHING: CallPlan = { calls: 0, credits: 0 };
const ONE_FREE_CALL: CallPlan = { calls: 1, credits: 0 };

/** The maximum calls and credits of a page as if nothing were recorded: for rows that an estimate does not know. */
export function fullPricesOf(providers: PricedProviders, mostCalls: number): FullPrices {
  return PROVIDERS.map((provider) => {
    const priceBy = (of: (plan: CallPlan) => number): Prices => pricesOf(providers, provider, mostCalls, of);
    return { provider, calls: priceBy(({ calls }) => calls), credits: priceBy(({ credits }) => credits) };
  });
}

function pricesOf(
  { lists, lookalikes, network, profiles: { keeper }, searches }: PricedProviders,
  provider: Provider,
  mostCalls: number,
  of: (plan: CallPlan) => number,
): Prices {
  const ofSource = (source: FeedSource, rows: number): number =>
    of(source.provider === provider ? planNew(source, rows) : NOTHING);
  const ofKeeper = (isCalled: boolean): number =>
    of(isCalled && keeper.provider === provider ? ONE_FREE_CALL : NOTHING);
  return {
    profilePage: (rows, values) =>
      lists
        .filter((list) => list.provider === provider && isNamed(provider, values))
        .reduce((sum, { source }) => sum + of(planList(source, rows, mostCalls)), 0),
    profileOptions: () => ofKeeper(keeper.options !== null),
    saveProfile: () => ofKeeper(keeper.saveProfile !== null),
    search: (rows) => ofSource(searches.source, rows),
    network: (rows) => ofSource(network.accountOf(null).source, rows),
    similar: (rows) => ofSource(lookalikes.source, rows),
  };
}

function isNamed(provider: Provider, values: Values): boolean {
  const named = values.get("providers");
  return !Array.isArray(named) || named.includes(provider);
}

function planNew(source: FeedSource, rows: number): CallPlan {
  return source.unavailable ? NOTHING : planCalls(source, newFeedOf(source), rows);
}

/** A list of a merged page. Whether it leaves rows out depends on its query, which is not known here. */
function planList(source: FeedSource, rows: number, mostCalls: number): CallPlan {
  if (source.unavailable || rows === 0) return NOTHING;
  const feed = newFeedOf(source);
  if (source.leavesOut) return { calls: mostCalls, credits: mostCalls * source.creditsFor(rows, feed) };
  return listAllowance(source, feed, rows);
}

function newFeedOf({ provider }: FeedSource): FeedHead {
  const name = { tenant: NO_TENANT, connection: "", provider, query: "" };
  return emptyHead(name, { id: "", createdAt: new Date(0), state: null });
}
