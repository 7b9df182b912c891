import { describe, expect, it } from "@jest/globals";
import { SharedCache } from "../../src/domain/shared-cache";
import { tenantId, type TenantId } from "../../src/domain/tenant-id";

const [A, B, C] = [tenantId("a"), tenantId("b"), tenantId("c")];

const numbered = (count: number) => Array.from({ length: count }, (_, i) => String(i));

function held(cache: SharedCache<string>, tenant: TenantId, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => cache.get(tenant, key) !== undefined);
}

describe("SharedCache", () => {
  it("keeps values apart by tenant", () => {
    const cache = new SharedCache<string>({ max: 10 });
    cache.set(A, "key", "of a");
    cache.set(B, "key", "of b");
    cache.set(A, "key", "of a, later");
    cache.delete(B, "key");
    cache.delete(C, "key");

    expect([cache.get(A, "key"), cache.get(B, "key"), cache.get(C, "key"), cache.size]).toEqual([
      "of a, later",
      undefined,
      undefined,
      1,
    ]);
  });

  it("lets one tenant alone have all of it, and drops the least recently used", () => {
    const cache = new SharedCache<string>({ max: 3 });
    for (const key of ["0", "1", "2"]) cache.set(A, key, key);
    cache.get(A, "0");
    cache.set(A, "3", "3");

    expect([held(cache, A, numbered(4)), cache.size]).toEqual([["0", "2", "3"], 3]);
  });

  it("takes nothing from a tenant for one that has more, whatever that one adds", () => {
    const cache = new SharedCache<string>({ max: 10 });
    for (const key of numbered(4)) cache.set(tenantId("small"), key, key);
    for (const key of numbered(1_000)) cache.set(tenantId("large"), key, key);

    expect(held(cache, tenantId("small"), numbered(4))).toEqual(["0", "1", "2", "3"]);
    expect(held(cache, tenantId("large"), numbered(1_000))).toEqual(["994", "995", "996", "997", "998", "999"]);
  });

  it("takes from the one that has most for one that comes later, until both have the same", () => {
    const cache = new SharedCache<string>({ max: 10 });
    for (const key of numbered(10)) cache.set(tenantId("early"), key, key);
    for (const key of numbered(10)) cache.set(tenantId("late"), key, key);

    expect(held(cache, tenantId("early"), numbered(10))).toEqual(["5", "6", "7", "8", "9"]);
    expect(held(cache, tenantId("late"), numbered(10))).toEqual(["5", "6", "7", "8", "9"]);
  });

  it("counts sizes, and does not keep what is larger than all of it", () => {
    const cache = new SharedCache<string>({ max: 10, sizeOf: ({ length }) => length });
    cache.set(A, "one", "12345");
    cache.set(B, "two", "1234567");
    expect([cache.get(A, "one"), cache.get(B, "two"), cache.size]).toEqual(["12345", undefined, 5]);
    cache.set(A, "one", "12345678901");
    expect([cache.get(A, "one"), cache.size]).toEqual([undefined, 0]);
  });

  it("tells which keys it dropped", () => {
    const dropped: string[] = [];
    const cache = new SharedCache<string>({ max: 2, onDropped: (key) => dropped.push(key) });
    cache.set(A, "0", "0");
    cache.set(A, "0", "other");
    for (const key of ["1", "2"]) cache.set(A, key, key);
    cache.set(B, "3", "3");
    cache.delete(B, "3");

    expect(dropped).toEqual(["0", "1", "3"]);
  });

  it("can limit the values of one tenant, and be cleared", () => {
    const cache = new SharedCache<string>({ max: 10, maxPerTenant: 2 });
    for (const key of numbered(3)) cache.set(A, key, key);
    expect([held(cache, A, numbered(3)), cache.size]).toEqual([["1", "2"], 2]);
    cache.clear();
    expect([held(cache, A, numbered(3)), cache.size]).toEqual([[], 0]);
    cache.set(A, "0", "0");
    expect(cache.get(A, "0")).toBe("0");
  });

  it("drops all values of one tenant, and has room again", () => {
    const cache = new SharedCache<string>({ max: 4 });
    for (const key of ["0", "1", "2"]) cache.set(A, key, key);
    cache.set(B, "3", "3");
    cache.clearOf(A);
    cache.clearOf(C);
    expect([held(cache, A, numbered(4)), held(cache, B, numbered(4)), cache.size]).toEqual([[], ["3"], 1]);
    for (const key of ["0", "1", "2"]) cache.set(B, key, key);
    expect(held(cache, B, numbered(4))).toEqual(["0", "1", "2", "3"]);
  });
});
