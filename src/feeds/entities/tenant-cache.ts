import { LRUCache } from "lru-cache";
import type { EntityKey } from "../../domain/entity-key";
import type { TenantId } from "../../domain/tenant-id";

/**
 * A cache of values by tenant and entity key. A write of the tenant's records makes a value wrong: `Entities` replaces or drops it after
 * one of this process, and drops all of the tenant after one of another.
 */
export class TenantCache<Value extends object> {
  readonly #tenants = new Map<TenantId, { readonly values: LRUCache<EntityKey, Value>; writes: number }>();

  constructor(private readonly maxPerTenant: number) {}

  /** The number of writes of the tenant. */
  writes(tenant: TenantId): number {
    return this.#tenants.get(tenant)?.writes ?? 0;
  }

  peek(tenant: TenantId, key: EntityKey): Value | undefined {
    return this.#tenants.get(tenant)?.values.get(key);
  }

  /** Stores the written values, and drops the stale ones. */
  write(tenant: TenantId, written: Iterable<readonly [EntityKey, Value]>, stale: readonly EntityKey[]): void {
    const cache = this.#of(tenant);
    cache.writes += 1;
    for (const key of stale) cache.values.delete(key);
    for (const [key, value] of written) cache.values.set(key, value);
  }

  /** Drops all values of the tenant. */
  clear(tenant: TenantId): void {
    const cache = this.#of(tenant);
    cache.writes += 1;
    cache.values.clear();
  }

  /** Drops all values. */
  clearAll(): void {
    for (const tenant of this.#tenants.keys()) this.clear(tenant);
  }

  /** Replaces one value; `undefined` drops it. Does not count as a write: call it after `write`. */
  change(tenant: TenantId, key: EntityKey, changed: (value: Value | undefined) => Value | undefined): void {
    const { values } = this.#of(tenant);
    const value = changed(values.get(key));
    if (value) values.set(key, value);
    else values.delete(key);
  }

  /**
   * Values by the requested keys: cached ones, and the others through one call of `read`.
   * If a write came in the meantime, the read values are not cached, since they may be older than the write.
   */
  async load(
    tenant: TenantId,
    keys: readonly EntityKey[],
    read: (missing: readonly EntityKey[]) => Promise<ReadonlyMap<EntityKey, Value>>,
  ): Promise<ReadonlyMap<EntityKey, Value>> {
    const cache = this.#of(tenant);
    const found = new Map<EntityKey, Value>();
    const missing: EntityKey[] = [];
    for (const key of new Set(keys)) {
      const value = cache.values.get(key);
      if (value) found.set(key, value);
      else missing.push(key);
    }
    if (missing.length === 0) return found;
    const { writes } = cache;
    for (const [key, value] of await read(missing)) {
      found.set(key, value);
      if (cache.writes === writes) cache.values.set(key, value);
    }
    return found;
  }

  #of(tenant: TenantId): { readonly values: LRUCache<EntityKey, Value>; writes: number } {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const fresh = { values: new LRUCache<EntityKey, Value>({ max: this.maxPerTenant }), writes: 0 };
    this.#tenants.set(tenant, fresh);
    return fresh;
  }
}
