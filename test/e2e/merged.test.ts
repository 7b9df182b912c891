import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Provider } from "../../src/domain/provider";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { graphql } from "./documents";
import type { MergedPageQueryVariables } from "./documents/graphql";

const SaveMerged = graphql(`
  mutation SaveMerged($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
      }
      userErrors {
        field
        message
      }
    }
  }
`);

const MergedPage = graphql(`
  query MergedPage($user: String, $providers: [Provider!], $first: Int, $after: String, $last: Int, $before: String) {
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
        message
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          provider
          providers
          score
          reasons {
            provider
            type
          }
          subject {
            __typename
            ... on Company {
              id
              domain
            }
            ... on Person {
              id
              fullName
            }
          }
          people {
            nodes {
              fullName
            }
          }
        }
      }
    }
  }
`);

let app: TestApp;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-merged-"));
});

afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

const ALL: readonly Provider[] = ["SURFE", "LUSHA", "LINKUP", "LETRICS"];

/** Small catalogues, in an order that is plain to see. */
async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({
    providers: ALL,
    surfe: { companies: 40 },
    lusha: { companies: 40 },
    letrics: { companies: 40, order: "oldest-first" },
    ...options,
  });
}

/** A profile that every list can serve: the first company of the catalogue, and one of its people, are its examples. */
async function save(input: object = {}): Promise<void> {
  const { data } = await app.query(SaveMerged, {
    input: {
      externalUserId: "u1",
      companies: { industries: ["Software", "SaaS"] },
      exampleCompanies: [{ lushaCompanyId: "6504" }],
      examplePeople: [{ lusha: { personId: "675851474", companyId: "6504" } }],
      ...input,
    },
  });
  expect(data.upsertICP?.userErrors).toEqual([]);
}

async function page(variables: Omit<MergedPageQueryVariables, "user"> = {}) {
  const { data, errors } = await app.query(MergedPage, { user: "u1", ...variables });
  expect(errors).toBeUndefined();
  return present(data.recommendations);
}

type Edge = Awaited<ReturnType<typeof page>>["edges"][number];

function named({ node: { subject } }: Edge): string | null {
  return subject.__typename === "Company" ? (subject.domain ?? null) : (subject.fullName ?? null);
}

/** Who gave each row, who else is said to have, and whom it is about. */
function told(edges: readonly Edge[]) {
  return edges.map((edge) => [edge.node.provider, edge.node.providers.join(), named(edge)] as const);
}

/** What each provider was asked for. */
function calls() {
  return {
    surfe: callsOf(app.surfe),
    // Lusha's two lists are asked side by side: their calls arrive in any order.
    lusha: app.lusha.control
      .calls()
      .map(({ path, body }) => {
        const { limit, requestId } = body as { readonly limit: number; readonly requestId?: string };
        return `${path.replace("/api/recommendations/", "")} ${String(limit)}${requestId === undefined ? "" : " more"}`;
      })
      .sort(),
    letrics: app.letrics.control.calls().map(({ body }) => {
      const { page: number, per_page: size } = body as { readonly page: number; readonly per_page: number };
      return `companies ${String(number)} of ${String(size)}`;
    }),
    linkup: app.linkup.control.calls().length,
  };
}

describe("Query.recommendations over several providers", () => {
  it("lets lists take turns, a subject once, and asks each for no more than its turns", async () => {
    await start();
    await save();
    const { edges, issues, pageInfo, totalCount } = await page({ first: 12 });
    expect(told(edges)).toEqual([
      ["SURFE", "SURFE,LETRICS", "surfe.com"],
      ["LUSHA", "LUSHA,SURFE", "cascadesuite.ai"],
      ["LUSHA", "LUSHA", "Elena Wright"],
      ["LETRICS", "LETRICS", "brambleenergy.ai"],
      ["SURFE", "SURFE", "ambercounsel.io"],
      ["LUSHA", "LUSHA,LETRICS", "apexgenomics.co"],
      ["LUSHA", "LUSHA", "Laura González"],
      ["LETRICS", "LETRICS", "juniperdefense.ai"],
      ["SURFE", "SURFE", "canopypharma.com"],
      ["LUSHA", "LUSHA", "evergreentelecom.ai"],
      ["LUSHA", "LUSHA", "Noah Jones"],
      ["LETRICS", "LETRICS", "hawthornshop.io"],
    ]);
    expect({ issues, totalCount, ...pageInfo }).toEqual({
      issues: [],
      totalCount: null,
      hasNextPage: true,
      hasPreviousPage: false,
      endCursor: edges[11]?.cursor,
    });
    expect(calls()).toEqual({
      surfe: ["icp", "fetch 0-3", "fetch 2-4"],
      lusha: ["companies 5", "contacts 5"],
      letrics: ["companies 1 of 25"],
      linkup: 0,
    });
  });

  it("tells all who recommend a subject, with their reasons and contacts, and moves no place when more do", async () => {
    await start();
    await save();
    const first = await page({ first: 12 });
    const rest = await page({ first: 100, after: first.pageInfo.endCursor ?? null });
    const all = await page({ first: 100 });
    expect(all.edges.map(({ cursor }) => cursor)).toEqual([...first.edges, ...rest.edges].map(({ cursor }) => cursor));
    expect(all.edges.map(({ node }) => node.id)).toEqual([...first.edges, ...rest.edges].map(({ node }) => node.id));
    expect(new Set(all.edges.map(({ node }) => node.subject.id)).size).toBe(50);
    expect({ ...all.pageInfo, totalCount: all.totalCount }).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      endCursor: all.edges[49]?.cursor,
      totalCount: 50,
    });
    const places = (edges: readonly Edge[]) =>
      edges
        .filter((edge) => ["brambleenergy.ai", "canopypharma.com", "evergreentelecom.ai"].includes(named(edge) ?? ""))
        .map(({ node: { provider, providers, score, reasons, people } }) => ({
          told: [provider, ...providers].join(),
          score,
          reasons: reasons.map((reason) => `${reason.provider} ${reason.type}`),
          people: people.nodes.length,
        }));
    const matching = { score: expect.any(Number), reasons: ["SURFE INDUSTRY_MATCH"], people: expect.any(Number) };
    const silent = { score: null, reasons: [], people: 0 };
    expect(places(first.edges)).toEqual([
      { told: "LETRICS,LETRICS", ...silent },
      { told: "SURFE,SURFE", ...matching },
      { told: "LUSHA,LUSHA", ...silent },
    ]);
    expect(places(all.edges)).toEqual([
      { told: "LETRICS,LETRICS,SURFE", ...matching },
      { told: "SURFE,SURFE", ...matching },
      { told: "LUSHA,LUSHA,SURFE", ...matching },
    ]);
    expect(places(all.edges).every(({ score, people }) => (score ?? 0) > 0 && people > 0)).toBe(true);
  });

  it("pages back and forth over the same places, before and after a restart", async () => {
    await start({ databasePath: join(folder, "merged.db") });
    await save();
    const { edges } = await page({ first: 20 });
    const cursors = edges.map(({ cursor }) => cursor);
    await app.restart();
    app.surfe.control.clearCalls();
    // The second row's company is in memory then, and not yet who recommends it.
    expect((await page({ first: 1 })).edges).toEqual(edges.slice(0, 1));
    await app.send(`{ company(domain: "cascadesuite.ai") { id } }`);
    expect((await page({ first: 2 })).edges).toEqual(edges.slice(0, 2));
    for (const [from, to, variables] of [
      [0, 7, { first: 7 }],
      [3, 8, { first: 5, after: cursors[2] ?? null }],
      [10, 15, { last: 5, before: cursors[15] ?? null }],
      [5, 9, { first: 20, after: cursors[4] ?? null, before: cursors[9] ?? null }],
    ] as const) {
      const seen = await page(variables);
      expect(seen.edges).toEqual(edges.slice(from, to));
      expect([seen.pageInfo.hasPreviousPage, seen.pageInfo.hasNextPage]).toEqual([from > 0, true]);
    }
    expect(app.surfe.control.calls()).toEqual([]);
    const next = await page({ first: 5, after: cursors[19] ?? null });
    expect(told(next.edges).map(([provider]) => provider)).toEqual(["LUSHA", "LUSHA", "SURFE", "LUSHA", "SURFE"]);
  });

  it("makes one call a list for fifty that ask at once, and none for whoever asks again", async () => {
    await start();
    await save();
    const pages = await Promise.all(Array.from({ length: 50 }, () => page({ first: 4 })));
    for (const one of pages) expect(one).toEqual(pages[0]);
    const made = calls();
    expect(made).toEqual({
      surfe: ["icp", "fetch 0-1"],
      lusha: ["companies 5", "contacts 5"],
      letrics: ["companies 1 of 25"],
      linkup: 0,
    });
    expect(await page({ first: 4 })).toEqual(pages[0]);
    expect(calls()).toEqual(made);
  });

  it("has all lists extended side by side: each is asked while the others have not answered", async () => {
    await start();
    await save();
    const allCalled = Promise.all([
      app.surfe.control.whenCalled(2), // the profile, and the fetch
      app.lusha.control.whenCalled(2),
      app.letrics.control.whenCalled(1),
    ]);
    const hold = { kind: "hold", until: allCalled } as const;
    app.surfe.control.failNext({ ...hold, path: "/v2/recommendations/fetch" });
    app.lusha.control.failNext(hold, hold);
    app.letrics.control.failNext(hold);
    expect(told((await page({ first: 4 })).edges).map(([provider]) => provider)).toEqual([
      "SURFE",
      "LUSHA",
      "LUSHA",
      "LETRICS",
    ]);
  });

  it("buys nothing that another connection has bought, nor the other way round", async () => {
    await start();
    await save();
    await page({ providers: ["SURFE"], first: 3 });
    await app.send(`{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 5) { nodes { id } } }`);
    await page({ first: 12 });
    expect(calls()).toEqual({
      surfe: ["icp", "fetch 0-3", "fetch 2-4"],
      lusha: ["companies 5", "contacts 5"],
      letrics: ["companies 1 of 25"],
      linkup: 0,
    });
  });

  it("recommends no company of which it is known that it lies outside the profile's ranges", async () => {
    await start();
    await save({ companies: { industries: ["Software", "SaaS"], employeeCount: { from: 1, to: 100 } } });
    const letrics = await page({ providers: ["LETRICS"], first: 100 });
    const { data } = await app.send(
      `{ companies(filter: { industries: ["Software", "SaaS"] }, first: 100) { nodes { domain employeeCount } } }`,
    );
    const { nodes } = (data as { companies: { nodes: { domain: string; employeeCount: number }[] } }).companies;
    const inside = nodes.filter(({ employeeCount }) => employeeCount <= 100).map(({ domain }) => domain);
    expect(inside.length).toBeLessThan(nodes.length);
    expect(letrics.edges.map(named)).toEqual(inside);
    expect(letrics.totalCount).toBe(inside.length);
    const [outside] = nodes.filter(({ employeeCount }) => employeeCount > 100);
    const recorded = await app.send(
      `{ company(domain: "${outside?.domain ?? ""}") { domain sources { provider } recommendations { totalCount } } }`,
    );
    expect(recorded.data).toEqual({
      company: {
        domain: outside?.domain,
        sources: [{ provider: "LETRICS" }],
        recommendations: { totalCount: 0 },
      },
    });
  });

  it("shows a merged place by its id, and lists what each provider said of a company apart", async () => {
    await start();
    await save();
    const { edges } = await page({ first: 24 });
    const genomics = present(edges.find((edge) => named(edge) === "apexgenomics.co")).node;
    const { data } = await app.send(
      `query ($id: ID!) {
        node(id: $id) { id ... on Recommendation { provider providers reasons { provider } } }
        company(domain: "apexgenomics.co") { recommendations { totalCount nodes { provider providers } } }
      }`,
      { id: genomics.id },
    );
    expect(data).toEqual({
      node: {
        id: genomics.id,
        provider: "LUSHA",
        providers: ["LUSHA", "LETRICS", "SURFE"],
        reasons: [{ provider: "SURFE" }],
      },
      company: {
        recommendations: {
          totalCount: 3,
          nodes: expect.arrayContaining([
            { provider: "SURFE", providers: ["SURFE"] },
            { provider: "LUSHA", providers: ["LUSHA"] },
            { provider: "LETRICS", providers: ["LETRICS"] },
          ]),
        },
      },
    });
  });
});

describe("Query.recommendations of a replaced profile", () => {
  it("begins anew, and reads the old list for ever without extending it", async () => {
    await start();
    await save();
    const { edges, pageInfo } = await page({ first: 8 });
    await save({ companies: { industries: ["Retail"] } });
    const made = calls();
    expect(await page({ first: 100, after: edges[3]?.cursor ?? null })).toMatchObject({
      edges: edges.slice(4),
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
      totalCount: 8,
    });
    expect((await page({ first: 5, after: pageInfo.endCursor ?? null })).edges).toEqual([]);
    expect(calls()).toEqual(made);
    const anew = await page({ first: 4 });
    expect(anew.edges[0]?.cursor).not.toBe(edges[0]?.cursor);
  });

  it("goes on where the profile is the same but for the order of its values", async () => {
    await start();
    await save();
    const { edges } = await page({ first: 8 });
    await save({ companies: { industries: ["SaaS", "Software"] } });
    expect((await page({ first: 8 })).edges).toEqual(edges);
    expect((await page({ first: 1, after: edges[7]?.cursor ?? null })).edges).toHaveLength(1);
  });
});

describe("Query.recommendations narrowed by providers", () => {
  it("takes a cursor on in its own list, where all of that is wanted, and refuses it elsewhere", async () => {
    await start();
    await save();
    const surfe = await page({ providers: ["SURFE"], first: 2 });
    const both = await page({ providers: ["LETRICS", "SURFE"], first: 4 });
    expect(told(both.edges).map(([provider]) => provider)).toEqual(["SURFE", "LETRICS", "SURFE", "LETRICS"]);
    const on = await page({ first: 2, after: surfe.pageInfo.endCursor ?? null });
    expect(told(on.edges).map(([provider]) => provider)).toEqual(["SURFE", "SURFE"]);
    const wide = await page({
      providers: ["SURFE", "LUSHA", "LETRICS"],
      first: 2,
      after: both.edges[1]?.cursor ?? null,
    });
    expect(wide.edges).toEqual(both.edges.slice(2));
    const { data, errors } = await app.query(MergedPage, {
      user: "u1",
      providers: ["SURFE"],
      after: both.pageInfo.endCursor ?? null,
    });
    expect(data).toEqual({ recommendations: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["CURSOR_INVALID"]);
  });

  it("needs `before` for `last` until every list has ended", async () => {
    await start();
    await save();
    const { errors } = await app.query(MergedPage, { user: "u1", last: 3 });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
    expect(calls().surfe).toEqual(["icp"]);
    const { edges } = await page({ first: 100 });
    const tail = await page({ last: 3 });
    expect(tail.edges).toEqual(edges.slice(-3));
    expect(tail.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });
});
