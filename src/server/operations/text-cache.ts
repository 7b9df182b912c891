import { LRUCache } from "lru-cache";

/** Texts of all automatic persisted queries together, with their keys. */
const MAX_BYTES = 16 * 2 ** 20;

/** What an entry takes beside its texts, measured with Node 20. */
const BYTES_PER_ENTRY = 400;

/** Bounded by what it takes in memory. The least recently asked for are dropped. Apollo Server's own counts no keys. */
export class TextCache {
  readonly #texts: LRUCache<string, string>;

  constructor(maxBytes = MAX_BYTES) {
    this.#texts = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (text, key) => BYTES_PER_ENTRY + 2 * (text.length + key.length),
    });
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.#texts.get(key));
  }

  set(key: string, text: string): Promise<void> {
    this.#texts.set(key, text);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.#texts.delete(key));
  }
}
