import { afterEach, describe, expect, it } from "@jest/globals";
import { InputError, NoRowsError } from "../../../src/domain/errors";
import type { FeedPageRequest } from "../../../src/feeds/pages/feed-page-request";
import { notConfigured, unconfiguredSource } from "../../../src/feeds/feed/feed-source.port";
import type { ConnectionWithIssues, RecommendationNode } from "../../../src/feeds/nodes";
import { CursorSealer, listIdOf } from "../../../src/relay/cursor";
import type { PageArgs } from "../../../src/relay/page-args";
import { closeFeeds } from "../../../src/store/feeds/closing";
import { execute, query } from "../../support/database";
import { callerWith, FakeSource, NOW } from "../../support/fake-feed";
import { startSurfeStack, TENANT, type SurfeStack, type SurfeStackOptions } from "../../support/surfe-stack";
import { OTHER_TENANT } from "../../support/tenants";
import { callsOf } from "../../support/test-app";

const HOUR_MS = 3_600_000;
const DOMAINS = ["surfe.com", "canopypharma.com", "orchardbuilders.de", "evergreentelecom.ai", "jasperstores.co"];
const staying = callerWith();

type Request = FeedPageRequest<RecommendationNode>;
type Page = ConnectionWithIssues<RecommendationNode>;

let stack: SurfeStack;
let now: Date;

async function start(options: Partial<SurfeStackOptions> = {}): Promise<void> {
  now = NOW;
  stack = await startSurfeStack({ surfe: { companies: 5 }, now: () => now, ...options });
}

afterEach(() => stack.stop());

async function answerTo(request: Request, signal = staying): Promise<Page | Error> {
  const [answer] = await stack.pages().read([request], signal);
  if (!answer) throw new Error("no answer");
  return answer;
}

async function read(args: PageArgs, change: Partial<Request> = {}): Promise<Page> {
  const answer = await answerTo({ ...stack.request(args), ...change });
  if (answer instanceof Error) throw answer;
  return answer;
}

function summary({ nodes, pageInfo, totalCount, issues }: Page) {
  return {
    domains: nodes.map(({ subject }) => (subject.kind === "Company" ? subject.domain : null)),
    before: pageInfo.hasPreviousPage,
    after: pageInfo.hasNextPage,
    totalCount,
    issues: issues.map(({ code }) => code),
  };
}

async function cursorsOf(count: number): Promise<readonly string[]> {
  return (await read({ first: count })).edges.map(({ cursor }) => cursor);
}

function fetches(): readonly string[] {
  return callsOf(stack.surfe).filter((call) => call.startsWith("fetch"));
}

describe("FeedPages.read", () => {
  it("pages forward and backward over what one call brought", async () => {
    await start();
    const cursors = await cursorsOf(5);
    const pages = [
      await read({ first: 2 }),
      await read({ first: 2, after: cursors[1] ?? null }),
      await read({ first: 9, after: cursors[3] ?? null }),
      await read({ first: 9, after: cursors[4] ?? null }),
      await read({ last: 2, before: cursors[4] ?? null }),
      await read({ last: 9, before: cursors[1] ?? null }),
      await read({ last: 2, before: cursors[0] ?? null }),
      await read({ last: 2 }),
      await read({ last: 9, after: cursors[2] ?? null }),
      await read({ first: 1, before: cursors[3] ?? null }),
      await read({ first: 9, after: cursors[0] ?? null, before: cursors[3] ?? null }),
    ];
    const whole = { totalCount: 5, issues: [] };
    expect(pages.map(summary)).toEqual([
      { ...whole, domains: DOMAINS.slice(0, 2), before: false, after: true },
      { ...whole, domains: DOMAINS.slice(2, 4), before: true, after: true },
      { ...whole, domains: DOMAINS.slice(4, 5), before: true, after: false },
      { ...whole, domains: [], before: true, after: false },
      { ...whole, domains: DOMAINS.slice(2, 4), before: true, after: true },
      { ...whole, domains: DOMAINS.slice(0, 1), before: false, after: true },
      { ...whole, domains: [], before: false, after: true },
      { ...whole, domains: DOMAINS.slice(3, 5), before: true, after: false },
      { ...whole, domains: DOMAINS.slice(3, 5), before: true, after: false },
      { ...whole, domains: DOMAINS.slice(0, 1), before: false, after: true },
      { ...whole, domains: DOMAINS.slice(1, 3), before: true, after: true },
    ]);
    expect(fetches()).toEqual(["fetch 0-5"]);
  });

  it("gives empty pages their place, and makes no call for them", async () => {
    await start();
    const nothing = { domains: [], totalCount: null, issues: [] };
    const cold = await read({ first: 0 });
    expect([summary(cold), cold.edges]).toEqual([{ ...nothing, before: false, after: true }, []]);
    expect(fetches()).toEqual([]);
    const [first = "", second = ""] = await cursorsOf(2);
    const pages = [
      await read({ first: 0, after: second }),
      await read({ first: 0, after: first }),
      await read({ last: 0, before: second }),
      await read({ last: 0, before: first }),
      await read({ first: 3, before: first }),
      await read({ last: 3, after: first, before: second }),
    ];
    expect(pages.map(summary)).toEqual([
      { ...nothing, before: true, after: true },
      { ...nothing, before: true, after: true },
      { ...nothing, before: true, after: true },
      { ...nothing, before: false, after: true },
      { ...nothing, before: false, after: true },
      { ...nothing, before: true, after: true },
    ]);
    expect(pages.map(({ pageInfo }) => [pageInfo.startCursor, pageInfo.endCursor])).toEqual(
      Array.from({ length: 6 }, () => [null, null]),
    );
    expect(fetches()).toEqual(["fetch 0-2"]);
  });

  it("makes one call for several pages of one feed, with the largest demand", async () => {
    await start();
    const requests = [{ first: 1 }, { first: 3 }, { first: 2 }].map((args) => stack.request(args));
    const pages = await stack.pages().read(requests, staying);
    expect(pages.map((page) => (page instanceof Error ? page : summary(page).domains))).toEqual([
      DOMAINS.slice(0, 1),
      DOMAINS.slice(0, 3),
      DOMAINS.slice(0, 2),
    ]);
    expect(fetches()).toEqual(["fetch 0-3"]);
  });

  it("tells of every page of one operation what is known once all of them are read", async () => {
    await start({ maxWindow: 3 });
    const requests = [{ first: 3 }, { first: 9 }, { first: 0 }].map((args) => stack.request(args));
    const pages = await stack.pages().read(requests, staying);
    expect(pages.map((page) => (page instanceof Error ? page : summary(page)))).toEqual([
      { domains: DOMAINS.slice(0, 3), before: false, after: true, totalCount: 5, issues: [] },
      { domains: DOMAINS, before: false, after: false, totalCount: 5, issues: [] },
      { domains: [], before: false, after: true, totalCount: 5, issues: [] },
    ]);
    expect(fetches()).toEqual(["fetch 0-3", "fetch 2-5"]);
  });

  it("refuses `last` without `before` until the end was met", async () => {
    await start();
    expect(await answerTo(stack.request({ last: 2 }))).toMatchObject({ code: "BAD_USER_INPUT" });
    await cursorsOf(2);
    expect(await answerTo(stack.request({ last: 2 }))).toMatchObject({ code: "BAD_USER_INPUT" });
    await cursorsOf(5);
    expect(summary(await read({ last: 2 })).domains).toEqual(DOMAINS.slice(3));
  });

  it("answers each request for itself", async () => {
    await start();
    const answers = await stack.pages().read([stack.request({ after: "?" }), stack.request({ first: 1 })], staying);
    expect(answers.map((answer) => (answer instanceof Error ? answer.name : summary(answer).domains))).toEqual([
      "InputError",
      ["surfe.com"],
    ]);
    expect(await stack.pages().read([], staying)).toEqual([]);
  });

  it("refuses cursors that are not of this connection", async () => {
    await start();
    const [first = null] = await cursorsOf(1);
    const sealer = new CursorSealer([Buffer.alloc(32, 1)]);
    const [roster = null] = sealer.forList(TENANT, listIdOf("profiles")).seal([0]);
    const request = stack.request({ after: first });
    const elsewhere = { ...request, name: { ...request.name, connection: "icp:other" } };
    const answers = [
      await answerTo(elsewhere),
      await answerTo(stack.request({ after: first, before: roster })),
      await answerTo(stack.request({ after: roster })),
      await answerTo({ ...request, name: { ...request.name, tenant: OTHER_TENANT } }),
    ];
    expect(answers.map((answer) => (answer instanceof InputError ? answer.code : answer))).toEqual([
      "CURSOR_INVALID",
      "CURSOR_INVALID",
      "CURSOR_INVALID",
      "CURSOR_INVALID",
    ]);
  });

  it("tells that a cursor's feed is no longer kept", async () => {
    await start();
    const [first = null] = await cursorsOf(1);
    await execute(stack.database, "delete from feed");
    stack.restart();
    expect(await answerTo(stack.request({ after: first }))).toMatchObject({
      code: "CURSOR_EXPIRED",
      message: "The list of this cursor was deleted. Read it again from the beginning.",
    });
  });
});

describe("FeedPages.read where the provider fails", () => {
  it("has no page where no row can be served, and serves it once the provider is back", async () => {
    await start();
    stack.surfe.control.failAlways({ kind: "status", status: 401 });
    const absent = [notConfigured("LUSHA")];
    const answer = await answerTo({ ...stack.request({ first: 2 }), absent });
    expect(answer).toBeInstanceOf(NoRowsError);
    expect(answer instanceof NoRowsError ? answer.failures.map(({ code }) => code) : []).toEqual([
      "PROVIDER_CREDENTIALS_REJECTED",
      "PROVIDER_NOT_CONFIGURED",
    ]);
    stack.surfe.control.failAlways(null);
    expect(summary(await read({ first: 2 })).domains).toEqual(DOMAINS.slice(0, 2));
  });

  it("serves what is recorded, and tells in `issues` what is missing", async () => {
    await start();
    const cursors = await cursorsOf(2);
    stack.surfe.control.failAlways({ kind: "status", status: 401 });
    expect(summary(await read({ first: 3 }))).toEqual({
      domains: DOMAINS.slice(0, 2),
      before: false,
      after: true,
      totalCount: null,
      issues: ["PROVIDER_CREDENTIALS_REJECTED"],
    });
    expect(summary(await read({ first: 2 })).issues).toEqual([]);
    expect(await answerTo(stack.request({ first: 1, after: cursors[1] ?? null }))).toBeInstanceOf(NoRowsError);
    expect(summary(await read({ last: 1, before: cursors[1] ?? null })).domains).toEqual(["surfe.com"]);
  });

  it("tells of absent providers on every page", async () => {
    await start();
    const absent = [notConfigured("LINKUP"), notConfigured("LETRICS")];
    expect((await read({ first: 1 }, { absent })).issues).toEqual([
      {
        provider: "LINKUP",
        code: "PROVIDER_NOT_CONFIGURED",
        message: "LinkUp is not configured here: it has no API key.",
        retryAfter: null,
      },
      {
        provider: "LETRICS",
        code: "PROVIDER_NOT_CONFIGURED",
        message: "Letrics is not configured here: it has no API key.",
        retryAfter: null,
      },
    ]);
  });

  it("serves what is recorded where the provider has lost its key, and begins no feed for it", async () => {
    await start();
    const source = unconfiguredSource("SURFE", { maxAgeMs: Infinity, recheckAfterMs: HOUR_MS });
    expect(await answerTo({ ...stack.request({ first: 1 }), source })).toMatchObject({
      failures: [{ code: "PROVIDER_NOT_CONFIGURED" }],
    });
    expect(await query(stack.database, "select id from feed")).toEqual([]);
    await cursorsOf(2);
    expect(summary(await read({ first: 3 }, { source }))).toMatchObject({
      domains: DOMAINS.slice(0, 2),
      after: true,
      issues: ["PROVIDER_NOT_CONFIGURED"],
    });
  });

  it("stops at the budget, and serves what it bought", async () => {
    await start({ budget: 3 });
    await cursorsOf(2);
    expect(await answerTo(stack.request({ first: 1 }))).not.toBeInstanceOf(Error);
    const page = await read({ first: 4 });
    expect(summary(page)).toMatchObject({ domains: DOMAINS.slice(0, 2), issues: ["CREDIT_BUDGET_EXCEEDED"] });
    expect(page.issues[0]?.retryAfter).toEqual(new Date("2026-12-01"));
    expect(fetches()).toEqual(["fetch 0-2"]);
  });

  it("tells of our own failures as they are", async () => {
    await start();
    const source = new FakeSource();
    const failing = [answerTo({ ...stack.request({}), source }), answerTo({ ...stack.request({}), source })];
    (await source.fetch(0)).fail(new TypeError("oops"));
    expect(await Promise.all(failing)).toEqual([new TypeError("oops"), new TypeError("oops")]);
    const odd = answerTo({ ...stack.request({}), source });
    (await source.fetch(1)).fail("no error at all");
    expect(await odd).toEqual(new Error("no error at all"));
  });

  it("answers a caller who has gone with their reason, and makes no call", async () => {
    await start();
    const gone = new Error("gone");
    expect(await answerTo(stack.request({}), callerWith(1, AbortSignal.abort(gone)))).toBe(gone);
    expect(fetches()).toEqual([]);
  });

  it("fails where a row's subject is not recorded", async () => {
    await start();
    await cursorsOf(2);
    await execute(stack.database, "delete from record");
    stack.restart();
    await expect(stack.pages().read([stack.request({ first: 1 })], staying)).rejects.toThrow(
      "a recorded row without the records of its subject",
    );
  });
});

describe("FeedPages.read over time", () => {
  it("believes an end for an hour, then asks again", async () => {
    await start();
    await cursorsOf(5);
    now = new Date(NOW.getTime() + HOUR_MS - 1);
    expect(summary(await read({ first: 9 })).after).toBe(false);
    now = new Date(NOW.getTime() + HOUR_MS);
    expect(summary(await read({ first: 2 })).after).toBe(true);
    expect(fetches()).toEqual(["fetch 0-5"]);
    expect(summary(await read({ first: 9 }))).toEqual({
      domains: DOMAINS,
      before: false,
      after: false,
      totalCount: 5,
      issues: [],
    });
    expect(fetches()).toEqual(["fetch 0-5", "fetch 4-9"]);
  });

  it("grows past an end on another day", async () => {
    await start();
    await cursorsOf(5);
    stack.surfe.control.insert(2);
    stack.surfe.control.turnDay();
    now = new Date(NOW.getTime() + HOUR_MS);
    const page = await read({ first: 9 });
    expect(summary(page)).toMatchObject({ after: false, totalCount: 7 });
    expect(summary(page).domains.slice(0, 5)).toEqual(DOMAINS);
    expect(fetches()).toEqual(["fetch 0-5", "fetch 4-9", "fetch 0-4"]);
  });

  it("counts a page from the end that was known when it was asked for, though another page goes past it", async () => {
    await start();
    await cursorsOf(5);
    stack.surfe.control.insert(9);
    stack.surfe.control.turnDay();
    now = new Date(NOW.getTime() + HOUR_MS);
    const pages = await stack.pages().read([stack.request({ last: 2 }), stack.request({ first: 7 })], staying);
    expect(
      pages.map((page) => (page instanceof Error ? page : { ...summary(page), domains: page.nodes.length })),
    ).toEqual([
      { domains: 2, before: true, after: true, totalCount: 5, issues: [] },
      { domains: 7, before: false, after: true, totalCount: null, issues: [] },
    ]);
  });

  it("reads a closed feed for ever, and extends it never", async () => {
    await start();
    const cursors = await cursorsOf(2);
    await stack.database.writing(TENANT, (writer) =>
      closeFeeds(writer, stack.request({}).name.connection, () => false),
    );
    stack.restart();
    const pages = [
      await read({ first: 9, after: cursors[0] ?? null }),
      await read({ first: 9, after: cursors[1] ?? null }),
      await read({ last: 9, after: cursors[0] ?? null }),
    ];
    expect(pages.map(summary)).toEqual([
      { domains: ["canopypharma.com"], before: true, after: false, totalCount: 2, issues: [] },
      { domains: [], before: true, after: false, totalCount: 2, issues: [] },
      { domains: ["canopypharma.com"], before: true, after: false, totalCount: 2, issues: [] },
    ]);
    expect(fetches()).toEqual(["fetch 0-2"]);
  });

  it("begins another feed past the maximum age, while old cursors go on in theirs", async () => {
    await start();
    const young = (args: PageArgs): Request => {
      const request = stack.request(args);
      const { source } = stack;
      const aging = {
        provider: source.provider,
        unavailable: null,
        maxAgeMs: HOUR_MS,
        recheckAfterMs: null,
        callsFor: (rows: number) => source.callsFor(rows),
        creditsFor: () => 0,
        grown: (want: number) => ({ rows: want, state: null, ended: false }),
        extend: source.extend.bind(source),
      };
      return { ...request, source: aging };
    };
    const first = await read({}, young({ first: 2 }));
    now = new Date(NOW.getTime() + HOUR_MS);
    const second = await read({}, young({ first: 1 }));
    expect(second.edges[0]?.cursor).not.toBe(first.edges[0]?.cursor);
    const on = await read({}, young({ first: 1, after: first.pageInfo.endCursor }));
    expect(summary(on).domains).toEqual(["orchardbuilders.de"]);
    expect(fetches()).toEqual(["fetch 0-2", "fetch 0-1", "fetch 1-3"]);
  });
});

describe("FeedPages.peek", () => {
  it("has the page that `read` gave, without a query", async () => {
    await start();
    const request = stack.request({ first: 2 });
    expect(stack.pages().peek(request)).toBeNull();
    const page = await read({ first: 2 });
    const peeked = stack.pages().peek(request);
    expect(peeked && { ...summary(peeked), edges: peeked.edges }).toEqual({ ...summary(page), edges: page.edges });
    const after = page.edges[0]?.cursor ?? null;
    const next = stack.pages().peek(stack.request({ first: 1, after }));
    expect(next && summary(next).domains).toEqual(["canopypharma.com"]);
  });

  it("has a page as it is now: also after a write, and with the providers that are absent", async () => {
    await start();
    await cursorsOf(2);
    const request = stack.request({ first: 1 });
    const page = stack.pages().peek(request);
    expect(stack.pages().peek(request)).toBe(page);
    const absent = { ...request, absent: [notConfigured("LUSHA")] };
    const codes = () =>
      stack
        .pages()
        .peek(absent)
        ?.issues.map(({ code }) => code);
    expect([codes(), codes()]).toEqual([["PROVIDER_NOT_CONFIGURED"], ["PROVIDER_NOT_CONFIGURED"]]);
    expect(page?.issues).toEqual([]);
    await cursorsOf(5);
    expect(summary(page as Page).totalCount).toBeNull();
    const grown = stack.pages().peek(request);
    expect(grown && summary(grown).totalCount).toBe(5);
    now = new Date(NOW.getTime() + HOUR_MS);
    await read({ first: 5 });
    const rechecking = stack.pages().peek(stack.request({ first: 5 }));
    expect(rechecking && summary(rechecking).after).toBe(true);
  });

  it("has one edge for each row, in whichever page, as long as the row shows the same", async () => {
    await start();
    await cursorsOf(5);
    const edgesAt = (after: string | null) => stack.pages().peek(stack.request({ first: 2, after }))?.edges ?? [];
    const [first, second] = edgesAt(null);
    const [again, third] = edgesAt(first?.cursor ?? "");
    expect(again).toBe(second);
    expect(third?.cursor).not.toBe(second?.cursor);
  });

  it("has none where a call is due", async () => {
    await start();
    await cursorsOf(2);
    expect(stack.pages().peek(stack.request({ first: 3 }))).toBeNull();
    await cursorsOf(5);
    const page = stack.pages().peek(stack.request({ first: 9 }));
    expect(page && summary(page).domains).toEqual(DOMAINS);
  });

  it("has none after a restart, until it was read again", async () => {
    await start();
    const [first = null] = await cursorsOf(2);
    stack.restart();
    const request = stack.request({ first: 1, after: first });
    expect(stack.pages().peek(request)).toBeNull();
    await read({ first: 0, after: first });
    expect(stack.pages().peek(request)).toBeNull();
    await read({ first: 1, after: first });
    expect(stack.pages().peek(request)).not.toBeNull();
    expect(stack.pages().peek(stack.request({ first: 2 }))).toBeNull();
  });

  it("refuses as `read` does", async () => {
    await start();
    const [first = null] = await cursorsOf(1);
    expect(() => stack.pages().peek(stack.request({ after: "?" }))).toThrow(InputError);
    const request = stack.request({ after: first });
    expect(() => stack.pages().peek({ ...request, name: { ...request.name, connection: "icp:2" } })).toThrow(
      InputError,
    );
    expect(() => stack.pages().peek(stack.request({ last: 1 }))).toThrow(InputError);
  });
});
