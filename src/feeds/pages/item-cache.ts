import { LRUCache } from "lru-cache";
import type { FeedHead, FeedItem, FeedWindow } from "../feed/feed-model";
import type { FeedStore } from "../feed/feed-store.port";

const CHUNK_ITEMS = 64;
const MAX_CHUNKS = 512;

/** Rows of a feed from a multiple of `CHUNK_ITEMS` on; `undefined` where one is not in memory. */
type Chunk = (FeedItem | undefined)[];

/** Recorded items never change, so what is in here is right for ever; the least recently read chunks are dropped. */
export class ItemCache {
  readonly #chunks = new LRUCache<string, Chunk>({ max: MAX_CHUNKS });

  constructor(private readonly store: Pick<FeedStore, "items">) {}

  /** The window's items where all of them are in memory. The window must lie within the record. */
  peek({ feed, from, to }: FeedWindow): readonly FeedItem[] | null {
    const items: FeedItem[] = [];
    let chunk: Chunk | undefined;
    for (let at = from; at < to; at += 1) {
      const place = at % CHUNK_ITEMS;
      if (at === from || place === 0) chunk = this.#chunks.get(chunkKey(feed, at));
      const item = chunk?.[place];
      if (item === undefined) return null;
      items.push(item);
    }
    return items;
  }

  /** The items of each window, in order. One store query for all that are not in memory. */
  async load(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]> {
    const known = windows.map((window) => this.peek(window));
    const missing = windows.filter((_, i) => known[i] === null);
    const loaded = missing.length === 0 ? [] : [...(await this.store.items(missing))];
    missing.forEach(({ feed }, i) => this.keep(feed, loaded[i] ?? []));
    return known.map((items) => items ?? loaded.shift() ?? []);
  }

  /** Takes in rows that were recorded just now, or read. */
  keep(feed: Pick<FeedHead, "id">, items: readonly FeedItem[]): void {
    for (const item of items) {
      const key = chunkKey(feed, item.position);
      const chunk = this.#chunks.get(key) ?? [];
      chunk[item.position % CHUNK_ITEMS] = item;
      this.#chunks.set(key, chunk);
    }
  }
}

function chunkKey({ id }: Pick<FeedHead, "id">, position: number): string {
  return `${id}:${String(position - (position % CHUNK_ITEMS))}`;
}
