import { LRUCache } from "lru-cache";
import type { FeedItem, FeedStore, FeedWindow } from "./feed-store";

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
      const chunk = this.#chunks.get(chunkKey(feed.id, first));
      const until = Math.min(to, first + CHUNK_ITEMS);
      if (chunk === undefined || chunk.length < until - first) return null;
      for (; at < until; at++) {
        const item = chunk[at - first];
        if (item) items.push(item);
      }
    }
    return items;
  }

  /** The items of each window, in order. One store query for all that are not in memory. */
  async load(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]> {
    const known = windows.map((window) => this.peek(window));
    const unknown = windows.filter((_, i) => known[i] === null).map(wholeChunks);
    const loaded = unknown.length === 0 ? [] : await this.store.items(unknown);
    let next = 0;
    return windows.map((window, i) => {
      const ready = known[i];
      if (ready) return ready;
      const whole = unknown[next];
      const items = loaded[next++] ?? [];
      if (whole) this.#keep(whole, items);
      return items.filter(({ position }) => position >= window.from && position < window.to);
    });
  }

  #keep({ feed, from }: FeedWindow, items: readonly FeedItem[]): void {
    for (let at = 0; at < items.length; at += CHUNK_ITEMS) {
      this.#chunks.set(chunkKey(feed.id, from + at), items.slice(at, at + CHUNK_ITEMS));
    }
  }
}

function wholeChunks({ feed, from, to }: FeedWindow): FeedWindow {
  return { feed, from: from - (from % CHUNK_ITEMS), to: Math.ceil(to / CHUNK_ITEMS) * CHUNK_ITEMS };
}

function chunkKey(feedId: string, first: number): string {
  return `${feedId}:${String(first)}`;
}
