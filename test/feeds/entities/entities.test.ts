import { beforeEach, describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { entityKey } from "../../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import { Entities } from "../../../src/feeds/entities/entities";
import type { EntityRecords, EntityStore } from "../../../src/feeds/entities/entity-store.port";
import { NOW } from "../../support/fake-feed";
import { PREFERENCE } from "../../../src/wiring/provider-list";

const ACME = entityKey("Company", "domain", "acme.com");
const JANE = entityKey("Person", "linkedin", "jane");

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
    const found = await entities.load("acme", [ACME, JANE, entityKey("Company", "domain", "unknown.com")]);
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
    expect(entities.peek("acme", ACME)).toBe(found.get(ACME));
  });

  it("keeps in memory what was read, until something is written about it", async () => {
    const readAll = async () => {
      await entities.load("acme", [ACME]);
      await entities.peopleOf("acme", [ACME]);
      return entities.recommendationsOf("acme", [ACME]);
    };
    expect(entities.peekPeopleOf("acme", ACME)).toBeUndefined();
    await readAll();
    expect(await readAll()).toEqual(new Map([[ACME, [{ feedId: "1", position: 0, mark: 2 }]]]));
    expect(entities.peekPeopleOf("acme", ACME)).toEqual([{ key: JANE, mark: 1 }]);
    expect(queries).toEqual([`entities acme ${ACME}`, `people ${ACME}`, `recommendations ${ACME}`]);
    entities.forget("acme", [ACME]);
    expect([entities.peek("acme", ACME), entities.peekPeopleOf("acme", ACME)]).toEqual([undefined, undefined]);
    await readAll();
    expect(queries).toHaveLength(6);
  });
});
