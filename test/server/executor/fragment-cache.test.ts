import { describe, expect, it } from "@jest/globals";
import { FragmentCache, FragmentStores } from "../../../src/server/executor/fragment-cache";

const TEXT = "x".repeat(50);
/** What one entry of `TEXT` is counted as. */
const ENTRY = TEXT.length + 100;

/** Offers the text twice: it is kept from the second time on. */
function keep(stores: FragmentStores, source: object, text = TEXT): void {
  const store = stores.storeFor("");
  store.offer(source, 0, text);
  store.offer(source, 0, text);
}

describe("FragmentCache", () => {
  it("keeps a text from the second time on, for the version that it was made of", () => {
    const store = new FragmentStores(new FragmentCache(10_000)).storeFor("");
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
      expect(stores.storeFor("").get(asked, 0)).toBe(TEXT);
      expect(cache.bytes).toBeLessThanOrEqual(10 * ENTRY);
    }
    expect(stores.storeFor("").get(unasked, 0)).toBeNull();
    expect(cache.bytes).toBeGreaterThan(0);
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
    stores.storeFor("").get(source, 0);
    keep(stores, source);
    stores.storeFor("").get(source, 0);
    expect([cache.hits, cache.misses]).toEqual([1, 1]);
  });

  it("keeps nothing under variables of any length", () => {
    const stores = new FragmentStores(new FragmentCache(10_000));
    const long = "v".repeat(1_001);
    expect(stores.storeFor(long)).not.toBe(stores.storeFor(long));
    expect(stores.storeFor("[1]")).toBe(stores.storeFor("[1]"));
  });
});
