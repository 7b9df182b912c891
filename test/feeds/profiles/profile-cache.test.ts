import { describe, expect, it } from "@jest/globals";
import type { Profile } from "../../../src/domain/profile";
import { ProfileCache } from "../../../src/feeds/profiles/profile-cache";
import { deferred, NOW } from "../../support/fake-feed";
import { ANYBODY } from "../../support/surfe-stack";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

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
    expect(cache.peek(ACME_TENANT, "u1")).toBeUndefined();
    for (const [tenant, user] of [
      [ACME_TENANT, "u1"],
      [ACME_TENANT, null],
      [OTHER_TENANT, "u1"],
      [ACME_TENANT, "u1"],
      [ACME_TENANT, null],
    ] as const) {
      expect(await cache.load(tenant, user)).toEqual(profileOf(`${tenant} ${String(user)}`, user));
    }
    expect([await cache.load(ACME_TENANT, "nobody"), await cache.load(ACME_TENANT, "nobody")]).toEqual([null, null]);
    expect(reads).toEqual(["acme u1", "acme null", "other u1", "acme nobody", "acme nobody"]);
  });

  it("prefers what was saved while it was read", async () => {
    const slow = deferred<Profile | null>();
    const cache = new ProfileCache({ byExternalUserId: () => slow.promise });
    const loading = cache.load(ACME_TENANT, "u1");
    cache.keep(ACME_TENANT, profileOf("new", "u1"));
    slow.resolve(profileOf("old", "u1"));
    expect((await loading)?.id).toBe("new");
    expect(cache.peek(ACME_TENANT, "u1")?.id).toBe("new");
  });
});
