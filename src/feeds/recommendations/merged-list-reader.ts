import type { RecommendationContent } from "../../domain/recommendation";
import type { TenantId } from "../../domain/tenant-id";
import type { Entities } from "../entities/entities";
import type { RecommendationPlace } from "../entity-changes";
import type { Feed } from "../feed/feed";
import type { FeedHead, FeedItem } from "../feed/feed-model";
import type { ItemCache } from "../pages/item-cache";
import type { RecommendationNode } from "../nodes";
import { toRecommendationNode } from "../pages/recommendation-node";
import type { Row, RowReader } from "../pages/row-reader";
import { toMergedState } from "./merged-state";

type FeedWithHead = Pick<Feed, "head">;

export interface MergedListReaderDependencies {
  readonly feeds: {
    peekById(tenant: TenantId, id: string): FeedWithHead | null;
    byIds(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, FeedWithHead>>;
  };
  readonly items: Pick<ItemCache, "peek" | "load">;
  readonly entities: Pick<Entities, "peekRecommendationsOf" | "recommendationsOf">;
}

/** A node, and the values that it was made from: it is valid for these same objects, which `Entities` replaces after a write. */
interface CachedNode {
  readonly subject: Row["subject"];
  readonly places: readonly RecommendationPlace[];
  readonly node: RecommendationNode;
}

/**
 * Turns rows of merged feeds into recommendations: the row itself, and the rows of the feed's other lists about the same subject
 * that are recorded now.
 */
export class MergedListReader implements RowReader<RecommendationNode> {
  readonly #nodes = new WeakMap<FeedItem, CachedNode>();

  constructor(private readonly dependencies: MergedListReaderDependencies) {}

  peek(tenant: TenantId, rows: readonly Row[]): readonly RecommendationNode[] | null {
    const nodes: RecommendationNode[] = [];
    for (const row of rows) {
      const places = this.dependencies.entities.peekRecommendationsOf(tenant, row.item.subject);
      const found = places && (this.#known(row, places) ? [] : this.#peekItems(tenant, row, places));
      if (!found) return null;
      nodes.push(this.#nodeOf(row, places, found));
    }
    return nodes;
  }

  async read(tenant: TenantId, rows: readonly Row[]): Promise<readonly RecommendationNode[]> {
    const { feeds, items, entities } = this.dependencies;
    const subjects = rows.map(({ item }) => item.subject);
    const parts = new Set(rows.flatMap(({ feed }) => [...partsOf(feed)]));
    const [placesBySubject, heads] = await Promise.all([
      entities.recommendationsOf(tenant, subjects),
      feeds.byIds(tenant, [...parts]),
    ]);
    const asked = rows.map((row) => {
      const places = placesBySubject.get(row.item.subject) ?? [];
      const windows = within(row, places).flatMap((place) => windowOf(place, heads.get(place.feedId)?.head));
      return { row, places, windows };
    });
    const loaded = [...(await items.load(asked.flatMap(({ windows }) => windows)))];
    return asked.map(({ row, places, windows }) => this.#nodeOf(row, places, loaded.splice(0, windows.length).flat()));
  }

  #known({ item, subject }: Row, places: readonly RecommendationPlace[]): RecommendationNode | null {
    const made = this.#nodes.get(item);
    return made?.subject === subject && made.places === places ? made.node : null;
  }

  #peekItems(tenant: TenantId, row: Row, places: readonly RecommendationPlace[]): readonly FeedItem[] | null {
    const { feeds, items } = this.dependencies;
    const found: FeedItem[] = [];
    for (const place of within(row, places)) {
      const [window] = windowOf(place, feeds.peekById(tenant, place.feedId)?.head);
      const rows = window && items.peek(window);
      if (!rows) return null;
      found.push(...rows);
    }
    return found;
  }

  #nodeOf(row: Row, places: readonly RecommendationPlace[], found: readonly FeedItem[]): RecommendationNode {
    const known = this.#known(row, places);
    if (known) return known;
    const node = toRecommendationNode(row, othersIn(row, found));
    this.#nodes.set(row.item, { subject: row.subject, places, node });
    return node;
  }
}

/** The recommendations in `found` without the row's own, which is recognised by its provider and time. */
function othersIn({ item }: Row, found: readonly FeedItem[]): readonly RecommendationContent[] {
  const own = found.findIndex(
    ({ content, recordedAt }) =>
      content?.provider === item.content?.provider && recordedAt.getTime() === item.recordedAt.getTime(),
  );
  return found.flatMap(({ content }, i) => (content && i !== own ? [content] : []));
}

function within({ feed }: Row, places: readonly RecommendationPlace[]): readonly RecommendationPlace[] {
  const parts = partsOf(feed);
  return places.filter(({ feedId }) => parts.has(feedId));
}

function partsOf({ state }: FeedHead): ReadonlySet<string> {
  return new Set(toMergedState(state).parts.map(({ feedId }) => feedId));
}

function windowOf(
  { position }: RecommendationPlace,
  feed: FeedHead | undefined,
): readonly { readonly feed: FeedHead; readonly from: number; readonly to: number }[] {
  return feed && position < feed.length ? [{ feed, from: position, to: position + 1 }] : [];
}
