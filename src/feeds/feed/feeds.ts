import { randomUUID } from "node:crypto";
import type { TenantId } from "../../domain/tenant-id";
import type { Extender } from "./extender";
import { Feed } from "./feed";
import type { Ages } from "./feed-source.port";
import { emptyHead, nameKey, type FeedHead, type FeedName, type Json } from "./feed-model";
import type { FeedStore, FoldedRows } from "./feed-store.port";
import { HeadReads } from "./head-reads";
import { OpenFeeds } from "./open-feeds";
import type { OtherProcesses } from "./processes.port";

/** Feeds whose heads are kept in memory. */
const MAX_OPEN_FEEDS = 10_000;

/** The name of a feed, and the maximum age of an existing one. */
export interface NamedFeed {
  readonly name: FeedName;
  /** Other names of the same feed: what it is named after had another name when the feed began. */
  readonly aliases?: readonly FeedName[];
  /** State of a new feed; left out: none. */
  readonly initialState?: Json;
  readonly source: Pick<Ages, "maxAgeMs">;
}

/** A feed, and the time of its last read; milliseconds since 1970 UTC. */
export interface FeedRead {
  readonly head: FeedHead;
  readonly readAt: number;
}

/** Finds feeds by name or id, and begins new ones. Keeps one `Feed` object for each feed. */
export class Feeds {
  readonly #open: OpenFeeds;
  readonly #beginning = new Map<string, Promise<Feed>>();
  readonly #reads = new HeadReads();

  /**
   * @param maxOpen how many feeds are kept in memory; the least recently read are dropped first.
   * @param others `null`: no other process uses the database.
   */
  constructor(
    private readonly store: FeedStore,
    private readonly extender: Extender,
    private readonly now: () => Date,
    maxOpen = MAX_OPEN_FEEDS,
    private readonly others: Pick<OtherProcesses, "exclusively"> | null = null,
  ) {
    this.#open = new OpenFeeds(maxOpen);
  }

  /** The feed for a query without a cursor, if it is in memory. */
  peekNewest({ name, source }: NamedFeed): Feed | null {
    const feed = this.#open.newest(name);
    return feed && !feed.isStale && this.#isCurrent(feed, source) ? this.#read(feed) : null;
  }

  peekById(tenant: TenantId, id: string): Feed | null {
    const feed = this.#open.get(id);
    return feed?.head.tenant === tenant && !feed.isStale ? this.#read(feed) : null;
  }

  /** For each request the feed for a query without a cursor; `null`: a new one must be begun. One store query for all. */
  async newest(wanted: readonly NamedFeed[]): Promise<readonly (Feed | null)[]> {
    const known = wanted.map((one) => this.peekNewest(one));
    const unknown = wanted.filter((_, i) => !known[i]).flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    if (unknown.length === 0) return known;
    const tenants = new Set(unknown.map(({ tenant }) => tenant));
    const feeds = this.#adopt(await this.#reads.read(tenants, () => this.store.newest(unknown)));
    for (const feed of feeds.values()) this.#open.setNewest(feed.head, feed);
    return wanted.map((one, i) => known[i] ?? this.peekNewest(one) ?? this.#newestAlias(one));
  }

  /** The newest feed under an alias. From now on it is found by the requested name too. */
  #newestAlias({ name, aliases = [], source }: NamedFeed): Feed | null {
    const feeds = aliases.flatMap((alias) => this.peekNewest({ name: alias, source }) ?? []);
    const [newest] = feeds.sort((a, b) => b.head.createdAt.getTime() - a.head.createdAt.getTime());
    if (!newest) return null;
    this.#open.setNewest(name, newest);
    return newest;
  }

  /** Feeds by id; an id that is unknown or of another tenant is absent. One store query for all. */
  async byIds(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, Feed>> {
    const found = new Map<string, Feed>();
    const unknown: string[] = [];
    for (const id of ids) {
      const feed = this.#open.get(id);
      if (!feed || feed.isStale) unknown.push(id);
      else if (feed.head.tenant === tenant) found.set(id, this.#read(feed));
    }
    if (unknown.length === 0) return found;
    const heads = await this.#reads.read(new Set([tenant]), () => this.store.byIds(tenant, unknown));
    return new Map([...found, ...this.#adopt(heads)]);
  }

  /** The head that a new feed would have. */
  unbegun({ name, initialState = null }: Pick<NamedFeed, "initialState" | "name">): FeedHead {
    return emptyHead(name, { id: nameKey(name), createdAt: this.now(), state: initialState });
  }

  /** Begins a feed. Concurrent calls with the same name get the same feed. */
  begin({ name, initialState = null, source }: NamedFeed): Promise<Feed> {
    const begun = this.peekNewest({ name, source });
    if (begun) return Promise.resolve(begun);
    const key = nameKey(name);
    const beginning =
      this.#beginning.get(key) ??
      this.#beginOnce(name, initialState, source).finally(() => this.#beginning.delete(key));
    this.#beginning.set(key, beginning);
    return beginning;
  }

  /** Begins a feed, unless another process has begun one of that name. */
  #beginOnce(name: FeedName, state: Json, source: NamedFeed["source"]): Promise<Feed> {
    if (!this.others) return this.#begin(name, state);
    return this.others.exclusively(name.tenant, `begin ${nameKey(name)}`, async () => {
      const [begun] = await this.newest([{ name, source }]);
      return begun ?? this.#begin(name, state);
    });
  }

  async #begin(name: FeedName, state: Json): Promise<Feed> {
    const head = emptyHead(name, { id: randomUUID(), createdAt: this.now(), state });
    await this.store.create(head);
    const feed = this.#feedOf(head);
    this.#open.setNewest(name, feed);
    return feed;
  }

  /** Applies folded rows to the feeds in memory. */
  fold(changed: readonly FoldedRows[]): void {
    this.#reads.changed(changed.map(({ feedId }) => feedId));
    for (const { feedId, folded } of changed) this.#open.get(feedId)?.fold(folded);
  }

  /** The feeds in memory that were read again, at least `everyMs` after the read that this method returned before. */
  takeReads(everyMs: number): readonly FeedRead[] {
    return [...this.#open].flatMap((feed): FeedRead | [] => {
      const readAt = feed.noteRead(everyMs);
      return readAt === null ? [] : { head: feed.head, readAt };
    });
  }

  /** Whether a feed in memory was read at that time or later. */
  isReadSince(id: string, at: Date): boolean {
    const feed = this.#open.get(id);
    return feed !== undefined && feed.readAt >= at.getTime();
  }

  /** Marks feeds in memory as closed that were closed in the store. */
  closeByIds(ids: readonly string[]): void {
    this.#reads.changed(ids);
    for (const id of ids) this.#open.get(id)?.close();
  }

  /** Removes deleted feeds from memory. */
  forget(ids: readonly string[]): void {
    this.#reads.changed(ids);
    for (const id of ids) this.#open.delete(id);
  }

  /** To be called after another process wrote: feeds are read from the store again. @param tenant `null`: any. */
  expire(tenant: TenantId | null): void {
    this.#reads.changedOf(tenant);
    for (const feed of this.#open) if (tenant === null || feed.head.tenant === tenant) feed.expire();
  }

  /** As `expire`, where the other process wrote these feeds. */
  expireByIds(ids: readonly string[]): void {
    this.#reads.changed(ids);
    for (const id of ids) this.#open.get(id)?.expire();
  }

  /** To be called after a person was forgotten: feeds are read from the store again, and none is kept that nobody uses. */
  release(tenant: TenantId | null): void {
    this.expire(tenant);
    this.#open.release();
  }

  /** Marks the feeds of a connection in memory as closed, except those for which `goesOn` is true. */
  close(tenant: TenantId, connection: string, goesOn: (feed: FeedName) => boolean): void {
    this.#reads.changedOf(tenant);
    for (const feed of this.#open) {
      const { head } = feed;
      if (head.tenant === tenant && head.connection === connection && !goesOn(head)) feed.close();
    }
  }

  #adopt(heads: ReadonlyMap<string, FeedHead>): ReadonlyMap<string, Feed> {
    return new Map([...heads].map(([key, head]) => [key, this.#feedOf(head)]));
  }

  #isCurrent({ head }: Feed, { maxAgeMs }: NamedFeed["source"]): boolean {
    return !head.closed && this.now().getTime() - head.createdAt.getTime() < maxAgeMs;
  }

  /** The `Feed` object in memory for this id, or a new one. */
  #feedOf(head: FeedHead): Feed {
    const feed = this.#open.adopt(head.id, () => new Feed(head, this.extender, this.now));
    feed.follow(head);
    return this.#read(feed);
  }

  #read(feed: Feed): Feed {
    feed.readBy(this.now().getTime());
    return feed;
  }
}
