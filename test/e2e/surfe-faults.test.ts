import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startSurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { graphql } from "./documents";

const SaveFaultProfile = graphql(`
  mutation SaveFaultProfile {
    upsertICP(input: { externalUserId: "u1" }) {
      icp {
        id
      }
    }
  }
`);

const FaultPage = graphql(`
  query FaultPage($first: Int, $after: String) {
    recommendations(externalUserId: "u1", first: $first, after: $after) {
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
      }
      edges {
        cursor
      }
      nodes {
        company {
          name
          domain
        }
      }
    }
    icp(externalUserId: "u1") {
      externalUserId
    }
  }
`);

const SurfeStatus = graphql(`
  query SurfeStatus($since: DateTime) {
    providers {
      provider
      configured
      sandbox
      circuit
      creditsSpent
      recently: creditsSpent(since: $since)
      creditUnit
      creditBudget
      lastErrorCode
    }
  }
`);

const NOON = "2026-11-20T12:00:00.000Z";

let app: TestApp;
let now: Date;

beforeEach(() => {
  now = new Date(NOON);
});
afterEach(() => app.stop());

/** A server with a saved profile, whose fetches have not begun. */
async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ surfe: { companies: 60 }, now: () => now, ...options });
  await app.query(SaveFaultProfile);
  app.surfe.control.clearCalls();
}

async function page(first: number) {
  const { data, errors } = await app.query(FaultPage, { first });
  if (errors) throw new Error(JSON.stringify(errors));
  return present(data.recommendations);
}

async function statusOfSurfe() {
  return present((await app.query(SurfeStatus, { since: NOON })).data.providers[0]);
}

/** A second later, and so on: time passes only when a test says so. */
function pass(ms: number): void {
  now = new Date(now.getTime() + ms);
}

const IN_A_MINUTE = "2026-11-20T12:01:00.000Z";
const WITH_RETRY_AFTER = { headers: { "retry-after": "60" } };

/** Every way in which a fetch fails: what the client is told, and how many calls are made. */
const FAULTS = [
  ["400", { kind: "status", status: 400 }, "PROVIDER_REJECTED_REQUEST", false, null, 1],
  ["401", { kind: "status", status: 401 }, "PROVIDER_CREDENTIALS_REJECTED", false, null, 1],
  ["402", { kind: "status", status: 402 }, "PROVIDER_CREDITS_EXHAUSTED", false, null, 1],
  ["403 for the key", { kind: "status", status: 403 }, "PROVIDER_CREDENTIALS_REJECTED", false, null, 1],
  [
    "403 for credits",
    { kind: "status", status: 403, body: { code: 403, message: "Not enough credits" } },
    "PROVIDER_CREDITS_EXHAUSTED",
    false,
    null,
    1,
  ],
  [
    "403 for the quota",
    { kind: "status", status: 403, body: { code: 403, message: "Quota exceeded" } },
    "PROVIDER_CREDITS_EXHAUSTED",
    false,
    null,
    1,
  ],
  ["422", { kind: "status", status: 422 }, "PROVIDER_REJECTED_REQUEST", false, null, 1],
  ["429", { kind: "status", status: 429 }, "PROVIDER_RATE_LIMITED", true, null, 1],
  [
    "429 for a minute",
    { kind: "status", status: 429, ...WITH_RETRY_AFTER },
    "PROVIDER_RATE_LIMITED",
    true,
    IN_A_MINUTE,
    1,
  ],
  ["500", { kind: "status", status: 500 }, "PROVIDER_UNAVAILABLE", true, null, 3],
  ["503", { kind: "status", status: 503 }, "PROVIDER_UNAVAILABLE", true, null, 3],
  [
    "503 for a minute",
    { kind: "status", status: 503, ...WITH_RETRY_AFTER },
    "PROVIDER_UNAVAILABLE",
    true,
    IN_A_MINUTE,
    1,
  ],
  ["a reset before the work", { kind: "reset", when: "before" }, "PROVIDER_UNAVAILABLE", true, null, 3],
  ["a reset after the work", { kind: "reset", when: "after" }, "PROVIDER_UNAVAILABLE", true, null, 3],
  ["no answer at all", { kind: "hang" }, "PROVIDER_UNAVAILABLE", true, null, 3],
  ["a body too slow", { kind: "slow-body", ms: 60_000 }, "PROVIDER_UNAVAILABLE", true, null, 3],
  ["a body cut off", { kind: "truncated" }, "PROVIDER_UNAVAILABLE", true, null, 3],
  ["no JSON", { kind: "malformed" }, "PROVIDER_BAD_RESPONSE", false, null, 1],
  ["another shape", { kind: "shape", body: { data: [] } }, "PROVIDER_BAD_RESPONSE", false, null, 1],
  ["null", { kind: "shape", body: null }, "PROVIDER_BAD_RESPONSE", false, null, 1],
  ["no pagination", { kind: "shape", body: { companies: [] } }, "PROVIDER_BAD_RESPONSE", false, null, 1],
  [
    "a list that is none",
    { kind: "shape", body: { companies: {}, pagination: { hasMore: false } } },
    "PROVIDER_BAD_RESPONSE",
    false,
    null,
    1,
  ],
] as const;

describe.each(FAULTS)("a fetch that meets %s", (_name, fault, code, retryable, retryAfter, calls) => {
  const env = { SURFE_TIMEOUT_MS: "300" };

  it("costs its own field, and nothing is lost once Surfe is back", async () => {
    await start({ env });
    app.surfe.control.failAlways(fault);
    const failed = await app.query(FaultPage, { first: 3 });
    const issue = { provider: "SURFE", code, message: failed.errors?.[0]?.message, retryAfter };
    expect(failed).toEqual({
      status: 200,
      data: { recommendations: null, icp: { externalUserId: "u1" } },
      errors: [
        {
          message: expect.stringMatching(/Surfe/),
          locations: expect.any(Array),
          path: ["recommendations"],
          extensions: { code, provider: "SURFE", retryable, ...(retryAfter ? { retryAfter } : {}), issues: [issue] },
        },
      ],
    });
    expect(callsOf(app.surfe)).toEqual(Array.from({ length: calls }, () => "fetch 0-3"));
    expect(await statusOfSurfe()).toMatchObject({ circuit: "CLOSED", creditsSpent: 0, lastErrorCode: code });

    app.surfe.control.failAlways(null);
    expect(await page(3)).toMatchObject({ issues: [], nodes: [{}, {}, {}] });
    expect(callsOf(app.surfe)).toHaveLength(calls + 1);
    expect(await statusOfSurfe()).toMatchObject({ creditsSpent: 3, recently: 3, lastErrorCode: null });
    expect(app.surfe.control.charged()).toBe(3);
  });

  it("leaves what is recorded, and says in issues what is missing", async () => {
    await start({ env });
    const recorded = await page(2);
    app.surfe.control.clearCalls();
    app.surfe.control.failAlways(fault);
    const short = await page(5);
    expect(short).toEqual({
      totalCount: null,
      issues: [{ provider: "SURFE", code, message: expect.stringMatching(/Surfe/), retryAfter }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
      edges: recorded.edges,
      nodes: recorded.nodes,
    });
    expect(await page(2)).toEqual(recorded);
    expect(callsOf(app.surfe)).toEqual(Array.from({ length: calls }, () => "fetch 1-5"));
    const past = await app.query(FaultPage, { first: 5, after: present(recorded.edges[1]).cursor });
    expect(past.data).toMatchObject({ recommendations: null, icp: { externalUserId: "u1" } });

    app.surfe.control.failAlways(null);
    pass(60_000);
    const whole = await page(5);
    expect(whole.nodes).toHaveLength(5);
    expect(whole.nodes.slice(0, 2)).toEqual(recorded.nodes);
    expect((await statusOfSurfe()).creditsSpent).toBe(5);
  });
});

describe("an empty list of Surfe's", () => {
  it("says on every page, and in a merged list, that the filters may be too restrictive", async () => {
    app = await startTestApp({ providers: ["SURFE", "LETRICS"], surfe: { companies: 30 }, letrics: { companies: 60 } });
    const save = (companies: string) =>
      app.send(
        `mutation { upsertICP(input: { externalUserId: "u1", companies: ${companies} }) { userErrors { code } } }`,
      );
    const page = `query ($after: String) { recommendations(externalUserId: "u1", first: 2, after: $after, providers: PROVIDERS) {
      nodes { provider } pageInfo { hasNextPage } issues { provider code message }
    } }`;
    const message = "Surfe has no recommendations for this profile: its filters may be too restrictive. Relax them.";
    const issues = [{ provider: "SURFE", code: "PROVIDER_CANNOT_SERVE", message }];
    const nothing = { nodes: [], pageInfo: { hasNextPage: false }, issues };
    await save("{ employeeCount: { from: 900000000 } }");
    for (const text of [page, page].map((one) => one.replace("PROVIDERS", "[SURFE]")))
      expect(await app.send(text)).toEqual({ status: 200, data: { recommendations: nothing } });
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2"]);
    await save('{ primaryLocations: ["AQ", "FR"], revenue: { from: 900000000000000 } }');
    const merged = await app.send(page.replace("PROVIDERS", "[SURFE, LETRICS]"));
    expect(merged.data).toEqual({
      recommendations: {
        nodes: [{ provider: "LETRICS" }, { provider: "LETRICS" }],
        pageInfo: { hasNextPage: true },
        issues,
      },
    });
  });
});

describe("a fetch that fails only once", () => {
  it.each([
    ["a 500", { kind: "status", status: 500 }],
    ["a reset after the work", { kind: "reset", when: "after" }],
    ["a body cut off", { kind: "truncated" }],
    ["a 429 that says to come back at once", { kind: "status", status: 429, headers: { "retry-after": "0" } }],
  ] as const)("is repeated after %s, and charged once", async (_, fault) => {
    await start();
    app.surfe.control.failNext(fault);
    expect(await page(3)).toMatchObject({ issues: [], nodes: [{}, {}, {}] });
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "fetch 0-3"]);
    expect((await statusOfSurfe()).creditsSpent).toBe(3);
    expect(app.surfe.control.charged()).toBe(3);
  });

  it("is served where the answer is merely slow", async () => {
    await start();
    app.surfe.control.failNext({ kind: "slow-body", ms: 20 });
    expect((await page(3)).nodes).toHaveLength(3);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3"]);
  });
});

describe("an answer that holds nothing, and promises more", () => {
  it("is PROVIDER_BAD_RESPONSE", async () => {
    await start();
    app.surfe.control.failNext({ kind: "shape", body: { companies: [], pagination: { hasMore: true } } });
    const { errors } = await app.query(FaultPage, { first: 3 });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["PROVIDER_BAD_RESPONSE"]);
    expect((await page(3)).nodes).toHaveLength(3);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "fetch 0-3"]);
  });
});

describe("a profile that Surfe does not know", () => {
  it("is sent once more, and where that fails too, the field is", async () => {
    await start();
    app.surfe.control.failAlways({ kind: "status", status: 404 });
    const failed = await app.query(FaultPage, { first: 3 });
    expect(failed.data).toEqual({ recommendations: null, icp: { externalUserId: "u1" } });
    expect(failed.errors).toMatchObject([{ extensions: { code: "PROVIDER_REJECTED_REQUEST", provider: "SURFE" } }]);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-3", "icp"]);

    app.surfe.control.failAlways(null);
    expect(await page(3)).toMatchObject({ issues: [], nodes: [{}, {}, {}] });
    expect(app.surfe.control.charged()).toBe(3);
  });

  it("costs nothing but the call, and the list goes on", async () => {
    await start();
    await page(2);
    app.surfe.control.clearCalls();
    app.surfe.control.failNext({ kind: "status", status: 404 });
    expect(await page(5)).toMatchObject({ issues: [], nodes: [{}, {}, {}, {}, {}] });
    expect(callsOf(app.surfe)).toEqual(["fetch 1-5", "icp", "fetch 1-5"]);
    expect((await statusOfSurfe()).creditsSpent).toBe(5);
  });
});

describe("rows that say less than is documented", () => {
  const send = (row: object) => {
    app.surfe.control.failNext({ kind: "shape", body: { companies: [row], pagination: { hasMore: false } } });
  };

  it("are served with null for what cannot be read", async () => {
    await start();
    send({ name: 1, primaryWebsite: "acme.com" });
    const { totalCount, issues, nodes } = await page(3);
    expect({ totalCount, issues, nodes }).toEqual({
      totalCount: 1,
      issues: [],
      nodes: [{ company: { name: "1", domain: null } }],
    });
  });

  it("are left out where nothing at all can be read, which the page says", async () => {
    await start();
    send({});
    const { totalCount, issues, nodes } = await page(3);
    const message = "1 of 1 rows that Surfe sent cannot be read and are left out.";
    expect({ totalCount, issues, nodes }).toEqual({
      totalCount: 0,
      issues: [{ provider: "SURFE", code: "PROVIDER_BAD_RESPONSE", message, retryAfter: null }],
      nodes: [],
    });
  });
});

describe("a Surfe that is not there", () => {
  it("is PROVIDER_UNAVAILABLE, and asked again once it is", async () => {
    await start({ losesCharges: true }); // another simulator takes its place
    const { port } = new URL(app.surfe.url);
    await app.surfe.close();
    const failed = await app.query(FaultPage, { first: 3 });
    expect(failed.data).toEqual({ recommendations: null, icp: { externalUserId: "u1" } });
    expect(failed.errors).toMatchObject([
      {
        message: "Surfe could not be reached.",
        extensions: { code: "PROVIDER_UNAVAILABLE", provider: "SURFE", retryable: true },
      },
    ]);
    const back = await startSurfeSimulator({ port: Number(port), rateLimit: null, companies: 60 });
    await app.query(SaveFaultProfile);
    expect((await page(3)).nodes).toHaveLength(3);
    await back.close();
  });
});

describe("the circuit", () => {
  it("opens after five failures in a row, refuses without a call, and closes after ten seconds", async () => {
    await start();
    app.surfe.control.failAlways({ kind: "status", status: 500 });
    await app.query(FaultPage, { first: 3 });
    expect(await statusOfSurfe()).toMatchObject({ circuit: "CLOSED", lastErrorCode: "PROVIDER_UNAVAILABLE" });
    await app.query(FaultPage, { first: 3 });
    expect(callsOf(app.surfe)).toHaveLength(5);
    expect(await statusOfSurfe()).toMatchObject({ circuit: "OPEN", lastErrorCode: "PROVIDER_UNAVAILABLE" });

    app.surfe.control.failAlways(null);
    pass(9_999);
    const refused = await app.query(FaultPage, { first: 3 });
    expect(refused.data).toEqual({ recommendations: null, icp: { externalUserId: "u1" } });
    expect(refused.errors).toMatchObject([
      {
        message: "Surfe failed several times in a row and is not called for a while.",
        extensions: {
          code: "PROVIDER_UNAVAILABLE",
          provider: "SURFE",
          retryable: true,
          retryAfter: "2026-11-20T12:00:10.000Z",
        },
      },
    ]);
    expect(callsOf(app.surfe)).toHaveLength(5);

    pass(1);
    expect(await page(3)).toMatchObject({ issues: [], nodes: [{}, {}, {}] });
    expect(callsOf(app.surfe)).toHaveLength(6);
    expect(await statusOfSurfe()).toMatchObject({ circuit: "CLOSED", lastErrorCode: null });
  });

  it("lets one probe through, and stays open where that fails", async () => {
    await start();
    app.surfe.control.failAlways({ kind: "status", status: 503 });
    await app.query(FaultPage, { first: 3 });
    await app.query(FaultPage, { first: 3 });
    pass(10_000);
    await app.query(FaultPage, { first: 3 });
    expect(callsOf(app.surfe)).toHaveLength(6);
    expect((await statusOfSurfe()).circuit).toBe("OPEN");
    pass(9_999);
    await app.query(FaultPage, { first: 3 });
    expect(callsOf(app.surfe)).toHaveLength(6);
  });

  it("takes no notice of refusals", async () => {
    await start();
    app.surfe.control.failAlways({ kind: "status", status: 401 });
    for (let i = 0; i < 7; i++) await app.query(FaultPage, { first: 3 });
    expect(callsOf(app.surfe)).toHaveLength(7);
    expect((await statusOfSurfe()).circuit).toBe("CLOSED");
  });

  it("serves what is recorded while it is open", async () => {
    await start();
    const recorded = await page(2);
    app.surfe.control.failAlways({ kind: "status", status: 500 });
    await page(3);
    await page(3);
    app.surfe.control.clearCalls();
    expect(await page(2)).toEqual(recorded);
    expect(await page(3)).toMatchObject({
      nodes: recorded.nodes,
      issues: [{ code: "PROVIDER_UNAVAILABLE", retryAfter: "2026-11-20T12:00:10.000Z" }],
      pageInfo: { hasNextPage: true },
    });
    expect(callsOf(app.surfe)).toEqual([]);
  });
});

describe("the credit budget", () => {
  it("is never passed: as many rows are asked for as fit, then no call is made, and the next month begins anew", async () => {
    await start({ losesCharges: true, env: { SURFE_CREDIT_BUDGET: "6" } });
    const recorded = await page(4);
    expect(await statusOfSurfe()).toMatchObject({ creditsSpent: 4, creditBudget: 6 });
    app.surfe.control.clearCalls();
    const issue = {
      provider: "SURFE",
      code: "CREDIT_BUDGET_EXCEEDED",
      message: "This call could pass the month's credit budget for Surfe, so it was not made.",
      retryAfter: "2026-12-01T00:00:00.000Z",
    };
    // The anchor row counts: had the day turned, it would be charged too.
    const fitting = await page(6);
    expect(fitting).toMatchObject({ issues: [issue], pageInfo: { hasNextPage: true } });
    expect([fitting.nodes.length, fitting.nodes.slice(0, 4)]).toEqual([5, recorded.nodes]);
    expect(callsOf(app.surfe)).toEqual(["fetch 3-5"]);
    app.surfe.control.clearCalls();
    expect(await page(6)).toEqual(fitting);
    const after = present(fitting.edges[4]).cursor;
    const past = await app.query(FaultPage, { first: 2, after });
    expect(past.data.recommendations).toBeNull();
    expect(past.errors?.map(({ message, extensions }) => ({ message, ...extensions }))).toEqual([
      { ...issue, retryable: true, issues: [issue] },
    ]);
    expect((await page(5)).nodes).toHaveLength(5);
    expect(callsOf(app.surfe)).toEqual([]);

    now = new Date("2026-12-01T00:00:00.000Z");
    app.surfe.control.clearCalls();
    expect(await page(7)).toMatchObject({ issues: [], nodes: Array.from({ length: 7 }, () => ({})) });
    expect((await app.query(SurfeStatus, { since: "2026-12-01T00:00:00Z" })).data.providers[0]).toMatchObject({
      recently: app.surfe.control.charged(),
    });
  });

  it("of nothing makes no call at all", async () => {
    await start({ env: { SURFE_CREDIT_BUDGET: "0" } });
    const { data, errors } = await app.query(FaultPage, { first: 1 });
    expect(data.recommendations).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("CREDIT_BUDGET_EXCEEDED");
    expect(callsOf(app.surfe)).toEqual([]);
  });
});

describe("Query.providers", () => {
  it("tells of every provider, configured or not", async () => {
    await start({ env: { SURFE_CREDIT_BUDGET: "100" } });
    await page(3);
    pass(1);
    await page(5);
    const { data } = await app.query(SurfeStatus, { since: now.toISOString() });
    const none = {
      configured: false,
      sandbox: false,
      circuit: "CLOSED",
      creditsSpent: 0,
      recently: 0,
      creditUnit: expect.any(String),
      creditBudget: null,
      lastErrorCode: null,
    };
    expect(data.providers).toEqual([
      {
        provider: "SURFE",
        configured: true,
        sandbox: false,
        circuit: "CLOSED",
        creditsSpent: 5,
        recently: 2,
        creditUnit: "unique company",
        creditBudget: 100,
        lastErrorCode: null,
      },
      { provider: "LUSHA", ...none },
      { provider: "LINKUP", ...none },
      { provider: "LETRICS", ...none },
    ]);
  });
});
