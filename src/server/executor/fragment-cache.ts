import { LRUCache } from "lru-cache";
import { inOnePiece, type ByteText } from "./byte-text";

/** A text, and the version of the records that it was made from. Without a text: the object was requested once. */
interface Kept {
  readonly version: number;
  readonly text: ByteText | null;
}

/** Maximum number of sets of variables for one selection. */
const MAX_VARIANTS = 16;
/** Texts for longer variables are not cached. */
const MAX_VARIANT_CHARACTERS = 1_000;
/** Memory of an entry besides its text. */
const ENTRY_BYTES = 100;

/**
 * The memory limit of all cached fragments. A fragment is the JSON text of one object with one selection. It is cached from
 * the second request on, is dropped together with its object, and is valid for one version of the tenant's records: every
 * write makes another.
 *
 * The limit works with two generations: when the young one has half of the bytes, the old one is dropped and the young one
 * becomes the old one. A text that is read from the old one moves to the young one.
 */
export class FragmentCache {
  hits = 0;
  misses = 0;
  #youngBytes = 0;
  #oldBytes = 0;
  readonly #stores = new Set<FragmentStore>();

  constructor(private readonly maxBytes: number) {}

  /** Maximum bytes in use: fragments of objects that were garbage-collected may still be counted. */
  get bytes(): number {
    return this.#youngBytes + this.#oldBytes;
  }

  add(store: FragmentStore, text: ByteText): void {
    const bytes = bytesOf(text);
    if (this.#youngBytes + bytes > this.maxBytes / 2) this.#turn();
    this.#youngBytes += bytes;
    this.#stores.add(store);
  }

  /** Whether a text is small enough to be cached. */
  takes(text: ByteText): boolean {
    return bytesOf(text) <= this.maxBytes / 8;
  }

  #turn(): void {
    for (const store of this.#stores) if (!store.age()) this.#stores.delete(store);
    this.#oldBytes = this.#youngBytes;
    this.#youngBytes = 0;
  }
}

function bytesOf(text: ByteText): number {
  return text.length + ENTRY_BYTES;
}

/** The fragments of one selection, by the values of its variables. */
export class FragmentStores {
  readonly #stores = new LRUCache<string, FragmentStore>({ max: MAX_VARIANTS });

  constructor(private readonly cache: FragmentCache) {}

  storeFor(variables: string): FragmentStore {
    const known = this.#stores.get(variables);
    if (known) return known;
    const store = new FragmentStore(this.cache);
    if (variables.length <= MAX_VARIANT_CHARACTERS) this.#stores.set(variables, store);
    return store;
  }
}

/** The fragments of one selection with the same variables, by object. */
export class FragmentStore {
  #young = new WeakMap<object, Kept>();
  #old: WeakMap<object, Kept> | null = null;
  #hasYoung = false;

  constructor(private readonly cache: FragmentCache) {}

  /** The text for this version; `null` where none is cached. */
  get(source: object, version: number): ByteText | null {
    const young = this.#young.get(source);
    const kept = young ?? this.#old?.get(source);
    if (kept?.version !== version || kept.text === null) {
      this.cache.misses += 1;
      return null;
    }
    if (!young) this.#keep(source, kept, kept.text);
    this.cache.hits += 1;
    return kept.text;
  }

  /** Caches `text` if the object was requested before. */
  offer(source: object, version: number, text: ByteText): void {
    const wasAsked = this.#young.has(source) || this.#old?.has(source) === true;
    if (wasAsked && this.cache.takes(text)) this.#keep(source, { version, text: inOnePiece(text) }, text);
    else this.#young.set(source, { version, text: null });
  }

  /** Drops the old generation and makes the young one the old. @returns whether anything is left. */
  age(): boolean {
    const hadYoung = this.#hasYoung;
    this.#old = hadYoung ? this.#young : null;
    this.#young = new WeakMap();
    this.#hasYoung = false;
    return hadYoung;
  }

  #keep(source: object, kept: Kept, text: ByteText): void {
    this.cache.add(this, text); // first, since it may start a new generation
    this.#young.set(source, kept);
    this.#hasYoung = true;
  }
}
