import { SharedCache } from "../../domain/shared-cache";
import type { TenantId } from "../../domain/tenant-id";
import { inOnePiece, type ByteText } from "./byte-text";

/** A text, and the version of the records that it was made from. Without a text: the object was requested once. */
interface Kept {
  readonly version: number;
  readonly text: ByteText | null;
}

/** Maximum number of sets of variables for one selection; of one tenant, and of all. */
const MAX_VARIANTS = 16;
const MAX_VARIANTS_OF_ALL = 1_000;
/** Texts for longer variables are not cached. */
const MAX_VARIANT_CHARACTERS = 1_000;
/** Memory of an entry besides its text. */
const ENTRY_BYTES = 100;

/** The fragments of one tenant. */
interface Generations {
  youngBytes: number;
  oldBytes: number;
  readonly stores: Set<FragmentStore>;
}

/**
 * The memory limit of all cached fragments. A fragment is the JSON text of one object with one selection. It is cached from
 * the second request on, is dropped together with its object, and is valid for one version of the tenant's records: every
 * write makes another.
 *
 * The limit works with two generations: when the young ones of all tenants have half of the bytes, the tenant that has most of
 * them drops its old one, and its young one becomes the old one. A text that is read from the old one moves to the young one.
 * When the old ones have half of the bytes, the tenant that has most of them drops its own. So no tenant can push out
 * fragments of another that has at most as much.
 */
export class FragmentCache {
  hits = 0;
  misses = 0;
  #youngBytes = 0;
  #oldBytes = 0;
  readonly #tenants = new Map<TenantId, Generations>();

  constructor(private readonly maxBytes: number) {}

  /** Maximum bytes in use: fragments of objects that were garbage-collected may still be counted. */
  get bytes(): number {
    return this.#youngBytes + this.#oldBytes;
  }

  add(tenant: TenantId, store: FragmentStore, text: ByteText): void {
    const bytes = bytesOf(text);
    const own = this.#of(tenant);
    while (this.#youngBytes + bytes > this.maxBytes / 2) this.#turn(this.#most("youngBytes", own));
    while (this.#oldBytes > this.maxBytes / 2) this.#dropOld(this.#most("oldBytes", own));
    own.youngBytes += bytes;
    own.stores.add(store);
    this.#youngBytes += bytes;
  }

  /** Whether a text is small enough to be cached. */
  takes(text: ByteText): boolean {
    return bytesOf(text) <= this.maxBytes / 8;
  }

  #of(tenant: TenantId): Generations {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const fresh = { youngBytes: 0, oldBytes: 0, stores: new Set<FragmentStore>() };
    this.#tenants.set(tenant, fresh);
    return fresh;
  }

  /** The tenant that has most bytes of a generation; `own` where others have as much. */
  #most(generation: "youngBytes" | "oldBytes", own: Generations): Generations {
    let most = own;
    for (const one of this.#tenants.values()) if (one[generation] > most[generation]) most = one;
    return most;
  }

  #turn(own: Generations): void {
    for (const store of own.stores) if (!store.age()) own.stores.delete(store);
    this.#oldBytes += own.youngBytes - own.oldBytes;
    this.#youngBytes -= own.youngBytes;
    own.oldBytes = own.youngBytes;
    own.youngBytes = 0;
  }

  #dropOld(own: Generations): void {
    for (const store of own.stores) if (!store.dropOld()) own.stores.delete(store);
    this.#oldBytes -= own.oldBytes;
    own.oldBytes = 0;
  }
}

function bytesOf(text: ByteText): number {
  return text.length + ENTRY_BYTES;
}

/** The fragments of one selection, by tenant and the values of its variables. */
export class FragmentStores {
  readonly #stores = new SharedCache<FragmentStore>({ max: MAX_VARIANTS_OF_ALL, maxPerTenant: MAX_VARIANTS });

  constructor(private readonly cache: FragmentCache) {}

  storeFor(tenant: TenantId, variables: string): FragmentStore {
    const known = this.#stores.get(tenant, variables);
    if (known) return known;
    const store = new FragmentStore(this.cache, tenant);
    if (variables.length <= MAX_VARIANT_CHARACTERS) this.#stores.set(tenant, variables, store);
    return store;
  }
}

/** The fragments of one selection with the same variables of one tenant, by object. */
export class FragmentStore {
  #young = new WeakMap<object, Kept>();
  #old: WeakMap<object, Kept> | null = null;
  #hasYoung = false;

  constructor(
    private readonly cache: FragmentCache,
    private readonly tenant: TenantId,
  ) {}

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

  /** Drops the old generation. @returns whether anything is left. */
  dropOld(): boolean {
    this.#old = null;
    return this.#hasYoung;
  }

  #keep(source: object, kept: Kept, text: ByteText): void {
    this.cache.add(this.tenant, this, text); // first, since it may start a new generation
    this.#young.set(source, kept);
    this.#hasYoung = true;
  }
}
