import { bytesOf } from "../../domain/bytes-of";
import { SharedCache } from "../../domain/shared-cache";
import type { FeedHead, FeedItem, FeedWindow } from "../feed/feed-model";
import type { FeedStore } from "../feed/feed-store.port";

const CHUNK_ITEMS = 64;
/** About so many bytes of memory, of all tenants together. */
const MAX_BYTES = 64 * 2 ** 20;
/** What the node takes that is made of a row: it holds its company and its people. */
const NODE_BYTES = 8_000;

/** Rows of a feed, beginning at a multiple of `CHUNK_ITEMS`; rows that are not cached are absent. */
interface Chunk {
  readonly items: (FeedItem | undefined)[];
  bytes: number;
}

/**
 * Caches recorded rows. They never change, so entries stay valid until a person is forgotten, in this process or another: then `clear`
 * is called. The least recently read chunks are dropped.
 */
export class ItemCache {
  readonly #chunks: SharedCache<Chunk>;
  /** The number of calls of `clear`: rows that were read before one may be about a forgotten person. */
  #clearings = 0;

  /** @param maxBytes about the maximum size of the rows; the least recently read are dropped, up to 64 at once. */
  constructor(
    private readonly store: Pick<FeedStore, "items">,
    maxBytes = MAX_BYTES,
  ) {
    this.#chunks = new SharedCache({ max: maxBytes, sizeOf: ({ bytes }) => bytes });
  }

  /** The rows of the window, if all of them are cached. The window must lie within the recorded rows. */
  peek({ feed, from, to }: FeedWindow): readonly FeedItem[] | null {
    const items: FeedItem[] = [];
    let chunk: Chunk | undefined;
    for (let at = from; at < to; at += 1) {
      const place = at % CHUNK_ITEMS;
      if (at === from || place === 0) chunk = this.#chunks.get(feed.tenant, chunkKey(feed, at));
      const item = chunk?.items[place];
      if (item === undefined) return null;
      items.push(item);
    }
    return items;
  }

  /** The rows of each window, in order. One store query for all that are not cached. */
  async load(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]> {
    const known = windows.map((window) => this.peek(window));
    const missing = windows.filter((_, i) => known[i] === null);
    const clearings = this.#clearings;
    const loaded = missing.length === 0 ? [] : [...(await this.store.items(missing))];
    if (clearings === this.#clearings) missing.forEach(({ feed }, i) => this.keep(feed, loaded[i] ?? []));
    return known.map((items) => items ?? loaded.shift() ?? []);
  }

  /** Drops all rows. To be called after a person was forgotten. */
  clear(): void {
    this.#clearings += 1;
    this.#chunks.clear();
  }

  /** Adds rows that were written or read. */
  keep(feed: Pick<FeedHead, "id" | "tenant">, items: readonly FeedItem[]): void {
    const changed = new Map<string, Chunk>();
    for (const item of items) {
      const key = chunkKey(feed, item.position);
      const chunk = changed.get(key) ?? copyOf(this.#chunks.get(feed.tenant, key));
      const place = item.position % CHUNK_ITEMS;
      if (chunk.items[place] === undefined) chunk.bytes += NODE_BYTES + bytesOf(item);
      chunk.items[place] = item;
      changed.set(key, chunk);
    }
    for (const [key, chunk] of changed) this.#chunks.set(feed.tenant, key, chunk);
  }
}

/** A copy: the cache counts the size of a chunk only for a new object. */
function copyOf(chunk: Chunk | undefined): Chunk {
  return chunk ? { items: [...chunk.items], bytes: chunk.bytes } : { items: [], bytes: 0 };
}

function chunkKey({ id }: Pick<FeedHead, "id">, position: number): string {
  return `${id}:${String(position - (position % CHUNK_ITEMS))}`;
}
