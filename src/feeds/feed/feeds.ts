import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Extender } from "./extender";
import { Feed } from "./feed";
import type { Ages } from "./feed-source.port";
import { nameKey, type FeedName, type FeedStore, type FoldedRows } from "./feed-store";

/** Feeds whose place is kept in memory; the least recently read are dropped first, and read again from the store. */
const MAX_OPEN_FEEDS = 10_000;

/** A feed asked for by name, and how long one of that name is taken for it. */
export interface NamedFeed {
  readonly name: FeedName;
  readonly source: Pick<Ages, "maxAgeMs">;
}

/** The feeds of this process: finds them by name or id, begins new ones. */
export class Feeds {
  readonly #byId = new LRUCache<string, Feed>({ max: MAX_OPEN_FEEDS });
  readonly #byName = new LRUCache<string, Feed>({ max: MAX_OPEN_FEEDS });
  readonly #beginning = new Map<string, Promise<Feed>>();

  constructor(
    private readonly store: FeedStore,
    private readonly extender: Extender,
    private readonly now: () => Date,
  ) {}

  /** The feed that a query without a cursor reads, where it is in memory. */
  peekNewest({ name, source }: NamedFeed): Feed | null {
    const feed = this.#byName.get(nameKey(name));
    return feed && this.#isCurrent(feed, source) ? feed : null;
  }

  peekById(tenant: string, id: string): Feed | null {
    const feed = this.#byId.get(id);
    return feed?.head.tenant === tenant ? feed : null;
  }

  /** The feed that a query without a cursor reads; `null` where one has to be begun. One store query for all. */
  async newest(wanted: readonly NamedFeed[]): Promise<readonly (Feed | null)[]> {
    const unknown = wanted.filter((one) => !this.peekNewest(one));
    if (unknown.length > 0) {
      const heads = await this.store.newest(unknown.map(({ name }) => name));
      for (const head of heads.values()) this.#adopt(this.#byId.get(head.id) ?? this.#feedOf(head));
    }
    return wanted.map((one) => this.peekNewest(one));
  }

  /** Feeds by id; an id that is not kept, or another tenant's, is absent. One store query for all. */
  async byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Feed>> {
    const unknown = ids.filter((id) => !this.#byId.has(id));
    const heads = unknown.length > 0 ? await this.store.byIds(tenant, unknown) : new Map<string, never>();
    for (const head of heads.values()) {
      if (!this.#byId.has(head.id)) this.#byId.set(head.id, this.#feedOf(head));
    }
    return new Map(
      ids.flatMap((id) => {
        const feed = this.peekById(tenant, id);
        return feed ? [[id, feed] as const] : [];
      }),
    );
  }

  /** Begins a feed; equal names at one time get one feed. */
  begin({ name, source }: NamedFeed): Promise<Feed> {
    const key = nameKey(name);
    const begun = this.#byName.get(key);
    if (begun && this.#isCurrent(begun, source)) return Promise.resolve(begun);
    const beginning = this.#beginning.get(key) ?? this.#begin(name).finally(() => this.#beginning.delete(key));
    this.#beginning.set(key, beginning);
    return beginning;
  }

  async #begin(name: FeedName): Promise<Feed> {
    const head = {
      ...name,
      id: randomUUID(),
      createdAt: this.now(),
      length: 0,
      total: null,
      state: null,
      endedAt: null,
      closed: false,
      folded: [],
    };
    await this.store.create(head);
    const feed = this.#feedOf(head);
    this.#adopt(feed);
    return feed;
  }

  /** Has feeds in memory show fewer rows. */
  fold(changed: readonly FoldedRows[]): void {
    for (const { feedId, folded } of changed) this.#byId.get(feedId)?.fold(folded);
  }

  /** Closes, in memory, the feeds of a connection that `goesOn` does not want to go on. */
  close(tenant: string, connection: string, goesOn: (feed: FeedName) => boolean): void {
    for (const feed of this.#byId.values()) {
      const { head } = feed;
      if (head.tenant !== tenant || head.connection !== connection || goesOn(head)) continue;
      feed.close();
      this.#byName.delete(nameKey(head));
    }
  }

  #isCurrent({ head }: Feed, { maxAgeMs }: NamedFeed["source"]): boolean {
    return !head.closed && this.now().getTime() - head.createdAt.getTime() < maxAgeMs;
  }

  #feedOf(head: Feed["head"]): Feed {
    return new Feed(head, this.extender, this.now);
  }

  #adopt(feed: Feed): void {
    this.#byId.set(feed.head.id, feed);
    this.#byName.set(nameKey(feed.head), feed);
  }
}
