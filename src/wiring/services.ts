import { ContactPages } from "../feeds/entities/contact-pages";
import type { Config } from "../config/config";
import { Extender, type ExtenderDependencies } from "../feeds/feed/extender";
import { FeedPages } from "../feeds/pages/feed-pages";
import { Feeds } from "../feeds/feed/feeds";
import { ProfileRecommendations } from "../feeds/recommendations/profile-recommendations";
import { ItemCache } from "../feeds/pages/item-cache";
import { Lookalikes } from "../feeds/searches/lookalikes";
import { MergedListReader } from "../feeds/recommendations/merged-list-reader";
import { AnyListReader } from "../feeds/recommendations/any-list-reader";
import { ProfileOptionsReader } from "../feeds/profiles/profile-options";
import type { ProfileIdOf } from "../feeds/profiles/profile-id";
import { Profiles } from "../feeds/profiles/profiles";
import { RecordedRecommendations } from "../feeds/recommendations/recorded-recommendations";
import type { GraphServices } from "../graphql/graph-services";
import { CursorSealer } from "../relay/cursor";
import type { Database } from "../store/open-database";
import { ownSecret } from "../store/setting.sql";
import type { Providers } from "./providers";
import type { Stores } from "./stores";

export interface ServicesOptions {
  readonly config: Pick<Config, "cursorSecrets" | "limits">;
  readonly database: Database;
  readonly stores: Stores;
  readonly providers: Providers;
  readonly profileIdOf: ProfileIdOf;
  readonly now: () => Date;
  readonly held: ExtenderDependencies["held"];
}

/** Creates the services of the graph from stores and providers. */
export async function createServices(
  options: ServicesOptions,
): Promise<{ readonly services: GraphServices; readonly extender: Extender; readonly feeds: Feeds }> {
  const { config, database, stores, providers, profileIdOf, now } = options;
  const { feedStore, profileStore, profileCache, profileOptionsStore, ledger, entities } = stores;
  const { keeper } = providers.profiles;
  const items = new ItemCache(feedStore);
  const { extender, feeds } = feedsOver(stores, items, { ...options, budgets: providers.budgets });
  const reading = { feeds, items, entities };
  const rowReader = new AnyListReader(new MergedListReader(reading));
  const sealer = new CursorSealer(config.cursorSecrets?.reveal() ?? [await ownSecret(database, "cursor_secret")]);
  const stored = { store: profileStore, cache: profileCache, entities, ledger, feeds, extender };
  const services: GraphServices = {
    entities,
    contactPages: new ContactPages(),
    feedPages: new FeedPages({ ...reading, sealer }),
    recorded: new RecordedRecommendations(feeds, items, entities, rowReader),
    profileCache,
    profileStore,
    profileRecommendations: new ProfileRecommendations({
      ...reading,
      store: feedStore,
      rowReader,
      own: providers.profiles.list,
      lists: providers.lists,
    }),
    profileOptions: new ProfileOptionsReader({ ...stored, store: profileOptionsStore, keeper, now }),
    profileIdOf,
    profiles: new Profiles({ ...stored, keeper, idOf: profileIdOf, now }),
    searches: providers.searches,
    network: providers.network,
    lookalikes: new Lookalikes(providers.lookalikes, entities),
    sealer,
    maxProviderCalls: config.limits.providerCalls,
    operationTimeoutMs: config.limits.timeoutMs,
    providerStatuses: providers.statuses,
    creditsSpent: (tenant, periods) => ledger.spent(tenant, periods),
  };
  return { services, extender, feeds };
}

/** The feeds and their extender, which updates the caches after each write. */
function feedsOver(
  { feedStore, ledger, entities }: Stores,
  items: ItemCache,
  { budgets, now, held }: Pick<ExtenderDependencies, "budgets" | "now" | "held">,
): { readonly extender: Extender; readonly feeds: Feeds } {
  const onWrite: ExtenderDependencies["onWrite"] = ({ head, items: recorded, changes, folded }) => {
    entities.update(head.tenant, changes);
    items.keep(head, recorded);
    feeds.fold(folded);
  };
  const extender = new Extender({ store: feedStore, ledger, budgets, now, onWrite, held });
  const feeds = new Feeds(feedStore, extender, now);
  return { extender, feeds };
}
