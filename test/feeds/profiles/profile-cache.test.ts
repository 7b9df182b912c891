import { describe, expect, it } from "@jest/globals";
import type { Profile } from "../../../src/domain/profile";
import { ProfileCache } from "../../../src/feeds/profiles/profile-cache";
import { deferred, NOW } from "../../support/fake-feed";
import { ANYBODY } from "../../support/surfe-stack";

function profileOf(id: string, externalUserId: string | null): Profile {
  return { id, externalUserId, criteria: ANYBODY, createdAt: NOW, updatedAt: NOW };
}

describe("ProfileCache", () => {
  it("reads a profile once, each user's and tenant's own", async () => {
    const reads: string[] = [];
    const cache = new ProfileCache({
      byExternalUserId: (tenant, user) => {
        reads.push(`${tenant} ${String(user)}`);
        return Promise.resolve(user === "nobody" ? null : profileOf(`${tenant} ${String(user)}`, user));
      },
    });
    expect(cache.peek("acme", "u1")).toBeUndefined();
    for (const [tenant, user] of [
      ["acme", "u1"],
      ["acme", null],
      ["other", "u1"],
      ["acme", "u1"],
      ["acme", null],
    ] as const) {
      expect(await cache.load(tenant, user)).toEqual(profileOf(`${tenant} ${String(user)}`, user));
    }
    expect([await cache.load("acme", "nobody"), await cache.load("acme", "nobody")]).toEqual([null, null]);
    expect(reads).toEqual(["acme u1", "acme null", "other u1", "acme nobody", "acme nobody"]);
  });

  it("prefers what was saved while it was read", async () => {
    const slow = deferred<Profile | null>();
    const cache = new ProfileCache({ byExternalUserId: () => slow.promise });
    const loading = cache.load("acme", "u1");
    cache.keep("acme", profileOf("new", "u1"));
    slow.resolve(profileOf("old", "u1"));
    expect((await loading)?.id).toBe("new");
    expect(cache.peek("acme", "u1")?.id).toBe("new");
  });
});
