import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { ProviderError } from "../../../src/domain/errors";
import type { ProfileCriteria } from "../../../src/domain/profile";
import type { TenantId } from "../../../src/domain/tenant-id";
import { Entities } from "../../../src/feeds/entities/entities";
import type { Extender } from "../../../src/feeds/feed/extender";
import type { FeedName } from "../../../src/feeds/feed/feed-model";
import { Feeds } from "../../../src/feeds/feed/feeds";
import { profileConnection } from "../../../src/feeds/profiles/profile-connection";
import { profileIdsBy } from "../../../src/feeds/profiles/profile-id";
import { ProfileCache } from "../../../src/feeds/profiles/profile-cache";
import type { ProfileKeeper } from "../../../src/feeds/profiles/profile-keeper.port";
import type { ProfileInput } from "../../../src/feeds/profiles/profile-input";
import { Profiles, type Upserted } from "../../../src/feeds/profiles/profiles";
import { entityId } from "../../../src/relay/global-id";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { SqlEntityStore } from "../../../src/store/entity.sql";
import { SqlFeedStore } from "../../../src/store/feed.sql";
import { SqlProfileStore } from "../../../src/store/profile.sql";
import { keep } from "../../support/database";
import { callerWith, deferred, extenderOver, FakeLedger, FakeSource, NOW } from "../../support/fake-feed";
import { ANYBODY } from "../../support/surfe-stack";
import { PREFERENCE } from "../../../src/wiring/provider-list";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const idOf = profileIdsBy(Buffer.alloc(32, 1));
const LATER = new Date("2026-11-21T10:00:00Z");
const staying = callerWith();
const source = new FakeSource();

let database: Database;
let store: SqlProfileStore;
let profileCache: ProfileCache;
let entities: Entities;
let ledger: FakeLedger;
let feeds: Feeds;
let extender: Extender;
let sent: string[];
let answer: () => Promise<void>;
let now: Date;
let profiles: Profiles;
/** How often was waited for the other processes. */
let waits: number;

beforeEach(async () => {
  database = await openDatabase(":memory:");
  store = new SqlProfileStore(database);
  profileCache = new ProfileCache(store);
  entities = new Entities(new SqlEntityStore(database), PREFERENCE);
  ledger = new FakeLedger();
  extender = extenderOver(ledger);
  now = NOW;
  feeds = new Feeds(new SqlFeedStore(database), extender, () => now);
  sent = [];
  waits = 0;
  answer = () => Promise.resolve();
  profiles = profilesWith((user, { people }) => {
    sent.push(`${String(user)} ${people.countries.join()}`);
    return answer().then(() => `its-id-${String(sent.length)}`);
  });
});

afterEach(() => database.destroy());

function profilesWith(saveProfile: ProfileKeeper["saveProfile"]): Profiles {
  const queryOf = ({ criteria }: { readonly criteria: ProfileCriteria }) => JSON.stringify(criteria.people.countries);
  const objectionsIn: ProfileKeeper["objectionsIn"] = ({ words, message }) => [
    { field: ["people"], message: words ?? message },
  ];
  const keeper = { provider: "SURFE" as const, account: null, queryOf, options: null, objectionsIn, saveProfile };
  const stored = { store, cache: profileCache, entities, ledger, feeds, extender };
  const caughtUp = (): Promise<void> => {
    waits += 1;
    return Promise.resolve();
  };
  return new Profiles({ ...stored, keeper, others: { caughtUp }, idOf, now: () => now });
}

function upsert(
  countries: readonly string[],
  caller: Parameters<Profiles["upsert"]>[2] = staying,
  externalUserId: string | null = "u1",
): Promise<Upserted> {
  return profiles.upsert(ACME_TENANT, { externalUserId, people: { countries } }, caller);
}

async function savedId(upserting: Promise<Upserted>): Promise<string> {
  const upserted = await upserting;
  return upserted.kind === "saved" ? upserted.profile.id : "";
}

async function profilesIn(tenant: TenantId) {
  const all = { direction: "forward", count: 9, after: null, before: null } as const;
  return (await store.part(tenant, all)).members;
}

describe("Profiles", () => {
  it("waits for the other processes after a change, and not where nothing changed", async () => {
    await upsert(["FR"]);
    expect(waits).toBe(1);
    expect((await upsert(["nowhere"])).kind).toBe("refused");
    expect(await profiles.delete(ACME_TENANT, "somebody else")).toBe(false);
    expect(waits).toBe(1);
    expect(await profiles.delete(ACME_TENANT, "u1")).toBe(true);
    expect(waits).toBe(2);
  });
});

describe("Profiles.upsert", () => {
  it("refuses ids that lead to nothing recorded, but for those that the saved profile gave out", async () => {
    const [known, bare, unknown] = ["known.com", "bare.com", "unknown.com"].map((domain) =>
      entityKey("Company", "domain", domain),
    ) as [EntityKey, EntityKey, EntityKey];
    const jane = entityKey("Person", "linkedin", "jane");
    await keep(
      database,
      ACME_TENANT,
      [{ kind: "Company", provider: "SURFE", providerId: null, keys: [known], fields: UNKNOWN_COMPANY }],
      NOW,
    );
    const examples = (...keys: readonly EntityKey[]) => keys.map((key) => ({ id: entityId(key) }));
    const first = await profiles.upsert(
      ACME_TENANT,
      { exampleCompanies: [{ domain: "bare.com" }], examplePeople: [{ linkedinUrl: "linkedin.com/in/jane" }] },
      staying,
    );
    expect(first.kind).toBe("saved");
    const input = { exampleCompanies: examples(known, bare, unknown), examplePeople: examples(jane) };
    const message = `"${entityId(unknown)}" is not an id that this server knows. Pass an unchanged \`id\` of this graph.`;
    expect(await profiles.upsert(ACME_TENANT, input, staying)).toEqual({
      kind: "refused",
      issues: [{ field: ["exampleCompanies", "2"], code: "BAD_USER_INPUT", message }],
    });
    const refused = await profiles.upsert(OTHER_TENANT, { examplePeople: examples(jane) }, staying);
    expect(refused.kind).toBe("refused");
  });

  it("saves at the provider first, then here", async () => {
    const upserted = await upsert(["fr"]);
    expect(upserted).toEqual({
      kind: "saved",
      profile: {
        id: idOf(ACME_TENANT, "u1"),
        providerId: "its-id-1",
        externalUserId: "u1",
        criteria: { ...ANYBODY, people: { ...ANYBODY.people, countries: ["FR"] } },
        createdAt: NOW,
        updatedAt: NOW,
      },
      unsent: null,
    });
    const profile = upserted.kind === "saved" ? upserted.profile : null;
    expect(profileCache.peek(ACME_TENANT, "u1")).toBe(profile);
    expect(await store.isSent(ACME_TENANT, profile?.id ?? "")).toBe(true);
    expect(sent).toEqual(["u1 FR"]);
    expect(ledger.log).toEqual(["begin saveProfile 0 of null", "succeed"]);
  });

  it("replaces a user's profile under the same id, and closes the feeds of the old one", async () => {
    const id = await savedId(upsert(["FR"]));
    const name = { tenant: ACME_TENANT, connection: profileConnection(id), provider: "SURFE" as const };
    const old = await feeds.begin({ name: { ...name, query: '["FR"]' }, source });
    now = LATER;
    const upserted = await upsert(["DE"]);
    expect(upserted).toMatchObject({ kind: "saved", profile: { id, createdAt: NOW, updatedAt: LATER } });
    expect(old.head.closed).toBe(true);
    const kept = await new SqlFeedStore(database).byIds(ACME_TENANT, [old.head.id]);
    expect(kept.get(old.head.id)?.closed).toBe(true);
    expect(profileCache.peek(ACME_TENANT, "u1")?.criteria.people.countries).toEqual(["DE"]);
  });

  it("lets the feed go on where the profile is the same", async () => {
    const id = await savedId(upsert(["FR"]));
    const name = {
      tenant: ACME_TENANT,
      connection: profileConnection(id),
      provider: "SURFE" as const,
      query: '["FR"]',
    };
    const feed = await feeds.begin({ name, source });
    await upsert(["fr"]);
    expect(feed.head.closed).toBe(false);
  });

  it("keeps Lusha's id of an example's company where the person is named by their id the next time", async () => {
    const examples = async (examplePeople: ProfileInput["examplePeople"]) => {
      const upserted = await profiles.upsert(ACME_TENANT, { examplePeople: examplePeople ?? null }, staying);
      return upserted.kind === "saved" ? upserted.profile.criteria.examplePeople : upserted.issues;
    };
    const byOwnIds = (personId: string, companyId: string) => ({
      own: { provider: "LUSHA" as const, field: "lusha", ids: { personId, companyId } },
    });
    const key = entityKey("Person", "lusha", "1");
    const saved = [{ key, companyKey: "Company:lusha:2" }];
    expect(await examples([byOwnIds("1", "2")])).toEqual(saved);
    expect(await examples([{ id: entityId(key) }])).toEqual(saved);
    expect(await examples([byOwnIds("1", "3")])).toEqual([{ key, companyKey: "Company:lusha:3" }]);
  });

  it("gives each user a profile, and the authenticated user another", async () => {
    const ids = [
      await savedId(upsert([])),
      await savedId(upsert([], staying, "u2")),
      await savedId(upsert([], staying, null)),
      await savedId(profiles.upsert(OTHER_TENANT, { externalUserId: "u1" }, staying)),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it("asks nobody and saves nothing where a value is wrong", async () => {
    expect(await upsert(["France", "XX"])).toEqual({
      kind: "refused",
      issues: [
        {
          field: ["people", "countries"],
          code: "BAD_USER_INPUT",
          message: expect.stringContaining('does not know "France", "XX"'),
        },
      ],
    });
    expect([sent, ledger.log, await profilesIn(ACME_TENANT)]).toEqual([[], [], []]);
  });

  it("passes on the words of a provider that refuses, and keeps the profile there was", async () => {
    const id = await savedId(upsert(["FR"]));
    const refusal = (words: string | null) =>
      new ProviderError("SURFE", "PROVIDER_REJECTED_REQUEST", "Surfe refused the request.", { words });
    answer = () => Promise.reject(refusal("seniorities: does not know X"));
    const issue = { field: ["people"], code: "PROVIDER_REJECTED_REQUEST" };
    expect(await upsert(["DE"])).toEqual({
      kind: "refused",
      issues: [{ ...issue, message: "seniorities: does not know X" }],
    });
    expect(await store.isSent(ACME_TENANT, id)).toBe(true);
    answer = () => Promise.reject(refusal(null));
    expect(await upsert(["DE"])).toEqual({
      kind: "refused",
      issues: [{ ...issue, message: "Surfe refused the request." }],
    });
    expect(await upsert(["DE"], staying, "u2")).toMatchObject({ kind: "refused" });
    expect(profileCache.peek(ACME_TENANT, "u1")?.criteria.people.countries).toEqual(["FR"]);
    expect(await profilesIn(ACME_TENANT)).toHaveLength(1);
    expect(ledger.log.slice(2, 4)).toEqual(["begin saveProfile 0 of null", "fail PROVIDER_REJECTED_REQUEST 0"]);
  });

  it.each([
    "PROVIDER_UNAVAILABLE",
    "PROVIDER_CREDENTIALS_REJECTED",
    "PROVIDER_CREDITS_EXHAUSTED",
    "PROVIDER_RATE_LIMITED",
    "PROVIDER_BAD_RESPONSE",
  ] as const)("saves here what the provider cannot take now (%s), to be sent before it is next used", async (code) => {
    const id = await savedId(upsert(["FR"]));
    const failure = new ProviderError("SURFE", code, "Surfe is down.");
    answer = () => Promise.reject(failure);
    now = LATER;
    expect(await upsert(["DE"])).toEqual({
      kind: "saved",
      profile: {
        id,
        providerId: "its-id-1",
        externalUserId: "u1",
        criteria: { ...ANYBODY, people: { ...ANYBODY.people, countries: ["DE"] } },
        createdAt: NOW,
        updatedAt: LATER,
      },
      unsent: failure,
    });
    expect(await store.isSent(ACME_TENANT, id)).toBe(false);
    expect(profileCache.peek(ACME_TENANT, "u1")?.criteria.people.countries).toEqual(["DE"]);
    expect(ledger.log.slice(2)).toEqual(["begin saveProfile 0 of null", `fail ${code} 0`]);
  });

  it("saves here what the provider has not taken in time, to be sent before it is next used", async () => {
    const [asked, saving] = [deferred<undefined>(), deferred<undefined>()];
    answer = () => {
      asked.resolve(undefined);
      return saving.promise;
    };
    const deadline = new AbortController();
    const upserting = upsert(["FR"], { ...staying, deadline: deadline.signal });
    await asked.promise;
    deadline.abort();
    const upserted = await upserting;
    expect(upserted).toMatchObject({ kind: "saved", unsent: { provider: "SURFE", code: "PROVIDER_UNAVAILABLE" } });
    expect(ledger.log).toEqual(["begin saveProfile 0 of null"]);
    const idle = extender.idle();
    saving.resolve(undefined);
    await idle;
    expect(ledger.log).toEqual(["begin saveProfile 0 of null", "succeed"]);
    expect(await store.isSent(ACME_TENANT, idOf(ACME_TENANT, "u1"))).toBe(false);
  });

  it("saves nothing for a caller who went away, and has the old profile sent again before it is next used", async () => {
    const id = await savedId(upsert(["FR"]));
    answer = () => Promise.reject(new Error("the caller went away"));
    await expect(upsert(["DE"])).rejects.toThrow("the caller went away");
    expect(await store.isSent(ACME_TENANT, id)).toBe(false);
    expect((await store.byExternalUserId(ACME_TENANT, "u1"))?.criteria.people.countries).toEqual(["FR"]);
    expect(ledger.log.slice(2)).toEqual(["begin saveProfile 0 of null", "forget"]);
  });

  it("does not take a refusal for a sign that the provider has the saved profile", async () => {
    profiles = profilesWith(null);
    const id = await savedId(upsert(["FR"]));
    profiles = profilesWith(() => Promise.reject(new ProviderError("SURFE", "PROVIDER_REJECTED_REQUEST", "no")));
    expect(await upsert(["DE"])).toMatchObject({ kind: "refused" });
    expect(await store.isSent(ACME_TENANT, id)).toBe(false);
  });

  it("saves here alone where the provider is not configured, to be sent once it is", async () => {
    profiles = profilesWith(null);
    const id = await savedId(upsert(["FR"]));
    expect(await savedId(upsert(["DE"]))).toBe(id);
    expect(await store.isSent(ACME_TENANT, id)).toBe(false);
    expect([sent, ledger.log]).toEqual([[], []]);
  });

  it("saves a user's profiles one after the other, the last one last", async () => {
    const gates = [deferred<undefined>(), deferred<undefined>()];
    answer = () => gates[sent.length - 1]?.promise ?? Promise.resolve();
    const both = [upsert(["FR"]), upsert(["DE"])];
    gates[1]?.resolve(undefined);
    gates[0]?.resolve(undefined);
    await Promise.all(both);
    expect(sent).toEqual(["u1 FR", "u1 DE"]);
    expect(profileCache.peek(ACME_TENANT, "u1")?.criteria.people.countries).toEqual(["DE"]);
  });

  it("waits for a fetch of the profile that is under way", async () => {
    const id = await savedId(upsert(["FR"]));
    const fetching = deferred<undefined>();
    const order: string[] = [];
    const fetched = extender
      .whileIdle(ACME_TENANT, profileConnection(id), "SURFE", () => fetching.promise)
      .then(() => order.push("fetched"));
    const replaced = upsert(["DE"]).then(() => order.push("replaced"));
    fetching.resolve(undefined);
    await Promise.all([fetched, replaced]);
    expect(order).toEqual(["fetched", "replaced"]);
  });
});

describe("Profiles.delete", () => {
  const ofUser: FeedName = {
    tenant: ACME_TENANT,
    connection: profileConnection(idOf(ACME_TENANT, "u1")),
    provider: "SURFE",
    query: "x",
  };

  it("deletes the profile of that user alone, and closes its feeds", async () => {
    await savedId(upsert(["FR"]));
    await savedId(upsert(["FR"], staying, null));
    const others = { ...ofUser, connection: profileConnection(idOf(ACME_TENANT, null)) };
    const [feed, other] = [await feeds.begin({ name: ofUser, source }), await feeds.begin({ name: others, source })];
    expect(await profiles.delete(ACME_TENANT, "u1")).toBe(true);
    expect([feed.head.closed, other.head.closed]).toEqual([true, false]);
    expect(await feeds.newest([{ name: ofUser, source }])).toEqual([null]);
    expect(await profileCache.load(ACME_TENANT, "u1")).toBeNull();
    expect((await profilesIn(ACME_TENANT)).map(({ profile }) => profile.externalUserId)).toEqual([null]);
    expect(await profiles.delete(ACME_TENANT, "u1")).toBe(false);
  });

  it("tells where there was none", async () => {
    await savedId(upsert(["FR"]));
    expect([
      await profiles.delete(ACME_TENANT, "u2"),
      await profiles.delete(OTHER_TENANT, "u1"),
      await profiles.delete(ACME_TENANT, null),
    ]).toEqual([false, false, false]);
    expect(await profilesIn(ACME_TENANT)).toHaveLength(1);
  });

  it("gives a profile that is saved anew its old id, with other times", async () => {
    const id = await savedId(upsert(["FR"]));
    await profiles.delete(ACME_TENANT, "u1");
    now = LATER;
    expect(await upsert(["DE"])).toMatchObject({ profile: { id, createdAt: LATER, updatedAt: LATER } });
  });

  it("waits for a save that is under way", async () => {
    const [asked, saving] = [deferred<undefined>(), deferred<undefined>()];
    answer = () => {
      asked.resolve(undefined);
      return saving.promise;
    };
    const saved = upsert(["FR"]);
    await asked.promise;
    const deleted = profiles.delete(ACME_TENANT, "u1");
    saving.resolve(undefined);
    expect([(await saved).kind, await deleted]).toEqual(["saved", true]);
    expect(await profilesIn(ACME_TENANT)).toEqual([]);
  });

  it("is not undone by a profile that was read before", async () => {
    await savedId(upsert(["FR"]));
    const reading = deferred<undefined>();
    const slow = new ProfileCache({
      byExternalUserId: async (tenant, user) => {
        const read = await store.byExternalUserId(tenant, user);
        await reading.promise;
        return read;
      },
    });
    const loaded = slow.load(ACME_TENANT, "u1");
    await profiles.delete(ACME_TENANT, "u1");
    slow.forget(ACME_TENANT, "u1");
    reading.resolve(undefined);
    expect([await loaded, slow.peek(ACME_TENANT, "u1")]).toEqual([null, undefined]);
  });
});
