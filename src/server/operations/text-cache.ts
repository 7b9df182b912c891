import { LRUCache } from "lru-cache";

/** Maximum memory of all automatic persisted queries, with their keys. */
const MAX_BYTES = 16 * 2 ** 20;

/** Memory of an entry besides its texts, measured with Node 20. */
const BYTES_PER_ENTRY = 400;

/**
 * A cache with a limit on memory, keys included, which the one of Apollo Server does not count. The least recently used
 * entries are dropped. No entry gets wrong: its key is the hash of its text.
 */
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
