import { LRUCache } from "lru-cache";
import type { PlacedRequest } from "../../relay/window";
import type { FeedHead } from "../feed/feed-model";
import type { ConnectionWithIssues } from "../nodes";

const MAX_PAGES = 1_000;

/** What a page was made from. While all of it is the same, the page is. */
export interface PageOrigin {
  readonly head: FeedHead;
  readonly placed: PlacedRequest;
  readonly mayGrow: boolean;
  /** How often something was written about the tenant's entities. */
  readonly writes: number;
  readonly rowReader: unknown;
}

/** Whole pages, ready to be served again; the least recently served are dropped. */
export class PageCache {
  readonly #pages = new LRUCache<string, { readonly origin: PageOrigin; readonly page: ConnectionWithIssues<unknown> }>(
    {
      max: MAX_PAGES,
    },
  );

  get<Node>(origin: PageOrigin): ConnectionWithIssues<Node> | null {
    const entry = this.#pages.get(keyOf(origin));
    if (!entry) return null;
    const { head, mayGrow, writes, rowReader } = entry.origin;
    const isSame =
      head === origin.head && mayGrow === origin.mayGrow && writes === origin.writes && rowReader === origin.rowReader;
    // Nodes are what the reader makes, and it is the same.
    return isSame ? (entry.page as ConnectionWithIssues<Node>) : null;
  }

  set(origin: PageOrigin, page: ConnectionWithIssues<unknown>): void {
    this.#pages.set(keyOf(origin), { origin, page });
  }
}

function keyOf({ head, placed }: PageOrigin): string {
  const { direction, count, after, before } = placed;
  return `${head.id} ${direction} ${String(count)} ${String(after)} ${String(before)}`;
}
