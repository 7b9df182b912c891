import { describe, expect, it } from "@jest/globals";
import { SharedCache } from "../../src/domain/shared-cache";

const numbered = (count: number) => Array.from({ length: count }, (_, i) => String(i));

function held(cache: SharedCache<string>, tenant: string, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => cache.get(tenant, key) !== undefined);
}

describe("SharedCache", () => {
  it("keeps values apart by tenant", () => {
    const cache = new SharedCache<string>({ max: 10 });
    cache.set("a", "key", "of a");
    cache.set("b", "key", "of b");
    cache.set("a", "key", "of a, later");
    cache.delete("b", "key");
    cache.delete("c", "key");

    expect([cache.get("a", "key"), cache.get("b", "key"), cache.get("c", "key"), cache.size]).toEqual([
      "of a, later",
      undefined,
      undefined,
      1,
    ]);
  });

  it("lets one tenant alone have all of it, and drops the least recently used", () => {
    const cache = new SharedCache<string>({ max: 3 });
    for (const key of ["0", "1", "2"]) cache.set("a", key, key);
    cache.get("a", "0");
    cache.set("a", "3", "3");

    expect([held(cache, "a", numbered(4)), cache.size]).toEqual([["0", "2", "3"], 3]);
  });

  it("takes nothing from a tenant for one that has more, whatever that one adds", () => {
    const cache = new SharedCache<string>({ max: 10 });
    for (const key of numbered(4)) cache.set("small", key, key);
    for (const key of numbered(1_000)) cache.set("large", key, key);

    expect(held(cache, "small", numbered(4))).toEqual(["0", "1", "2", "3"]);
    expect(held(cache, "large", numbered(1_000))).toEqual(["994", "995", "996", "997", "998", "999"]);
  });

  it("takes from the one that has most for one that comes later, until both have the same", () => {
    const cache = new SharedCache<string>({ max: 10 });
    for (const key of numbered(10)) cache.set("early", key, key);
    for (const key of numbered(10)) cache.set("late", key, key);

    expect(held(cache, "early", numbered(10))).toEqual(["5", "6", "7", "8", "9"]);
    expect(held(cache, "late", numbered(10))).toEqual(["5", "6", "7", "8", "9"]);
  });

  it("counts sizes, and does not keep what is larger than all of it", () => {
    const cache = new SharedCache<string>({ max: 10, sizeOf: ({ length }) => length });
    cache.set("a", "one", "12345");
    cache.set("b", "two", "1234567");
    expect([cache.get("a", "one"), cache.get("b", "two"), cache.size]).toEqual(["12345", undefined, 5]);
    cache.set("a", "one", "12345678901");
    expect([cache.get("a", "one"), cache.size]).toEqual([undefined, 0]);
  });

  it("tells which keys it dropped", () => {
    const dropped: string[] = [];
    const cache = new SharedCache<string>({ max: 2, onDropped: (key) => dropped.push(key) });
    cache.set("a", "0", "0");
    cache.set("a", "0", "other");
    for (const key of ["1", "2"]) cache.set("a", key, key);
    cache.set("b", "3", "3");
    cache.delete("b", "3");

    expect(dropped).toEqual(["0", "1", "3"]);
  });

  it("can limit the values of one tenant, and be cleared", () => {
    const cache = new SharedCache<string>({ max: 10, maxPerTenant: 2 });
    for (const key of numbered(3)) cache.set("a", key, key);
    expect([held(cache, "a", numbered(3)), cache.size]).toEqual([["1", "2"], 2]);
    cache.clear();
    expect([held(cache, "a", numbered(3)), cache.size]).toEqual([[], 0]);
    cache.set("a", "0", "0");
    expect(cache.get("a", "0")).toBe("0");
  });
});
