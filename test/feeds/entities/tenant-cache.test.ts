import { beforeEach, describe, expect, it } from "@jest/globals";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { TenantCache } from "../../../src/feeds/entities/tenant-cache";
import { deferred } from "../../support/fake-feed";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const [A, B, C] = ["a", "b", "c"].map((name) => entityKey("Company", "surfe", name)) as [
  EntityKey,
  EntityKey,
  EntityKey,
];

let reads: (readonly EntityKey[])[];
let cache: TenantCache<{ readonly name: string }>;

beforeEach(() => {
  reads = [];
  cache = new TenantCache(2, () => 1);
});

function read(keys: readonly EntityKey[]) {
  reads.push(keys);
  return Promise.resolve(new Map(keys.filter((key) => key !== C).map((key) => [key, { name: key }])));
}

describe("TenantCache", () => {
  it("reads what is missing at once, each key once, and then from memory", async () => {
    expect(cache.peek(ACME_TENANT, A)).toBeUndefined();
    expect(await cache.load(ACME_TENANT, [A, B, A], read)).toEqual(
      new Map([
        [A, { name: A }],
        [B, { name: B }],
      ]),
    );
    expect(await cache.load(ACME_TENANT, [B, A], read)).toEqual(
      new Map([
        [B, { name: B }],
        [A, { name: A }],
      ]),
    );
    expect(cache.peek(ACME_TENANT, A)).toEqual({ name: A });
    expect(reads).toEqual([[A, B]]);
  });

  it("asks again for what was not found", async () => {
    expect(await cache.load(ACME_TENANT, [C], read)).toEqual(new Map());
    await cache.load(ACME_TENANT, [C, A], read);
    await cache.load(ACME_TENANT, [C, A], read);
    expect(reads).toEqual([[C], [C, A], [C]]);
  });

  it("keeps tenants apart", async () => {
    await cache.load(ACME_TENANT, [A], read);
    expect(cache.peek(OTHER_TENANT, A)).toBeUndefined();
    await cache.load(OTHER_TENANT, [A], read);
    cache.write(ACME_TENANT, [], [A]);
    expect([cache.peek(ACME_TENANT, A), cache.peek(OTHER_TENANT, A)]).toEqual([undefined, { name: A }]);
  });

  it("does not keep what was read before a write that came while it was read", async () => {
    const slow = deferred<ReadonlyMap<EntityKey, { readonly name: string }>>();
    const loading = cache.load(ACME_TENANT, [A], () => slow.promise);
    cache.write(ACME_TENANT, [], [B]);
    slow.resolve(new Map([[A, { name: "old" }]]));
    expect(await loading).toEqual(new Map([[A, { name: "old" }]]));
    expect(cache.peek(ACME_TENANT, A)).toBeUndefined();
  });

  it("counts a tenant's writes", () => {
    expect(cache.writes(ACME_TENANT)).toBe(0);
    cache.write(ACME_TENANT, [], [A]);
    cache.write(ACME_TENANT, [], []);
    expect([cache.writes(ACME_TENANT), cache.writes(OTHER_TENANT)]).toEqual([2, 0]);
  });

  it("does not keep what was read before everything was dropped, though the tenant wrote nothing", async () => {
    const slow = deferred<ReadonlyMap<EntityKey, { readonly name: string }>>();
    const loading = cache.load(ACME_TENANT, [A], () => slow.promise);
    cache.clearAll();
    slow.resolve(new Map([[A, { name: "old" }]]));
    await loading;
    expect([cache.peek(ACME_TENANT, A), cache.writes(ACME_TENANT)]).toEqual([undefined, 1]);
  });

  it("drops what one tenant has, and nothing of others", async () => {
    await cache.load(ACME_TENANT, [A], read);
    await cache.load(OTHER_TENANT, [A], read);
    cache.clear(ACME_TENANT);
    expect([cache.peek(ACME_TENANT, A), cache.peek(OTHER_TENANT, A)]).toEqual([undefined, { name: A }]);
  });

  it("has one size for all tenants: the one that has most makes room", async () => {
    await cache.load(ACME_TENANT, [A, B], read);
    await cache.load(OTHER_TENANT, [A], read);
    const kept = [ACME_TENANT, OTHER_TENANT].map((tenant) =>
      [A, B].map((key) => cache.peek(tenant, key) !== undefined),
    );
    expect(kept).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it("drops the least recently read past its size", async () => {
    await cache.load(ACME_TENANT, [A], read);
    await cache.load(ACME_TENANT, [B], read);
    cache.peek(ACME_TENANT, A);
    await cache.load(ACME_TENANT, [entityKey("Company", "surfe", "d")], read);
    expect([cache.peek(ACME_TENANT, A), cache.peek(ACME_TENANT, B)]).toEqual([{ name: A }, undefined]);
  });
});
