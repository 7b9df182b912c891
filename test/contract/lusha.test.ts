import { afterEach, describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import type { LushaOptions } from "../../src/sandbox/lusha/lusha-options";
import { openDatabase } from "../../src/store/open-database";
import { query } from "../support/database";
import { temporaryFolder } from "../support/server-process";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { bodiesOf, failPage, readPage, spentAt } from "./read-page";

const NOON = Date.UTC(2026, 10, 20, 12);
const SEED = { companyId: "6504" };
const ALIKE = `similarCompanies(companies: [{ lushaCompanyId: "6504" }]`;
const PERSON = `{ lusha: { personId: "675851474", companyId: "6504" } }`;

let app: TestApp;
let now: number;

async function start(lusha: LushaOptions = {}, options: TestAppOptions = {}): Promise<void> {
  now = NOON;
  app = await startTestApp({
    providers: ["LUSHA"],
    lusha: { errorEnvelope: "flat", nonce: "test", ...lusha },
    now: () => new Date(now),
    ...options,
  });
}

const alike = (args: string) => readPage(app, `${ALIKE}, ${args})`);
const failAlike = (args: string) => failPage(app, `${ALIKE}, ${args})`);

afterEach(() => app.stop());

describe("a set of recommendations", () => {
  it("is read on with the newest requestId, 5 to 25 rows a call", async () => {
    await start();
    await alike("first: 1");
    const { ids } = await alike("first: 40");
    expect(new Set(ids).size).toBe(40);
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: [], limit: 5 },
      { companies: [SEED], exclude: [], limit: 25, requestId: "req_test1" },
      { companies: [SEED], exclude: [], limit: 10, requestId: "req_test2" },
    ]);
    expect(app.lusha.control.charged()).toBe(40);
    expect(await spentAt(app, "LUSHA")).toBe(40);
  });

  it("may keep one requestId", async () => {
    await start({ requestIds: "each-set" });
    expect(new Set((await alike("first: 30")).ids).size).toBe(30);
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: [], limit: 25 },
      { companies: [SEED], exclude: [], limit: 5, requestId: "req_test1" },
    ]);
  });

  it("is the same whatever the order of its seeds", async () => {
    await start();
    const one = await readPage(
      app,
      `similarCompanies(companies: [{ lushaCompanyId: "6504" }, { lushaCompanyId: "6578" }], first: 3)`,
    );
    const two = await readPage(
      app,
      `similarCompanies(companies: [{ lushaCompanyId: "6578" }, { lushaCompanyId: "6504" }], first: 3)`,
    );
    expect(two).toEqual(one);
    expect(bodiesOf(app.lusha)).toEqual([{ companies: [SEED, { companyId: "6578" }], exclude: [], limit: 5 }]);
  });

  it("may have numbers for ids, which are kept as strings", async () => {
    await start();
    const asStrings = await alike("first: 5");
    await app.stop();
    await start({ ids: "numbers" });
    expect((await alike("first: 5")).ids).toEqual(asStrings.ids);
    expect((await alike("first: 10")).ids.slice(0, 5)).toEqual(asStrings.ids);
  });

  it("costs what creditsCharged says, an empty answer too", async () => {
    await start({ creditsPerResult: 0.5, creditsPerEmptyAnswer: 1, setSize: 5 });
    expect(await alike("first: 10")).toMatchObject({ totalCount: 5, hasNextPage: false, issues: [] });
    expect(app.lusha.control.charged()).toBe(4);
    expect(await spentAt(app, "LUSHA")).toBe(4);
  });
});

describe("exclude", () => {
  const leftOut = `exclude: [{ lushaCompanyId: "6541" }, { lushaCompanyId: "6578" }]`;

  it("is passed on as objects like the seeds", async () => {
    await start();
    await alike(`${leftOut}, first: 3`);
    await readPage(
      app,
      `similarPeople(people: [${PERSON}], exclude: [{ lusha: { personId: "675851485", companyId: "6541" } }], first: 3)`,
    );
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: [{ companyId: "6541" }, { companyId: "6578" }], limit: 5 },
      {
        contacts: [{ personId: "675851474", companyId: "6504" }],
        exclude: [{ personId: "675851485", companyId: "6541" }],
        limit: 5,
      },
    ]);
  });

  it("is bare ids where LUSHA_EXCLUDE_FORM says so", async () => {
    await start({ excludeForm: "ids" }, { env: { LUSHA_EXCLUDE_FORM: "ids" } });
    await alike(`${leftOut}, first: 3`);
    await readPage(
      app,
      `similarPeople(people: [${PERSON}], exclude: [{ lusha: { personId: "675851485", companyId: "6541" } }], first: 3)`,
    );
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: ["6541", "6578"], limit: 5 },
      { contacts: [{ personId: "675851474", companyId: "6504" }], exclude: ["675851485"], limit: 5 },
    ]);
  });
});

describe("exclude of a profile", () => {
  const LISTS = `{ recommendations(externalUserId: "u1", first: 4) { nodes { subject { __typename } } issues { code } } }`;
  const save = (args: string) =>
    app.send(`mutation { upsertICP(input: {
      externalUserId: "u1", exampleCompanies: [{ lushaCompanyId: "6504" }], examplePeople: [${PERSON}] ${args}
    }) { icp { id excludeCompanies { id domain } excludePeople { id linkedinUrl } } userErrors { field message } } }`);
  const named = `excludeCompanies: [{ lushaCompanyId: "6541" }, { domain: "unknown.com" }]
    excludePeople: [{ lusha: { personId: "675851485", companyId: "6541" } }, { linkedinUrl: "linkedin.com/in/jane-roe" }]`;

  it("is sent with its examples, as far as Lusha knows who is meant, and read back after a restart", async () => {
    const folder = temporaryFolder();
    await start({}, { databasePath: join(folder.path, "exclude.db") });
    const { data } = await save(named);
    type Named = readonly { readonly id: string }[];
    interface Saved {
      readonly icp: { readonly excludeCompanies: Named; readonly excludePeople: Named };
    }
    const { icp } = (data as { readonly upsertICP: Saved }).upsertICP;
    expect(icp).toMatchObject({
      excludeCompanies: [{ domain: null }, { domain: "unknown.com" }],
      excludePeople: [{ linkedinUrl: null }, { linkedinUrl: "https://www.linkedin.com/in/jane-roe" }],
    });
    // By the ids that the profile gave out: nothing else is known of them.
    const byIds = (some: Named) => `[${some.map(({ id }) => `{ id: "${id}" }`).join()}]`;
    const again = await save(
      `excludeCompanies: ${byIds(icp.excludeCompanies)}, excludePeople: ${byIds(icp.excludePeople)}`,
    );
    expect(again.data).toEqual({ upsertICP: { icp, userErrors: [] } });
    await app.restart();
    const read = await app.send(
      `{ icp(externalUserId: "u1") { id excludeCompanies { id domain } excludePeople { id linkedinUrl } } }`,
    );
    expect(read.data).toEqual({ icp });
    await app.send(LISTS);
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: [{ companyId: "6541" }], limit: 5 },
      {
        contacts: [{ personId: "675851474", companyId: "6504" }],
        exclude: [{ personId: "675851485", companyId: "6541" }],
        limit: 5,
      },
    ]);
    folder.remove();
  });

  it("makes another list, from which those who were offered before are gone", async () => {
    await start();
    await save("");
    const offered = async () => {
      const { data } = await app.send(
        `{ recommendations(externalUserId: "u1", first: 9) { nodes { subject { ... on Company { id } } } } }`,
      );
      const { nodes } = (
        data as { readonly recommendations: { readonly nodes: readonly { subject: { id?: string } }[] } }
      ).recommendations;
      return nodes.flatMap(({ subject }) => subject.id ?? []);
    };
    const before = await offered();
    await save(`excludeCompanies: [{ id: "${before[1] ?? ""}" }]`);
    const after = await offered();
    expect(after).toEqual([before[0], ...before.slice(2), expect.any(String)].slice(0, after.length));
  });

  it("is checked as examples are", async () => {
    await start();
    const { data } = await save(`excludeCompanies: [{ domain: "not a domain" }], excludePeople: [{}]`);
    expect(data).toMatchObject({
      upsertICP: { icp: null, userErrors: [{ field: ["excludeCompanies", "0"] }, { field: ["excludePeople", "0"] }] },
    });
    expect(bodiesOf(app.lusha)).toEqual([]);
  });
});

describe("the end of a set", () => {
  it("is an empty page, since a short one tells nothing", async () => {
    await start({ setSize: 7 });
    expect(await alike("first: 10")).toMatchObject({ totalCount: 7, hasNextPage: false });
    await alike("first: 20");
    expect(bodiesOf(app.lusha)).toMatchObject([{ limit: 10 }, { limit: 5, requestId: "req_test1" }]);
  });

  it("is read past short pages", async () => {
    await start({ setSize: 30, endOfSet: "empty-page" });
    expect(await alike("first: 100")).toMatchObject({ totalCount: 30, hasNextPage: false });
  });

  it("is a short page where LUSHA_SHORT_PAGE_ENDS says so", async () => {
    await start({ setSize: 7 }, { env: { LUSHA_SHORT_PAGE_ENDS: "true" } });
    expect(await alike("first: 10")).toMatchObject({ totalCount: 7, hasNextPage: false });
    expect(bodiesOf(app.lusha)).toMatchObject([{ limit: 10 }]);
  });
});

describe("an expired requestId", () => {
  it.each([404, 410, 400] as const)("told by a %s is begun again with the recorded rows in exclude", async (status) => {
    await start({ expiredAnswer: status });
    const before = await alike("first: 5");
    app.lusha.control.expireSessions();
    const after = await alike("first: 12");
    expect(after.ids.slice(0, 5)).toEqual(before.ids);
    expect(new Set(after.ids).size).toBe(12);
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: [], limit: 5 },
      { companies: [SEED], exclude: [], limit: 7, requestId: "req_test1" },
      { companies: [SEED], exclude: before.ids.map((companyId) => ({ companyId })), limit: 7 },
    ]);
    expect(app.lusha.control.charged()).toBe(12);
  });

  it("of 100 recorded rows is begun again with all of them", async () => {
    await start();
    const { ids, endCursor } = await alike("first: 100");
    app.lusha.control.expireSessions();
    app.lusha.control.clearCalls();
    const more = await alike(`first: 10, after: "${String(endCursor)}"`);
    expect(new Set([...ids, ...more.ids]).size).toBe(110);
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: [], limit: 10, requestId: "req_test4" },
      { companies: [SEED], exclude: ids.map((companyId) => ({ companyId })), limit: 10 },
    ]);
  });

  it("of more rows is PROVIDER_SESSION_EXPIRED past its record, which is served", async () => {
    await start();
    const { endCursor } = await alike("first: 100");
    const last = await alike(`first: 5, after: "${String(endCursor)}"`);
    app.lusha.control.expireSessions();
    app.lusha.control.clearCalls();
    const expired = {
      code: "PROVIDER_SESSION_EXPIRED",
      message: "Lusha no longer continues this list (404). Its recorded rows stay; use other seeds for more.",
      retryAfter: null,
    };
    expect(await failAlike(`first: 5, after: "${String(last.endCursor)}"`)).toEqual(expired);
    const short = await alike(`first: 10, after: "${String(endCursor)}"`);
    expect(short).toEqual({ ...last, issues: [expired] });
    expect(bodiesOf(app.lusha)).toMatchObject([{ requestId: "req_test5" }, { requestId: "req_test5" }]);
    expect(app.lusha.control.charged()).toBe(105);
  });

  it("is no explanation for a 404 without one", async () => {
    await start();
    app.lusha.control.failNext({ kind: "status", status: 404 });
    expect((await failAlike("first: 5")).code).toBe("PROVIDER_REJECTED_REQUEST");
    expect(bodiesOf(app.lusha)).toHaveLength(1);
  });
});

describe("an answer that was lost", () => {
  it("is PROVIDER_OUTCOME_UNKNOWN, here and in the ledger, and the next call goes on from the last known id", async () => {
    const folder = temporaryFolder();
    const databasePath = join(folder.path, "lost.db");
    await start({}, { databasePath });
    await alike("first: 5");
    app.lusha.control.failNext({ kind: "reset", when: "after" });
    const lost = await alike("first: 10");
    expect(lost.ids).toHaveLength(5);
    expect(lost.issues).toEqual([
      {
        code: "PROVIDER_OUTCOME_UNKNOWN",
        message: "The connection to Lusha was lost before an answer came. A retry may be charged again.",
        retryAfter: null,
      },
    ]);
    expect(new Set((await alike("first: 10")).ids).size).toBe(10);
    expect(bodiesOf(app.lusha)).toEqual([
      { companies: [SEED], exclude: [], limit: 5 },
      { companies: [SEED], exclude: [], limit: 5, requestId: "req_test1" },
      { companies: [SEED], exclude: [], limit: 5, requestId: "req_test1" },
    ]);
    const database = await openDatabase(databasePath);
    const calls = await query(database, "select provider, outcome from provider_call");
    await database.destroy();
    folder.remove();
    expect(calls.map(({ provider, outcome }) => `${String(provider)} ${String(outcome)}`).sort()).toEqual([
      "LUSHA OK",
      "LUSHA OK",
      "LUSHA PROVIDER_OUTCOME_UNKNOWN",
    ]);
  });

  it.each([
    ["a timeout", { kind: "hang" }],
    ["a body cut off", { kind: "truncated" }],
    ["a body too slow", { kind: "slow-body", ms: 60_000 }],
    ["a reset", { kind: "reset", when: "before" }],
  ] as const)("through %s is never asked for again unasked", async (_, fault) => {
    await start({}, { env: { LUSHA_TIMEOUT_MS: "200" } });
    app.lusha.control.failNext(fault);
    expect((await failAlike("first: 5")).code).toBe("PROVIDER_OUTCOME_UNKNOWN");
    expect(bodiesOf(app.lusha)).toHaveLength(1);
  });
});

describe("Lusha's own windows", () => {
  it("hold a call back that would be refused, until they open again", async () => {
    await start({ rateWindows: { minute: 2 }, rateLimitHeaders: "none" });
    await alike("first: 5");
    await alike("first: 10");
    const held = await alike("first: 15");
    expect(held.ids).toHaveLength(10);
    expect(held.issues).toEqual([
      {
        code: "PROVIDER_RATE_LIMITED",
        message: "Lusha accepts no more calls for now: its own rate limit is reached.",
        retryAfter: "2026-11-20T12:01:00.000Z",
      },
    ]);
    expect(bodiesOf(app.lusha)).toHaveLength(2);
    now += 60_000;
    expect(await alike("first: 15")).toMatchObject({ issues: [] });
    expect(bodiesOf(app.lusha)).toHaveLength(3);
  });

  it.each([
    ["hourly", "2026-11-20T13:00:00.000Z"],
    ["daily", "2026-11-21T00:00:00.000Z"],
  ])("by %s calls are waited out for as long as RateLimit-Reset says", async (window, retryAfter) => {
    await start({ rateWindows: { [window]: 1 }, rateLimitHeaders: "all" });
    await alike("first: 5");
    expect((await alike("first: 10")).issues).toMatchObject([{ code: "PROVIDER_RATE_LIMITED", retryAfter }]);
    expect(bodiesOf(app.lusha)).toHaveLength(1);
  });
});

describe("calls that wait for their turn", () => {
  it.each([
    ["at once", "10000", "10"],
    ["one after the other", "20", "1"],
  ])("are not sent once Lusha has said that none is left (%s)", async (_, rate, burst) => {
    await start(
      { rateWindows: { minute: 3 } },
      { env: { LUSHA_RATE_PER_SECOND: rate, LUSHA_BURST: burst, MAX_PROVIDER_CALLS: "50" } },
    );
    await alike("first: 5"); // two are left
    const ids = ["6541", "6578", "6615", "6652", "6689", "6726"];
    const fields = ids.map(
      (id) => `a${id}: similarCompanies(companies: [{ lushaCompanyId: "${id}" }], first: 5) { issues { code } }`,
    );
    const { data, errors = [] } = await app.send(`{ ${fields.join(" ")} }`);
    const served = Object.values(data as object).filter((page) => page !== null);
    expect(served).toHaveLength(2);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(Array(4).fill("PROVIDER_RATE_LIMITED"));
    expect(bodiesOf(app.lusha)).toHaveLength(3);
  });
});

describe("the four error envelopes", () => {
  it.each([
    ["{error: {code, message}}", { error: { code: 403, message: "out of credits" } }],
    ["{statusCode, message, errors}", { statusCode: 403, message: "Forbidden", errors: ["credits used up"] }],
    ["{code: SLUG, message}", { code: "INSUFFICIENT_CREDITS", message: "Forbidden" }],
    ["{message, code}", { message: "Quota exceeded", code: 403 }],
  ])("%s is read", async (_, body) => {
    await start();
    app.lusha.control.failNext({ kind: "status", status: 403, body });
    expect((await failAlike("first: 5")).code).toBe("PROVIDER_CREDITS_EXHAUSTED");
  });

  it.each(["nested", "status-code", "slug", "flat"] as const)("%s tells an expired id", async (errorEnvelope) => {
    await start({ errorEnvelope, expiredAnswer: 400 });
    await alike("first: 5");
    app.lusha.control.expireSessions();
    expect(await alike("first: 10")).toMatchObject({ issues: [] });
    expect(bodiesOf(app.lusha)).toHaveLength(3);
  });
});

describe("LUSHA_API=lookalikes", () => {
  const env = { LUSHA_API: "lookalikes" };

  it("takes domains and LinkedIn addresses as seeds, goes on with dedupeSessionId, and ends where hasMore is false", async () => {
    await start({ setSize: 8 }, { env });
    const ids = ["6541", "6542", "6543"];
    const seeds = `[{ domain: "www.Surfe.com" }, { linkedinUrl: "linkedin.com/company/Surfe/" }, ${ids.map((id) => `{ lushaCompanyId: "${id}" }`).join()}]`;
    const field = (first: number) => `similarCompanies(companies: ${seeds}, first: ${first})`;
    const page = await readPage(app, field(2));
    expect(await readPage(app, field(20))).toMatchObject({ totalCount: 8, hasNextPage: false, issues: [] });
    expect(page.ids).toHaveLength(2);
    const names = {
      domains: ["surfe.com"],
      linkedinUrls: ["https://www.linkedin.com/company/surfe"],
      companyIds: ids,
    };
    expect(app.lusha.control.calls().map(({ path }) => path)).toEqual([
      "/v3/lookalike/companies",
      "/v3/lookalike/companies",
    ]);
    expect(bodiesOf(app.lusha)).toEqual([
      { seeds: names, limit: 5 },
      { seeds: names, limit: 15, dedupeSessionId: expect.any(String) },
    ]);
  });

  it("asks for up to 100 at once, and begins an expired session again", async () => {
    await start({}, { env });
    const linkedinUrls = ["johndoe", "a", "b", "c", "d"].map((slug) => `https://www.linkedin.com/in/${slug}`);
    const people = linkedinUrls.map((linkedinUrl) => `{ linkedinUrl: "${linkedinUrl}" }`);
    const field = (first: number) => `similarPeople(people: [${people.join()}], first: ${first})`;
    const before = await readPage(app, field(60));
    app.lusha.control.expireSessions();
    const { ids } = await readPage(app, field(70));
    expect(new Set(ids).size).toBe(70);
    const seeds = { linkedinUrls: [...linkedinUrls].sort() };
    expect(bodiesOf(app.lusha)).toEqual([
      { seeds, limit: 60 },
      { seeds, limit: 10, dedupeSessionId: expect.any(String) },
      { seeds, exclude: { contactIds: before.ids }, limit: 10 },
    ]);
  });

  it("takes 5 to 100 seeds: fewer are PROVIDER_CANNOT_SERVE, and nothing is asked for", async () => {
    await start({}, { env });
    const failure = await failPage(app, `similarCompanies(companies: [{ domain: "surfe.com" }], first: 3)`);
    expect(failure).toEqual({
      code: "PROVIDER_CANNOT_SERVE",
      message: "Lusha finds lookalikes of 5 to 100 companies or people, but got 1: name more of them.",
      retryAfter: null,
    });
    expect(bodiesOf(app.lusha)).toEqual([]);
  });
});
