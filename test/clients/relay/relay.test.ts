import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { commitMutation, ConnectionHandler, ROOT_ID, type Environment } from "relay-runtime";
import { present } from "../../support/present";
import { callsOf, startTestApp, type TestApp } from "../../support/test-app";
import { notedFetch } from "../noted-fetch";
import CompanyPanel, { type CompanyPanel_company$key } from "./documents/__generated__/CompanyPanel_company.graphql";
import CompanyPanelRefetchQuery, {
  type CompanyPanelRefetchQuery as CompanyPanelOperation,
} from "./documents/__generated__/CompanyPanelRefetchQuery.graphql";
import IcpList, { type IcpList_query$key } from "./documents/__generated__/IcpList_query.graphql";
import IcpListQuery, { type IcpListQuery as IcpListOperation } from "./documents/__generated__/IcpListQuery.graphql";
import IcpListSaveMutation, {
  type IcpListSaveMutation as IcpListSaveOperation,
} from "./documents/__generated__/IcpListSaveMutation.graphql";
import IcpRecommendations, {
  type IcpRecommendations_icp$key,
} from "./documents/__generated__/IcpRecommendations_icp.graphql";
import IcpRecommendationsQuery, {
  type IcpRecommendationsQuery as IcpRecommendationsOperation,
} from "./documents/__generated__/IcpRecommendationsQuery.graphql";
import RecommendationList, {
  type RecommendationList_query$key,
} from "./documents/__generated__/RecommendationList_query.graphql";
import RecommendationListQuery, {
  type RecommendationListQuery as RecommendationListOperation,
} from "./documents/__generated__/RecommendationListQuery.graphql";
import { createEnvironment } from "./environment";
import { load, Pagination, read } from "./screen";

const ALL = ["Surfe", "Canopy Pharma", "Orchard Builders", "Evergreen Telecom", "Jasper Stores", "Ashford Trust"];

let app: TestApp;
let sent: string[];
let environment: Environment;

beforeEach(async () => {
  app = await startTestApp({
    losesAnswers: true,
    surfe: { companies: 6 },
    now: () => new Date("2026-11-20T12:00:00.000Z"),
  });
  await saveProfile();
  app.surfe.control.clearCalls();
  const noted = notedFetch();
  sent = noted.sent;
  environment = createEnvironment(app.url, noted.fetch);
});
afterEach(() => app.stop());

/** As another client would: the environment hears nothing of it. */
async function saveProfile(...industries: readonly string[]): Promise<void> {
  const input = { externalUserId: "u1", companies: { industries } };
  await app.send("mutation ($input: UpsertICPInput!) { upsertICP(input: $input) { userErrors { code } } }", { input });
}

/** The rows below the root, from the first on. */
async function listOf(user: string, count: number): Promise<Pagination<RecommendationList_query$key>> {
  const query = await load<RecommendationListOperation>(environment, RecommendationListQuery, { user, count });
  return new Pagination(environment, RecommendationList, query);
}

function companiesOf(list: Pagination<RecommendationList_query$key>): readonly unknown[] {
  return present(list.data.recommendations).edges.map(({ node }) => node.company?.name);
}

/** The rows below a profile, from wherever `page` says. */
async function icpListOf(
  page: IcpRecommendationsOperation["variables"],
): Promise<Pagination<IcpRecommendations_icp$key>> {
  const { icp } = await load<IcpRecommendationsOperation>(environment, IcpRecommendationsQuery, page);
  return new Pagination(environment, IcpRecommendations, present(icp));
}

function subjectsOf(list: Pagination<IcpRecommendations_icp$key>): readonly unknown[] {
  return present(list.data.recommendations).edges.map(({ node }) => node.subject.name);
}

function usersOf(list: Pagination<IcpList_query$key>): readonly unknown[] {
  return list.data.icps.edges.map(({ node }) => node.externalUserId);
}

function save(variables: IcpListSaveOperation["variables"]): Promise<IcpListSaveOperation["response"]> {
  return new Promise((resolve, reject) => {
    commitMutation<IcpListSaveOperation>(environment, {
      mutation: IcpListSaveMutation,
      variables,
      onCompleted: resolve,
      onError: reject,
    });
  });
}

/** What the store holds under an id. */
function recordOf(id: string): unknown {
  return environment.getStore().getSource().get(id);
}

describe("a Relay list below the root", () => {
  it("pages forward to the end, every row once and fetched once", async () => {
    const list = await listOf("u1", 3);
    expect(companiesOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(list.pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) });
    await list.loadNext(2);
    await list.loadNext(10);
    expect(companiesOf(list)).toEqual(ALL);
    expect(list.pageInfo).toEqual({ hasNextPage: false, endCursor: expect.any(String) });
    expect(list.data.recommendations?.totalCount).toBe(6);
    expect(sent).toEqual(["RecommendationListQuery", "RecommendationListPageQuery", "RecommendationListPageQuery"]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "fetch 2-5", "fetch 4-15"]);
  });

  it("keeps its rows when a page fails, and goes on from there", async () => {
    const list = await listOf("u1", 3);
    app.surfe.control.failNext({ kind: "status", status: 402 });
    await expect(list.loadNext(3)).rejects.toMatchObject({
      name: "PageError",
      extensions: { code: "PROVIDER_CREDITS_EXHAUSTED", provider: "SURFE", retryable: false },
    });
    expect(companiesOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    await list.loadNext(3);
    expect(companiesOf(list)).toEqual(ALL);
  });

  it("ends with an empty page where the profile was replaced meanwhile, and is read anew from the front", async () => {
    const list = await listOf("u1", 3);
    await saveProfile("Banking");
    await list.loadNext(3);
    expect(companiesOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(list.pageInfo).toEqual({ hasNextPage: false, endCursor: expect.any(String) });
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "icp"]);
    const anew = await listOf("u1", 3);
    expect(companiesOf(anew)).toEqual(["Ashford Trust"]);
    expect(companiesOf(list)).toEqual(["Ashford Trust"]);
  });
});

describe("a Relay list without a profile", () => {
  it("comes alive once one is saved, and it is loaded again", async () => {
    await expect(listOf("u2", 2)).rejects.toMatchObject({
      name: "PageError",
      extensions: { code: "PROFILE_NOT_FOUND" },
    });
    const { upsertICP } = await save({ input: { externalUserId: "u2" }, connections: [] });
    expect(upsertICP?.userErrors).toEqual([]);
    expect(companiesOf(await listOf("u2", 2))).toEqual(["Surfe", "Canopy Pharma"]);
    expect(sent).toEqual(["RecommendationListQuery", "IcpListSaveMutation", "RecommendationListQuery"]);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2"]);
  });
});

describe("a Relay list below a node", () => {
  it("begins before any cursor, and pages both ways from there", async () => {
    const { pageInfo } = await listOf("u1", 4);
    const list = await icpListOf({ user: "u1", last: 2, before: pageInfo.endCursor });
    expect(subjectsOf(list)).toEqual(["Canopy Pharma", "Orchard Builders"]);
    expect(list.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
    await list.loadPrevious(2);
    expect(subjectsOf(list)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(list.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
    await list.loadNext(2);
    await list.loadNext(2);
    expect(subjectsOf(list)).toEqual(ALL);
    expect(list.pageInfo).toEqual({
      hasPreviousPage: false,
      startCursor: expect.any(String),
      hasNextPage: false,
      endCursor: expect.any(String),
    });
    expect(sent).toEqual([
      "RecommendationListQuery",
      "IcpRecommendationsQuery",
      "IcpRecommendationsPageQuery",
      "IcpRecommendationsPageQuery",
      "IcpRecommendationsPageQuery",
    ]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-4", "fetch 3-5", "fetch 4-7"]);
  });

  it("is one list for each value of its filters, each page with the issues that came with it", async () => {
    const narrow = await icpListOf({ user: "u1", providers: ["LUSHA", "SURFE"], first: 2 });
    const wide = await icpListOf({ user: "u1", first: 1 });
    await narrow.loadNext(1);
    expect(subjectsOf(narrow)).toEqual(["Surfe", "Canopy Pharma", "Orchard Builders"]);
    expect(narrow.data.recommendations?.issues).toEqual([{ provider: "LUSHA", code: "PROVIDER_NOT_CONFIGURED" }]);
    expect(subjectsOf(wide)).toEqual(["Surfe"]);
    expect(wide.data.recommendations?.issues).toEqual([]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-2", "fetch 1-3"]);
  });
});

describe("Relay's store", () => {
  it("keeps one record an id, which reading its node fills up", async () => {
    const list = await listOf("u1", 1);
    const { id, name } = present(list.data.recommendations?.edges[0]?.node.company);
    expect(recordOf(id)).toEqual({ __id: id, __typename: "Company", id, name: "Surfe" });
    const { node } = await load<CompanyPanelOperation>(environment, CompanyPanelRefetchQuery, { id });
    expect(read<CompanyPanel_company$key>(environment, CompanyPanel, present(node))).toEqual({
      id,
      domain: "surfe.com",
      employeeCount: 50,
    });
    expect(recordOf(id)).toEqual({
      __id: id,
      __typename: "Company",
      id,
      name,
      domain: "surfe.com",
      employeeCount: 50,
    });
    expect(sent).toEqual(["RecommendationListQuery", "CompanyPanelRefetchQuery"]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-1"]);
  });

  it("appends a saved profile to the list on screen, once, and asks for nothing again", async () => {
    const query = await load<IcpListOperation>(environment, IcpListQuery, { count: 100 });
    const list = new Pagination<IcpList_query$key>(environment, IcpList, query);
    const before = usersOf(list);
    expect(before).not.toContain("appended");
    app.surfe.control.clearCalls();
    const connections = [ConnectionHandler.getConnectionID(ROOT_ID, "IcpList_icps")];
    expect(connections).toEqual([list.data.icps.__id]);
    for (const industries of [["Software"], ["Banking"]]) {
      const { upsertICP } = await save({
        input: { externalUserId: "appended", companies: { industries } },
        connections,
      });
      expect(upsertICP?.userErrors).toEqual([]);
      expect(usersOf(list)).toEqual([...before, "appended"]);
      expect(recordOf(present(upsertICP?.icp).id)).toMatchObject({ __typename: "ICP", externalUserId: "appended" });
    }
    expect(sent).toEqual(["IcpListQuery", "IcpListSaveMutation", "IcpListSaveMutation"]);
    expect(callsOf(app.surfe)).toEqual(["icp", "icp"]);
  });
});
