import { beforeEach, describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import { Entities } from "../../../src/feeds/entities/entities";
import type { EntityStore } from "../../../src/feeds/entities/entity-store.port";
import type { EntityChanges, EntityRecords } from "../../../src/feeds/entity-changes";
import { NOW } from "../../support/fake-feed";
import { PREFERENCE } from "../../../src/wiring/provider-list";
import { ACME_TENANT } from "../../support/tenants";

const ACME = entityKey("Company", "domain", "acme.com");
const LINKEDIN = entityKey("Company", "linkedin", "acme");
const JANE = entityKey("Person", "linkedin", "jane");

const NOTHING: EntityChanges = { entities: [], stale: [], people: new Map(), recommendations: [] };

const RECORDS: Readonly<Record<string, EntityRecords>> = {
  [ACME]: {
    root: ACME,
    keys: [ACME],
    records: [
      {
        kind: "Company",
        provider: "SURFE",
        providerId: null,
        keys: [ACME],
        fields: { ...UNKNOWN_COMPANY, name: "Acme" },
        fetchedAt: NOW,
      },
    ],
  },
  [JANE]: {
    root: JANE,
    keys: [JANE],
    records: [
      {
        kind: "Person",
        provider: "SURFE",
        providerId: null,
        keys: [JANE],
        employer: ACME,
        fields: { ...UNKNOWN_PERSON, fullName: "Jane" },
        fetchedAt: NOW,
      },
    ],
  },
};

let queries: string[];
let entities: Entities;

const store: EntityStore = {
  forgotten: () => Promise.resolve(new Set()),
  entities: (tenant, keys) => {
    queries.push(`entities ${tenant} ${keys.join()}`);
    return Promise.resolve(
      new Map(
        keys.flatMap((key) => {
          const records = RECORDS[key];
          return records ? [[key, records] as const] : [];
        }),
      ),
    );
  },
  peopleOf: (_, keys) => {
    queries.push(`people ${keys.join()}`);
    return Promise.resolve(new Map(keys.map((key) => [key, [{ key: JANE, mark: 1 }]])));
  },
  recommendationsOf: (_, keys) => {
    queries.push(`recommendations ${keys.join()}`);
    return Promise.resolve(new Map(keys.map((key) => [key, [{ feedId: "1", position: 0, mark: 2 }]])));
  },
};

beforeEach(() => {
  queries = [];
  entities = new Entities(store, PREFERENCE);
});

describe("Entities", () => {
  it("merges companies and people from their records, with global ids", async () => {
    const found = await entities.load(ACME_TENANT, [ACME, JANE, entityKey("Company", "domain", "unknown.com")]);
    expect(found).toEqual(
      new Map<string, unknown>([
        [
          ACME,
          {
            ...UNKNOWN_COMPANY,
            id: "Q29tcGFueTpkb21haW46YWNtZS5jb20",
            kind: "Company",
            key: ACME,
            keys: [ACME],
            name: "Acme",
            sources: [{ provider: "SURFE", providerId: null, fetchedAt: NOW, fields: ["name"] }],
          },
        ],
        [
          JANE,
          {
            ...UNKNOWN_PERSON,
            id: "UGVyc29uOmxpbmtlZGluOmphbmU",
            kind: "Person",
            key: JANE,
            keys: [JANE],
            employer: ACME,
            fullName: "Jane",
            sources: [{ provider: "SURFE", providerId: null, fetchedAt: NOW, fields: ["fullName", "company"] }],
          },
        ],
      ]),
    );
    expect(entities.peek(ACME_TENANT, ACME)).toBe(found.get(ACME));
  });

  it("keeps in memory what was read, until something is written about it", async () => {
    const readAll = async () => {
      await entities.load(ACME_TENANT, [ACME]);
      await entities.peopleOf(ACME_TENANT, [ACME]);
      return entities.recommendationsOf(ACME_TENANT, [ACME]);
    };
    expect(entities.peekPeopleOf(ACME_TENANT, ACME)).toBeUndefined();
    await readAll();
    expect(await readAll()).toEqual(new Map([[ACME, [{ feedId: "1", position: 0, mark: 2 }]]]));
    expect(entities.peekPeopleOf(ACME_TENANT, ACME)).toEqual([{ key: JANE, mark: 1 }]);
    expect(queries).toEqual([`entities acme ${ACME}`, `people ${ACME}`, `recommendations ${ACME}`]);
    entities.update(ACME_TENANT, { ...NOTHING, stale: [ACME] });
    expect(entities.peekPeopleOf(ACME_TENANT, ACME)).toBeUndefined();
    await readAll();
    expect(queries.slice(3)).toEqual([`people ${ACME}`, `recommendations ${ACME}`]);
  });

  it("takes what was written as it is told, without reading it", () => {
    const records: EntityRecords = { root: ACME, keys: [ACME, LINKEDIN], records: [] };
    const place = (mark: number) => ({ feedId: "1", position: 0, mark });
    const recommended = (names: readonly EntityKey[], mark: number, isFirst = true) => ({
      names,
      place: place(mark),
      isFirst,
    });
    entities.update(ACME_TENANT, {
      entities: [records],
      stale: [],
      people: new Map([[ACME, [{ key: JANE, mark: 1 }]]]),
      recommendations: [
        recommended([ACME, LINKEDIN], 2),
        recommended([ACME, LINKEDIN], 3, false),
        recommended([JANE], 4, false),
      ],
    });
    expect(entities.peek(ACME_TENANT, LINKEDIN)).toBe(entities.peek(ACME_TENANT, ACME));
    expect(entities.peek(ACME_TENANT, ACME)).toMatchObject({ key: ACME, keys: [ACME, LINKEDIN] });
    expect(entities.peekPeopleOf(ACME_TENANT, ACME)).toEqual([{ key: JANE, mark: 1 }]);
    expect(entities.peekRecommendationsOf(ACME_TENANT, LINKEDIN)).toEqual([place(2), place(3)]);
    expect(entities.peekRecommendationsOf(ACME_TENANT, JANE)).toBeUndefined();
    expect(queries).toEqual([]);
  });

  it("adds no recommendation twice to a list that was read after it was recorded", async () => {
    await entities.recommendationsOf(ACME_TENANT, [ACME]);
    const recommended = (mark: number) => ({
      names: [ACME],
      place: { feedId: "1", position: 1, mark },
      isFirst: false,
    });
    entities.update(ACME_TENANT, { ...NOTHING, recommendations: [recommended(2), recommended(3)] });
    expect(entities.peekRecommendationsOf(ACME_TENANT, ACME)?.map(({ mark }) => mark)).toEqual([2, 3]);
  });

  it("has a long list read again", () => {
    const recommended = (mark: number) => ({
      names: [ACME],
      place: { feedId: "1", position: 1, mark },
      isFirst: mark === 1,
    });
    const all = Array.from({ length: 101 }, (_, i) => recommended(i + 1));
    entities.update(ACME_TENANT, { ...NOTHING, recommendations: all.slice(0, 100) });
    expect(entities.peekRecommendationsOf(ACME_TENANT, ACME)).toHaveLength(100);
    entities.update(ACME_TENANT, { ...NOTHING, recommendations: all.slice(100) });
    expect(entities.peekRecommendationsOf(ACME_TENANT, ACME)).toBeUndefined();
  });

  it("counts writes, but for those that changed nothing", () => {
    entities.update(ACME_TENANT, NOTHING);
    expect(entities.writes(ACME_TENANT)).toBe(0);
    entities.update(ACME_TENANT, { ...NOTHING, stale: [ACME] });
    expect(entities.writes(ACME_TENANT)).toBe(1);
  });
});
