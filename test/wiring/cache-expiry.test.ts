import { beforeEach, describe, expect, it } from "@jest/globals";
import { CacheExpiry, type ExpiringCaches } from "../../src/wiring/cache-expiry";
import { ACME_TENANT } from "../support/tenants";

let done: string[];
let expiry: CacheExpiry;

beforeEach(() => {
  done = [];
  const note =
    (name: string) =>
    (...values: readonly unknown[]): void =>
      void done.push([name, ...values].map(String).join(" "));
  const caches = {
    entities: { expire: note("entities"), dropRecommendations: note("recommendations") },
    profileCache: { expire: note("profiles") },
    feeds: () => ({ expire: note("feeds"), expireByIds: note("feeds by id"), release: note("release feeds") }),
  };
  expiry = new CacheExpiry(caches as unknown as ExpiringCaches, note("rows"));
  expiry.onForgotten(note("pages"));
});

describe("CacheExpiry", () => {
  it.each([
    ["anything of a tenant", null, ["feeds acme", "entities acme", "profiles"], 1],
    ["feeds alone", { feeds: ["f1", "f2"], entities: false }, ["feeds by id f1,f2", "recommendations acme"], 0],
    ["feeds, companies and people", { feeds: ["f1"], entities: true }, ["feeds by id f1", "entities acme"], 0],
  ] as const)("drops what another process replaced: %s", (_, replaced, expected, writes) => {
    expiry.onWrite(ACME_TENANT, false, replaced);
    expect(done).toEqual(expected);
    expect(expiry.writesOfOthers).toBe(writes);
  });

  it.each([
    ["of a tenant", ACME_TENANT, null],
    ["of a tenant, whatever else was replaced", ACME_TENANT, { feeds: ["f1"], entities: false }],
    ["or anything was missed", null, null],
  ])("keeps nothing where another process has forgotten a person %s", (_, tenant, replaced) => {
    expiry.onWrite(tenant, true, replaced);
    expect(done).toEqual([
      `release feeds ${String(tenant)}`,
      `entities ${String(tenant)}`,
      "profiles",
      "rows",
      "pages",
    ]);
    expect(expiry.writesOfOthers).toBe(1);
  });

  it("keeps nothing where this process has forgotten a person", () => {
    expiry.forget(ACME_TENANT);
    expect(done).toEqual(["release feeds acme", "entities acme", "profiles", "rows", "pages"]);
    expect(expiry.writesOfOthers).toBe(0);
  });
});
