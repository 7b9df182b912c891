import type { EntityKey } from "../../domain/entity-key";
import { SharedCache } from "../../domain/shared-cache";
import type { TenantId } from "../../domain/tenant-id";

/**
 * A cache of values by tenant and entity key. A write of the tenant's records makes a value wrong: `Entities` replaces or drops it after
 * one of this process, and drops all of the tenant after one of another. The tenants share its
 * size.
 */
export class TenantCache<Value extends object> {
  readonly #values: SharedCache<Value>;
  readonly #writes = new Map<TenantId, number>();
  /** Each counts as a write of every tenant. */
  #clearings = 0;

  /**
   * @param max maximum size of the values of all tenants.
   * @param sizeOf size of a value, a whole number from 1, in the unit of `max`.
   */
  constructor(
    max: number,
    private readonly sizeOf: (value: Value) => number,
  ) {
    this.#values = new SharedCache({ max, sizeOf });
  }

  /** The number of writes of the tenant. */
  writes(tenant: TenantId): number {
    return (this.#writes.get(tenant) ?? 0) + this.#clearings;
  }

  peek(tenant: TenantId, key: EntityKey): Value | undefined {
    return this.#values.get(tenant, key);
  }

  /** Stores the written values, each under its keys, and drops the stale ones. */
  write(
    tenant: TenantId,
    written: Iterable<readonly [readonly EntityKey[], Value]>,
    stale: readonly EntityKey[],
  ): void {
    this.#count(tenant);
    for (const key of stale) this.#values.delete(tenant, key);
    for (const [keys, value] of written) {
      const size = this.sizeOf(value);
      for (const key of keys) this.#values.set(tenant, key, value, size);
    }
  }

  /** Drops all values of the tenant. */
  clear(tenant: TenantId): void {
    this.#count(tenant);
    this.#values.clearOf(tenant);
  }

  /** Drops all values. */
  clearAll(): void {
    this.#clearings += 1;
    this.#values.clear();
  }

  /** Replaces one value; `undefined` drops it. Does not count as a write: call it after `write`. */
  change(tenant: TenantId, key: EntityKey, changed: (value: Value | undefined) => Value | undefined): void {
    const value = changed(this.#values.get(tenant, key));
    if (value) this.#values.set(tenant, key, value);
    else this.#values.delete(tenant, key);
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
    const found = new Map<EntityKey, Value>();
    const missing: EntityKey[] = [];
    for (const key of new Set(keys)) {
      const value = this.#values.get(tenant, key);
      if (value) found.set(key, value);
      else missing.push(key);
    }
    if (missing.length === 0) return found;
    const writes = this.writes(tenant);
    for (const [key, value] of await read(missing)) {
      found.set(key, value);
      if (this.writes(tenant) === writes) this.#values.set(tenant, key, value);
    }
    return found;
  }

  #count(tenant: TenantId): void {
    this.#writes.set(tenant, (this.#writes.get(tenant) ?? 0) + 1);
  }
}
