import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { UNKNOWN_COMPANY } from "../../src/domain/company";
import { compareKeys, entityKey, type EntityKey } from "../../src/domain/entity-key";
import { mergeCompany } from "../../src/domain/merge";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import { PROVIDERS, type Provider } from "../../src/domain/provider";
import type { CompanyRecord, Kept, PersonRecord } from "../../src/domain/record";
import { openDatabase, type Database } from "../../src/store/database";
import { SqlEntityStore } from "../../src/store/entity.store";
import { SqlFeedStore } from "../../src/store/feed.store";
import { keepRecords } from "../../src/store/record.store";
import { extension, paidBy, HEAD, NOW, rowOf } from "../support/fake-feed";

const DOMAIN = entityKey("Company", "domain", "acme.com");
const LINKEDIN = entityKey("Company", "linkedin", "acme");
const LUSHA = entityKey("Company", "lusha", "7");
const JANE = entityKey("Person", "linkedin", "jane");
const JOHN = entityKey("Person", "lusha", "8");

let database: Database;
let store: SqlEntityStore;

beforeEach(async () => {
  database = await openDatabase(":memory:");
  store = new SqlEntityStore(database);
});

afterEach(() => database.destroy());

function company(keys: readonly EntityKey[], provider: Provider = "SURFE", name: string | null = null): CompanyRecord {
  return { kind: "Company", provider, providerId: null, keys, fields: { ...UNKNOWN_COMPANY, name } };
}

function person(keys: readonly EntityKey[], employer: EntityKey | null, provider: Provider = "SURFE"): PersonRecord {
  return { kind: "Person", provider, providerId: "p", keys, employer, fields: UNKNOWN_PERSON };
}

function isCompany(record: Kept<CompanyRecord | PersonRecord>): record is Kept<CompanyRecord> {
  return record.kind === "Company";
}

function at(second: number): Date {
  return new Date(NOW.getTime() + second * 1000);
}

async function rootsOf(keys: readonly EntityKey[]): Promise<readonly (EntityKey | undefined)[]> {
  const found = await store.entities("acme", keys);
  return keys.map((key) => found.get(key)?.root);
}

describe("SqlEntityStore.entities", () => {
  it("finds an entity by any of its keys, with all that was recorded", async () => {
    await keepRecords(database, "acme", [company([DOMAIN, LINKEDIN], "SURFE", "Acme")], at(0));
    await keepRecords(database, "acme", [company([LINKEDIN, LUSHA], "LUSHA", "ACME"), person([JANE], LUSHA)], at(1));
    const acme = {
      root: DOMAIN,
      records: [
        { ...company([LINKEDIN, LUSHA], "LUSHA", "ACME"), fetchedAt: at(1) },
        { ...company([DOMAIN, LINKEDIN], "SURFE", "Acme"), fetchedAt: at(0) },
      ],
    };
    const found = await store.entities("acme", [DOMAIN, LINKEDIN, LUSHA, JANE, JOHN]);
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
    await keepRecords(database, "acme", [company([DOMAIN])], NOW);
    expect(await store.entities("other", [DOMAIN])).toEqual(new Map());
  });

  it("joins entities that were apart: both ids go on resolving, to the stronger", async () => {
    await keepRecords(database, "acme", [company([LUSHA], "LUSHA")], NOW);
    await keepRecords(database, "acme", [company([LINKEDIN])], NOW);
    expect(await rootsOf([DOMAIN, LINKEDIN, LUSHA])).toEqual([undefined, LINKEDIN, LUSHA]);
    const { roots, touched } = await keepRecords(
      database,
      "acme",
      [company([LUSHA, LINKEDIN, DOMAIN], "LETRICS")],
      NOW,
    );
    expect(await rootsOf([DOMAIN, LINKEDIN, LUSHA])).toEqual([DOMAIN, DOMAIN, DOMAIN]);
    expect([...roots.values()]).toEqual([DOMAIN, DOMAIN, DOMAIN]);
    expect([...touched].sort(compareKeys)).toEqual([DOMAIN, LINKEDIN, LUSHA]);
  });

  it("replaces a provider's older words on the same key, never its newer ones", async () => {
    await keepRecords(database, "acme", [company([DOMAIN], "SURFE", "new")], at(5));
    await keepRecords(database, "acme", [company([DOMAIN], "SURFE", "old")], at(1));
    const records = async () => (await store.entities("acme", [DOMAIN])).get(DOMAIN)?.records;
    expect(await records()).toEqual([{ ...company([DOMAIN], "SURFE", "new"), fetchedAt: at(5) }]);
    await keepRecords(database, "acme", [company([DOMAIN], "SURFE", "newest")], at(5));
    expect(await records()).toEqual([{ ...company([DOMAIN], "SURFE", "newest"), fetchedAt: at(5) }]);
  });

  it("takes the last of what a provider says twice at one time", async () => {
    await keepRecords(database, "acme", [company([DOMAIN], "SURFE", "a"), company([DOMAIN], "SURFE", "b")], NOW);
    expect((await store.entities("acme", [DOMAIN])).get(DOMAIN)?.records).toEqual([
      { ...company([DOMAIN], "SURFE", "b"), fetchedAt: NOW },
    ]);
  });

  it("joins the same way whatever the order and grouping in which records come", async () => {
    const names = [
      DOMAIN,
      LINKEDIN,
      LUSHA,
      entityKey("Company", "domain", "acme.de"),
      entityKey("Company", "surfe", "1"),
    ];
    const records = fc.uniqueArray(
      fc.record({
        provider: fc.constantFrom(...PROVIDERS),
        keys: fc.subarray(names, { minLength: 1, maxLength: 3 }),
        name: fc.option(fc.constantFrom("Acme", "ACME")),
      }),
      {
        minLength: 1,
        maxLength: 6,
        selector: ({ provider, keys }) => `${provider} ${[...keys].sort(compareKeys)[0] ?? ""}`,
      },
    );
    const orders = fc.array(fc.record({ rank: fc.nat(), alone: fc.boolean() }), { minLength: 6, maxLength: 6 });
    const graphOf = async (tenant: string, batches: readonly (readonly CompanyRecord[])[]) => {
      for (const batch of batches) await keepRecords(database, tenant, batch, NOW);
      const found = await store.entities(tenant, names);
      return new Map(
        [...found].map(([key, { root, keys, records: kept }]) => [
          key,
          mergeCompany({ key: root, keys, records: kept.filter(isCompany) }),
        ]),
      );
    };
    let run = 0;
    await fc.assert(
      fc.asyncProperty(records, orders, async (made, order) => {
        run += 1;
        const all = made.map(({ provider, keys, name }) => company(keys, provider, name));
        const shuffled = all
          .map((record, i) => ({ record, ...order[i] }))
          .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
        const batches: CompanyRecord[][] = [[]];
        for (const { record, alone } of shuffled) {
          batches.at(-1)?.push(record);
          if (alone === true) batches.push([]);
        }
        expect(await graphOf(`b${String(run)}`, batches)).toEqual(await graphOf(`a${String(run)}`, [all]));
      }),
      { numRuns: 60 },
    );
  });
});

describe("SqlEntityStore.peopleOf", () => {
  it("lists everyone by any key of their company, oldest record first, each once", async () => {
    await keepRecords(database, "acme", [company([DOMAIN]), person([JOHN], DOMAIN, "LUSHA")], at(0));
    await keepRecords(database, "acme", [person([JANE], LINKEDIN), company([LINKEDIN], "LETRICS")], at(1));
    await keepRecords(database, "acme", [company([DOMAIN, LINKEDIN], "LUSHA"), person([JANE], DOMAIN, "LUSHA")], at(2));
    const rosters = await store.peopleOf("acme", [DOMAIN, LINKEDIN, LUSHA]);
    const everyone = [
      { key: JOHN, mark: 2 },
      { key: JANE, mark: 3 },
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
    await keepRecords(database, "acme", [company([DOMAIN]), person([JOHN], DOMAIN), person([JANE], DOMAIN)], at(0));
    await keepRecords(database, "acme", [person([JOHN], DOMAIN)], at(1));
    expect((await store.peopleOf("acme", [DOMAIN])).get(DOMAIN)?.map(({ key }) => key)).toEqual([JOHN, JANE]);
    await keepRecords(database, "acme", [company([LUSHA]), person([JOHN], LUSHA)], at(2));
    const moved = await store.peopleOf("acme", [DOMAIN, LUSHA]);
    expect([moved.get(DOMAIN)?.map(({ key }) => key), moved.get(LUSHA)?.map(({ key }) => key)]).toEqual([
      [JANE],
      [JOHN],
    ]);
  });

  it("tells of a company whose people may read differently now", async () => {
    await keepRecords(database, "acme", [company([DOMAIN, LINKEDIN])], at(0));
    const { touched } = await keepRecords(database, "acme", [person([JANE], LINKEDIN)], at(1));
    expect([...touched].sort(compareKeys)).toEqual([DOMAIN, LINKEDIN, JANE].sort(compareKeys));
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
    await keepRecords(database, "acme", [company([DOMAIN, LINKEDIN], "LETRICS")], NOW);
    const places = [
      { feedId: head.id, position: 1, mark: expect.any(Number) },
      { feedId: second.id, position: 0, mark: expect.any(Number) },
    ];
    const found = await store.recommendationsOf("acme", [LINKEDIN, DOMAIN, LUSHA, JANE]);
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
