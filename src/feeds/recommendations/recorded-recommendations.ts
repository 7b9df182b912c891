import type { TenantId } from "../../domain/tenant-id";
import type { Entities } from "../entities/entities";
import type { FeedItem, FeedPlace } from "../feed/feed-model";
import type { Feeds } from "../feed/feeds";
import type { ItemCache } from "../pages/item-cache";
import type { RecommendationNode } from "../nodes";
import type { Row, RowReader } from "../pages/row-reader";

/** Reads recommendations by their places; calls no provider. */
export class RecordedRecommendations {
  constructor(
    private readonly feeds: Feeds,
    private readonly items: ItemCache,
    private readonly entities: Entities,
    private readonly rowReader: RowReader<RecommendationNode>,
  ) {}

  /** In the order of `places`; `null` where nothing is recorded. A fixed number of store queries, for any number of places. */
  async at(tenant: TenantId, places: readonly FeedPlace[]): Promise<readonly (RecommendationNode | null)[]> {
    const feeds = await this.feeds.byIds(tenant, [...new Set(places.map(({ feedId }) => feedId))]);
    const windows = places.map(({ feedId, position }) => {
      const feed = feeds.get(feedId)?.head;
      return feed && position < feed.length ? { feed, from: position, to: position + 1 } : null;
    });
    const loaded = await this.items.load(windows.filter((window) => window !== null));
    let nextItem = 0;
    const items = windows.map((window) => (window ? recommended(loaded[nextItem++]) : null));
    const nodes = await this.entities.load(
      tenant,
      items.flatMap((item) => (item ? [item.subject] : [])),
    );
    const rows = items.map((item, i): Row | null => {
      const subject = item && nodes.get(item.subject);
      const feed = windows[i]?.feed;
      return subject && feed ? { feed, item, subject } : null;
    });
    const read = await this.rowReader.read(
      tenant,
      rows.filter((row) => row !== null),
    );
    let nextNode = 0;
    return rows.map((row) => (row && read[nextNode++]) ?? null);
  }
}

/** The only row of a window; `null` where there is none, or it is a search result. */
function recommended(items: readonly FeedItem[] | undefined): FeedItem | null {
  const item = items?.[0];
  return item && item.content !== null ? item : null;
}
