import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createRequest, type Client, type OperationResult } from "@urql/core";
import type { IntrospectionType } from "graphql";
import { present } from "../../support/present";
import { callsOf, startTestApp, type TestApp } from "../../support/test-app";
import { connectionFields } from "../connection-fields";
import { graphql } from "../documents";
import type { Provider, UrqlRowsQuery, UrqlRowsQueryVariables } from "../documents/graphql";
import { notedFetch } from "../noted-fetch";
import { createClient, fetchSchema, KEYS, PAGINATION } from "./client";

const UrqlRows = graphql(`
  query UrqlRows($user: String!, $providers: [Provider!], $first: Int, $after: String, $last: Int, $before: String) {
    recommendations(
      externalUserId: $user
      providers: $providers
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      issues {
        provider
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
        node {
          id
          subject {
            ... on Company {
              id
              name
            }
            ... on Person {
              id
              fullName
            }
          }
        }
      }
    }
  }
`);

const UrqlNode = graphql(`
  query UrqlNode($id: ID!) {
    node(id: $id) {
      id
      ... on Company {
        name
      }
    }
  }
`);

const UrqlNodeWithMore = graphql(`
  query UrqlNodeWithMore($id: ID!) {
    node(id: $id) {
      id
      ... on Company {
        name
        domain
      }
    }
  }
`);

const UrqlCompany = graphql(`
  query UrqlCompany($domain: String!) {
    company(domain: $domain) {
      id
      domain
    }
  }
`);

const UrqlProfile = graphql(`
  query UrqlProfile($user: String!, $first: Int!, $after: String) {
    icp(externalUserId: $user) {
      id
      companies {
        industries
      }
      recommendations(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            id
          }
        }
      }
    }
  }
`);

const UrqlSave = graphql(`
  mutation UrqlSave($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
        companies {
          industries
        }
      }
      userErrors {
        field
        code
      }
    }
  }
`);

const ALL = ["Surfe", "Canopy Pharma", "Orchard Builders", "Evergreen Telecom", "Jasper Stores", "Ashford Trust"];

/** As another client would: this one hears nothing of it. */
const REPLACE = `mutation {
  upsertICP(input: { externalUserId: "u1", companies: { industries: ["Banking"] } }) { userErrors { code } }
}`;

let app: TestApp;
let sent: string[];
let warnings: string[];
let client: Client;

beforeEach(async () => {
  app = await startTestApp({
    losesAnswers: true,
    surfe: { companies: 6 },
    now: () => new Date("2026-11-20T12:00:00.000Z"),
  });
  client = await freshClient();
  await client.mutation(UrqlSave, { input: { externalUserId: "u1" } });
  app.surfe.control.clearCalls();
  sent.length = 0;
});
afterEach(async () => {
  await app.stop();
  expect(warnings).toEqual([]);
});

/** A client that holds nothing yet. */
async function freshClient(): Promise<Client> {
  const noted = notedFetch();
  sent = noted.sent;
  warnings = [];
  return createClient(app.url, await fetchSchema(app.url), (message) => void warnings.push(message), noted.fetch);
}

async function page(variables: UrqlRowsQueryVariables) {
  const { data, error } = await client.query(UrqlRows, variables);
  if (error) throw error;
  return present(present(data).recommendations);
}

function namesOf({ edges }: NonNullable<UrqlRowsQuery["recommendations"]>): readonly unknown[] {
  return edges.map(({ node }) => ("name" in node.subject ? node.subject.name : node.id));
}

describe("relayPagination", () => {
  it("is told of every connection", () => {
    const fields = Object.entries(PAGINATION).map(([type, resolvers]) => [type, Object.keys(resolvers).sort()]);
    const connections = Object.entries(connectionFields()).map(([type, args]) => [type, Object.keys(args).sort()]);
    expect(Object.fromEntries(fields)).toEqual(Object.fromEntries(connections));
  });

  it("pages forward to the end, every row once and fetched once", async () => {
    const begun = await page({ user: "u1", first: 3 });
    expect(namesOf(begun)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(begun).toMatchObject({ totalCount: null, pageInfo: { hasPreviousPage: false, hasNextPage: true } });
    const grown = await page({ user: "u1", first: 2, after: begun.pageInfo.endCursor });
    const whole = await page({ user: "u1", first: 10, after: grown.pageInfo.endCursor });
    expect(namesOf(whole)).toEqual(ALL);
    expect(whole).toMatchObject({ totalCount: 6, pageInfo: { hasPreviousPage: false, hasNextPage: false } });
    expect(sent).toEqual(["UrqlRows", "UrqlRows", "UrqlRows"]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "fetch 2-5", "fetch 4-15"]);
  });

  it("pages back from the end of a list that has one", async () => {
    await page({ user: "u1", first: 100 });
    client = await freshClient();
    const begun = await page({ user: "u1", last: 2 });
    expect(namesOf(begun)).toEqual(["Jasper Stores", "Ashford Trust"]);
    expect(begun.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
    const grown = await page({ user: "u1", last: 3, before: begun.pageInfo.startCursor });
    const whole = await page({ user: "u1", last: 3, before: grown.pageInfo.startCursor });
    expect(namesOf(whole)).toEqual(ALL);
    expect(whole.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
    expect(sent).toEqual(["UrqlRows", "UrqlRows", "UrqlRows"]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-100"]);
  });

  it("begins before any cursor, and pages both ways from there by the cursors of its rows", async () => {
    const { pageInfo } = await page({ user: "u1", first: 4 });
    client = await freshClient();
    const begun = await page({ user: "u1", last: 2, before: pageInfo.endCursor });
    expect(namesOf(begun)).toEqual(["Canopy Pharma", "Orchard Builders"]);
    // It takes no end from a page before a cursor.
    expect(begun.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false, endCursor: null });
    await page({ user: "u1", last: 2, before: begun.edges.at(0)?.cursor });
    const whole = await page({ user: "u1", first: 3, after: begun.edges.at(-1)?.cursor });
    expect(namesOf(whole)).toEqual(ALL);
    expect(whole.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
    expect(callsOf(app.surfe)).toEqual(["fetch 0-4", "fetch 3-6"]);
  });

  it("keeps its rows when a page fails, and goes on from there", async () => {
    const { pageInfo } = await page({ user: "u1", first: 3 });
    const next = { user: "u1", first: 3, after: pageInfo.endCursor };
    app.surfe.control.failNext({ kind: "status", status: 402 });
    const { error } = await client.query(UrqlRows, next);
    expect(error?.graphQLErrors).toMatchObject([
      { extensions: { code: "PROVIDER_CREDITS_EXHAUSTED", provider: "SURFE", retryable: false } },
    ]);
    expect(namesOf(await page({ user: "u1", first: 3 }))).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(namesOf(await page(next))).toEqual(ALL);
    expect(sent).toEqual(["UrqlRows", "UrqlRows", "UrqlRows"]);
  });

  it("takes an empty last page for no page: that nothing came is what says that this was the end", async () => {
    const begun = await page({ user: "u1", first: 3 });
    await app.send(REPLACE);
    const ended = await page({ user: "u1", first: 3, after: begun.pageInfo.endCursor });
    expect(namesOf(ended)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(ended.pageInfo).toEqual(begun.pageInfo);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "icp"]);
  });

  it("is one list for each value of the other arguments, with the issues of the page asked for", async () => {
    const providers = ["LUSHA", "SURFE"] satisfies Provider[];
    const { pageInfo } = await page({ user: "u1", providers, first: 2 });
    const wide = await page({ user: "u1", first: 1 });
    const narrow = await page({ user: "u1", providers, first: 1, after: pageInfo.endCursor });
    expect(namesOf(narrow)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(narrow.issues).toMatchObject([{ provider: "LUSHA", code: "PROVIDER_NOT_CONFIGURED" }]);
    expect(namesOf(wide)).toEqual(["Surfe"]);
    expect(wide.issues).toEqual([]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-2", "fetch 1-3"]);
  });
});

describe("urql's normalised cache", () => {
  it("serves a node that it holds, and fills up one that it holds a part of", async () => {
    const { edges } = await page({ user: "u1", first: 1 });
    const { id } = present(edges[0]).node.subject;
    const held = await client.query(UrqlNode, { id });
    expect(held.data).toEqual({ node: { id, name: "Surfe" } });
    expect(sent).toEqual(["UrqlRows"]);
    const filled = await client.query(UrqlNodeWithMore, { id });
    expect(filled.data).toEqual({ node: { id, name: "Surfe", domain: "surfe.com" } });
    expect(sent).toEqual(["UrqlRows", "UrqlNodeWithMore"]);
  });

  it("keeps one record an id, whichever way it came", async () => {
    const { edges } = await page({ user: "u1", first: 1 });
    const { id } = present(edges[0]).node.subject;
    await client.query(UrqlCompany, { domain: "surfe.com" });
    const both = await client.query(UrqlNodeWithMore, { id });
    expect(both.data).toEqual({ node: { id, name: "Surfe", domain: "surfe.com" } });
    expect(sent).toEqual(["UrqlRows", "UrqlCompany"]);
  });

  it("shows a replaced profile, and reads its list anew", async () => {
    const variables = { user: "u1", first: 2 };
    await client.query(UrqlProfile, variables);
    await client.mutation(UrqlSave, { input: { externalUserId: "u1", companies: { industries: ["Banking"] } } });
    const { data } = await client.query(UrqlProfile, variables);
    expect(data?.icp?.companies.industries).toEqual(["Banking"]);
    expect(sent).toEqual(["UrqlProfile", "UrqlSave", "UrqlProfile"]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-2", "icp", "fetch 0-2"]);
  });

  it("brings a list to life that had no profile, once one is saved", async () => {
    const asked = client.createRequestOperation("query", createRequest(UrqlRows, { user: "u2", first: 2 }));
    const results: OperationResult<UrqlRowsQuery>[] = [];
    const screen = client.executeRequestOperation(asked).subscribe((result) => {
      results.push(result);
    });
    const refused = await client.query(UrqlRows, { user: "u2", first: 2 });
    expect(refused.error?.graphQLErrors).toMatchObject([{ extensions: { code: "PROFILE_NOT_FOUND" } }]);
    const { data } = await client.mutation(UrqlSave, { input: { externalUserId: "u2" } });
    expect(data?.upsertICP?.userErrors).toEqual([]);
    client.reexecuteOperation(asked);
    expect(namesOf(await page({ user: "u2", first: 2 }))).toEqual(["Surfe", "Canopy Pharma"]);
    expect(present(results.at(-1)?.data?.recommendations).edges).toHaveLength(2);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2"]);
    screen.unsubscribe();
  });

  it("is told how to keep every type that has no id", async () => {
    const { types } = (await fetchSchema(app.url)).__schema as { readonly types: readonly IntrospectionType[] };
    const idless = types.filter(
      (type) =>
        type.kind === "OBJECT" &&
        !type.fields.some(({ name }) => name === "id") &&
        !/^(_|Query$|Mutation$|PageInfo$)|(Connection|Edge)$/.test(type.name),
    );
    expect(Object.keys(KEYS).sort()).toEqual(idless.map(({ name }) => name).sort());
  });
});
