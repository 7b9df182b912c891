import { beforeEach, describe, expect, it } from "@jest/globals";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { TenantCache } from "../../../src/feeds/entities/tenant-cache";
import { deferred } from "../../support/fake-feed";

const [A, B, C] = ["a", "b", "c"].map((name) => entityKey("Company", "surfe", name)) as [
  EntityKey,
  EntityKey,
  EntityKey,
];

let reads: (readonly EntityKey[])[];
let cache: TenantCache<{ readonly name: string }>;

beforeEach(() => {
  reads = [];
  cache = new TenantCache(2);
});

function read(keys: readonly EntityKey[]) {
  reads.push(keys);
  return Promise.resolve(new Map(keys.filter((key) => key !== C).map((key) => [key, { name: key }])));
}

describe("TenantCache", () => {
  it("reads what is missing at once, each key once, and then from memory", async () => {
    expect(cache.peek("acme", A)).toBeUndefined();
    expect(await cache.load("acme", [A, B, A], read)).toEqual(
      new Map([
        [A, { name: A }],
        [B, { name: B }],
      ]),
    );
    expect(await cache.load("acme", [B, A], read)).toEqual(
      new Map([
        [B, { name: B }],
        [A, { name: A }],
      ]),
    );
    expect(cache.peek("acme", A)).toEqual({ name: A });
    expect(reads).toEqual([[A, B]]);
  });

  it("asks again for what was not found", async () => {
    expect(await cache.load("acme", [C], read)).toEqual(new Map());
    await cache.load("acme", [C, A], read);
    await cache.load("acme", [C, A], read);
    expect(reads).toEqual([[C], [C, A], [C]]);
  });

  it("keeps tenants apart", async () => {
    await cache.load("acme", [A], read);
    expect(cache.peek("other", A)).toBeUndefined();
    await cache.load("other", [A], read);
    cache.write("acme", [], [A]);
    expect([cache.peek("acme", A), cache.peek("other", A)]).toEqual([undefined, { name: A }]);
  });

  it("does not keep what was read before a write that came while it was read", async () => {
    const slow = deferred<ReadonlyMap<EntityKey, { readonly name: string }>>();
    const loading = cache.load("acme", [A], () => slow.promise);
    cache.write("acme", [], [B]);
    slow.resolve(new Map([[A, { name: "old" }]]));
    expect(await loading).toEqual(new Map([[A, { name: "old" }]]));
    expect(cache.peek("acme", A)).toBeUndefined();
  });

  it("counts a tenant's writes", () => {
    expect(cache.writes("acme")).toBe(0);
    cache.write("acme", [], [A]);
    cache.write("acme", [], []);
    expect([cache.writes("acme"), cache.writes("other")]).toEqual([2, 0]);
  });

  it("drops the least recently read past its size", async () => {
    await cache.load("acme", [A], read);
    await cache.load("acme", [B], read);
    cache.peek("acme", A);
    await cache.load("acme", [entityKey("Company", "surfe", "d")], read);
    expect([cache.peek("acme", A), cache.peek("acme", B)]).toEqual([{ name: A }, undefined]);
  });
});
