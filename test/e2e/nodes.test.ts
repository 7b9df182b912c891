import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { PostgresDatabase } from "../../src/store/sql/postgres-database";
import { SqliteConnection } from "../../src/store/sql/sqlite-connection";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";
import type { CompanyByQueryVariables, PersonByQueryVariables } from "./documents/graphql";

const SaveNodesProfile = graphql(`
  mutation SaveNodesProfile($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

const NodeRows = graphql(`
  query NodeRows($user: String, $first: Int) {
    recommendations(externalUserId: $user, first: $first) {
      nodes {
        id
        score
        company {
          id
          name
          domain
          linkedinUrl
        }
        people {
          nodes {
            id
            fullName
            linkedinUrl
          }
        }
      }
    }
  }
`);

const NodeById = graphql(`
  query NodeById($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...AnyNode
    }
  }

  fragment AnyNode on Node {
    ... on Company {
      name
    }
    ... on Person {
      fullName
    }
    ... on Recommendation {
      score
      company {
        id
      }
    }
    ... on ICP {
      externalUserId
    }
  }
`);

const NodesByIds = graphql(`
  query NodesByIds($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ...AnyNode
    }
  }
`);

const CompanyBy = graphql(`
  query CompanyBy($domain: String, $linkedinUrl: String) {
    company(domain: $domain, linkedinUrl: $linkedinUrl) {
      id
    }
  }
`);

const PersonBy = graphql(`
  query PersonBy($linkedinUrl: String) {
    person(linkedinUrl: $linkedinUrl) {
      id
      company {
        id
        name
      }
      recommendations {
        totalCount
        issues {
          code
        }
        nodes {
          id
        }
      }
    }
  }
`);

const CompanyPeople = graphql(`
  query CompanyPeople($domain: String, $first: Int, $after: String, $last: Int, $before: String) {
    company(domain: $domain) {
      people(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        issues {
          code
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        edges {
          cursor
        }
        nodes {
          id
          company {
            id
          }
        }
      }
    }
  }
`);

const CompanyHistory = graphql(`
  query CompanyHistory($domain: String, $first: Int, $after: String) {
    company(domain: $domain) {
      recommendations(first: $first, after: $after) {
        totalCount
        issues {
          code
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          endCursor
        }
        nodes {
          id
          recordedAt
        }
      }
    }
  }
`);

const EverythingOfHundred = graphql(`
  query EverythingOfHundred($user: String) {
    recommendations(externalUserId: $user, first: 100) {
      nodes {
        company {
          id
          people(first: 5) {
            nodes {
              id
              company {
                id
              }
              recommendations(first: 1) {
                totalCount
              }
            }
          }
          recommendations(first: 1) {
            nodes {
              id
            }
          }
        }
        people(first: 5) {
          nodes {
            id
          }
        }
      }
    }
  }
`);

let app: TestApp;
let now: Date;

beforeEach(async () => {
  now = new Date("2026-11-20T08:00:00.000Z");
  app = await startTestApp({ surfe: { companies: 120 }, now: () => now });
  await app.query(SaveNodesProfile, { input: { externalUserId: "u1" } });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.stop();
});

async function rowsOf(user: string, first: number) {
  return present((await app.query(NodeRows, { user, first })).data.recommendations).nodes;
}

/** The error of a lookup that failed, as its code and message. */
async function refusal(lookup: Promise<{ errors?: readonly { message: string; extensions: { code: string } }[] }>) {
  return (await lookup).errors?.map(({ message, extensions }) => `${extensions.code}: ${message}`);
}

describe("Query.node and Query.nodes", () => {
  it("give anything by the id that the graph gave it", async () => {
    const { data } = await app.query(SaveNodesProfile, { input: { externalUserId: "u1" } });
    const icp = present(data.upsertICP?.icp).id;
    const row = present((await rowsOf("u1", 3))[0]);
    const company = present(row.company);
    const person = present(row.people.nodes[0]);
    app.surfe.control.clearCalls();
    const found = [
      { __typename: "ICP", id: icp, externalUserId: "u1" },
      { __typename: "Company", id: company.id, name: company.name },
      { __typename: "Person", id: person.id, fullName: person.fullName },
      { __typename: "Recommendation", id: row.id, score: row.score, company: { id: company.id } },
    ];
    for (const node of found) expect((await app.query(NodeById, { id: node.id })).data).toEqual({ node });
    const ids = [row.id, "unknown", person.id, company.id, icp, company.id];
    expect((await app.query(NodesByIds, { ids })).data).toEqual({
      nodes: [found[3], null, found[2], found[1], found[0], found[1]],
    });
    expect((await app.query(NodesByIds, { ids: [] })).data).toEqual({ nodes: [] });
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("are null for ids that are unknown or garbage, never an error", async () => {
    const row = present((await rowsOf("u1", 1))[0]);
    const encode = (text: string) => Buffer.from(text).toString("base64url");
    const ids = [
      "",
      " ",
      "garbage",
      "💥",
      "x".repeat(10_000),
      encode("Company:domain:nowhere.example"),
      encode("Person:linkedin:nobody"),
      encode("Company:moon:surfe.com"),
      encode("ICP:00000000-0000-0000-0000-000000000000"),
      encode("ICP:"),
      encode("Recommendation:00000000-0000-0000-0000-000000000000:0"),
      encode(Buffer.from(row.id, "base64url").toString().replace(/\d+$/, "99")),
      encode(Buffer.from(row.id, "base64url").toString().replace(/\d+$/, "-1")),
      encode("Nothing:1"),
      encode("Query"),
      `${row.id}=`,
      ` ${row.id}`,
    ];
    expect(await app.query(NodesByIds, { ids })).toEqual({ status: 200, data: { nodes: ids.map(() => null) } });
    for (const id of ids) expect(await app.query(NodeById, { id })).toEqual({ status: 200, data: { node: null } });
  });
});

describe("Query.company", () => {
  it.each([
    { domain: "surfe.com" },
    { domain: " WWW.Surfe.COM " },
    { domain: "https://www.surfe.com/about?x=1" },
    { domain: "app.surfe.com" },
    { linkedinUrl: "https://www.linkedin.com/company/surfe" },
    { linkedinUrl: "linkedin.com/company/Surfe/" },
    { linkedinUrl: "https://fr.linkedin.com/company/surfe/about/?trk=x" },
  ])("finds %o", async (args) => {
    const [row] = await rowsOf("u1", 1);
    expect((await app.query(CompanyBy, args)).data).toEqual({ company: { id: row?.company?.id } });
  });

  it("is null for a company that is not recorded", async () => {
    await rowsOf("u1", 1);
    for (const args of [{ domain: "nowhere.example" }, { linkedinUrl: "https://www.linkedin.com/company/nobody" }]) {
      expect(await app.query(CompanyBy, args)).toEqual({ status: 200, data: { company: null } });
    }
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-1"]);
  });

  it("takes exactly one argument", async () => {
    const message = "BAD_USER_INPUT: Give exactly one of `domain` and `linkedinUrl`.";
    const both = { domain: "surfe.com", linkedinUrl: "https://www.linkedin.com/company/surfe" };
    const wrong: CompanyByQueryVariables[] = [{}, both, { domain: null }, { domain: null, linkedinUrl: null }];
    for (const args of wrong) {
      expect(await refusal(app.query(CompanyBy, args))).toEqual([message]);
    }
  });

  it.each([
    [{ domain: "" }, '"" is not a company\'s domain'],
    [{ domain: "com" }, '"com" is not a company\'s domain'],
    [{ domain: "127.0.0.1" }, '"127.0.0.1" is not a company\'s domain'],
    [{ domain: "linktr.ee" }, '"linktr.ee" is not a company\'s domain'],
    [{ linkedinUrl: "surfe" }, '"surfe" is not a company\'s LinkedIn address'],
    [{ linkedinUrl: "https://www.linkedin.com/in/johndoe" }, "is not a company's LinkedIn address"],
  ])("refuses %o, saying what is accepted", async (args, message) => {
    expect(await refusal(app.query(CompanyBy, args))).toEqual([expect.stringContaining(message)]);
    expect((await app.query(CompanyBy, args)).errors?.map(({ extensions }) => extensions.code)).toEqual([
      "BAD_USER_INPUT",
    ]);
  });
});

describe("Query.person", () => {
  it("finds a person however the address is written, with their company", async () => {
    const [row] = await rowsOf("u1", 1);
    const found = {
      person: {
        id: row?.people.nodes[0]?.id,
        company: { id: row?.company?.id, name: "Surfe" },
        recommendations: { totalCount: 0, issues: [], nodes: [] },
      },
    };
    for (const linkedinUrl of ["https://www.linkedin.com/in/johndoe", "linkedin.com/in/JohnDoe/?x"]) {
      expect((await app.query(PersonBy, { linkedinUrl })).data).toEqual(found);
    }
    expect((await app.query(PersonBy, { linkedinUrl: "https://www.linkedin.com/in/nobody" })).data).toEqual({
      person: null,
    });
  });

  it("refuses no address, and what is none", async () => {
    const wrong: PersonByQueryVariables[] = [{}, { linkedinUrl: null }];
    for (const args of wrong) {
      expect(await refusal(app.query(PersonBy, args))).toEqual(["BAD_USER_INPUT: Give `linkedinUrl`."]);
    }
    for (const linkedinUrl of ["", "johndoe", "https://www.linkedin.com/company/surfe"]) {
      expect(await refusal(app.query(PersonBy, { linkedinUrl }))).toEqual([
        expect.stringContaining("is not a person's LinkedIn address"),
      ]);
    }
  });
});

describe("Company.people", () => {
  it("pages through everyone who was recorded there, both ways", async () => {
    const rows = await rowsOf("u1", 20);
    const largest = present([...rows].sort((a, b) => b.people.nodes.length - a.people.nodes.length)[0]);
    const ids = largest.people.nodes.map(({ id }) => id);
    const domain = present(largest.company?.domain);
    const page = async (args: object) =>
      present((await app.query(CompanyPeople, { domain, ...args })).data.company?.people);
    const all = await page({});
    expect(all.nodes).toEqual(ids.map((id) => ({ id, company: { id: largest.company?.id } })));
    expect(all).toMatchObject({ totalCount: ids.length, issues: [], pageInfo: { hasNextPage: false } });
    const cursors = all.edges.map(({ cursor }) => cursor);
    expect((await page({ first: 2 })).nodes).toEqual(all.nodes.slice(0, 2));
    expect((await page({ first: 1, after: cursors[1] })).nodes).toEqual(all.nodes.slice(2, 3));
    expect((await page({ last: 1 })).nodes).toEqual(all.nodes.slice(-1));
    expect(await page({ last: 1, before: cursors[2] })).toMatchObject({
      nodes: all.nodes.slice(1, 2),
      pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: cursors[1], endCursor: cursors[1] },
    });
    expect(await page({ first: 0 })).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, startCursor: null } });
  });

  it("refuses wrong arguments and cursors of another company", async () => {
    const [one, two] = (await rowsOf("u1", 2)).map(({ company }) => present(company?.domain));
    const { data } = await app.query(CompanyPeople, { domain: present(one), first: 1 });
    const after = present(data.company?.people?.pageInfo.endCursor);
    expect(await refusal(app.query(CompanyPeople, { domain: present(two), after }))).toEqual([
      expect.stringMatching(/^CURSOR_INVALID/),
    ]);
    expect(await refusal(app.query(CompanyPeople, { domain: present(one), first: 101 }))).toEqual([
      "BAD_USER_INPUT: `first` takes an integer from 0 to 100, but was 101.",
    ]);
    expect(await app.query(CompanyPeople, { domain: present(one), first: 101 })).toMatchObject({
      data: { company: { people: null } },
    });
  });
});

describe("Company.recommendations", () => {
  it("lists everything that recommends a company, newest first, across profiles", async () => {
    const ids = [present((await rowsOf("u1", 1))[0]).id];
    for (const user of ["u2", "u3"]) {
      now = new Date(now.getTime() + 3_600_000);
      await app.query(SaveNodesProfile, { input: { externalUserId: user } });
      ids.unshift(present((await rowsOf(user, 1))[0]).id);
    }
    const history = async (args: object) =>
      present((await app.query(CompanyHistory, { domain: "surfe.com", ...args })).data.company?.recommendations);
    const all = await history({});
    expect(all).toMatchObject({ totalCount: 3, issues: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } });
    expect(all.nodes).toEqual([
      { id: ids[0], recordedAt: "2026-11-20T10:00:00.000Z" },
      { id: ids[1], recordedAt: "2026-11-20T09:00:00.000Z" },
      { id: ids[2], recordedAt: "2026-11-20T08:00:00.000Z" },
    ]);
    const first = await history({ first: 2 });
    expect(first.nodes).toEqual(all.nodes.slice(0, 2));
    expect(await history({ first: 2, after: first.pageInfo.endCursor })).toMatchObject({
      nodes: all.nodes.slice(2),
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });
});

describe("one operation over a hundred companies", () => {
  it("is answered with a bounded number of SQL queries, and none when read again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tributary-nodes-"));
    await app.stop();
    app = await startTestApp({ surfe: { companies: 120 }, databasePath: join(folder, "tributary.db") });
    await app.query(SaveNodesProfile, { input: { externalUserId: "u1" } });
    await rowsOf("u1", 100);
    await app.restart(); // nothing is in memory
    const reads =
      globalThis.DATABASE === "postgres"
        ? jest.spyOn(PostgresDatabase.prototype, "read")
        : jest.spyOn(SqliteConnection.prototype, "rows");
    const { data } = await app.query(EverythingOfHundred, { user: "u1" });
    const nodes = present(data.recommendations).nodes;
    expect(nodes).toHaveLength(100);
    expect(nodes.every(({ company }) => present(company?.people).nodes.length > 0)).toBe(true);
    expect([...new Set(reads.mock.calls.map(([{ name }]) => name))]).toEqual([
      "profile of user",
      "newest feeds",
      "rows of feeds",
      "entities by name", // the companies, and then who works there
      "people of companies",
      "recommendations of subjects", // of the companies, and of those people
    ]);
    expect(reads.mock.calls.length).toBeLessThan(20); // a statement takes two hundred rows
    reads.mockClear();
    expect((await app.query(EverythingOfHundred, { user: "u1" })).data).toEqual(data);
    expect(reads).not.toHaveBeenCalled();
    await rm(folder, { recursive: true });
  });
});
