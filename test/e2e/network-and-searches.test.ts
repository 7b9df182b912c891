import { afterEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { graphql } from "./documents";

const Network = graphql(`
  query Network($first: Int, $after: String, $last: Int, $before: String) {
    networkRecommendations(first: $first, after: $after, last: $last, before: $before) {
      issues {
        code
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        person {
          fullName
        }
      }
    }
  }
`);

const Companies = graphql(`
  query Companies($filter: CompanyFilter, $first: Int, $after: String, $last: Int, $before: String) {
    companies(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
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
      nodes {
        name
      }
    }
  }
`);

const People = graphql(`
  query People($filter: PersonFilter, $first: Int) {
    people(filter: $filter, first: $first) {
      totalCount
      issues {
        code
      }
      nodes {
        fullName
        isDecisionMaker
        company {
          name
        }
      }
    }
  }
`);

const SideBySide = graphql(`
  query SideBySide {
    similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 1) {
      nodes {
        provider
      }
    }
    networkRecommendations(first: 1) {
      nodes {
        provider
      }
    }
    companies(first: 1) {
      totalCount
    }
    people(first: 1) {
      totalCount
    }
  }
`);

let app: TestApp;
afterEach(() => app.stop());

async function start(options: TestAppOptions): Promise<void> {
  app = await startTestApp({ linkup: { companies: 200 }, letrics: { companies: 60 }, ...options });
}

describe("Query.networkRecommendations", () => {
  it("is paged forward and back over what was bought once", async () => {
    await start({ providers: ["LINKUP"] });
    const one = present((await app.query(Network, { first: 7 })).data.networkRecommendations);
    const after = present(one.pageInfo.endCursor);
    const two = present((await app.query(Network, { first: 7, after })).data.networkRecommendations);
    expect(two).toEqual({
      issues: [],
      pageInfo: {
        hasNextPage: true,
        hasPreviousPage: true,
        startCursor: expect.any(String),
        endCursor: expect.any(String),
      },
      nodes: Array.from({ length: 7 }, () => ({ person: { fullName: expect.any(String) } })),
    });
    const before = present(two.pageInfo.startCursor);
    const back = present((await app.query(Network, { last: 3, before })).data.networkRecommendations);
    expect(back.nodes).toEqual(one.nodes.slice(4));
    expect(app.linkup.control.calls().map(({ body }) => body)).toMatchObject([
      { total_results: 10 },
      { total_results: 20 },
    ]);
    expect(app.linkup.control.charged()).toBe(3);
  });

  it("reads the account of the header's token, else of the configured one", async () => {
    await start({ providers: ["LINKUP"], linkup: { companies: 200, loginTokens: ["sandbox", "another"] } });
    const own = await app.query(Network, { first: 3 });
    const other = await app.query(Network, { first: 3 }, { "x-linkup-login-token": "another" });
    expect(other.errors).toBeUndefined();
    expect(other.data).not.toEqual(own.data);
    expect(app.linkup.control.calls().map(({ body }) => body)).toMatchObject([
      { login_token: "sandbox" },
      { login_token: "another" },
    ]);
  });

  it("is PROVIDER_NOT_CONFIGURED without a token, or without a key", async () => {
    await start({ providers: ["LINKUP"], env: { LINKUP_LOGIN_TOKEN: "" } });
    const extensions = { code: "PROVIDER_NOT_CONFIGURED", provider: "LINKUP", retryable: false };
    const tokenless = await app.query(Network, { first: 3 });
    expect(tokenless.data).toEqual({ networkRecommendations: null });
    expect(tokenless.errors).toMatchObject([{ extensions }]);
    await app.restart({ LINKUP_API_KEY: "" });
    expect((await app.query(Network, { first: 3 })).errors).toMatchObject([{ extensions }]);
    expect(app.linkup.control.calls()).toEqual([]);
  });
});

describe("Query.companies", () => {
  it("is paged forward and back, and knows how many there are", async () => {
    await start({ providers: ["LETRICS"] });
    const one = present((await app.query(Companies, { first: 3 })).data.companies);
    const after = present(one.pageInfo.endCursor);
    const two = present((await app.query(Companies, { first: 40, after })).data.companies);
    expect([one.totalCount, two.totalCount]).toEqual([37, 37]);
    expect(two.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(two.nodes).toHaveLength(34);
    const back = await app.query(Companies, { last: 2, before: present(two.pageInfo.startCursor) });
    expect(back.data.companies?.nodes).toEqual(one.nodes.slice(1));
    expect((await app.query(Companies, { last: 2 })).data.companies?.nodes).toEqual(two.nodes.slice(32));
    expect(app.letrics.control.calls().map(({ body }) => body)).toMatchObject([
      { page: 1, per_page: 25 },
      { page: 2, per_page: 25 },
    ]);
  });

  it("refuses a cursor of another filter, and one of people", async () => {
    await start({ providers: ["LETRICS"] });
    const { data } = await app.query(Companies, { first: 3 });
    const after = present(data.companies?.pageInfo.endCursor);
    const other = await app.query(Companies, { filter: { industries: ["SaaS"] }, first: 3, after });
    expect(other.data).toEqual({ companies: null });
    expect(other.errors?.map(({ extensions }) => extensions)).toEqual([{ code: "CURSOR_INVALID" }]);
    const people = await app.send(`query ($after: String) { people(first: 1, after: $after) { totalCount } }`, {
      after,
    });
    expect(people.errors?.map(({ extensions }) => extensions)).toEqual([{ code: "CURSOR_INVALID" }]);
    expect(app.letrics.control.calls()).toHaveLength(1);
  });

  it("is PROVIDER_NOT_CONFIGURED where Letrics has no key", async () => {
    app = await startTestApp();
    const { data, errors } = await app.query(Companies);
    expect(data).toEqual({ companies: null });
    expect(errors).toMatchObject([{ extensions: { code: "PROVIDER_NOT_CONFIGURED", provider: "LETRICS" } }]);
  });
});

describe("Query.people", () => {
  it("finds people with their companies", async () => {
    await start({ providers: ["LETRICS"] });
    const filter = {
      jobTitles: ["HEAD of sa"],
      isDecisionMaker: true,
      company: { tlds: ["com"], locations: ["france"] },
    };
    const { data } = await app.query(People, { filter, first: 3 });
    expect(data).toEqual({
      people: {
        totalCount: 1,
        issues: [],
        nodes: [{ fullName: "John Doe", isDecisionMaker: true, company: { name: expect.stringMatching(/surfe/i) } }],
      },
    });
    expect(app.letrics.control.calls()).toHaveLength(1);
  });
});

describe("one operation over several providers", () => {
  it("has its calls made side by side: each has arrived before any is answered", async () => {
    await start({ providers: ["LUSHA", "LINKUP", "LETRICS"] });
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    for (const { control } of [app.lusha, app.linkup, app.letrics]) control.failAlways({ kind: "hold", until });
    const asked = app.query(SideBySide);
    await Promise.all([
      app.lusha.control.whenCalled(1),
      app.linkup.control.whenCalled(1),
      app.letrics.control.whenCalled(2),
    ]);
    release();
    const { data, errors } = await asked;
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      similarCompanies: { nodes: [{ provider: "LUSHA" }] },
      networkRecommendations: { nodes: [{ provider: "LINKUP" }] },
      companies: { totalCount: 37 },
      people: { totalCount: expect.any(Number) },
    });
  });

  it("has its calls counted before it runs", async () => {
    await start({ providers: ["LUSHA", "LINKUP", "LETRICS"], env: { MAX_PROVIDER_CALLS: "4" } });
    expect((await app.query(SideBySide)).errors).toBeUndefined();
    await app.restart({ MAX_PROVIDER_CALLS: "3" });
    const refused = await app.query(SideBySide);
    expect(refused.status).toBe(400);
    expect(refused.errors).toMatchObject([{ extensions: { code: "OPERATION_TOO_COSTLY" } }]);
    expect(refused.data).toBeUndefined();
    const calls = [app.lusha, app.linkup, app.letrics].flatMap(({ control }) => control.calls());
    expect(calls).toHaveLength(4);
  });
});
