import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { graphql } from "./documents";
import type { IcpListQueryVariables, UpsertIcpInput } from "./documents/graphql";

const SaveIcp = graphql(`
  mutation SaveIcp($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      clientMutationId
      icp {
        ...WholeIcp
      }
      userErrors {
        field
        code
        message
      }
      issues {
        code
      }
    }
  }

  fragment WholeIcp on ICP {
    id
    externalUserId
    companies {
      employeeCount {
        from
        to
      }
      industries
      primaryLocations
      revenue {
        from
        to
      }
    }
    people {
      countries
      departments
      jobTitles
      seniorities
    }
    exampleCompanies {
      id
      name
      domain
      linkedinUrl
      sources {
        provider
      }
    }
    examplePeople {
      id
      fullName
      linkedinUrl
      sources {
        provider
      }
    }
    createdAt
    updatedAt
  }
`);

const ReadIcp = graphql(`
  query ReadIcp($user: String) {
    icp(externalUserId: $user) {
      ...WholeIcp
    }
  }
`);

const IcpRows = graphql(`
  query IcpRows($user: String, $first: Int, $after: String) {
    recommendations(externalUserId: $user, first: $first, after: $after) {
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
          domain
        }
        people(first: 1) {
          nodes {
            id
            linkedinUrl
          }
        }
      }
    }
  }
`);

const IcpList = graphql(`
  query IcpList($first: Int, $after: String, $last: Int, $before: String) {
    icps(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          externalUserId
        }
      }
      nodes {
        externalUserId
      }
    }
  }
`);

const MORNING = new Date("2026-11-20T08:00:00.000Z");
const NOON = new Date("2026-11-20T12:00:00.000Z");

let app: TestApp;
let now: Date;
let folder: string;

beforeEach(async () => {
  now = MORNING;
  folder = await mkdtemp(join(tmpdir(), "tributary-icp-"));
});
afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ now: () => now, ...options });
}

async function save(input: UpsertIcpInput) {
  const { data, errors } = await app.query(SaveIcp, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return present(data.upsertICP);
}

async function rows(user: string | null, first: number, after: string | null = null) {
  return present((await app.query(IcpRows, { user, first, after })).data.recommendations);
}

/** The bodies that Surfe was sent, in order. */
function bodies(): readonly unknown[] {
  return app.surfe.control.calls().map(({ body }) => body);
}

const BARE = {
  companies: { employeeCount: null, industries: [], primaryLocations: [], revenue: null },
  people: { countries: [], departments: [], jobTitles: [], seniorities: [] },
  exampleCompanies: [],
  examplePeople: [],
};

describe("Mutation.upsertICP", () => {
  it("saves the authenticated user's own profile where no user is named", async () => {
    await start({ surfe: { companies: 1 } });
    expect(await app.query(ReadIcp)).toEqual({ status: 200, data: { icp: null } });
    const { icp } = await save({ clientMutationId: "m1" });
    expect(icp).toEqual({
      ...BARE,
      id: icp?.id,
      externalUserId: null,
      createdAt: MORNING.toISOString(),
      updatedAt: MORNING.toISOString(),
    });
    expect((await app.query(ReadIcp)).data).toEqual({ icp });
    expect((await app.query(ReadIcp, { user: null })).data).toEqual({ icp });
    expect((await rows(null, 5)).nodes).toMatchObject([{ company: { domain: "surfe.com" } }]);
    expect(bodies()).toEqual([{ companies: {}, people: {} }, { pagination: { from: 0, to: 5 } }]);
  });

  it("hands clientMutationId back, saved or not", async () => {
    await start();
    expect(await save({ clientMutationId: "ok" })).toMatchObject({ clientMutationId: "ok", userErrors: [] });
    expect(await save({ clientMutationId: "bad", externalUserId: "" })).toMatchObject({
      clientMutationId: "bad",
      icp: null,
    });
    expect(await save({})).toMatchObject({ clientMutationId: null });
    expect(await save({ clientMutationId: null })).toMatchObject({ clientMutationId: null });
  });

  it("takes places in any case, open ends and numbers that no Int holds", async () => {
    await start();
    const { icp } = await save({
      externalUserId: "u1",
      companies: {
        employeeCount: { from: 10 },
        primaryLocations: ["fr", "DE", " w-emea "],
        revenue: { from: 0, to: Number.MAX_SAFE_INTEGER },
        industries: [" Software "],
      },
      people: { countries: ["us"] },
    });
    expect(icp).toMatchObject({
      companies: {
        employeeCount: { from: 10, to: null },
        industries: ["Software"],
        primaryLocations: ["FR", "DE", "W-EMEA"],
        revenue: { from: 0, to: 9007199254740991 },
      },
      people: { countries: ["US"] },
    });
    expect(bodies()).toEqual([
      {
        externalUserId: "u1",
        companies: {
          employeeCount: { from: 10 },
          industries: ["Software"],
          primaryLocations: ["fr", "de", "W-EMEA"],
          revenue: { from: 0, to: 9007199254740991 },
        },
        people: { countries: ["us"] },
      },
    ]);
  });

  it("replaces the whole profile: id and createdAt stay, updatedAt moves", async () => {
    await start();
    const first = await save({ externalUserId: "u1", companies: { industries: ["Software"] } });
    now = NOON;
    const second = await save({ externalUserId: "u1", people: { seniorities: ["Director"] } });
    expect(second.icp).toEqual({
      ...BARE,
      id: first.icp?.id,
      externalUserId: "u1",
      people: { ...BARE.people, seniorities: ["Director"] },
      createdAt: MORNING.toISOString(),
      updatedAt: NOON.toISOString(),
    });
    expect((await app.query(ReadIcp, { user: "u1" })).data.icp).toEqual(second.icp);
    expect((await app.query(IcpList, {})).data.icps.totalCount).toBe(1);
    expect(callsOf(app.surfe)).toEqual(["icp", "icp"]);
  });

  it("closes the feed of the profile that it replaces, and begins another", async () => {
    await start({ surfe: { companies: 60 } });
    await save({ externalUserId: "u1" });
    const old = await rows("u1", 3);
    const [c0, , c2] = old.edges.map(({ cursor }) => cursor);
    await save({ externalUserId: "u1", companies: { industries: ["Software", "SaaS"] } });
    app.surfe.control.clearCalls();
    const rest = await rows("u1", 10, present(c0));
    expect(rest.nodes).toEqual(old.nodes.slice(1));
    expect(rest).toMatchObject({ totalCount: 3, issues: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect(await rows("u1", 10, present(c2))).toEqual({
      totalCount: 3,
      issues: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      edges: [],
      nodes: [],
    });
    expect(callsOf(app.surfe)).toEqual([]);
    const fresh = await rows("u1", 2);
    expect(fresh.nodes).toHaveLength(2);
    expect(fresh.nodes.map(({ id }) => id)).not.toContain(old.nodes[0]?.id);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-2"]);
  });

  it("goes on with the feed where the profile is saved again as it was", async () => {
    await start({ surfe: { companies: 60 } });
    const places = ["FR", "US"];
    await save({ externalUserId: "u1", companies: { primaryLocations: places } });
    const old = await rows("u1", 3);
    await save({ externalUserId: "u1", companies: { primaryLocations: ["us", "fr"] } });
    app.surfe.control.clearCalls();
    expect(await rows("u1", 3)).toEqual(old);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("gives named companies and people as they are known, or bare", async () => {
    await start({ surfe: { companies: 1 } });
    await save({ externalUserId: "u1" });
    const known = present((await rows("u1", 1)).nodes[0]);
    const { icp, userErrors } = await save({
      externalUserId: "u1",
      exampleCompanies: [
        { id: present(known.company).id },
        { domain: "https://www.Acme.co.uk/about" },
        { linkedinUrl: "linkedin.com/company/Bolt/" },
      ],
      examplePeople: [
        { linkedinUrl: "https://fr.linkedin.com/in/JohnDoe?x=1" },
        { id: present(known.people.nodes[0]).id },
        { linkedinUrl: "https://www.linkedin.com/in/nobody" },
        { lusha: { personId: "p1", companyId: "c1" } },
      ],
    });
    const john = {
      id: known.people.nodes[0]?.id,
      fullName: "John Doe",
      linkedinUrl: "https://www.linkedin.com/in/johndoe",
      sources: [{ provider: "SURFE" }],
    };
    const id = expect.any(String);
    expect(userErrors).toEqual([]);
    expect(icp).toMatchObject({
      exampleCompanies: [
        { id: known.company?.id, name: "Surfe", domain: "surfe.com", sources: [{ provider: "SURFE" }] },
        { id, name: null, domain: "acme.co.uk", linkedinUrl: null, sources: [] },
        { id, name: null, domain: null, linkedinUrl: "https://www.linkedin.com/company/bolt", sources: [] },
      ],
      examplePeople: [
        john,
        john,
        { id, fullName: null, linkedinUrl: "https://www.linkedin.com/in/nobody", sources: [] },
        { id, fullName: null, linkedinUrl: null, sources: [] },
      ],
    });
  });
});

describe("UpsertICPPayload.userErrors", () => {
  it("tell every wrong value at once, and nothing is saved or sent", async () => {
    await start();
    const { icp, userErrors } = await save({
      externalUserId: "x".repeat(251),
      companies: {
        employeeCount: { from: 10, to: 1 },
        industries: [""],
        primaryLocations: ["FR", "XX", "W-MOON"],
        revenue: { from: -1 },
      },
      people: { countries: ["Frankreich"], departments: [" "], jobTitles: ["x".repeat(501)], seniorities: [""] },
      exampleCompanies: [{}, { domain: "a.com", linkedinUrl: "b" }, { domain: "com" }, { id: "garbage" }],
      examplePeople: [
        { linkedinUrl: "https://www.linkedin.com/company/acme" },
        { lusha: { personId: "", companyId: "c" } },
      ],
    });
    expect(icp).toBeNull();
    expect(userErrors.map(({ field }) => field?.join("."))).toEqual([
      "companies.employeeCount",
      "companies.industries",
      "companies.primaryLocations",
      "companies.revenue",
      "people.countries",
      "people.departments",
      "people.jobTitles",
      "people.seniorities",
      "exampleCompanies.0",
      "exampleCompanies.1",
      "exampleCompanies.2",
      "exampleCompanies.3",
      "examplePeople.0",
      "examplePeople.1",
      "externalUserId",
    ]);
    expect(new Set(userErrors.map(({ code }) => code))).toEqual(new Set(["BAD_USER_INPUT"]));
    expect(userErrors.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("at most 250 characters, but has 251"),
        expect.stringContaining("`from` must not be greater than `to`"),
        expect.stringContaining('does not know "XX", "W-MOON". Each value is an ISO 3166 alpha-2 country code'),
        expect.stringContaining("exactly one way: id, domain, linkedinUrl or lushaCompanyId"),
      ]),
    );
    expect((await app.query(IcpList, {})).data.icps.totalCount).toBe(0);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("let 250 characters through", async () => {
    await start();
    expect(await save({ externalUserId: "é".repeat(250) })).toMatchObject({ userErrors: [] });
    expect(callsOf(app.surfe)).toEqual(["icp"]);
  });

  it("tell what Surfe refuses, in its words, and the old profile stands", async () => {
    await start({ surfe: { companies: 30 } });
    const old = await save({ externalUserId: "u1" });
    const page = await rows("u1", 2);
    now = NOON;
    expect(await save({ externalUserId: "u1", companies: { industries: ["Alchemy"] } })).toEqual({
      clientMutationId: null,
      icp: null,
      userErrors: [
        {
          field: ["companies", "industries"],
          code: "PROVIDER_REJECTED_REQUEST",
          message: 'companies.industries: does not know "Alchemy"',
        },
      ],
      issues: [],
    });
    expect((await app.query(ReadIcp, { user: "u1" })).data.icp).toEqual(old.icp);
    const more = await rows("u1", 4);
    expect(more.nodes.slice(0, 2)).toEqual(page.nodes);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2", "icp", "fetch 1-4"]);
  });

  it("tell what Surfe refuses of a new profile, of which nothing is saved", async () => {
    await start();
    expect(await save({ externalUserId: "u1", people: { seniorities: ["Wizard"] } })).toMatchObject({
      icp: null,
      userErrors: [{ field: ["people", "seniorities"], code: "PROVIDER_REJECTED_REQUEST" }],
    });
    expect((await app.query(ReadIcp, { user: "u1" })).data).toEqual({ icp: null });
  });
});

describe("a profile that was saved while Surfe had no key", () => {
  it("is saved, fetches nothing, and goes to Surfe before the first fetch once there is a key", async () => {
    await start({
      surfe: { companies: 40 },
      databasePath: join(folder, "tributary.db"),
      env: { SURFE_API_KEY: "", LUSHA_API_KEY: "unused" },
    });
    const { icp } = await save({ externalUserId: "u1", companies: { primaryLocations: ["W-EMEA"] } });
    expect(icp?.companies.primaryLocations).toEqual(["W-EMEA"]);
    const without = await app.query(IcpRows, { user: "u1", first: 1 });
    expect(without.data).toEqual({ recommendations: null });
    expect(without.errors?.map(({ extensions }) => extensions)).toEqual([
      {
        code: "PROVIDER_NOT_CONFIGURED",
        provider: "SURFE",
        retryable: false,
        issues: [{ provider: "SURFE", code: "PROVIDER_NOT_CONFIGURED", message: expect.any(String), retryAfter: null }],
      },
    ]);
    expect(callsOf(app.surfe)).toEqual([]);
    await app.restart({ SURFE_API_KEY: "sandbox" });
    expect((await app.query(ReadIcp, { user: "u1" })).data.icp).toEqual(icp);
    expect((await rows("u1", 1)).nodes).toHaveLength(1);
    expect((await rows("u1", 2)).nodes).toHaveLength(2);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-1", "fetch 0-2"]);
  });

  it("is not sent a second time after a restart", async () => {
    await start({ surfe: { companies: 40 }, databasePath: join(folder, "tributary.db") });
    const saved = await save({ externalUserId: "u1" });
    const page = await rows("u1", 1);
    await app.restart();
    expect(await rows("u1", 1)).toEqual(page);
    expect((await rows("u1", 2, present(page.pageInfo.endCursor))).nodes).toHaveLength(2);
    expect((await app.query(ReadIcp, { user: "u1" })).data.icp).toEqual(saved.icp);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-1", "fetch 0-3"]);
  });
});

describe("Query.icps", () => {
  async function list(args: IcpListQueryVariables) {
    const { data, errors } = await app.query(IcpList, args);
    if (errors) throw new Error(JSON.stringify(errors));
    const { edges, nodes, pageInfo, totalCount } = data.icps;
    expect(edges.map(({ node }) => node)).toEqual(nodes);
    const cursors = edges.map(({ cursor }) => cursor);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([cursors[0] ?? null, cursors.at(-1) ?? null]);
    const users = nodes.map(({ externalUserId }) => externalUserId);
    return { users, cursors, previous: pageInfo.hasPreviousPage, next: pageInfo.hasNextPage, totalCount };
  }

  it("pages through all profiles, oldest first, both ways", async () => {
    await start();
    expect(await list({})).toEqual({ users: [], cursors: [], previous: false, next: false, totalCount: 0 });
    for (const externalUserId of ["a", "b", null, "c"]) await save({ externalUserId });
    await save({ externalUserId: "a", companies: { industries: ["Software"] } });
    const all = await list({});
    const [c0, c1, , c3] = all.cursors;
    expect(all).toMatchObject({ users: ["a", "b", null, "c"], previous: false, next: false, totalCount: 4 });
    expect(await list({ first: 2 })).toMatchObject({ users: ["a", "b"], previous: false, next: true });
    expect(await list({ first: 2, after: present(c1) })).toMatchObject({
      users: [null, "c"],
      previous: true,
      next: false,
    });
    expect(await list({ last: 1 })).toMatchObject({ users: ["c"], previous: true, next: false });
    expect(await list({ last: 2, before: present(c3) })).toMatchObject({
      users: ["b", null],
      previous: true,
      next: true,
    });
    expect(await list({ last: 3, after: present(c0) })).toMatchObject({ users: ["b", null, "c"], previous: true });
    expect(await list({ first: 0 })).toMatchObject({ users: [], previous: false, next: true, totalCount: 4 });
    expect(await list({ first: 1, after: present(c3) })).toMatchObject({ users: [], previous: true, next: false });
  });

  it("refuses a wrong size or cursor", async () => {
    await start();
    const codes = async (args: IcpListQueryVariables) =>
      (await app.query(IcpList, args)).errors?.map(({ extensions }) => extensions.code);
    expect(await codes({ first: 101 })).toEqual(["BAD_USER_INPUT"]);
    expect(await codes({ first: 1, last: 1 })).toEqual(["BAD_USER_INPUT"]);
    expect(await codes({ after: "x" })).toEqual(["CURSOR_INVALID"]);
  });
});
