import { LRUCache } from "lru-cache";
import { inOnePiece, type ByteText } from "./byte-text";

/** A text, and the version of the record it was made from; without a text, the object was asked for once. */
interface Kept {
  readonly version: number;
  readonly text: ByteText | null;
}

/** So many texts of variables are kept apart for one selection. */
const MAX_VARIANTS = 16;
/** Longer variables are not kept; what is kept under them is not kept either. */
const MAX_VARIANT_CHARACTERS = 1_000;
/** What an entry takes besides its text. */
const ENTRY_BYTES = 100;

/**
 * The memory of all fragments together. A fragment is the text of one object under one selection. It is kept from the
 * second time it is asked for, goes with its object, and is right while the record of its tenant has the same version:
 * every write for the tenant makes another.
 *
 * The bytes are bounded by two generations: when the young one has half of them, the old one is dropped and the young one
 * becomes the old. What is read from the old one moves to the young one.
 */
export class FragmentCache {
  hits = 0;
  misses = 0;
  #youngBytes = 0;
  #oldBytes = 0;
  readonly #stores = new Set<FragmentStore>();

  constructor(private readonly maxBytes: number) {}

  /** At most; objects that are gone take their fragments with them before they are counted off. */
  get bytes(): number {
    return this.#youngBytes + this.#oldBytes;
  }

  add(store: FragmentStore, text: ByteText): void {
    const bytes = bytesOf(text);
    if (this.#youngBytes + bytes > this.maxBytes / 2) this.#turn();
    this.#youngBytes += bytes;
    this.#stores.add(store);
  }

  /** Whether a text is small enough to be kept beside others. */
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

/** The fragments of one selection, by the values of the variables that it uses. */
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

  /** `null` where none is kept of this version. */
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

  /** Keeps `text` if the object was asked for before. */
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
    this.cache.add(this, text); // first: it may begin a new generation
    this.#young.set(source, kept);
    this.#hasYoung = true;
  }
}
