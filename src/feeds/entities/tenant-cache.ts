import { LRUCache } from "lru-cache";
import type { EntityKey } from "../../domain/entity-key";

/** What was read about entities, by tenant and key, until something is written about them. */
export class TenantCache<Value extends object> {
  readonly #tenants = new Map<string, { readonly values: LRUCache<EntityKey, Value>; writes: number }>();

  constructor(private readonly maxPerTenant: number) {}

  /** How often something was written. */
  writes(tenant: string): number {
    return this.#tenants.get(tenant)?.writes ?? 0;
  }

  peek(tenant: string, key: EntityKey): Value | undefined {
    return this.#tenants.get(tenant)?.values.get(key);
  }

  /** Puts in what was written, and drops what is to be read again. */
  write(tenant: string, written: Iterable<readonly [EntityKey, Value]>, stale: readonly EntityKey[]): void {
    const cache = this.#of(tenant);
    cache.writes += 1;
    for (const key of stale) cache.values.delete(key);
    for (const [key, value] of written) cache.values.set(key, value);
  }

  /** Drops everything: all of it is to be read again. */
  clear(tenant: string): void {
    const cache = this.#of(tenant);
    cache.writes += 1;
    cache.values.clear();
  }

  /** Changes one value, or drops it where it becomes `undefined`. Belongs to the last write. */
  change(tenant: string, key: EntityKey, changed: (value: Value | undefined) => Value | undefined): void {
    const { values } = this.#of(tenant);
    const value = changed(values.get(key));
    if (value) values.set(key, value);
    else values.delete(key);
  }

  /**
   * By the keys asked for: what is in memory, and the rest through one call of `read`.
   * What was read is kept only where nothing was written meanwhile: it could be older than the write.
   */
  async load(
    tenant: string,
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

  #of(tenant: string): { readonly values: LRUCache<EntityKey, Value>; writes: number } {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const fresh = { values: new LRUCache<EntityKey, Value>({ max: this.maxPerTenant }), writes: 0 };
    this.#tenants.set(tenant, fresh);
    return fresh;
  }
}
