import type { Entities } from "./entities";
import type { FeedHead, FeedItem } from "./feed-store";
import type { Feeds } from "./feeds";
import type { ItemCache } from "./item-cache";
import type { RecommendationNode } from "./nodes";
import { toRecommendationNode } from "./recommendation-node";

/** A recommendation by its place. */
export interface Place {
  readonly feedId: string;
  readonly position: number;
}

/** Reads recommendations by their places; calls no provider. */
export class RecordedRecommendations {
  constructor(
    private readonly feeds: Feeds,
    private readonly items: ItemCache,
    private readonly entities: Entities,
  ) {}

  /** In the order of `places`; `null` where nothing is recorded. Three store queries, however many places. */
  async at(tenant: string, places: readonly Place[]): Promise<readonly (RecommendationNode | null)[]> {
    const feeds = await this.feeds.byIds(tenant, [...new Set(places.map(({ feedId }) => feedId))]);
    const windows = places.map(({ feedId, position }) => {
      const feed = feeds.get(feedId)?.head;
      return feed && position < feed.length ? { feed, from: position, to: position + 1 } : null;
    });
    const loaded = await this.items.load(windows.filter((window) => window !== null));
    let next = 0;
    const rows = windows.map((window) => (window ? rowOf(window.feed, loaded[next++]?.[0]) : null));
    const subjects = rows.flatMap((row) => (row ? [row.item.subject] : []));
    const nodes = await this.entities.load(tenant, subjects);
    return rows.map((row) => {
      const subject = row && nodes.get(row.item.subject);
      return subject ? toRecommendationNode(row.feed.id, row.item, subject) : null;
    });
  }
}

function rowOf(
  feed: FeedHead,
  item: FeedItem | undefined,
): { readonly feed: FeedHead; readonly item: FeedItem } | null {
  return item ? { feed, item } : null;
}
