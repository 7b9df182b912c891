import type { Config } from "../config/config";
import { Entities } from "../feeds/entities";
import { Extender } from "../feeds/extender";
import { FeedPages } from "../feeds/feed-pages";
import { Feeds } from "../feeds/feeds";
import { IcpRecommendations, type IcpRecommendationsDependencies } from "../feeds/icp-recommendations";
import { Icps } from "../feeds/icps";
import { ItemCache } from "../feeds/item-cache";
import { lookalikeLists } from "../feeds/lookalike-lists";
import { Lookalikes } from "../feeds/lookalikes";
import { MergedRows } from "../feeds/merging/merged-rows";
import { ProfileRows } from "../feeds/merging/profile-rows";
import { Profiles } from "../feeds/profiles";
import { RecordedRecommendations } from "../feeds/recorded-recommendations";
import type { GraphServices } from "../graphql/context";
import { CursorSealer } from "../relay/cursor";
import type { Database } from "../store/database";
import { SqlEntityStore } from "../store/entity.store";
import { SqlFeedStore } from "../store/feed.store";
import { SqlIcpStore } from "../store/icp.store";
import { SqlCallLedger } from "../store/ledger.store";
import { ownSecret } from "../store/setting.store";
import type { Providers } from "./providers";

export interface ServicesOptions {
  readonly config: Pick<Config, "cursorSecrets">;
  readonly database: Database;
  readonly providers: Providers;
  readonly now: () => Date;
}

/** Fits stores and providers to what the graph stands on. */
export async function createServices({
  config,
  database,
  providers,
  now,
}: ServicesOptions): Promise<{ readonly services: GraphServices; readonly extender: Extender }> {
  const { feedStore, icpStore, ledger, entities } = storesOf(database);
  const icps = new Icps(icpStore);
  const extender = new Extender({
    store: feedStore,
    ledger,
    budgets: providers.budgets,
    now,
    onWrite: (tenant, touched, folded) => {
      entities.forget(tenant, touched);
      feeds.fold(folded);
    },
  });
  const feeds = new Feeds(feedStore, extender, now);
  const items = new ItemCache(feedStore);
  const lookalikes = new Lookalikes(providers.lookalikes, entities);
  const rows = new ProfileRows(new MergedRows({ feeds, items, entities }));
  const sealer = new CursorSealer(config.cursorSecrets?.reveal() ?? [await ownSecret(database, "cursor_secret")]);
  const stored = { store: icpStore, icps, entities, ledger, feeds, extender };
  const services: GraphServices = {
    entities,
    feedPages: new FeedPages({ feeds, items, entities, sealer }),
    recorded: new RecordedRecommendations(feeds, items, entities, rows),
    icps,
    icpStore,
    icpRecommendations: recommendationsOver(providers, lookalikes, { feeds, items, store: feedStore, entities, rows }),
    profiles: new Profiles({ ...stored, keeper: providers.keeper, now }),
    searches: providers.searches,
    network: providers.network,
    lookalikes,
    sealer,
    providerStatuses: providers.statuses,
    creditsSpent: (tenant, provider, since) => ledger.spent(tenant, provider, since),
  };
  return { services, extender };
}

/** The order of the lists is that of their turns. */
function recommendationsOver(
  { profileLists, lookalikes: { source } }: Providers,
  lookalikes: Lookalikes,
  reading: Omit<IcpRecommendationsDependencies, "own" | "lists">,
): IcpRecommendations {
  const { surfe, letrics } = profileLists;
  return new IcpRecommendations({
    ...reading,
    own: surfe,
    lists: [surfe, ...lookalikeLists(lookalikes, source), letrics],
  });
}

function storesOf(database: Database): {
  readonly feedStore: SqlFeedStore;
  readonly icpStore: SqlIcpStore;
  readonly ledger: SqlCallLedger;
  readonly entities: Entities;
} {
  return {
    feedStore: new SqlFeedStore(database),
    icpStore: new SqlIcpStore(database),
    ledger: new SqlCallLedger(database),
    entities: new Entities(new SqlEntityStore(database)),
  };
}
