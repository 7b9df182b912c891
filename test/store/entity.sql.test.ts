import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../src/domain/company";
import { compareKeys, entityKey, type EntityKey } from "../../src/domain/entity-key";
import { mergeCompany } from "../../src/domain/merge";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import type { Provider } from "../../src/domain/provider";
import type { CompanyRecord, Stored, PersonRecord } from "../../src/domain/record";
import { tenantId } from "../../src/domain/tenant-id";
import type { EntityChanges } from "../../src/feeds/entity-changes";
import type { Database } from "../../src/store/open-database";
import { SqlEntityStore } from "../../src/store/entity.sql";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { execute, keep, watched } from "../support/database";
import { extension, paidBy, HEAD, NOW, rowOf } from "../support/fake-feed";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";
import { openTestDatabase } from "../support/test-database";
import { PREFERENCE } from "../../src/wiring/provider-list";

const DOMAIN = entityKey("Company", "domain", "acme.com");
const LINKEDIN = entityKey("Company", "linkedin", "acme");
const LUSHA = entityKey("Company", "lusha", "7");
const JANE = entityKey("Person", "linkedin", "jane");
const JOHN = entityKey("Person", "lusha", "8");

let database: Database;
let store: SqlEntityStore;

beforeEach(async () => {
  database = await openTestDatabase();
  store = new SqlEntityStore(database);
});

afterEach(() => database.destroy());

function company(keys: readonly EntityKey[], provider: Provider = "SURFE", name: string | null = null): CompanyRecord {
  return { kind: "Company", provider, providerId: null, keys, fields: { ...UNKNOWN_COMPANY, name } };
}

function person(keys: readonly EntityKey[], employer: EntityKey | null, provider: Provider = "SURFE"): PersonRecord {
  return { kind: "Person", provider, providerId: "p", keys, employer, fields: UNKNOWN_PERSON };
}

function isCompany(record: Stored<CompanyRecord | PersonRecord>): record is Stored<CompanyRecord> {
  return record.kind === "Company";
}

function at(second: number): Date {
  return new Date(NOW.getTime() + second * 1000);
}

/** Every name of the entities that read differently. */
function named({ entities }: EntityChanges): readonly EntityKey[] {
  return entities.flatMap(({ keys }) => keys).sort(compareKeys);
}

async function rootsOf(keys: readonly EntityKey[]): Promise<readonly (EntityKey | undefined)[]> {
  const found = await store.entities(ACME_TENANT, keys);
  return keys.map((key) => found.get(key)?.root);
}

describe("SqlEntityStore.entities", () => {
  it("finds an entity by any of its keys, with all that was recorded", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN, LINKEDIN], "SURFE", "Acme")], at(0));
    await keep(database, ACME_TENANT, [company([LINKEDIN, LUSHA], "LUSHA", "ACME"), person([JANE], LUSHA)], at(1));
    const acme = {
      root: DOMAIN,
      records: [
        { ...company([LINKEDIN, LUSHA], "LUSHA", "ACME"), fetchedAt: at(1) },
        { ...company([DOMAIN, LINKEDIN], "SURFE", "Acme"), fetchedAt: at(0) },
      ],
    };
    const found = await store.entities(ACME_TENANT, [DOMAIN, LINKEDIN, LUSHA, JANE, JOHN]);
    expect([...found.keys()].sort(compareKeys)).toEqual([DOMAIN, JANE, LINKEDIN, LUSHA].sort(compareKeys));
    for (const key of [DOMAIN, LINKEDIN, LUSHA]) {
      const { root, records = [] } = found.get(key) ?? {};
      expect(root).toBe(acme.root);
      expect(records).toHaveLength(2);
      expect(records).toEqual(expect.arrayContaining(acme.records));
    }
    expect(found.get(JANE)).toEqual({
      root: JANE,
      keys: [JANE],
      records: [{ ...person([JANE], LUSHA), fetchedAt: at(1) }],
    });
  });

  it("keeps tenants apart", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN])], NOW);
    expect(await store.entities(OTHER_TENANT, [DOMAIN])).toEqual(new Map());
  });

  it("joins entities that were apart: both ids go on resolving, to the stronger", async () => {
    await keep(database, ACME_TENANT, [company([LUSHA], "LUSHA")], NOW);
    await keep(database, ACME_TENANT, [company([LINKEDIN])], NOW);
    expect(await rootsOf([DOMAIN, LINKEDIN, LUSHA])).toEqual([undefined, LINKEDIN, LUSHA]);
    const { changes } = await keep(database, ACME_TENANT, [company([LUSHA, LINKEDIN, DOMAIN], "LETRICS")], NOW);
    expect(await rootsOf([DOMAIN, LINKEDIN, LUSHA])).toEqual([DOMAIN, DOMAIN, DOMAIN]);
    expect(changes.entities.map(({ root }) => root)).toEqual([DOMAIN]);
    expect(named(changes)).toEqual([DOMAIN, LINKEDIN, LUSHA]);
    expect([...changes.stale].sort(compareKeys)).toEqual([DOMAIN, LINKEDIN, LUSHA]);
  });

  it("replaces a provider's older words on the same key, never its newer ones", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN], "SURFE", "new")], at(5));
    await keep(database, ACME_TENANT, [company([DOMAIN], "SURFE", "old")], at(1));
    const records = async () => (await store.entities(ACME_TENANT, [DOMAIN])).get(DOMAIN)?.records;
    expect(await records()).toEqual([{ ...company([DOMAIN], "SURFE", "new"), fetchedAt: at(5) }]);
    await keep(database, ACME_TENANT, [company([DOMAIN], "SURFE", "newest")], at(5));
    expect(await records()).toEqual([{ ...company([DOMAIN], "SURFE", "newest"), fetchedAt: at(5) }]);
  });

  it("weighs what a provider says twice at one time by a rule, not by arrival", async () => {
    const [a, b] = [company([DOMAIN], "SURFE", "a"), company([DOMAIN], "SURFE", "b")];
    await keep(database, tenantId("one"), [a, b], NOW);
    await keep(database, OTHER_TENANT, [b, a, b], NOW);
    await keep(database, tenantId("third"), [b], NOW);
    await keep(database, tenantId("third"), [a], NOW);
    for (const tenant of [tenantId("one"), OTHER_TENANT, tenantId("third")]) {
      expect((await store.entities(tenant, [DOMAIN])).get(DOMAIN)?.records).toEqual([{ ...b, fetchedAt: NOW }]);
    }
  });

  it("loses nothing to words that tell less: they are a record of their own", async () => {
    const rich = company([LUSHA, DOMAIN], "LUSHA", "Acme");
    const described = { ...rich, fields: { ...rich.fields, description: "We make all." } };
    await keep(database, ACME_TENANT, [described], at(0));
    await keep(database, ACME_TENANT, [company([DOMAIN, LUSHA], "LUSHA", "ACME")], at(1));
    const { root, keys, records } = (await store.entities(ACME_TENANT, [LUSHA])).get(LUSHA) ?? {};
    expect(records).toHaveLength(2);
    const { name, description } = mergeCompany(
      { key: root ?? LUSHA, keys: keys ?? [], records: (records ?? []).filter(isCompany) },
      PREFERENCE,
    );
    expect({ name, description }).toEqual({ name: "ACME", description: "We make all." });
  });

  it("knows every name an entity ever had, though no record that is kept uses it", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN, LINKEDIN])], at(5));
    await keep(database, ACME_TENANT, [company([LINKEDIN, LUSHA], "LUSHA")], at(5));
    await execute(database, "delete from record where provider = 'LUSHA'");
    expect([...((await store.entities(ACME_TENANT, [LUSHA])).get(LUSHA)?.keys ?? [])].sort(compareKeys)).toEqual([
      DOMAIN,
      LINKEDIN,
      LUSHA,
    ]);
  });
});

describe("SqlEntityStore.peopleOf", () => {
  it("lists everyone by any key of their company, oldest record first, each once", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN]), person([JOHN], DOMAIN, "LUSHA")], at(0));
    await keep(database, ACME_TENANT, [person([JANE], LINKEDIN), company([LINKEDIN], "LETRICS")], at(1));
    await keep(database, ACME_TENANT, [company([DOMAIN, LINKEDIN], "LUSHA"), person([JANE], DOMAIN, "LUSHA")], at(2));
    const rosters = await store.peopleOf(ACME_TENANT, [DOMAIN, LINKEDIN, LUSHA]);
    const everyone = [
      { key: JOHN, mark: expect.any(Number) },
      { key: JANE, mark: expect.any(Number) },
    ];
    expect(rosters).toEqual(
      new Map([
        [DOMAIN, everyone],
        [LINKEDIN, everyone],
        [LUSHA, []],
      ]),
    );
  });

  it("keeps a person's place when they are told of again, and moves them with their job", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN]), person([JOHN], DOMAIN), person([JANE], DOMAIN)], at(0));
    await keep(database, ACME_TENANT, [person([JOHN], DOMAIN)], at(1));
    expect((await store.peopleOf(ACME_TENANT, [DOMAIN])).get(DOMAIN)?.map(({ key }) => key)).toEqual([JOHN, JANE]);
    await keep(database, ACME_TENANT, [company([LUSHA]), person([JOHN], LUSHA)], at(2));
    const moved = await store.peopleOf(ACME_TENANT, [DOMAIN, LUSHA]);
    expect([moved.get(DOMAIN)?.map(({ key }) => key), moved.get(LUSHA)?.map(({ key }) => key)]).toEqual([
      [JANE],
      [JOHN],
    ]);
  });

  it("lists whom two providers have at two companies at both, as one provider that names both at once", async () => {
    const companies = [company([DOMAIN]), company([LUSHA])];
    await keep(database, ACME_TENANT, [...companies, person([JANE], DOMAIN), person([JOHN], DOMAIN)], at(0));
    await keep(database, ACME_TENANT, [person([JANE], LUSHA, "LUSHA")], at(1));
    await keep(database, ACME_TENANT, [person([JOHN], DOMAIN), person([JOHN], LUSHA)], at(2));
    const rosters = await store.peopleOf(ACME_TENANT, [DOMAIN, LUSHA]);
    expect([...rosters].map(([key, members]) => [key, members.map((member) => member.key)])).toEqual([
      [DOMAIN, [JANE, JOHN]],
      [LUSHA, [JANE, JOHN]],
    ]);
  });

  it("is one query for a hundred companies", async () => {
    const keys = Array.from({ length: 100 }, (_, i) => entityKey("Company", "domain", `c${String(i)}.com`));
    const everyone = keys.map((key, i) => person([entityKey("Person", "linkedin", `p${String(i)}`)], key));
    await keep(database, ACME_TENANT, [...keys.map((key) => company([key])), ...everyone], NOW);
    const watching = watched(database);
    const rosters = await new SqlEntityStore(watching).peopleOf(ACME_TENANT, keys);
    expect(watching.statements).toEqual(["people of companies"]);
    expect([...rosters.values()].map((members) => members.map(({ key }) => key))).toEqual(
      everyone.map(({ keys: names }) => names),
    );
  });

  it("tells of the company that someone left, and of those where two became one", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN]), company([LUSHA]), person([JANE], DOMAIN)], at(0));
    await keep(database, ACME_TENANT, [person([JOHN], LUSHA, "LUSHA")], at(0));
    const moved = await keep(database, ACME_TENANT, [company([LINKEDIN]), person([JANE], LINKEDIN)], at(1));
    expect(named(moved.changes)).toEqual([LINKEDIN, JANE]);
    expect([...moved.changes.stale].sort(compareKeys)).toEqual([DOMAIN, LINKEDIN]);
    const joined = await keep(database, ACME_TENANT, [person([JANE, JOHN], null, "LUSHA")], at(2));
    expect(named(joined.changes)).toEqual([JANE, JOHN]);
    expect([...joined.changes.stale].sort(compareKeys)).toEqual(
      [DOMAIN, LINKEDIN, JANE, LUSHA, JOHN].sort(compareKeys),
    );
  });

  it("tells of a company whose people may read differently now", async () => {
    await keep(database, ACME_TENANT, [company([DOMAIN, LINKEDIN])], at(0));
    const { changes } = await keep(database, ACME_TENANT, [person([JANE], LINKEDIN)], at(1));
    expect(named(changes)).toEqual([JANE]);
    expect([...changes.stale].sort(compareKeys)).toEqual([DOMAIN, LINKEDIN].sort(compareKeys));
  });
});

describe("SqlEntityStore.recommendationsOf", () => {
  it("lists every recommendation by any key of the subject, oldest first, and not what was only found", async () => {
    const feeds = new SqlFeedStore(database);
    const second = { ...HEAD, id: "01234567-89ab-4cde-8f01-23456789abce" };
    await feeds.create(HEAD);
    await feeds.create(second);
    await feeds.create({ ...HEAD, id: "search" });
    const about = (key: EntityKey, keys = [key]) => ({ ...rowOf(0), subject: key, records: [company(keys)] });
    const { head } = await feeds.append(HEAD, ...paidBy("1", extension([about(LUSHA), about(DOMAIN)])), NOW);
    await feeds.append(second, ...paidBy("2", extension([about(LINKEDIN)])), NOW);
    await feeds.append(
      { ...HEAD, id: "search" },
      ...paidBy("3", extension([{ ...about(DOMAIN), content: null }])),
      NOW,
    );
    await keep(database, ACME_TENANT, [company([DOMAIN, LINKEDIN], "LETRICS")], NOW);
    const places = [
      { feedId: head.id, position: 1, mark: expect.any(Number) },
      { feedId: second.id, position: 0, mark: expect.any(Number) },
    ];
    const found = await store.recommendationsOf(ACME_TENANT, [LINKEDIN, DOMAIN, LUSHA, JANE]);
    expect(found).toEqual(
      new Map([
        [LINKEDIN, places],
        [DOMAIN, places],
        [LUSHA, [{ feedId: head.id, position: 0, mark: expect.any(Number) }]],
        [JANE, []],
      ]),
    );
    const marks = found.get(DOMAIN)?.map(({ mark }) => mark) ?? [];
    expect(marks).toEqual([...marks].sort((a, b) => a - b));
  });
});
