import { describe, expect, it } from "@jest/globals";
import type { Icp } from "../../../src/domain/profile";
import { Icps } from "../../../src/feeds/profiles/icps";
import { deferred, NOW } from "../../support/fake-feed";
import { ANYBODY } from "../../support/surfe-stack";

function icpOf(id: string, externalUserId: string | null): Icp {
  return { id, externalUserId, profile: ANYBODY, createdAt: NOW, updatedAt: NOW };
}

describe("Icps", () => {
  it("reads a profile once, each user's and tenant's own", async () => {
    const reads: string[] = [];
    const icps = new Icps({
      byExternalUserId: (tenant, user) => {
        reads.push(`${tenant} ${String(user)}`);
        return Promise.resolve(user === "nobody" ? null : icpOf(`${tenant} ${String(user)}`, user));
      },
    });
    expect(icps.peek("acme", "u1")).toBeUndefined();
    for (const [tenant, user] of [
      ["acme", "u1"],
      ["acme", null],
      ["other", "u1"],
      ["acme", "u1"],
      ["acme", null],
    ] as const) {
      expect(await icps.load(tenant, user)).toEqual(icpOf(`${tenant} ${String(user)}`, user));
    }
    expect([await icps.load("acme", "nobody"), await icps.load("acme", "nobody")]).toEqual([null, null]);
    expect(reads).toEqual(["acme u1", "acme null", "other u1", "acme nobody", "acme nobody"]);
  });

  it("prefers what was saved while it was read", async () => {
    const slow = deferred<Icp | null>();
    const icps = new Icps({ byExternalUserId: () => slow.promise });
    const loading = icps.load("acme", "u1");
    icps.keep("acme", icpOf("new", "u1"));
    slow.resolve(icpOf("old", "u1"));
    expect((await loading)?.id).toBe("new");
    expect(icps.peek("acme", "u1")?.id).toBe("new");
  });
});
