import { describe, expect, it } from "@jest/globals";
import { tenantId } from "../../../src/domain/tenant-id";
import { FragmentCache, FragmentStores } from "../../../src/server/executor/fragment-cache";
import { ACME_TENANT } from "../../support/tenants";

const TEXT = "x".repeat(50);
/** What one entry of `TEXT` is counted as. */
const ENTRY = TEXT.length + 100;

/** Offers the text twice: it is kept from the second time on. */
function keep(stores: FragmentStores, source: object, text = TEXT, tenant = ACME_TENANT): void {
  const store = stores.storeFor(tenantId(tenant), "");
  store.offer(source, 0, text);
  store.offer(source, 0, text);
}

describe("FragmentCache", () => {
  it("keeps a text from the second time on, for the version that it was made of", () => {
    const store = new FragmentStores(new FragmentCache(10_000)).storeFor(ACME_TENANT, "");
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
      expect(stores.storeFor(ACME_TENANT, "").get(asked, 0)).toBe(TEXT);
      expect(cache.bytes).toBeLessThanOrEqual(10 * ENTRY);
    }
    expect(stores.storeFor(ACME_TENANT, "").get(unasked, 0)).toBeNull();
    expect(cache.bytes).toBeGreaterThan(0);
  });

  it.each([1, 5])("takes nothing from a tenant with %i texts for one that has more", (count) => {
    const cache = new FragmentCache(20 * ENTRY);
    const stores = new FragmentStores(cache);
    const [few, many] = [count, 200].map((length) => Array.from({ length }, () => ({}))) as [object[], object[]];
    for (const source of few) keep(stores, source, TEXT, tenantId("small"));
    for (const source of many) {
      keep(stores, source, TEXT, tenantId("large"));
      expect(cache.bytes).toBeLessThanOrEqual(20 * ENTRY);
    }
    expect(few.map((source) => stores.storeFor(tenantId("small"), "").get(source, 0))).toEqual(
      Array<string>(count).fill(TEXT),
    );
  });

  it("keeps texts of one tenant apart from those of others", () => {
    const stores = new FragmentStores(new FragmentCache(10_000));
    expect(stores.storeFor(tenantId("a"), "[1]")).not.toBe(stores.storeFor(tenantId("b"), "[1]"));
  });

  it("takes from the tenant that has most where a third one needs room", () => {
    const cache = new FragmentCache(20 * ENTRY);
    const stores = new FragmentStores(cache);
    const sources = (length: number) => Array.from({ length }, () => ({}));
    const kept = { first: sources(10), second: sources(6), third: sources(20) };
    for (const [tenant, all] of Object.entries(kept))
      for (const source of all) keep(stores, source, TEXT, tenantId(tenant));
    const held = Object.entries(kept).map(
      ([tenant, all]) => all.filter((source) => stores.storeFor(tenantId(tenant), "").get(source, 0) !== null).length,
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
    stores.storeFor(ACME_TENANT, "").get(source, 0);
    keep(stores, source);
    stores.storeFor(ACME_TENANT, "").get(source, 0);
    expect([cache.hits, cache.misses]).toEqual([1, 1]);
  });

  it("keeps nothing under variables of any length", () => {
    const stores = new FragmentStores(new FragmentCache(10_000));
    const long = "v".repeat(1_001);
    expect(stores.storeFor(ACME_TENANT, long)).not.toBe(stores.storeFor(ACME_TENANT, long));
    expect(stores.storeFor(ACME_TENANT, "[1]")).toBe(stores.storeFor(ACME_TENANT, "[1]"));
  });
});
