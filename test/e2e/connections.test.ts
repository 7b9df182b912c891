import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";
import type { ConnectionPageQueryVariables } from "./documents/graphql";

const SaveConnectionProfile = graphql(`
  mutation SaveConnectionProfile($user: String) {
    upsertICP(input: { externalUserId: $user }) {
      icp {
        id
      }
    }
  }
`);

const ConnectionPage = graphql(`
  query ConnectionPage(
    $user: String
    $providers: [Provider!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
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
        retryAfter
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
          company {
            domain
          }
        }
      }
      nodes {
        company {
          domain
        }
      }
    }
  }
`);

const BothWays = graphql(`
  query BothWays($user: String) {
    recommendations(externalUserId: $user, first: 3) {
      edges {
        cursor
        node {
          id
        }
      }
    }
    icp(externalUserId: $user) {
      recommendations(first: 3) {
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

const Overlapping = graphql(`
  query Overlapping($user: String) {
    one: recommendations(externalUserId: $user, first: 3) {
      nodes {
        id
      }
    }
    two: recommendations(externalUserId: $user, first: 12) {
      nodes {
        id
      }
    }
    icp(externalUserId: $user) {
      recommendations(first: 7) {
        nodes {
          id
        }
      }
    }
  }
`);

const OtherConnections = graphql(`
  query OtherConnections($user: String, $after: String) {
    icps(first: 1) {
      pageInfo {
        endCursor
      }
    }
    recommendations(externalUserId: $user, first: 1, after: $after) {
      pageInfo {
        endCursor
      }
      nodes {
        people(first: 1) {
          pageInfo {
            endCursor
          }
        }
        company {
          people(first: 1) {
            pageInfo {
              endCursor
            }
          }
          recommendations(first: 1) {
            pageInfo {
              endCursor
            }
          }
        }
      }
    }
  }
`);

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({ surfe: { companies: 12 } });
  await app.query(SaveConnectionProfile, { user: "u1" });
  app.surfe.control.clearCalls();
});
afterEach(() => app.stop());

/** A page as its rows, what lies around it and how many there are; cursors are left to the test that uses them. */
async function pageOf(args: ConnectionPageQueryVariables, user = "u1") {
  const { data, errors } = await app.query(ConnectionPage, { user, ...args });
  if (errors) throw new Error(JSON.stringify(errors));
  const { edges, nodes, pageInfo, totalCount, issues } = present(data.recommendations);
  const cursors = edges.map(({ cursor }) => cursor);
  expect(nodes).toEqual(edges.map(({ node }) => node));
  expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([cursors[0] ?? null, cursors.at(-1) ?? null]);
  return {
    rows: nodes.map(({ company }) => company?.domain),
    cursors,
    previous: pageInfo.hasPreviousPage,
    next: pageInfo.hasNextPage,
    totalCount,
    issues,
  };
}

async function refusalOf(args: ConnectionPageQueryVariables, user = "u1") {
  const { status, data, errors } = await app.query(ConnectionPage, { user, ...args });
  expect({ status, data, paths: errors?.map(({ path }) => path) }).toEqual({
    status: 200,
    data: { recommendations: null },
    paths: [["recommendations"]],
  });
  return errors?.map(({ message, extensions }) => ({ message, ...extensions }));
}

describe("paging forward", () => {
  it("gives ten rows where no size is given", async () => {
    const page = await pageOf({});
    expect(page.rows).toHaveLength(10);
    expect(page).toMatchObject({ previous: false, next: true, totalCount: null, issues: [] });
    expect(callsOf(app.surfe)).toEqual(["fetch 0-10"]);
  });

  it("gives every row once, whatever the page size, and knows the total at the end", async () => {
    const seen: unknown[] = [];
    let after: string | null = null;
    for (let page = await pageOf({ first: 5 }); ; page = await pageOf({ first: 5, after })) {
      seen.push(...page.rows);
      after = present(page.cursors.at(-1));
      if (page.next) continue;
      expect(page).toMatchObject({ previous: true, totalCount: 12 });
      break;
    }
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
    expect(seen).toEqual((await pageOf({ first: 100 })).rows);
    expect(app.surfe.control.charged()).toBe(12);
  });

  it("gives an empty page for first: 0, without a call", async () => {
    expect(await pageOf({ first: 0 })).toEqual({
      rows: [],
      cursors: [],
      previous: false,
      next: true,
      totalCount: null,
      issues: [],
    });
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("tells on an empty page what lies before and after its place", async () => {
    const { rows, cursors } = await pageOf({ first: 12 });
    expect(await pageOf({ first: 1, after: present(cursors[0]) })).toMatchObject({ rows: [rows[1]], previous: true });
    expect(await pageOf({ first: 0, after: present(cursors[4]) })).toMatchObject({
      rows: [],
      previous: true,
      next: true,
    });
    expect(await pageOf({ first: 0, after: present(cursors[11]) })).toMatchObject({
      rows: [],
      previous: true,
      next: false,
    });
    expect(await pageOf({ first: 3, after: present(cursors[11]) })).toMatchObject({
      rows: [],
      cursors: [],
      previous: true,
      next: false,
      totalCount: 12,
    });
  });

  it("stops before `before`", async () => {
    const { rows, cursors } = await pageOf({ first: 12 });
    const [c1, c4] = [present(cursors[1]), present(cursors[4])];
    expect(await pageOf({ first: 10, before: c4 })).toMatchObject({
      rows: rows.slice(0, 4),
      previous: false,
      next: true,
    });
    expect(await pageOf({ first: 10, after: c1, before: c4 })).toMatchObject({
      rows: rows.slice(2, 4),
      previous: true,
      next: true,
    });
    expect(await pageOf({ first: 1, after: c1, before: c4 })).toMatchObject({ rows: rows.slice(2, 3) });
    expect(await pageOf({ first: 10, after: c4, before: c1 })).toMatchObject({ rows: [] });
  });
});

describe("paging backward", () => {
  it("gives the last rows before a cursor, in the list's order", async () => {
    const { rows, cursors } = await pageOf({ first: 6 });
    app.surfe.control.clearCalls();
    const before = present(cursors[5]);
    expect(await pageOf({ last: 2, before })).toMatchObject({ rows: rows.slice(3, 5), previous: true, next: true });
    expect(await pageOf({ last: 100, before })).toMatchObject({ rows: rows.slice(0, 5), previous: false, next: true });
    expect(await pageOf({ last: 4, before })).toMatchObject({ rows: rows.slice(1, 5), previous: true, next: true });
    expect(await pageOf({ last: 0, before })).toMatchObject({ rows: [], previous: true, next: true });
    expect(await pageOf({ last: 3, before: present(cursors[0]) })).toMatchObject({
      rows: [],
      previous: false,
      next: true,
    });
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("counts from the end once it is known", async () => {
    const { rows, cursors } = await pageOf({ first: 100 });
    expect(await pageOf({ last: 3 })).toMatchObject({ rows: rows.slice(9), previous: true, next: false });
    expect(await pageOf({ last: 100, after: present(cursors[9]) })).toMatchObject({
      rows: rows.slice(10),
      previous: true,
      next: false,
    });
    expect(await pageOf({ last: 2, after: present(cursors[1]), before: present(cursors[6]) })).toMatchObject({
      rows: rows.slice(4, 6),
      previous: true,
      next: true,
    });
  });

  it.each([{ last: 2 }, { last: 0 }])("refuses %o before the end is known", async (args) => {
    await pageOf({ first: 2 });
    app.surfe.control.clearCalls();
    expect(await refusalOf(args)).toEqual([
      { code: "BAD_USER_INPUT", message: expect.stringContaining("`last` needs `before`") },
    ]);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("refuses `last` with `after` alone before the end is known", async () => {
    const { cursors } = await pageOf({ first: 2 });
    expect(await refusalOf({ last: 1, after: present(cursors[0]) })).toEqual([
      { code: "BAD_USER_INPUT", message: expect.stringContaining("`last` needs `before`") },
    ]);
  });
});

describe("wrong arguments", () => {
  it.each([
    [{ first: -1 }, "`first` takes an integer from 0 to 100, but was -1."],
    [{ first: 101 }, "`first` takes an integer from 0 to 100, but was 101."],
    [{ last: -1 }, "`last` takes an integer from 0 to 100, but was -1."],
    [{ last: 101 }, "`last` takes an integer from 0 to 100, but was 101."],
    [{ first: 1, last: 1 }, "Give `first` or `last`, not both."],
    [{ first: 0, last: 0 }, "Give `first` or `last`, not both."],
    [{ providers: [] }, "`providers` takes at least one of SURFE, LUSHA, LINKUP, LETRICS."],
  ] as const)("refuses %o, saying what is accepted, without a call", async (args, message) => {
    expect(await refusalOf("providers" in args ? { providers: [] } : args)).toEqual([
      { code: "BAD_USER_INPUT", message },
    ]);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("refuses a user without a profile, by name", async () => {
    expect(await refusalOf({}, "nobody")).toEqual([
      {
        code: "PROFILE_NOT_FOUND",
        message: 'There is no profile for externalUserId "nobody". Save one with upsertICP first.',
      },
    ]);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it.each([
    ["garbage", "xyz"],
    ["nothing", ""],
    ["white space", " "],
    ["a number", "10"],
    ["base64 of the right length", "A".repeat(44)],
  ])("refuses %s as a cursor", async (_, cursor) => {
    for (const args of [{ after: cursor }, { before: cursor }, { last: 1, before: cursor }]) {
      expect(await refusalOf(args)).toEqual([
        { code: "CURSOR_INVALID", message: expect.stringContaining("not a cursor of this connection") },
      ]);
    }
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("refuses a cursor that was tampered with, at every character", async () => {
    const cursor = present((await pageOf({ first: 1 })).cursors[0]);
    app.surfe.control.clearCalls();
    for (let at = 0; at < cursor.length; at++) {
      const other = cursor[at] === "A" ? "B" : "A";
      const after = cursor.slice(0, at) + other + cursor.slice(at + 1);
      expect((await refusalOf({ after }))?.map(({ code }) => code)).toEqual(["CURSOR_INVALID"]);
    }
    expect((await refusalOf({ after: `${cursor}A` }))?.map(({ code }) => code)).toEqual(["CURSOR_INVALID"]);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("refuses a cursor of another user's connection, and two cursors of two connections", async () => {
    await app.query(SaveConnectionProfile, { user: "u2" });
    const mine = present((await pageOf({ first: 1 })).cursors[0]);
    const theirs = present((await pageOf({ first: 1 }, "u2")).cursors[0]);
    expect((await refusalOf({ after: theirs }))?.map(({ code }) => code)).toEqual(["CURSOR_INVALID"]);
    expect((await refusalOf({ after: mine, before: theirs }))?.map(({ code }) => code)).toEqual(["CURSOR_INVALID"]);
  });

  it("refuses a cursor of any other list", async () => {
    const { data } = await app.query(OtherConnections, { user: "u1" });
    const [row] = present(data.recommendations).nodes;
    const others = [data.icps, row?.people, row?.company?.people, row?.company?.recommendations];
    for (const connection of others) {
      const after = present(connection?.pageInfo.endCursor);
      expect((await refusalOf({ after }))?.map(({ code }) => code)).toEqual(["CURSOR_INVALID"]);
    }
  });

  it("refuses a cursor that was sealed with another secret", async () => {
    const cursor = present((await pageOf({ first: 1 })).cursors[0]);
    await app.restart({ CURSOR_SECRET: Buffer.alloc(32, 7).toString("base64") });
    await app.query(SaveConnectionProfile, { user: "u1" });
    expect((await refusalOf({ after: cursor }))?.map(({ code }) => code)).toEqual(["CURSOR_INVALID"]);
  });
});

describe("one connection", () => {
  it("is what recommendations and ICP.recommendations read", async () => {
    const { data } = await app.query(BothWays, { user: "u1" });
    expect(data.recommendations?.edges).toHaveLength(3);
    expect(data.icp?.recommendations).toEqual(data.recommendations);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3"]);
  });

  it("makes one call for all overlapping windows of an operation", async () => {
    const { data } = await app.query(Overlapping, { user: "u1" });
    const rows = present(data.two).nodes;
    expect(rows).toHaveLength(12);
    expect(data).toEqual({
      one: { nodes: rows.slice(0, 3) },
      two: { nodes: rows },
      icp: { recommendations: { nodes: rows.slice(0, 7) } },
    });
    expect(callsOf(app.surfe)).toEqual(["fetch 0-12"]);
  });

  it("makes one call for equal demands of many operations at one time", async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, () => pageOf({ first: 4 })));
    expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-4"]);
  });
});

describe("named providers", () => {
  const lusha = {
    provider: "LUSHA",
    code: "PROVIDER_NOT_CONFIGURED",
    message: "Lusha is not configured here: it has no API key.",
    retryAfter: null,
  };

  it("tells on every page of those that cannot serve, beside the rows of the others", async () => {
    const first = await pageOf({ providers: ["LUSHA", "SURFE"], first: 3 });
    expect(first).toMatchObject({ issues: [lusha], next: true });
    expect(first.rows).toHaveLength(3);
    const after = present(first.cursors[2]);
    expect(await pageOf({ providers: ["SURFE", "LUSHA"], first: 3, after })).toMatchObject({ issues: [lusha] });
    expect(await pageOf({ providers: ["SURFE", "LUSHA"], first: 0 })).toMatchObject({ issues: [lusha], rows: [] });
    expect(await pageOf({ providers: ["SURFE"], first: 3 })).toMatchObject({ issues: [], rows: first.rows });
    expect(await pageOf({ first: 3 })).toMatchObject({ issues: [], rows: first.rows });
  });

  it("gives null and why where none of them can serve", async () => {
    expect(await refusalOf({ providers: ["LETRICS", "LUSHA"] })).toEqual([
      {
        message: lusha.message,
        code: "PROVIDER_NOT_CONFIGURED",
        provider: "LUSHA",
        retryable: false,
        issues: [
          lusha,
          {
            provider: "LETRICS",
            code: "PROVIDER_NOT_CONFIGURED",
            message: "Letrics is not configured here: it has no API key.",
            retryAfter: null,
          },
        ],
      },
    ]);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("refuses LINKUP, which knows no profile", async () => {
    expect(await refusalOf({ providers: ["LINKUP"] })).toMatchObject([{ provider: "LINKUP" }]);
  });
});
