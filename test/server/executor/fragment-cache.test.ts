import { describe, expect, it } from "@jest/globals";
import { FragmentCache, FragmentStores } from "../../../src/server/executor/fragment-cache";

const TEXT = "x".repeat(50);
/** What one entry of `TEXT` is counted as. */
const ENTRY = TEXT.length + 100;

/** Offers the text twice: it is kept from the second time on. */
function keep(stores: FragmentStores, source: object, text = TEXT, tenant = "acme"): void {
  const store = stores.storeFor(tenant, "");
  store.offer(source, 0, text);
  store.offer(source, 0, text);
}

describe("FragmentCache", () => {
  it("keeps a text from the second time on, for the version that it was made of", () => {
    const store = new FragmentStores(new FragmentCache(10_000)).storeFor("acme", "");
    const source = {};
    store.offer(source, 1, TEXT);
    expect(store.get(source, 1)).toBeNull();
    store.offer(source, 1, TEXT);
    expect(store.get(source, 1)).toBe(TEXT);
    expect(store.get(source, 2)).toBeNull();
  });

  it("never has more bytes than it may, and forgets what was not asked for lately", () => {
    const cache = new FragmentCache(10 * ENTRY);
    const stores = new FragmentStores(cache);
    const [asked, unasked, ...others] = Array.from({ length: 40 }, () => ({}));
    if (!asked || !unasked) throw new Error("no objects");
    keep(stores, asked);
    keep(stores, unasked);
    for (const source of others) {
      keep(stores, source);
      expect(stores.storeFor("acme", "").get(asked, 0)).toBe(TEXT);
      expect(cache.bytes).toBeLessThanOrEqual(10 * ENTRY);
    }
    expect(stores.storeFor("acme", "").get(unasked, 0)).toBeNull();
    expect(cache.bytes).toBeGreaterThan(0);
  });

  it.each([1, 5])("takes nothing from a tenant with %i texts for one that has more", (count) => {
    const cache = new FragmentCache(20 * ENTRY);
    const stores = new FragmentStores(cache);
    const [few, many] = [count, 200].map((length) => Array.from({ length }, () => ({}))) as [object[], object[]];
    for (const source of few) keep(stores, source, TEXT, "small");
    for (const source of many) {
      keep(stores, source, TEXT, "large");
      expect(cache.bytes).toBeLessThanOrEqual(20 * ENTRY);
    }
    expect(few.map((source) => stores.storeFor("small", "").get(source, 0))).toEqual(Array<string>(count).fill(TEXT));
  });

  it("keeps texts of one tenant apart from those of others", () => {
    const stores = new FragmentStores(new FragmentCache(10_000));
    expect(stores.storeFor("a", "[1]")).not.toBe(stores.storeFor("b", "[1]"));
  });

  it("takes from the tenant that has most where a third one needs room", () => {
    const cache = new FragmentCache(20 * ENTRY);
    const stores = new FragmentStores(cache);
    const sources = (length: number) => Array.from({ length }, () => ({}));
    const kept = { first: sources(10), second: sources(6), third: sources(20) };
    for (const [tenant, all] of Object.entries(kept)) for (const source of all) keep(stores, source, TEXT, tenant);
    const held = Object.entries(kept).map(
      ([tenant, all]) => all.filter((source) => stores.storeFor(tenant, "").get(source, 0) !== null).length,
    );

    expect(held[1]).toBe(6);
    expect(cache.bytes).toBeLessThanOrEqual(20 * ENTRY);
  });

  it("does not keep a text that would push out most of the others", () => {
    const cache = new FragmentCache(10 * ENTRY);
    const stores = new FragmentStores(cache);
    keep(stores, {}, "x".repeat(10 * ENTRY));
    expect(cache.bytes).toBe(0);
  });

  it("counts what it had and what it had not", () => {
    const cache = new FragmentCache(10_000);
    const stores = new FragmentStores(cache);
    const source = {};
    stores.storeFor("acme", "").get(source, 0);
    keep(stores, source);
    stores.storeFor("acme", "").get(source, 0);
    expect([cache.hits, cache.misses]).toEqual([1, 1]);
  });

  it("keeps nothing under variables of any length", () => {
    const stores = new FragmentStores(new FragmentCache(10_000));
    const long = "v".repeat(1_001);
    expect(stores.storeFor("acme", long)).not.toBe(stores.storeFor("acme", long));
    expect(stores.storeFor("acme", "[1]")).toBe(stores.storeFor("acme", "[1]"));
  });
});
