import { LRUCache } from "lru-cache";
import type { FeedItem, FeedWindow } from "../feed/feed-model";
import type { FeedStore } from "../feed/feed-store.port";

const CHUNK_ITEMS = 64;
const MAX_CHUNKS = 512;

/** Recorded items never change, so what is in here is right for ever; the least recently read chunks are dropped. */
export class ItemCache {
  readonly #chunks = new LRUCache<string, readonly FeedItem[]>({ max: MAX_CHUNKS });

  constructor(private readonly store: Pick<FeedStore, "items">) {}

  /** The window's items where all of them are in memory. The window must lie within the record. */
  peek({ feed, from, to }: FeedWindow): readonly FeedItem[] | null {
    const items: FeedItem[] = [];
    for (let at = from; at < to;) {
      const first = at - (at % CHUNK_ITEMS);
      const chunk = this.#chunks.get(chunkKey({ feed, from: first }));
      const until = Math.min(to, first + CHUNK_ITEMS);
      if (chunk === undefined || chunk.length < until - first) return null;
      items.push(...chunk.slice(at - first, until - first));
      at = until;
    }
    return items;
  }

  /** The items of each window, in order. One store query for all that are not in memory. */
  async load(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]> {
    const known = windows.map((window) => this.peek(window));
    const missing = new Map<string, FeedWindow>();
    windows.forEach((window, i) => {
      if (known[i] === null) for (const chunk of chunksOf(window)) missing.set(chunkKey(chunk), chunk);
    });
    const loaded = missing.size === 0 ? [] : await this.store.items([...missing.values()]);
    const chunks = new Map([...missing.keys()].map((key, i) => [key, loaded[i]]));
    for (const [key, items] of chunks) if (items) this.#chunks.set(key, items);
    return windows.map((window, i) => known[i] ?? itemsOf(window, chunks));
  }
}

function itemsOf(
  window: FeedWindow,
  chunks: ReadonlyMap<string, readonly FeedItem[] | undefined>,
): readonly FeedItem[] {
  return chunksOf(window)
    .flatMap((chunk) => chunks.get(chunkKey(chunk)) ?? [])
    .filter(({ position }) => position >= window.from && position < window.to);
}

/** The whole chunks in which a window lies. */
function chunksOf({ feed, from, to }: FeedWindow): readonly FeedWindow[] {
  const chunks: FeedWindow[] = [];
  for (let at = from - (from % CHUNK_ITEMS); at < to; at += CHUNK_ITEMS) {
    chunks.push({ feed, from: at, to: at + CHUNK_ITEMS });
  }
  return chunks;
}

function chunkKey({ feed, from }: Pick<FeedWindow, "feed" | "from">): string {
  return `${feed.id}:${String(from)}`;
}
