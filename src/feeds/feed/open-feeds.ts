import { SharedCache } from "../../domain/shared-cache";
import type { Feed } from "./feed";
import { nameKey, type FeedName } from "./feed-model";

/**
 * The feeds in memory: one object for each id while anything refers to it. The least recently read are dropped first. A dropped
 * feed that a request still uses is found again, so that no second object extends the same feed. A write to the feed makes its object's
 * head wrong: `Feeds` moves, closes or removes it after one of this process, and has it read again after one of another.
 */
export class OpenFeeds {
  readonly #recent: SharedCache<Feed>;
  readonly #alive = new Map<string, WeakRef<Feed>>();
  readonly #collected = new FinalizationRegistry<string>((id) => {
    if (!this.#alive.get(id)?.deref()) this.#alive.delete(id);
  });
  /** By name, the id of the newest feed. A newer one makes it wrong; `Feeds` sets it, or finds that the feed is closed, stale or too old. */
  readonly #newest: SharedCache<string>;

  /** @param max how many feeds are kept that nothing else refers to. */
  constructor(max: number) {
    this.#recent = new SharedCache({ max });
    this.#newest = new SharedCache({ max });
  }

  get(id: string): Feed | undefined {
    const held = this.#alive.get(id)?.deref();
    if (held && !this.#recent.get(held.head.tenant, id)) this.#recent.set(held.head.tenant, id, held);
    return held;
  }

  newest(name: FeedName): Feed | undefined {
    const id = this.#newest.get(name.tenant, nameKey(name));
    return id === undefined ? undefined : this.get(id);
  }

  /** The feed in memory, or the result of `make`, which is kept then. */
  adopt(id: string, make: () => Feed): Feed {
    const known = this.get(id);
    if (known) return known;
    const feed = make();
    this.#recent.set(feed.head.tenant, id, feed);
    this.#alive.set(id, new WeakRef(feed));
    this.#collected.register(feed, id);
    return feed;
  }

  /** Removes a feed. */
  delete(id: string): void {
    const feed = this.#alive.get(id)?.deref();
    if (feed) this.#recent.delete(feed.head.tenant, id);
    this.#alive.delete(id);
  }

  /** Drops all feeds that nothing refers to, and all names. */
  release(): void {
    this.#recent.clear();
    this.#newest.clear();
  }

  /** Makes the feed the newest of that name, unless a newer one is known. */
  setNewest(name: FeedName, feed: Feed): void {
    const known = this.newest(name);
    if (known && known.head.createdAt > feed.head.createdAt) return;
    this.#newest.set(name.tenant, nameKey(name), feed.head.id);
  }

  /** All feeds in memory, in no order. */
  *[Symbol.iterator](): Generator<Feed> {
    for (const reference of this.#alive.values()) {
      const feed = reference.deref();
      if (feed) yield feed;
    }
  }
}
