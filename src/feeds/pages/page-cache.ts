import { SharedCache } from "../../domain/shared-cache";
import type { PlacedRequest } from "../../relay/window";
import type { FeedHead } from "../feed/feed-model";
import type { ConnectionWithIssues } from "../nodes";

/** So many rows of all pages together; a page without rows counts as one. */
const MAX_ROWS = 8_192;

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
  hits = 0;
  misses = 0;
  readonly #pages = new SharedCache<{
    readonly origin: PageOrigin;
    readonly page: ConnectionWithIssues<unknown>;
  }>({ max: MAX_ROWS, sizeOf: ({ page }) => Math.max(1, page.nodes.length) });

  get<Node>(origin: PageOrigin): ConnectionWithIssues<Node> | null {
    const entry = this.#pages.get(origin.head.tenant, keyOf(origin));
    if (!entry || !isSame(entry.origin, origin)) {
      this.misses += 1;
      return null;
    }
    this.hits += 1;
    // The reader is the same, so the nodes have the same type.
    return entry.page as ConnectionWithIssues<Node>;
  }

  clear(): void {
    this.#pages.clear();
  }

  set(origin: PageOrigin, page: ConnectionWithIssues<unknown>): void {
    this.#pages.set(origin.head.tenant, keyOf(origin), { origin, page });
  }
}

function isSame(a: PageOrigin, b: PageOrigin): boolean {
  return a.head === b.head && a.mayGrow === b.mayGrow && a.writes === b.writes && a.rowReader === b.rowReader;
}

function keyOf({ head, placed }: PageOrigin): string {
  const { direction, count, after, before } = placed;
  return `${head.id} ${direction} ${String(count)} ${String(after)} ${String(before)}`;
}
