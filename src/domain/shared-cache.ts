import { LRUCache } from "lru-cache";
import type { TenantId } from "./tenant-id";

export interface SharedCacheOptions<Value> {
  /** Maximum size of all values. */
  readonly max: number;
  /** Maximum size of one tenant's values; left out: `max`. */
  readonly maxPerTenant?: number;
  /** Size of a value, a whole number from 1; left out: 1. */
  readonly sizeOf?: (value: Value) => number;
  /** Called for each key that was dropped or deleted, but not by `clear` and `clearOf`. */
  readonly onDropped?: (key: string) => void;
}

/**
 * A cache that tenants share; whoever has one says what makes its entries wrong, and who tells it. When it is full, the tenant that has most loses its least recently used values: no tenant can
 * push out values of another that has less.
 */
export class SharedCache<Value extends object | string | number> {
  readonly #tenants = new Map<TenantId, LRUCache<string, Value>>();
  #size = 0;

  constructor(private readonly options: SharedCacheOptions<Value>) {}

  /** The size of all values. */
  get size(): number {
    return this.#size;
  }

  get(tenant: TenantId, key: string): Value | undefined {
    return this.#tenants.get(tenant)?.get(key);
  }

  /** @param size of the value; left out: `sizeOf` says it. */
  set(tenant: TenantId, key: string, value: Value, size?: number): void {
    const own = this.#of(tenant);
    this.#changed(own, () => own.set(key, value, size === undefined ? undefined : { size }));
    while (this.#size > this.options.max) this.#dropOne(own);
  }

  delete(tenant: TenantId, key: string): void {
    const own = this.#tenants.get(tenant);
    if (own) this.#changed(own, () => own.delete(key));
  }

  /** Drops all values of one tenant. */
  clearOf(tenant: TenantId): void {
    this.#size -= this.#tenants.get(tenant)?.calculatedSize ?? 0;
    this.#tenants.delete(tenant);
  }

  clear(): void {
    this.#tenants.clear();
    this.#size = 0;
  }

  #of(tenant: TenantId): LRUCache<string, Value> {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const { max, maxPerTenant: maxSize = max, sizeOf = () => 1, onDropped } = this.options;
    // limited by sizes only: for a limit on the number of entries, LRUCache reserves the memory of all of them
    const fresh = new LRUCache<string, Value>({
      maxSize,
      sizeCalculation: sizeOf,
      ...(onDropped && { dispose: (_, key, reason) => reason !== "set" && onDropped(key) }),
    });
    this.#tenants.set(tenant, fresh);
    return fresh;
  }

  #changed(own: LRUCache<string, Value>, change: () => unknown): void {
    const before = own.calculatedSize;
    change();
    this.#size += own.calculatedSize - before;
  }

  /** Of tenants that have as much as the tenant of `own`, none loses a value for it. */
  #dropOne(own: LRUCache<string, Value>): void {
    let largest = own;
    for (const values of this.#tenants.values()) if (values.calculatedSize > largest.calculatedSize) largest = values;
    this.#changed(largest, () => largest.pop());
  }
}
