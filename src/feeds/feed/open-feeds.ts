import { LRUCache } from "lru-cache";
import type { Feed } from "./feed";
import { nameKey, type FeedName } from "./feed-model";

/**
 * The feeds that are in memory: one object for each id, as long as anybody holds it. The least recently read are let go
 * first; one that a request still holds is found again, so that nobody extends the feed beside it.
 */
export class OpenFeeds {
  readonly #recent: LRUCache<string, Feed>;
  readonly #alive = new Map<string, WeakRef<Feed>>();
  readonly #collected = new FinalizationRegistry<string>((id) => {
    if (!this.#alive.get(id)?.deref()) this.#alive.delete(id);
  });
  /** By name, the id of the newest. */
  readonly #newest: LRUCache<string, string>;

  /** @param max feeds that are kept though nobody holds them. */
  constructor(max: number) {
    this.#recent = new LRUCache({ max });
    this.#newest = new LRUCache({ max });
  }

  get(id: string): Feed | undefined {
    const recent = this.#recent.get(id);
    if (recent) return recent;
    const held = this.#alive.get(id)?.deref();
    if (held) this.#recent.set(id, held);
    return held;
  }

  newest(name: FeedName): Feed | undefined {
    const id = this.#newest.get(nameKey(name));
    return id === undefined ? undefined : this.get(id);
  }

  /** The feed that is in memory where there is one, else what `make` gives. */
  adopt(id: string, make: () => Feed): Feed {
    const known = this.get(id);
    if (known) return known;
    const feed = make();
    this.#recent.set(id, feed);
    this.#alive.set(id, new WeakRef(feed));
    this.#collected.register(feed, id);
    return feed;
  }

  /** It is no longer kept. */
  delete(id: string): void {
    this.#recent.delete(id);
    this.#alive.delete(id);
  }

  /** From now on the feed is the newest of that name, unless a newer one is known. */
  setNewest(name: FeedName, feed: Feed): void {
    const known = this.newest(name);
    if (known && known.head.createdAt > feed.head.createdAt) return;
    this.#newest.set(nameKey(name), feed.head.id);
  }

  /** All of them, in no order. */
  *[Symbol.iterator](): Generator<Feed> {
    for (const reference of this.#alive.values()) {
      const feed = reference.deref();
      if (feed) yield feed;
    }
  }
}
