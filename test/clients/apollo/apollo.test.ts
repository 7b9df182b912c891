import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { ApolloClient, ObservableQuery } from "@apollo/client";
import type { DeepPartial } from "@apollo/client/utilities";
import { filter, firstValueFrom } from "rxjs";
import { present } from "../../support/present";
import { callsOf, startTestApp, type TestApp } from "../../support/test-app";
import { connectionFields } from "../connection-fields";
import { graphql } from "../documents";
import type { ApolloProfileQuery, ApolloRowsQuery, ApolloRowsQueryVariables } from "../documents/graphql";
import { notedFetch } from "../noted-fetch";
import { createClient, fetchPossibleTypes, forgetRecommendations, PAGINATION } from "./client";

const ApolloRows = graphql(`
  query ApolloRows($user: String!, $providers: [Provider!], $first: Int, $after: String, $last: Int, $before: String) {
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

const ApolloCompany = graphql(`
  query ApolloCompany($domain: String!) {
    company(domain: $domain) {
      id
      employeeCount
    }
  }
`);

const ApolloNode = graphql(`
  query ApolloNode($id: ID!) {
    node(id: $id) {
      id
      ... on Company {
        name
      }
    }
  }
`);

const ApolloNodeWithMore = graphql(`
  query ApolloNodeWithMore($id: ID!) {
    node(id: $id) {
      id
      ... on Company {
        name
        domain
      }
    }
  }
`);

const ApolloProfile = graphql(`
  query ApolloProfile($user: String!, $first: Int!, $after: String) {
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

const ApolloSave = graphql(`
  mutation ApolloSave($input: UpsertICPInput!) {
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
let client: ApolloClient;

beforeEach(async () => {
  app = await startTestApp({
    losesAnswers: true,
    surfe: { companies: 6 },
    now: () => new Date("2026-11-20T12:00:00.000Z"),
  });
  const noted = notedFetch();
  sent = noted.sent;
  client = createClient(app.url, await fetchPossibleTypes(app.url), noted.fetch);
  await client.mutate({ mutation: ApolloSave, variables: { input: { externalUserId: "u1" } } });
  app.surfe.control.clearCalls();
  sent.length = 0;
});
afterEach(async () => {
  client.stop();
  await app.stop();
});

/** A list on screen: read from the cache, whatever page brought its rows there. */
async function listOf(variables: ApolloRowsQueryVariables): Promise<List> {
  await client.query({ query: ApolloRows, variables });
  return client.watchQuery({ query: ApolloRows, variables });
}

type List = ObservableQuery<ApolloRowsQuery, ApolloRowsQueryVariables>;

function shown(list: List): NonNullable<ApolloRowsQuery["recommendations"]> {
  const { data, dataState } = list.getCurrentResult();
  if (dataState !== "complete") throw new Error("the cache does not hold the whole list");
  return present(data.recommendations);
}

function namesOf(list: List): readonly unknown[] {
  return shown(list).edges.map(({ node }) => ("name" in node.subject ? node.subject.name : node.id));
}

function moreAfter(list: List, first: number): Promise<unknown> {
  return list.fetchMore({ variables: { first, after: shown(list).pageInfo.endCursor, last: null, before: null } });
}

function moreBefore(list: List, last: number): Promise<unknown> {
  return list.fetchMore({ variables: { last, before: shown(list).pageInfo.startCursor, first: null, after: null } });
}

function industriesOf(data: DeepPartial<ApolloProfileQuery> | undefined): readonly unknown[] | undefined {
  return data?.icp?.companies?.industries;
}

/** What the cache holds of companies. */
function cachedCompanies(): readonly string[] {
  return Object.keys(client.cache.extract() as object).filter((key) => key.startsWith("Company:"));
}

describe("fetchPossibleTypes", () => {
  it("knows what an interface and a union may be", async () => {
    const { Node, RecommendationSubject } = await fetchPossibleTypes(app.url);
    expect(Node?.toSorted()).toEqual(["Company", "ICP", "Person", "Recommendation"]);
    expect(RecommendationSubject?.toSorted()).toEqual(["Company", "Person"]);
  });
});

describe("relayStylePagination", () => {
  it("is told of every connection, and of what makes a list its own", () => {
    const keyed = Object.entries(PAGINATION).map(([type, fields]) => [
      type,
      Object.fromEntries(
        Object.entries(fields).map(([field, { keyArgs }]) => [field, keyArgs === false ? [] : [keyArgs].flat().sort()]),
      ),
    ]);
    expect(Object.fromEntries(keyed)).toEqual(connectionFields());
  });

  it("pages forward to the end, every row once and fetched once", async () => {
    const list = await listOf({ user: "u1", first: 3 });
    expect(namesOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(shown(list)).toMatchObject({ totalCount: null, pageInfo: { hasPreviousPage: false, hasNextPage: true } });
    await moreAfter(list, 2);
    await moreAfter(list, 10);
    expect(namesOf(list)).toEqual(ALL);
    expect(shown(list)).toMatchObject({ totalCount: 6, pageInfo: { hasPreviousPage: false, hasNextPage: false } });
    expect(sent).toEqual(["ApolloRows", "ApolloRows", "ApolloRows"]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "fetch 2-5", "fetch 4-15"]);
  });

  it("begins before any cursor, and pages both ways from there", async () => {
    const { pageInfo } = shown(await listOf({ user: "u1", first: 4 }));
    await client.clearStore();
    const list = await listOf({ user: "u1", last: 2, before: pageInfo.endCursor });
    expect(namesOf(list)).toEqual(["Canopy Pharma", "Orchard Builders"]);
    expect(shown(list).pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
    await moreBefore(list, 2);
    expect(namesOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(shown(list).pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
    await moreAfter(list, 3);
    expect(namesOf(list)).toEqual(ALL);
    expect(shown(list).pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
    expect(callsOf(app.surfe)).toEqual(["fetch 0-4", "fetch 3-6"]);
  });

  it("keeps its rows when a page fails, and goes on from there", async () => {
    const list = await listOf({ user: "u1", first: 3 });
    app.surfe.control.failNext({ kind: "status", status: 402 });
    await expect(moreAfter(list, 3)).rejects.toMatchObject({
      name: "CombinedGraphQLErrors",
      errors: [{ extensions: { code: "PROVIDER_CREDITS_EXHAUSTED", provider: "SURFE", retryable: false } }],
    });
    expect(namesOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    await moreAfter(list, 3);
    expect(namesOf(list)).toEqual(ALL);
  });

  it("ends with an empty page where the profile was replaced meanwhile", async () => {
    const list = await listOf({ user: "u1", first: 3 });
    await app.send(REPLACE);
    await moreAfter(list, 3);
    expect(namesOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(shown(list).pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "icp"]);
  });

  it("is one list for each value of its keyArgs, with the issues that came with its last page", async () => {
    const narrow = await listOf({ user: "u1", providers: ["LUSHA", "SURFE"], first: 2 });
    const wide = await listOf({ user: "u1", first: 1 });
    await moreAfter(narrow, 1);
    expect(namesOf(narrow)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(shown(narrow).issues).toMatchObject([{ provider: "LUSHA", code: "PROVIDER_NOT_CONFIGURED" }]);
    expect(namesOf(wide)).toEqual(["Surfe"]);
    expect(shown(wide).issues).toEqual([]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-2", "fetch 1-3"]);
  });
});

describe("Apollo Client's cache", () => {
  it("keeps one entry a company, whichever way it came", async () => {
    const list = await listOf({ user: "u1", first: 1 });
    const { subject } = present(shown(list).edges[0]).node;
    const { data } = await client.query({ query: ApolloCompany, variables: { domain: "surfe.com" } });
    expect(data?.company?.id).toBe(subject.id);
    expect(cachedCompanies()).toEqual([`Company:${subject.id}`]);
    expect(client.cache.extract()).toMatchObject({
      [`Company:${subject.id}`]: { __typename: "Company", id: subject.id, name: "Surfe", employeeCount: 50 },
    });
    expect(sent).toEqual(["ApolloRows", "ApolloCompany"]);
  });

  it("serves a node that it holds, and fills up one that it holds a part of", async () => {
    const list = await listOf({ user: "u1", first: 1 });
    const { id } = present(shown(list).edges[0]).node.subject;
    const held = await client.query({ query: ApolloNode, variables: { id } });
    expect(held.data).toEqual({ node: { __typename: "Company", id, name: "Surfe" } });
    expect(sent).toEqual(["ApolloRows"]);
    const filled = await client.query({ query: ApolloNodeWithMore, variables: { id } });
    expect(filled.data).toEqual({ node: { __typename: "Company", id, name: "Surfe", domain: "surfe.com" } });
    expect(sent).toEqual(["ApolloRows", "ApolloNodeWithMore"]);
    expect(cachedCompanies()).toEqual([`Company:${id}`]);
  });

  it("shows a replaced profile at once, and reads its list anew", async () => {
    const variables = { user: "u1", first: 2 };
    await client.query({ query: ApolloProfile, variables });
    const profile = client.watchQuery({ query: ApolloProfile, variables });
    const replaced = firstValueFrom(profile.pipe(filter(({ data }) => industriesOf(data)?.[0] === "Banking")));
    await client.mutate({
      mutation: ApolloSave,
      variables: { input: { externalUserId: "u1", companies: { industries: ["Banking"] } } },
      update: (cache, { data }) => {
        const id = data?.upsertICP?.icp?.id;
        if (id !== undefined) forgetRecommendations(cache, id);
      },
    });
    const { data, dataState } = await replaced;
    expect({ industries: industriesOf(data), dataState }).toEqual({ industries: ["Banking"], dataState: "complete" });
    expect(sent).toEqual(["ApolloProfile", "ApolloSave", "ApolloProfile"]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-2", "icp", "fetch 0-2"]);
  });

  it("brings a list to life that had no profile, once one is saved", async () => {
    const list = client.watchQuery({ query: ApolloRows, variables: { user: "u2", first: 2 } });
    const screen = list.subscribe({});
    const refused = await firstValueFrom(list.pipe(filter(({ error }) => error !== undefined)));
    expect(refused.error).toMatchObject({ errors: [{ extensions: { code: "PROFILE_NOT_FOUND" } }] });
    const alive = firstValueFrom(list.pipe(filter(({ dataState }) => dataState === "complete")));
    await client.mutate({
      mutation: ApolloSave,
      variables: { input: { externalUserId: "u2" } },
      refetchQueries: ({ data }) => (data.upsertICP?.icp ? [ApolloRows] : []),
    });
    expect((await alive).error).toBeUndefined();
    expect(namesOf(list)).toEqual(["Surfe", "Canopy Pharma"]);
    expect(sent).toEqual(["ApolloRows", "ApolloSave", "ApolloRows"]);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2"]);
    screen.unsubscribe();
  });
});
