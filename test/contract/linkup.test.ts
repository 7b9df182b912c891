import { afterEach, describe, expect, it } from "@jest/globals";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { LinkUpOptions } from "../../src/sandbox/linkup/linkup-options";
import { temporaryFolder } from "../support/server-process";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { bodiesOf, failPage, readPage, spentAt, type ReadPage } from "./read-page";

let app: TestApp;

async function start(linkup: LinkUpOptions = {}, options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ providers: ["LINKUP"], linkup: { companies: 400, ...linkup }, ...options });
}

const network = (args: string, token?: string): Promise<ReadPage> =>
  readPage(app, `networkRecommendations(${args})`, token === undefined ? {} : { "x-linkup-login-token": token });

/** Everyone, by pages of ten. */
async function byTen(pages: number, between: () => void = () => undefined): Promise<(string | null)[]> {
  const all: (string | null)[] = [];
  let after = "";
  for (let i = 0; i < pages; i++) {
    const page = await network(`first: 10${after}`);
    all.push(...page.ids);
    after = `, after: "${String(page.endCursor)}"`;
    between();
  }
  return all;
}

afterEach(() => app.stop());

describe("60 people read by ten", () => {
  it("cost at most 15 credits, since what is asked for at least doubles", async () => {
    await start();
    expect(new Set(await byTen(6)).size).toBe(60);
    const call = { country: "FR", login_token: "sandbox" };
    expect(bodiesOf(app.linkup)).toEqual([
      { ...call, total_results: 10 },
      { ...call, total_results: 20 },
      { ...call, total_results: 40 },
      { ...call, total_results: 80 },
    ]);
    expect(app.linkup.control.charged()).toBe(15);
    expect(await spentAt(app, "LINKUP")).toBe(15);
  });

  it("cost 6 where LINKUP_PAGING=pages", async () => {
    await start({ paging: "pages" }, { env: { LINKUP_PAGING: "pages" } });
    expect(new Set(await byTen(6)).size).toBe(60);
    const call = { country: "FR", login_token: "sandbox" };
    expect(bodiesOf(app.linkup)).toEqual([
      { ...call, start_page: 1, end_page: 1 },
      { ...call, start_page: 2, end_page: 2 },
      { ...call, start_page: 3, end_page: 3 },
      { ...call, start_page: 4, end_page: 4 },
      { ...call, start_page: 5, end_page: 5 },
      { ...call, start_page: 6, end_page: 6 },
    ]);
    expect(app.linkup.control.charged()).toBe(6);
    expect(await spentAt(app, "LINKUP")).toBe(6);
  });

  it("are one call where they are asked for at once", async () => {
    await start();
    expect((await network("first: 60, country: UK")).ids).toHaveLength(60);
    expect(bodiesOf(app.linkup)).toEqual([{ total_results: 60, country: "UK", login_token: "sandbox" }]);
  });
});

describe("the end", () => {
  it("is fewer people than were asked for", async () => {
    await start({ people: 23 });
    expect(await network("first: 100")).toMatchObject({ totalCount: 23, hasNextPage: false });
    expect(bodiesOf(app.linkup)).toMatchObject([{ total_results: 100 }]);
    expect(await spentAt(app, "LINKUP")).toBe(3);
  });

  it("is the largest number of results there may be", async () => {
    await start({ maxResults: 30 }, { env: { LINKUP_MAX_RESULTS: "30" } });
    expect(await network("first: 100")).toMatchObject({ totalCount: 30, hasNextPage: false, issues: [] });
    expect(bodiesOf(app.linkup)).toMatchObject([{ total_results: 30 }]);
  });

  it("is the last page, where pages are bought", async () => {
    await start({ paging: "pages", people: 20 }, { env: { LINKUP_PAGING: "pages" } });
    expect(await network("first: 20")).toMatchObject({ totalCount: 20, hasNextPage: false });
    expect(bodiesOf(app.linkup)).toMatchObject([{ start_page: 1, end_page: 2 }]);
  });

  it("of nobody is an empty page, and charged", async () => {
    await start({ people: 0 });
    expect(await network("first: 5")).toMatchObject({ ids: [], totalCount: 0, hasNextPage: false });
    expect(app.linkup.control.charged()).toBe(1);
    expect(await spentAt(app, "LINKUP")).toBe(1);
  });
});

describe("re-ranking", () => {
  it.each(["totals", "pages"] as const)("never moves or repeats whoever is recorded (%s)", async (paging) => {
    await start({ paging }, { env: { LINKUP_PAGING: paging } });
    const first = await network("first: 10");
    app.linkup.control.rerank();
    const all = await byTen(5, () => app.linkup.control.rerank());
    expect(all.slice(0, 10)).toEqual(first.ids);
    expect(new Set(all).size).toBe(50);
    expect(await byTen(5)).toEqual(all);
  });
});

describe("the login token", () => {
  const TOKENS = { loginTokens: ["sandbox", "a-token-of-Ada", "a-token-of-Bob"] };

  it("makes its own feed, and comes from the request before the configuration", async () => {
    await start(TOKENS);
    const ada = await network("first: 10", "a-token-of-Ada");
    const bob = await network("first: 10", "a-token-of-Bob");
    const own = await network("first: 10");
    expect(new Set([ada, bob, own].map(({ ids }) => ids.join())).size).toBe(3);
    expect(await network("first: 10", "a-token-of-Ada")).toEqual(ada);
    expect(bodiesOf(app.linkup)).toMatchObject([
      { login_token: "a-token-of-Ada" },
      { login_token: "a-token-of-Bob" },
      { login_token: "sandbox" },
    ]);
    const cursor = String(ada.endCursor);
    const stolen = await failPage(app, `networkRecommendations(first: 1, after: "${cursor}")`, {
      "x-linkup-login-token": "a-token-of-Bob",
    });
    expect(stolen.code).toBe("CURSOR_INVALID");
  });

  it("is nowhere but in the request to LinkUp: not in the database, the log or an error", async () => {
    const folder = temporaryFolder();
    const lines: string[] = [];
    await start(TOKENS, { databasePath: join(folder.path, "feeds.db"), log: (line) => lines.push(line) });
    await network("first: 10", "a-token-of-Ada");
    app.linkup.control.failNext(
      { kind: "status", status: 400, body: { status: "error", message: "bad token a-token-of-Ada" } },
      { kind: "status", status: 403, body: { status: "error", message: "cookie invalid: a-token-of-Ada" } },
    );
    const short = await network("first: 20", "a-token-of-Ada");
    const expired = await network("first: 20", "a-token-of-Ada");
    await app.restart();
    const files = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name)).toString("latin1"));
    const everything = [...files, ...lines, JSON.stringify([short, expired])].join("\n");
    folder.remove();
    expect(short.issues).toMatchObject([{ code: "PROVIDER_REJECTED_REQUEST" }]);
    expect(expired.issues).toMatchObject([{ code: "PROVIDER_CREDENTIALS_REJECTED" }]);
    expect(files.join("")).toContain("LINKUP");
    expect(lines.length).toBeGreaterThan(0);
    expect(everything).not.toContain("a-token-of-Ada");
    expect(everything).not.toContain(Buffer.from("a-token-of-Ada").toString("base64").slice(0, 16));
  });

  it("is asked for where there is none: PROVIDER_NOT_CONFIGURED, and no call", async () => {
    await start({}, { env: { LINKUP_LOGIN_TOKEN: "" } });
    expect(await failPage(app, "networkRecommendations(first: 1)")).toEqual({
      code: "PROVIDER_NOT_CONFIGURED",
      message:
        "LinkUp needs a LinkedIn login token: send it in the header x-linkup-login-token, or set LINKUP_LOGIN_TOKEN.",
      retryAfter: null,
    });
    expect(bodiesOf(app.linkup)).toEqual([]);
    expect((await network("first: 1", "sandbox")).ids).toHaveLength(1);
  });

  it.each(["cookie invalid", "expired"] as const)(
    "that ended (%s) is to be renewed, and what it brought stands",
    async (expiredWords) => {
      await start({ expiredWords });
      const { ids } = await network("first: 10");
      app.linkup.control.expireToken("sandbox");
      const short = await network("first: 15");
      expect(short.ids).toEqual(ids);
      expect(short.issues).toEqual([
        {
          code: "PROVIDER_CREDENTIALS_REJECTED",
          message:
            "The LinkedIn session at LinkUp has expired (403). Log in again and send the new login token in x-linkup-login-token.",
          retryAfter: null,
        },
      ]);
      expect(app.linkup.control.charged()).toBe(2);
      expect(await spentAt(app, "LINKUP")).toBe(2);
    },
  );
});

describe("a 403", () => {
  it.each(["Your subscription has expired", "This API key expired", "plan expired: upgrade"])(
    "about the key or the plan is no session that ended: %s",
    async (message) => {
      await start();
      app.linkup.control.failNext({ kind: "status", status: 403, body: { status: "error", message } });
      expect(await failPage(app, "networkRecommendations(first: 10)")).toEqual({
        code: "PROVIDER_CREDENTIALS_REJECTED",
        message: "LinkUp denied access (403). Check LINKUP_API_KEY and what its plan includes.",
        retryAfter: null,
      });
    },
  );
});

describe("a 200 that tells of an error", () => {
  it.each([
    ["This country cannot be searched", "PROVIDER_REJECTED_REQUEST"],
    ["Not enough credits", "PROVIDER_CREDITS_EXHAUSTED"],
    ["Session expired", "PROVIDER_CREDENTIALS_REJECTED"],
    ["Rate limit exceeded", "PROVIDER_RATE_LIMITED"],
  ] as const)("is a refusal, by what it says, and is charged: %s", async (message, code) => {
    await start();
    app.linkup.control.failNext({ kind: "shape", body: { status: "error", message } });
    expect((await failPage(app, "networkRecommendations(first: 10)")).code).toBe(code);
    expect([app.linkup.control.charged(), await spentAt(app, "LINKUP")]).toEqual([1, 1]);
  });
});

describe("the country", () => {
  it("makes its own list", async () => {
    await start();
    const [france, america] = [await network("first: 10"), await network("first: 10, country: US")];
    expect(america.ids).not.toEqual(france.ids);
    expect(bodiesOf(app.linkup)).toMatchObject([{ country: "FR" }, { country: "US" }]);
  });
});

describe("an error", () => {
  it.each([
    [400, 1],
    [402, 1],
    [403, 1],
    [429, 1],
    [500, 0],
    [503, 1],
  ] as const)("%i costs %i, at LinkUp and in the ledger, and is not repeated", async (status, credits) => {
    await start();
    app.linkup.control.failNext({ kind: "status", status });
    await failPage(app, "networkRecommendations(first: 10)");
    expect(bodiesOf(app.linkup)).toHaveLength(1);
    expect(app.linkup.control.charged()).toBe(credits);
    expect(await spentAt(app, "LINKUP")).toBe(credits);
  });
});

describe("an insight", () => {
  it("is the one reason, and no company is guessed", async () => {
    await start();
    const { data } = await app.send(
      `{ networkRecommendations(first: 1) { nodes { provider score reasons { provider type title shortDescription description score } company { name } person { headline company { name } } } } }`,
    );
    expect(data).toEqual({
      networkRecommendations: {
        nodes: [
          {
            provider: "LINKUP",
            score: null,
            reasons: [
              {
                provider: "LINKUP",
                type: "LINKEDIN_INSIGHT",
                title: null,
                shortDescription: null,
                description: expect.stringMatching(/mutual connection|Works at|Based on/),
                score: null,
              },
            ],
            company: null,
            person: { headline: expect.any(String), company: null },
          },
        ],
      },
    });
  });
});
