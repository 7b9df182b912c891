import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Sqlite from "libsql";
import { answerKey } from "../../src/sandbox/catalogue/answer-key";
import type { Returned } from "../../src/sandbox/catalogue/returned";
import { present } from "../support/present";
import { startTestApp, type Answer, type TestApp, type TypedDocument } from "../support/test-app";
import { graphql } from "./documents";

const SaveProfileOfAll = graphql(`
  mutation SaveProfileOfAll {
    upsertICP(input: { externalUserId: "all" }) {
      userErrors {
        message
      }
    }
  }
`);

const AllRecommended = graphql(`
  query AllRecommended($after: String) {
    page: recommendations(externalUserId: "all", providers: [SURFE], first: 100, after: $after) {
      ...RecommendationsRead
    }
  }

  fragment RecommendationsRead on RecommendationConnection {
    issues {
      message
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      company {
        __typename
        id
      }
      person {
        __typename
        id
      }
      people(first: 10) {
        nodes {
          __typename
          id
        }
      }
    }
  }
`);

const AllSimilarCompanies = graphql(`
  query AllSimilarCompanies($companies: [CompanyReferenceInput!]!, $after: String) {
    page: similarCompanies(companies: $companies, first: 100, after: $after) {
      ...RecommendationsRead
    }
  }
`);

const AllSimilarPeople = graphql(`
  query AllSimilarPeople($people: [PersonReferenceInput!]!, $after: String) {
    page: similarPeople(people: $people, first: 100, after: $after) {
      ...RecommendationsRead
    }
  }
`);

const AllSuggested = graphql(`
  query AllSuggested($after: String) {
    page: networkRecommendations(first: 100, after: $after) {
      ...RecommendationsRead
    }
  }
`);

const AllCompanies = graphql(`
  query AllCompanies($after: String) {
    page: companies(first: 100, after: $after) {
      issues {
        message
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        __typename
        id
      }
    }
  }
`);

const AllPeople = graphql(`
  query AllPeople($after: String) {
    page: people(first: 100, after: $after) {
      issues {
        message
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        __typename
        id
        company {
          __typename
          id
        }
      }
    }
  }
`);

const IdsNow = graphql(`
  query IdsNow($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
    }
  }
`);

interface Page {
  readonly page: {
    readonly issues: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

let app: TestApp;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-answer-key-"));
});
afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

/** Everything as seeds, in three sets: none brings its own seeds. Lusha's ids are the catalogue's numbers, spread out. */
const SETS = [0, 1, 2].map((set) => Array.from({ length: 40 }, (_, i) => 3 * i + set));
const companySets = SETS.map((set) => set.map((at) => ({ lushaCompanyId: String(6504 + 37 * at) })));
const peopleSets = SETS.map((set) =>
  set.map((at) => ({ lusha: { personId: String(675851474 + 11 * 8 * at), companyId: String(6504 + 37 * at) } })),
);

/** Every id in an answer. */
function idsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "id" in value && typeof value.id === "string" ? [value.id] : [];
  return [...own, ...Object.values(value).flatMap(idsIn)];
}

/** Every id on a connection, read to its end. */
async function readToEnd<Variables extends object>(
  document: TypedDocument<Page, Variables & { after?: string | null }>,
  variables: Variables,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const answer: Answer<Page> = await app.query(document, { ...variables, after });
    const page = present(answer.data.page);
    expect(page.issues).toEqual([]);
    ids.push(...idsIn(page));
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
}

const CONNECTIONS: readonly (() => Promise<readonly string[]>)[] = [
  () => readToEnd(AllRecommended, {}),
  ...companySets.map((companies) => () => readToEnd(AllSimilarCompanies, { companies })),
  ...peopleSets.map((people) => () => readToEnd(AllSimilarPeople, { people })),
  () => readToEnd(AllSuggested, {}),
  () => readToEnd(AllCompanies, {}),
  () => readToEnd(AllPeople, {}),
];

/** What the ids that were given out at any time lead to now: how many different companies and people. */
async function countSeen(ids: readonly string[]) {
  const found = { Company: new Set(), Person: new Set(), ICP: new Set(), Recommendation: new Set() };
  const asked = [...new Set(ids)];
  for (let at = 0; at < asked.length; at += 500) {
    const { data } = await app.query(IdsNow, { ids: asked.slice(at, at + 500) });
    for (const node of data.nodes.map(present)) found[node.__typename].add(node.id);
  }
  return { companies: found.Company.size, people: found.Person.size };
}

/** How many different companies and people are recorded, those included that no connection leads to. */
function countRecorded(path: string) {
  const database = new Sqlite(path, { readonly: true });
  const count = database.prepare("select count(distinct entity) as number from record where kind = ?");
  const numberOf = (kind: string) => (count.get(kind) as { readonly number: number }).number;
  const counts = { companies: numberOf("Company"), people: numberOf("Person") };
  database.close();
  return counts;
}

/** The simulators' own logs of what they gave. */
function givenByAll({ surfe, lusha, linkup, letrics }: TestApp) {
  return {
    surfe: surfe.control.returned(),
    lusha: lusha.control.returned(),
    lookalikes: lusha.control.returnedAsLookalikes(),
    linkup: linkup.control.returned(),
    letrics: letrics.control.returned(),
  };
}

const readInTurn = async () => {
  const ids: string[] = [];
  for (const read of CONNECTIONS) ids.push(...(await read()));
  return ids;
};
const readAtOnce = async () => (await Promise.all([...CONNECTIONS].reverse().map((read) => read()))).flat();

describe("everything read from all four", () => {
  it.each([
    { api: "recommendations", read: readInTurn, key: { companies: 128, people: 794 } },
    { api: "lookalikes", read: readAtOnce, key: { companies: 122, people: 620 } },
  ])("is as many companies and people as the answer key has, Lusha by its $api", async ({ api, read, key }) => {
    app = await startTestApp({
      providers: ["SURFE", "LUSHA", "LINKUP", "LETRICS"],
      surfe: { companies: 70 },
      lusha: { companies: 120, setSize: 1000 },
      linkup: { companies: 120 },
      letrics: { companies: 120 },
      env: { LUSHA_API: api },
      databasePath: join(folder, `${api}.db`),
    });
    await app.query(SaveProfileOfAll);
    const ids = await read();
    const given = givenByAll(app);
    const countsOf = ({ companies, people }: Returned) => [companies.length, people.length];
    // Each gave all it has, but for the one company, and its three people, that is like no other Lusha knows.
    expect([given.surfe, given.linkup, given.letrics].map(countsOf)).toEqual([
      [70, 331],
      [0, 181],
      [73, 252],
    ]);
    expect([given.lusha, given.lookalikes].map(countsOf).sort()).toEqual([
      [0, 0],
      [81, 289],
    ]);
    expect(answerKey(given)).toMatchObject(key);
    expect(countRecorded(join(folder, `${api}.db`))).toEqual(key);
    expect(await countSeen(ids)).toEqual(key);
  });
});
