import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { ProfileCriteria } from "../../src/domain/profile";
import type { TenantId } from "../../src/domain/tenant-id";
import type { ProfilePart, ProfileToSave } from "../../src/feeds/profiles/profile-store.port";
import type { Database } from "../../src/store/open-database";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { SqlProfileStore } from "../../src/store/profile.sql";
import { HEAD, NOW } from "../support/fake-feed";
import { ANYBODY } from "../support/surfe-stack";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";
import { openTestDatabase } from "../support/test-database";

const LATER = new Date("2026-11-21T10:00:00Z");
const FRENCH: ProfileCriteria = { ...ANYBODY, people: { ...ANYBODY.people, countries: ["FR"] } };

let database: Database;
let store: SqlProfileStore;

beforeEach(async () => {
  database = await openTestDatabase();
  store = new SqlProfileStore(database);
});

afterEach(() => database.destroy());

function saved(changes: Partial<ProfileToSave> = {}): ProfileToSave {
  return {
    tenant: ACME_TENANT,
    id: "1",
    externalUserId: "u1",
    criteria: ANYBODY,
    sent: true,
    at: NOW,
    closing: { connection: "icp:1", goesOn: () => true },
    ...changes,
  };
}

const ALL: ProfilePart = { direction: "forward", count: 9, after: null, before: null };

async function listed(tenant: TenantId, part = ALL) {
  const { members, hasPrevious, hasNext, total } = await store.part(tenant, part);
  return { ids: members.map(({ profile }) => profile.id), before: hasPrevious, after: hasNext, total };
}

describe("SqlProfileStore", () => {
  it("creates a profile, and finds it by its user and id", async () => {
    const profile = { id: "1", externalUserId: "u1", criteria: ANYBODY, createdAt: NOW, updatedAt: NOW };
    expect(await store.save(saved())).toEqual(profile);
    expect(await store.byExternalUserId(ACME_TENANT, "u1")).toEqual(profile);
    expect(await store.byIds(ACME_TENANT, ["1", "2"])).toEqual(new Map([["1", profile]]));
    expect(await store.byExternalUserId(ACME_TENANT, null)).toBeNull();
    expect(await store.byExternalUserId(OTHER_TENANT, "u1")).toBeNull();
    expect(await store.byIds(OTHER_TENANT, ["1"])).toEqual(new Map());
  });

  it("replaces a user's profile, which keeps its id, time of creation and place", async () => {
    await store.save(saved());
    await store.save(saved({ id: "2", externalUserId: null }));
    expect(await store.save(saved({ id: "3", criteria: FRENCH, at: LATER }))).toEqual({
      id: "1",
      externalUserId: "u1",
      criteria: FRENCH,
      createdAt: NOW,
      updatedAt: LATER,
    });
    expect(await listed(ACME_TENANT)).toEqual({ ids: ["1", "2"], before: false, after: false, total: 2 });
  });

  it("lists a tenant's profiles, oldest first, with growing marks", async () => {
    await store.save(saved());
    await store.save(saved({ tenant: OTHER_TENANT }));
    await store.save(saved({ id: "2", externalUserId: "u2" }));
    const { members } = await store.part(ACME_TENANT, { direction: "forward", count: 9, after: null, before: null });
    expect(members.map(({ profile, mark }) => [profile.id, profile.externalUserId, mark])).toEqual([
      ["1", "u1", 1],
      ["2", "u2", 2],
    ]);
  });

  it("lists parts of them both ways, and tells what is around, of an empty part too", async () => {
    for (const id of ["1", "2", "3", "4", "5"]) await store.save(saved({ id, externalUserId: id }));
    const part = (direction: ProfilePart["direction"], count: number, after: number | null, before: number | null) =>
      listed(ACME_TENANT, { direction, count, after, before });
    expect(
      await Promise.all([
        part("forward", 2, null, null),
        part("forward", 2, 2, null),
        part("forward", 9, 1, 4),
        part("forward", 0, 2, null),
        part("forward", 3, 5, null),
        part("forward", 3, 4, 2),
        part("backward", 2, null, null),
        part("backward", 2, null, 3),
        part("backward", 9, 2, null),
        part("backward", 0, null, null),
        part("backward", 3, null, 1),
        part("backward", 3, 4, 2),
      ]),
    ).toEqual([
      { ids: ["1", "2"], before: false, after: true, total: 5 },
      { ids: ["3", "4"], before: true, after: true, total: 5 },
      { ids: ["2", "3"], before: true, after: true, total: 5 },
      { ids: [], before: true, after: true, total: 5 },
      { ids: [], before: true, after: false, total: 5 },
      { ids: [], before: true, after: true, total: 5 },
      { ids: ["4", "5"], before: true, after: false, total: 5 },
      { ids: ["1", "2"], before: false, after: true, total: 5 },
      { ids: ["3", "4", "5"], before: true, after: false, total: 5 },
      { ids: [], before: true, after: false, total: 5 },
      { ids: [], before: false, after: true, total: 5 },
      { ids: [], before: true, after: true, total: 5 },
    ]);
    expect(await listed(OTHER_TENANT)).toEqual({ ids: [], before: false, after: false, total: 0 });
  });

  it("closes the feeds of the profile that was replaced", async () => {
    const feeds = new SqlFeedStore(database);
    await feeds.create(HEAD);
    await store.save(saved({ closing: { connection: "icp:1", goesOn: ({ query }) => query === "new" } }));
    expect((await feeds.byIds(ACME_TENANT, [HEAD.id])).get(HEAD.id)?.closed).toBe(true);
  });

  it("deletes a profile and closes all feeds of its connection, and goes on counting", async () => {
    const feeds = new SqlFeedStore(database);
    await feeds.create(HEAD);
    await feeds.create({ ...HEAD, id: "22222222-2222-4222-8222-222222222222", connection: "icp:2" });
    for (const id of ["1", "2", "3"]) await store.save(saved({ id, externalUserId: id }));
    await store.save(saved({ tenant: OTHER_TENANT }));
    await store.delete(ACME_TENANT, "1", HEAD.connection);
    const kept = await feeds.byIds(ACME_TENANT, [HEAD.id, "22222222-2222-4222-8222-222222222222"]);
    expect([...kept.values()].map(({ connection, closed }) => [connection, closed])).toEqual([
      [HEAD.connection, true],
      ["icp:2", false],
    ]);
    expect(await store.byExternalUserId(ACME_TENANT, "1")).toBeNull();
    expect(await listed(ACME_TENANT)).toEqual({ ids: ["2", "3"], before: false, after: false, total: 2 });
    await store.save(saved({ id: "1", externalUserId: "1", at: LATER }));
    expect(await listed(ACME_TENANT)).toEqual({ ids: ["2", "3", "1"], before: false, after: false, total: 3 });
    expect((await listed(OTHER_TENANT)).total).toBe(1);
  });

  it("keeps the provider's own id of a profile, which nothing but another one replaces", async () => {
    const { providerId, ...criteria } = { ...(await store.save(saved({ providerId: "s1" }))) };
    expect(providerId).toBe("s1");
    expect(criteria).toEqual({ id: "1", externalUserId: "u1", criteria: ANYBODY, createdAt: NOW, updatedAt: NOW });
    const known = async () => (await store.byExternalUserId(ACME_TENANT, "u1"))?.providerId;
    await store.markSent(ACME_TENANT, "1", true, null);
    expect(await known()).toBe("s1");
    await store.markSent(ACME_TENANT, "1", true, "s2");
    expect([await known(), await store.isSent(ACME_TENANT, "1")]).toEqual(["s2", true]);
    await store.markSent(ACME_TENANT, "2", true, "s3");
    expect((await store.byExternalUserId(ACME_TENANT, "u1"))?.criteria).toEqual(ANYBODY);
  });

  it("keeps whether Surfe has the profile", async () => {
    await store.save(saved({ sent: false }));
    await store.save(saved({ id: "2", externalUserId: "u2" }));
    await store.save(saved({ tenant: OTHER_TENANT }));
    expect([
      await store.isSent(ACME_TENANT, "1"),
      await store.isSent(ACME_TENANT, "2"),
      await store.isSent(ACME_TENANT, "3"),
    ]).toEqual([false, true, false]);
    await store.markSent(ACME_TENANT, "1", true);
    await store.markSent(ACME_TENANT, "2", false);
    expect([await store.isSent(ACME_TENANT, "1"), await store.isSent(ACME_TENANT, "2")]).toEqual([true, false]);
    await store.forgetSent(ACME_TENANT);
    expect([await store.isSent(ACME_TENANT, "1"), await store.isSent(OTHER_TENANT, "1")]).toEqual([false, true]);
  });
});
