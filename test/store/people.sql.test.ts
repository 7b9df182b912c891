import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../src/domain/company";
import { entityKey, type EntityKey } from "../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import type { PersonRecord } from "../../src/domain/record";
import { NOBODY } from "../../src/feeds/feed/feed-people.port";
import type { NewItem } from "../../src/feeds/feed/feed-model";
import { SqlEntityStore } from "../../src/store/entity.sql";
import { SqlFeedStore } from "../../src/store/feed.sql";
import type { Database } from "../../src/store/open-database";
import { SqlPeople } from "../../src/store/people.sql";
import { query } from "../support/database";
import { extension, HEAD, NOW, paidBy, rowOf } from "../support/fake-feed";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";
import { openTestDatabase } from "../support/test-database";

const ACME = entityKey("Company", "domain", "acme.com");
const JANE = entityKey("Person", "linkedin", "jane");
const JANE_LUSHA = entityKey("Person", "lusha", "42");
const JANE_LINKUP = entityKey("Person", "linkup", "urn:1");
const JIM = entityKey("Person", "linkedin", "jim");
const OTHER_ID = "01234567-89ab-4cde-8f01-23456789abce";

let database: Database;
let people: SqlPeople;

beforeEach(async () => {
  database = await openTestDatabase();
  people = new SqlPeople(database, NOBODY);
});

afterEach(() => database.destroy());

function recordOf(keys: readonly EntityKey[], employer: EntityKey | null = null): PersonRecord {
  const fields = { ...UNKNOWN_PERSON, fullName: keys.join() };
  return { kind: "Person", provider: "SURFE", providerId: null, keys, fields, employer };
}

function itemOf(...keys: readonly EntityKey[]): NewItem {
  return { subject: keys[0] ?? JANE, content: null, records: [recordOf(keys)] };
}

/** A company's row with its contacts. */
function companyWith(...contacts: readonly EntityKey[]): NewItem {
  const company = {
    kind: "Company",
    provider: "SURFE",
    providerId: null,
    keys: [ACME],
    fields: UNKNOWN_COMPANY,
  } as const;
  return {
    subject: ACME,
    content: { provider: "SURFE", generatedAt: null, reasons: [], people: contacts },
    records: [company, ...contacts.map((key) => recordOf([key], ACME))],
  };
}

/** As another process does: it has nothing in memory. */
function store(): SqlFeedStore {
  return new SqlFeedStore(database);
}

async function append(id: string, ...items: readonly NewItem[]) {
  const [head = HEAD] = (await store().byIds(ACME_TENANT, [id])).values();
  return store().append(head, ...paidBy("call", extension(items)), NOW);
}

async function create(id: string): Promise<void> {
  await store().create({ ...HEAD, id, connection: id });
}

async function subjectsIn(id: string): Promise<readonly string[]> {
  const [head = HEAD] = (await store().byIds(ACME_TENANT, [id])).values();
  const [items = []] = await store().items([{ feed: head, from: 0, to: 100 }]);
  return items.map(({ subject }) => (subject.startsWith("Person:forgotten:") ? "-" : subject));
}

/** All that the database has, as text, without the secret. */
async function everything(): Promise<string> {
  const tables = ["record", "entity_key", "feed_item", "feed", "icp", "forgotten_person", "counter"];
  const rows = await Promise.all(tables.map((table) => query(database, `select * from ${table} order by 1, 2`)));
  return JSON.stringify(rows);
}

describe("SqlPeople.forget", () => {
  beforeEach(async () => {
    await create(HEAD.id);
    await create(OTHER_ID);
  });

  it("deletes records, names and rows, and keeps the places", async () => {
    await append(HEAD.id, itemOf(JIM), itemOf(JANE, JANE_LUSHA), rowOf(1));
    await append(OTHER_ID, companyWith(JIM, JANE, JANE_LINKUP));
    const traces = await people.forget(ACME_TENANT, JANE_LUSHA, NOW);
    expect(traces).toMatchObject({
      names: [JANE_LUSHA, JANE],
      rows: [{ feed_id: HEAD.id, position: 1 }],
      contacts: [{ feed_id: OTHER_ID, position: 0 }],
    });
    expect(await subjectsIn(HEAD.id)).toEqual([JIM, "-", "Company:domain:c1.com"]);
    const [head] = (await store().byIds(ACME_TENANT, [HEAD.id])).values();
    expect(head).toMatchObject({ length: 3, folded: [], forgotten: [1] });
    const [[item] = []] = await store().items([{ feed: { ...HEAD, id: OTHER_ID }, from: 0, to: 1 }]);
    expect(item?.content?.people).toEqual([JIM, expect.stringMatching(/^Person:forgotten:/), JANE_LINKUP]);
    expect(await everything()).not.toContain("jane");
    expect(await everything()).toContain("urn:1");
    expect([await people.isForgotten(ACME_TENANT, JANE), await people.isForgotten(ACME_TENANT, JIM)]).toEqual([
      true,
      false,
    ]);
  });

  it("knows nobody twice, and nobody of another tenant", async () => {
    await append(HEAD.id, itemOf(JANE));
    const before = await everything();
    expect(await people.forget(OTHER_TENANT, JANE, NOW)).toBeNull();
    expect(await people.forget(ACME_TENANT, JIM, NOW)).toBeNull();
    expect(await everything()).toBe(before);
    expect(await people.forget(ACME_TENANT, JANE, NOW)).not.toBeNull();
    const after = await everything();
    expect(await people.forget(ACME_TENANT, JANE, NOW)).toBeNull();
    expect(await everything()).toBe(after);
    expect(await people.isForgotten(OTHER_TENANT, JANE)).toBe(false);
  });

  it("hashes the same key otherwise for each tenant", async () => {
    await append(HEAD.id, itemOf(JANE));
    await store().create({ ...HEAD, tenant: OTHER_TENANT });
    await store().append({ ...HEAD, tenant: OTHER_TENANT }, ...paidBy("call", extension([itemOf(JANE)])), NOW);
    await people.forget(ACME_TENANT, JANE, NOW);
    await people.forget(OTHER_TENANT, JANE, NOW);
    const hashes = await query(database, "select hash from forgotten_person");
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(2);
  });
});

describe("a forgotten person in later answers", () => {
  beforeEach(async () => {
    await create(HEAD.id);
    await create(OTHER_ID);
    await append(HEAD.id, itemOf(JANE), itemOf(JIM));
    await people.forget(ACME_TENANT, JANE, NOW);
  });

  it("gets an empty place in a new list once, however often they come, and none where they had one", async () => {
    const appended = await append(OTHER_ID, itemOf(JIM), itemOf(JANE), itemOf(JANE));
    expect(appended.head).toMatchObject({ length: 2, forgotten: [1] });
    await append(OTHER_ID, itemOf(JANE), rowOf(1));
    await append(HEAD.id, itemOf(JANE), rowOf(1));
    expect(await subjectsIn(OTHER_ID)).toEqual([JIM, "-", "Company:domain:c1.com"]);
    expect(await subjectsIn(HEAD.id)).toEqual(["-", JIM, "Company:domain:c1.com"]);
    expect(await everything()).not.toContain("jane");
  });

  it("is out of a company's contacts, whose other places stay", async () => {
    const { items } = await append(OTHER_ID, companyWith(JANE, JIM));
    expect(items[0]?.content?.people).toEqual([expect.stringMatching(/^Person:forgotten:/), JIM]);
    expect(await everything()).not.toContain("jane");
  });

  it("is known by each other identifier that a record of theirs has", async () => {
    await append(OTHER_ID, itemOf(JANE, JANE_LUSHA));
    const appended = await append(OTHER_ID, itemOf(JANE_LUSHA));
    expect(appended.hasErased).toBe(false);
    expect(await subjectsIn(OTHER_ID)).toEqual(["-", "-"]); // a place for each identifier, as nothing tells that they are one
    expect(await everything()).not.toMatch(/jane|lusha:42/);
  });

  it("takes along what was recorded under an identifier that nobody knew to be theirs", async () => {
    await append(OTHER_ID, itemOf(JANE_LUSHA), rowOf(1), itemOf(JANE_LINKUP, JANE_LUSHA));
    expect(await subjectsIn(OTHER_ID)).toEqual([JANE_LUSHA, "Company:domain:c1.com"]);
    const appended = await append(HEAD.id, itemOf(JANE_LUSHA, JANE), rowOf(2));
    expect(appended).toMatchObject({ hasErased: true, head: { length: 3, forgotten: [0] } });
    expect(await subjectsIn(OTHER_ID)).toEqual(["-", "Company:domain:c1.com"]);
    expect(await subjectsIn(HEAD.id)).toEqual(["-", JIM, "Company:domain:c2.com"]);
    expect(await everything()).not.toMatch(/jane|lusha:42|urn:1/);
    await append(OTHER_ID, itemOf(JANE_LUSHA));
    expect(await subjectsIn(OTHER_ID)).toEqual(["-", "Company:domain:c1.com"]);
  });

  it("is found through records of the same answer", async () => {
    await append(OTHER_ID, itemOf(JANE_LINKUP), itemOf(JANE_LINKUP, JANE_LUSHA), itemOf(JANE_LUSHA, JANE));
    expect(await subjectsIn(OTHER_ID)).toEqual(["-"]);
    expect(await everything()).not.toMatch(/jane|lusha:42|urn:1/);
  });

  it("is not kept outside of lists either", async () => {
    await new SqlEntityStore(database).keep(ACME_TENANT, [recordOf([JANE, JANE_LUSHA]), recordOf([JIM])], NOW);
    expect(await everything()).not.toMatch(/jane|lusha:42/);
  });
});
