import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { fullAccess } from "../../../src/domain/access";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import type { CompanyRecord, PersonRecord } from "../../../src/domain/record";
import type { TenantId } from "../../../src/domain/tenant-id";
import { Entities } from "../../../src/feeds/entities/entities";
import { FeedPages } from "../../../src/feeds/pages/feed-pages";
import { Feeds } from "../../../src/feeds/feed/feeds";
import { ItemCache } from "../../../src/feeds/pages/item-cache";
import { providerListReader } from "../../../src/feeds/pages/recommendation-node";
import { RecordedRecommendations } from "../../../src/feeds/recommendations/recorded-recommendations";
import { resolveReference } from "../../../src/graphql/federation/reference-resolver";
import { Loaders, type LoadedServices } from "../../../src/graphql/loaders/loaders";
import { CursorSealer } from "../../../src/relay/cursor";
import { entityId, icpId, recommendationId } from "../../../src/relay/global-id";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { SqlEntityStore } from "../../../src/store/entity.sql";
import { SqlFeedStore } from "../../../src/store/feed.sql";
import { SqlCallLedger } from "../../../src/store/ledger.sql";
import { SqlProfileStore } from "../../../src/store/profile.sql";
import { keep, watched } from "../../support/database";
import { callerWith, extenderOver, extension, paidBy, FakeLedger, HEAD, NOW, rows } from "../../support/fake-feed";
import { ANYBODY } from "../../support/surfe-stack";
import { PREFERENCE } from "../../../src/wiring/provider-list";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const ACME = entityKey("Company", "domain", "acme.com");
const ACME_LINKEDIN = entityKey("Company", "linkedin", "acme");
const ACME_LUSHA = entityKey("Company", "lusha", "7");
const JANE = entityKey("Person", "linkedin", "jane-doe");
const PROFILE = "11111111-2222-4333-8444-555555555555";

const TENANT = ACME_TENANT; // whose the feed in `HEAD` is

let database: Database;
let loaders: Loaders;

function company(keys: readonly EntityKey[]): CompanyRecord {
  return { kind: "Company", provider: "LUSHA", providerId: null, keys, fields: UNKNOWN_COMPANY };
}

function person(keys: readonly EntityKey[]): PersonRecord {
  return { kind: "Person", provider: "LUSHA", providerId: null, keys, employer: ACME, fields: UNKNOWN_PERSON };
}

/** The loaders of a request at a server that has just started: nothing is in memory. */
function loadersOf(tenant: TenantId, over = database): Loaders {
  const store = new SqlFeedStore(over);
  const entities = new Entities(new SqlEntityStore(over), PREFERENCE);
  const items = new ItemCache(store);
  const feeds = new Feeds(store, extenderOver(new FakeLedger()), () => NOW);
  const feedPages = new FeedPages({ feeds, items, entities, sealer: new CursorSealer([Buffer.alloc(32, 1)]) });
  const recorded = new RecordedRecommendations(feeds, items, entities, providerListReader);
  const icpStore = new SqlProfileStore(over);
  const ledger = new SqlCallLedger(over);
  const creditsSpent: LoadedServices["creditsSpent"] = (whose, periods) => ledger.spent(whose, periods);
  return new Loaders(tenant, { creditsSpent, entities, feedPages, profileStore: icpStore, recorded }, () =>
    callerWith(0),
  );
}

/** What the representations lead to, by the id of it; all in one request. */
function idsOf(...representations: readonly unknown[]): Promise<readonly (string | null)[]> {
  return Promise.all(
    representations.map(
      async (one) => (await resolveReference(one, { loaders, access: fullAccess(TENANT) }))?.id ?? null,
    ),
  );
}

beforeEach(async () => {
  database = await openDatabase(":memory:");
  await keep(database, TENANT, [company([ACME_LINKEDIN]), company([ACME_LUSHA])], NOW);
  // Two companies, until somebody tells that they are one.
  await keep(database, TENANT, [company([ACME, ACME_LINKEDIN, ACME_LUSHA]), person([JANE])], NOW);
  await new SqlProfileStore(database).save({
    tenant: TENANT,
    id: PROFILE,
    externalUserId: "u1",
    criteria: ANYBODY,
    sent: false,
    at: NOW,
    closing: { connection: HEAD.connection, goesOn: () => true },
  });
  const feeds = new SqlFeedStore(database);
  await feeds.create(HEAD);
  await feeds.append(HEAD, ...paidBy("1", extension(rows(0, 100))), NOW);
  loaders = loadersOf(TENANT);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await database.destroy();
});

describe("a reference to a company", () => {
  const COMPANY = { __typename: "Company" };

  it.each([
    { id: entityId(ACME) },
    { domain: "acme.com" },
    { domain: " https://WWW.Acme.com/about?x=1 " },
    { linkedinUrl: "https://www.linkedin.com/company/acme" },
    { linkedinUrl: "fr.linkedin.com/company/ACME/" },
    { id: null, domain: null, linkedinUrl: "linkedin.com/company/acme" },
  ])("by %o finds it", async (key) => {
    expect(await idsOf({ ...COMPANY, ...key })).toEqual([entityId(ACME)]);
  });

  it("by an id from before it was joined finds what it became", async () => {
    const older = [ACME_LINKEDIN, ACME_LUSHA].map((key) => ({ ...COMPANY, id: entityId(key) }));
    expect(await idsOf(...older)).toEqual([entityId(ACME), entityId(ACME)]);
  });

  it("by several keys takes the first that leads anywhere: id, domain, LinkedIn address", async () => {
    const linkedinUrl = "https://www.linkedin.com/company/acme";
    expect(
      await idsOf(
        { ...COMPANY, domain: "nowhere.example", linkedinUrl },
        { ...COMPANY, id: "garbage", domain: "com", linkedinUrl },
        { ...COMPANY, linkedinUrl, domain: "c1.com" },
        { ...COMPANY, linkedinUrl, domain: "c1.com", id: entityId(entityKey("Company", "domain", "c2.com")) },
      ),
    ).toEqual([ACME, ACME, "Company:domain:c1.com", "Company:domain:c2.com"].map((key) => entityId(key as EntityKey)));
  });

  it.each([
    {},
    { id: null, domain: null, linkedinUrl: null },
    { id: "garbage" },
    { id: entityId(JANE) },
    { id: icpId(PROFILE) },
    { id: entityId(entityKey("Company", "domain", "nowhere.example")) },
    { id: 7 },
    { domain: "nowhere.example" },
    { domain: "com" },
    { domain: "linktr.ee" },
    { domain: ["acme.com"] },
    { domain: { text: "acme.com" } },
    { linkedinUrl: "acme" },
    { linkedinUrl: "https://www.linkedin.com/in/jane-doe" },
    { linkedinUrl: "https://www.linkedin.com/company/%E0%A4%A" },
    { name: "Acme" },
  ])("by %o is null", async (key) => {
    expect(await idsOf({ ...COMPANY, ...key })).toEqual([null]);
  });
});

describe("a reference to a person", () => {
  const PERSON = { __typename: "Person" };

  it.each([
    { id: entityId(JANE) },
    { linkedinUrl: "https://www.linkedin.com/in/jane-doe" },
    { linkedinUrl: "linkedin.com/in/Jane-Doe/?trk=x" },
    { id: "garbage", linkedinUrl: "linkedin.com/in/jane-doe" },
  ])("by %o finds them", async (key) => {
    expect(await idsOf({ ...PERSON, ...key })).toEqual([entityId(JANE)]);
  });

  it.each([
    {},
    { id: entityId(ACME) },
    { linkedinUrl: "https://www.linkedin.com/in/nobody" },
    { linkedinUrl: "https://www.linkedin.com/company/acme" },
    { domain: "acme.com" },
  ])("by %o is null", async (key) => {
    expect(await idsOf({ ...PERSON, ...key })).toEqual([null]);
  });
});

describe("a reference to a recommendation or a profile", () => {
  it("finds it by its id, and nothing else by that", async () => {
    const ids = [recommendationId(HEAD.id, 3), icpId(PROFILE)];
    const refer = (__typename: string) => ids.map((id) => ({ __typename, id }));
    expect(await idsOf(...refer("Recommendation"))).toEqual([ids[0], null]);
    expect(await idsOf(...refer("ICP"))).toEqual([null, ids[1]]);
    expect(
      await idsOf(
        { __typename: "Recommendation", id: recommendationId(HEAD.id, 100) },
        { __typename: "ICP", id: icpId(PROFILE.replace("1", "2")) },
        { __typename: "ICP", id: 1 },
        { __typename: "ICP", externalUserId: "u1" },
      ),
    ).toEqual([null, null, null, null]);
  });
});

describe("a reference", () => {
  it("to anything else is null", async () => {
    const id = entityId(ACME);
    const types = [
      "Location",
      "Node",
      "Query",
      "_Entity",
      "constructor",
      "__proto__",
      "company",
      "",
      null,
      1,
      undefined,
    ];
    expect(await idsOf(...types.map((__typename) => ({ __typename, id })))).toEqual(types.map(() => null));
    expect(await idsOf(null, "Company", 1, [], [{ __typename: "Company", id }])).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it("shows nothing of another tenant", async () => {
    loaders = loadersOf(OTHER_TENANT);
    expect(
      await idsOf(
        { __typename: "Company", domain: "acme.com" },
        { __typename: "Person", id: entityId(JANE) },
        { __typename: "Recommendation", id: recommendationId(HEAD.id, 0) },
        { __typename: "ICP", id: icpId(PROFILE) },
      ),
    ).toEqual([null, null, null, null]);
  });

  it("is one of two hundred that take as many database queries as there are kinds of things to read", async () => {
    const representations = Array.from({ length: 40 }, (_, i) => [
      { __typename: "Company", domain: `www.c${String(i)}.com` },
      { __typename: "Company", domain: `unknown${String(i)}.com`, linkedinUrl: "linkedin.com/company/acme" },
      {
        __typename: "Person",
        linkedinUrl: i === 0 ? "linkedin.com/in/jane-doe" : `linkedin.com/in/nobody-${String(i)}`,
      },
      { __typename: "Recommendation", id: recommendationId(HEAD.id, 40 + i) },
      { __typename: "ICP", id: icpId(PROFILE) },
    ]).flat();
    const watching = watched(database);
    loaders = loadersOf(TENANT, watching);
    expect(await idsOf(...representations)).toEqual(
      Array.from({ length: 40 }, (_, i) => [
        entityId(entityKey("Company", "domain", `c${String(i)}.com`)),
        entityId(ACME),
        i === 0 ? entityId(JANE) : null,
        recommendationId(HEAD.id, 40 + i),
        icpId(PROFILE),
      ]).flat(),
    );
    // by key, the companies and people; the profiles; the feeds, their rows, and what the rows are about
    expect([...watching.statements].sort()).toEqual([
      "entities by name",
      "entities by name",
      "heads of feeds",
      "profiles",
      "rows of feeds",
    ]);
  });
});
