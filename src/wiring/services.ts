import { ContactPages } from "../feeds/entities/contact-pages";
import { Extender, type ExtenderDependencies } from "../feeds/feed/extender";
import { Feeds } from "../feeds/feed/feeds";
import { FeedPages } from "../feeds/pages/feed-pages";
import { ItemCache } from "../feeds/pages/item-cache";
import type { RowReader } from "../feeds/pages/row-reader";
import type { RecommendationNode } from "../feeds/nodes";
import { ProfileOptionsReader } from "../feeds/profiles/profile-options";
import type { ProfileIdOf } from "../feeds/profiles/profile-id";
import type { OtherProcesses } from "../feeds/feed/processes.port";
import { Profiles } from "../feeds/profiles/profiles";
import { AnyListReader } from "../feeds/recommendations/any-list-reader";
import { MergedListReader } from "../feeds/recommendations/merged-list-reader";
import { ProfileRecommendations } from "../feeds/recommendations/profile-recommendations";
import { RecordedRecommendations } from "../feeds/recommendations/recorded-recommendations";
import { Lookalikes } from "../feeds/searches/lookalikes";
import type { GraphServices } from "../graphql/graph-services";
import { CursorSealer } from "../relay/cursor";
import type { Processes } from "../store/sql/processes";
import { CacheExpiry } from "./cache-expiry";
import type { Configuration } from "./configuration";
import type { Providers } from "./providers";
import type { Stores } from "./stores";

/** Services that all tenants share: their data is by tenant, and they need no provider. */
export interface CommonServices {
  readonly stores: Stores;
  readonly items: ItemCache;
  readonly feeds: Feeds;
  readonly extender: Extender;
  readonly rowReader: RowReader<RecommendationNode>;
  /** `null`: no other process serves the database. */
  readonly others: OtherProcesses | null;
  /** Grows with each write of another process that may have replaced more than rows of feeds, companies and people. */
  readonly writesOfOthers: () => number;
  readonly graph: Pick<GraphServices, "contactPages" | "entities" | "feedPages" | "recorded" | "sealer">;
}

export interface CommonOptions extends Pick<
  ExtenderDependencies,
  "budgetOf" | "now" | "held" | "spending" | "tracing"
> {
  /** The secrets of cursors, at least one. */
  readonly cursorSecrets: readonly Buffer[];
  /** `null`: no other process serves the database. */
  readonly processes: Processes | null;
  /** Calls a listener after another process wrote data. */
  readonly onWrite: Processes["onWrite"];
}

/** Creates the services that all tenants share. */
export function createCommonServices(stores: Stores, { cursorSecrets, ...options }: CommonOptions): CommonServices {
  const { feedStore, entities } = stores;
  const items = new ItemCache(feedStore);
  const { expiry, ...over } = feedsOver(stores, items, options);
  const { feeds } = over;
  const reading = { feeds, items, entities };
  const rowReader = new AnyListReader(new MergedListReader(reading));
  const sealer = new CursorSealer(cursorSecrets);
  const feedPages = new FeedPages({ ...reading, sealer });
  expiry.onForgotten(() => feedPages.clear());
  const graph = {
    entities,
    contactPages: new ContactPages(),
    feedPages,
    recorded: new RecordedRecommendations(feeds, items, entities, rowReader),
    sealer,
  };
  return { stores, items, ...over, rowReader, graph };
}

export interface TenantServicesOptions {
  readonly config: Pick<Configuration, "limits">;
  readonly providers: Providers;
  readonly profileIdOf: ProfileIdOf;
  readonly now: () => Date;
}

/** Creates the services of one tenant, with its providers. */
export function createTenantServices(
  { stores, items, feeds, extender, rowReader, others, writesOfOthers, graph }: CommonServices,
  { config, providers, profileIdOf, now }: TenantServicesOptions,
): GraphServices {
  const { feedStore, profileStore, profileCache, profileOptionsStore, ledger, entities } = stores;
  const { keeper, list: own } = providers.profiles;
  const stored = { store: profileStore, cache: profileCache, entities, ledger, feeds, extender };
  return {
    ...graph,
    profileCache,
    profileStore,
    profileRecommendations: new ProfileRecommendations({
      feeds,
      items,
      entities,
      store: feedStore,
      rowReader,
      own,
      lists: providers.lists,
    }),
    profileOptions: new ProfileOptionsReader({ ...stored, store: profileOptionsStore, keeper, now, writesOfOthers }),
    profileIdOf,
    profiles: new Profiles({ ...stored, keeper, others, idOf: profileIdOf, now }),
    searches: providers.searches,
    network: providers.network,
    lookalikes: new Lookalikes(providers.lookalikes, entities),
    maxProviderCalls: config.limits.providerCalls,
    operationTimeoutMs: config.limits.timeoutMs,
    prices: providers.prices,
    fullPrices: providers.fullPrices(config.limits.providerCalls),
    providerStatuses: providers.statuses,
    creditsSpent: (tenant, periods) => ledger.spent(tenant, periods),
    creditsLeft: async (tenant, provider) => {
      const budget = providers.statuses().find((status) => status.provider === provider)?.creditBudget ?? null;
      return budget === null ? null : Math.max(0, budget - (await ledger.committed(tenant, provider, now())));
    },
    spendingReport: stores.spendingReport,
  };
}

interface FeedsOver extends Pick<CommonServices, "extender" | "feeds" | "others" | "writesOfOthers"> {
  readonly expiry: CacheExpiry;
}

/** The feeds and their extender, which updates the caches after each write. After one of another process they are dropped. */
function feedsOver(
  stores: Stores,
  items: ItemCache,
  { processes, onWrite, ...options }: Omit<CommonOptions, "cursorSecrets">,
): FeedsOver {
  const { feedStore, ledger, entities, profileCache } = stores;
  const expiry = new CacheExpiry(
    { entities, profileCache, feeds: () => feeds },
    () => items.clear(),
    () => feedStore.release(),
  );
  const onWritten: ExtenderDependencies["onWrite"] = ({ head, items: recorded, changes, folded, hasErased }) => {
    if (hasErased) expiry.forget(head.tenant);
    entities.update(head.tenant, changes);
    items.keep(head, recorded);
    feeds.fold(folded);
  };
  const others: OtherProcesses | null = processes && {
    exclusively: (tenant, name, work) => processes.exclusively(tenant, name, work),
    caughtUp: () => processes.caughtUp(),
    headOf: async ({ tenant, id }) => (await feedStore.byIds(tenant, [id])).get(id) ?? null,
  };
  const extender = new Extender({ store: feedStore, ledger, onWrite: onWritten, others, ...options });
  const feeds = new Feeds(feedStore, extender, options.now, undefined, others);
  onWrite(expiry.onWrite);
  return { extender, feeds, others, expiry, writesOfOthers: () => expiry.writesOfOthers };
}
