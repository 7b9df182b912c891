import { LRUCache } from "lru-cache";
import type { PlacedRequest } from "../../relay/window";
import type { FeedHead } from "../feed/feed-model";
import type { ConnectionWithIssues } from "../nodes";

const MAX_PAGES = 1_000;

/** The values that a page was made from. The page is valid while all of them are the same. */
export interface PageOrigin {
  readonly head: FeedHead;
  readonly placed: PlacedRequest;
  readonly mayGrow: boolean;
  /** The number of writes of the tenant's entities. */
  readonly writes: number;
  readonly rowReader: unknown;
}

/** Caches whole pages; the least recently served are dropped. */
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
    // The reader is the same, so the nodes have the same type.
    return isSame ? (entry.page as ConnectionWithIssues<Node>) : null;
  }

  clear(): void {
    this.#pages.clear();
  }

  set(origin: PageOrigin, page: ConnectionWithIssues<unknown>): void {
    this.#pages.set(keyOf(origin), { origin, page });
  }
}

function keyOf({ head, placed }: PageOrigin): string {
  const { direction, count, after, before } = placed;
  return `${head.id} ${direction} ${String(count)} ${String(after)} ${String(before)}`;
}
