import { randomUUID } from "node:crypto";
import type { Extender } from "./extender";
import { Feed } from "./feed";
import type { Ages } from "./feed-source.port";
import { nameKey, type FeedHead, type FeedName, type Json } from "./feed-model";
import type { FeedStore, FoldedRows } from "./feed-store.port";
import { OpenFeeds } from "./open-feeds";

/** Feeds whose place is kept in memory. */
const MAX_OPEN_FEEDS = 10_000;

/** A feed asked for by name, and how long one of that name is taken for it. */
export interface NamedFeed {
  readonly name: FeedName;
  /** Other names that the same feed may have: what names it was known by another name when it began. */
  readonly aliases?: readonly FeedName[];
  /** The state in which it begins; left out: none. */
  readonly initialState?: Json;
  readonly source: Pick<Ages, "maxAgeMs">;
}

/** When a feed was read last; milliseconds since 1970 UTC. */
export interface FeedRead {
  readonly head: FeedHead;
  readonly readAt: number;
}

/** The feeds of this process: finds them by name or id, begins new ones. */
export class Feeds {
  readonly #open: OpenFeeds;
  readonly #beginning = new Map<string, Promise<Feed>>();
  /** How often feeds in memory were folded or closed: a head that was read before that may be out of date. */
  #changes = 0;

  /** @param maxOpen feeds that are kept in memory; the least recently read are let go first, and read again from the store. */
  constructor(
    private readonly store: FeedStore,
    private readonly extender: Extender,
    private readonly now: () => Date,
    maxOpen = MAX_OPEN_FEEDS,
  ) {
    this.#open = new OpenFeeds(maxOpen);
  }

  /** The feed that a query without a cursor reads, where it is in memory. */
  peekNewest({ name, source }: NamedFeed): Feed | null {
    const feed = this.#open.newest(name);
    return feed && this.#isCurrent(feed, source) ? this.#read(feed) : null;
  }

  peekById(tenant: string, id: string): Feed | null {
    const feed = this.#open.get(id);
    return feed?.head.tenant === tenant ? this.#read(feed) : null;
  }

  /** The feed that a query without a cursor reads; `null` where one has to be begun. One store query for all. */
  async newest(wanted: readonly NamedFeed[]): Promise<readonly (Feed | null)[]> {
    const known = wanted.map((one) => this.peekNewest(one));
    const unknown = wanted.filter((_, i) => !known[i]).flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    if (unknown.length === 0) return known;
    const feeds = await this.#adopt(() => this.store.newest(unknown));
    for (const feed of feeds.values()) this.#open.setNewest(feed.head, feed);
    return wanted.map((one, i) => known[i] ?? this.peekNewest(one) ?? this.#newestAlias(one));
  }

  /** The newest feed of another name; from now on it is found by the name that was asked for. */
  #newestAlias({ name, aliases = [], source }: NamedFeed): Feed | null {
    const feeds = aliases.flatMap((alias) => this.peekNewest({ name: alias, source }) ?? []);
    const [newest] = feeds.sort((a, b) => b.head.createdAt.getTime() - a.head.createdAt.getTime());
    if (!newest) return null;
    this.#open.setNewest(name, newest);
    return newest;
  }

  /** Feeds by id; an id that is not kept, or another tenant's, is absent. One store query for all. */
  async byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Feed>> {
    const found = new Map<string, Feed>();
    const unknown: string[] = [];
    for (const id of ids) {
      const feed = this.#open.get(id);
      if (!feed) unknown.push(id);
      else if (feed.head.tenant === tenant) found.set(id, this.#read(feed));
    }
    if (unknown.length === 0) return found;
    return new Map([...found, ...(await this.#adopt(() => this.store.byIds(tenant, unknown)))]);
  }

  /** Begins a feed; equal names at one time get one feed. */
  begin({ name, initialState = null, source }: NamedFeed): Promise<Feed> {
    const begun = this.peekNewest({ name, source });
    if (begun) return Promise.resolve(begun);
    const key = nameKey(name);
    const beginning =
      this.#beginning.get(key) ?? this.#begin(name, initialState).finally(() => this.#beginning.delete(key));
    this.#beginning.set(key, beginning);
    return beginning;
  }

  async #begin(name: FeedName, state: Json): Promise<Feed> {
    const head = {
      ...name,
      id: randomUUID(),
      createdAt: this.now(),
      length: 0,
      total: null,
      state,
      endedAt: null,
      closed: false,
      folded: [],
    };
    await this.store.create(head);
    const feed = this.#feedOf(head);
    this.#open.setNewest(name, feed);
    return feed;
  }

  /** Has feeds in memory show fewer rows. */
  fold(changed: readonly FoldedRows[]): void {
    if (changed.length > 0) this.#changes += 1;
    for (const { feedId, folded } of changed) this.#open.get(feedId)?.fold(folded);
  }

  /** Feeds in memory that were read `everyMs` or more after that was noted last. It is noted now. */
  takeReads(everyMs: number): readonly FeedRead[] {
    return [...this.#open].flatMap((feed): FeedRead | [] => {
      const readAt = feed.noteRead(everyMs);
      return readAt === null ? [] : { head: feed.head, readAt };
    });
  }

  /** Whether a feed in memory was read then or later. */
  isReadSince(id: string, at: Date): boolean {
    const feed = this.#open.get(id);
    return feed !== undefined && feed.readAt >= at.getTime();
  }

  /** Closes, in memory, feeds that were closed in the store. */
  closeByIds(ids: readonly string[]): void {
    if (ids.length > 0) this.#changes += 1;
    for (const id of ids) this.#open.get(id)?.close();
  }

  /** Forgets feeds that are no longer kept. */
  forget(ids: readonly string[]): void {
    if (ids.length > 0) this.#changes += 1;
    for (const id of ids) this.#open.delete(id);
  }

  /** Closes, in memory, the feeds of a connection that `goesOn` does not want to go on. */
  close(tenant: string, connection: string, goesOn: (feed: FeedName) => boolean): void {
    this.#changes += 1;
    for (const feed of this.#open) {
      const { head } = feed;
      if (head.tenant === tenant && head.connection === connection && !goesOn(head)) feed.close();
    }
  }

  /** Feeds by the keys of what `read` gives, which is read again where feeds changed meanwhile. */
  async #adopt(read: () => Promise<ReadonlyMap<string, FeedHead>>): Promise<ReadonlyMap<string, Feed>> {
    for (;;) {
      const changes = this.#changes;
      const heads = await read();
      if (changes === this.#changes) return new Map([...heads].map(([key, head]) => [key, this.#feedOf(head)]));
    }
  }

  #isCurrent({ head }: Feed, { maxAgeMs }: NamedFeed["source"]): boolean {
    return !head.closed && this.now().getTime() - head.createdAt.getTime() < maxAgeMs;
  }

  /** One object for each id: the one in memory, where there is one. */
  #feedOf(head: FeedHead): Feed {
    return this.#read(this.#open.adopt(head.id, () => new Feed(head, this.extender, this.now)));
  }

  #read(feed: Feed): Feed {
    feed.readBy(this.now().getTime());
    return feed;
  }
}
