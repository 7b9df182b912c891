import { afterEach, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";

const NOW = new Date("2026-11-20T10:00:00Z");

let app: TestApp;

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ surfe: { companies: 40 }, now: () => NOW, ...options });
  await app.send(`mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`);
  app.takeReports();
}

afterEach(() => app.stop());

type Headers = Readonly<Record<string, string>>;

const PAGE = `query Shortlist($first: Int, $after: String, $user: String = "u1") {
  recommendations(externalUserId: $user, first: $first, after: $after) {
    edges { cursor }
    issues { provider code message }
    pageInfo { hasNextPage }
  }
}`;

interface Page {
  readonly edges: readonly { readonly cursor: string }[];
  readonly issues: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

async function page(variables: object, headers: Headers = {}): Promise<Page> {
  const { data, errors } = await app.send(PAGE, variables, headers);
  expect(errors).toBeUndefined();
  return (data as { readonly recommendations: Page }).recommendations;
}

async function spending(args: string, headers: Headers = {}): Promise<unknown> {
  const { data, errors } = await app.send(
    `{ spending${args} { provider day operation client user calls credits unsettled } }`,
    {},
    headers,
  );
  return errors ?? (data as { readonly spending: unknown }).spending;
}

const surfe = (calls: number, spent: number, recorded: number, left: number | null = null) => ({
  spent,
  providers: [{ provider: "SURFE", calls, spent, recorded, left }],
});

describe("extensions.credits", () => {
  it("is in every answer of an operation that made a call, and where a request asks for it", async () => {
    await start();
    await page({ first: 3 });
    expect(app.takeReports()).toEqual([surfe(1, 3, 0)]);
    await page({ first: 3 });
    expect(app.takeReports()).toEqual([]);
    await page({ first: 3 }, { "x-credits": "report" });
    expect(app.takeReports()).toEqual([surfe(0, 0, 3)]);
    await page({ first: 8 });
    expect(app.takeReports()).toEqual([surfe(1, 5, 3)]);
    await app.send(`{ __typename }`, {}, { "x-credits": "report" });
    expect(app.takeReports()).toEqual([{ spent: 0, providers: [] }]);
  });

  it("is written alike by every way to an answer, after data", async () => {
    await start();
    const texts: string[] = [];
    for (let round = 0; round < 3; round++) {
      const response = await fetch(app.url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-credits": "report" },
        body: JSON.stringify({ query: `query Typename { __typename }` }),
      });
      texts.push(await response.text());
    }
    const text = `{"data":{"__typename":"Query"},"extensions":{"credits":{"spent":0,"providers":[]}}}\n`;
    expect(texts).toEqual([text, text, text]);
  });

  it("says that those who joined a call spent nothing", async () => {
    await start();
    await Promise.all(Array.from({ length: 5 }, () => page({ first: 4 }, { "x-credits": "report" })));
    const reports = app.takeReports();
    expect(reports.map(({ spent }) => spent).sort()).toEqual([0, 0, 0, 0, 4]);
    expect(
      reports.flatMap(({ providers }) => providers.map(({ calls, recorded }) => [calls, recorded])).sort(),
    ).toEqual([
      [0, 4],
      [0, 4],
      [0, 4],
      [0, 4],
      [1, 0],
    ]);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-4"]);
  });

  it("counts the rows of each provider in a merged list, and what each budget has left", async () => {
    await start({
      providers: ["SURFE", "LETRICS"],
      letrics: { companies: 40 },
      env: { LETRICS_CREDIT_BUDGET: "10" },
    });
    await app.send(
      `mutation { upsertICP(input: { externalUserId: "u2", companies: { industries: ["Software", "SaaS"] } }) { icp { id } } }`,
    );
    await page({ first: 4, user: "u2" });
    await page({ first: 4, user: "u2" }, { "x-credits": "report" });
    const [saved, first, again] = app.takeReports();
    expect(saved).toEqual(surfe(1, 0, 0));
    expect(first?.providers.map(({ provider, calls, recorded, left }) => [provider, calls, recorded, left])).toEqual([
      ["SURFE", 1, 0, null],
      ["LETRICS", 1, 0, 9],
    ]);
    expect(again).toEqual({
      spent: 0,
      providers: [
        { provider: "SURFE", calls: 0, spent: 0, recorded: 2, left: null },
        { provider: "LETRICS", calls: 0, spent: 0, recorded: 2, left: 9 },
      ],
    });
  });

  it("has what an answer with errors spent", async () => {
    await start();
    app.surfe.control.failNext({ kind: "status", status: 402, path: "/v2/recommendations/fetch" });
    const { data, errors } = await app.send(PAGE, { first: 3 });
    expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
      { recommendations: null },
      ["PROVIDER_CREDITS_EXHAUSTED"],
    ]);
    expect(app.takeReports()).toEqual([surfe(1, 0, 0)]);
  });
});

describe("x-credits-max", () => {
  it("asks for as many rows as fit, says why there are no more, and goes on later", async () => {
    await start();
    const { edges, issues, pageInfo } = await page({ first: 10 }, { "x-credits-max": "4" });
    expect([edges.length, pageInfo.hasNextPage, issues]).toEqual([
      4,
      true,
      [
        {
          provider: "SURFE",
          code: "CREDIT_BUDGET_EXCEEDED",
          message: expect.stringContaining("x-credits-max"),
        },
      ],
    ]);
    expect(app.takeReports()).toEqual([surfe(1, 4, 0)]);
    const rest = await page({ first: 6, after: edges[3]?.cursor ?? "" });
    expect(rest.edges).toHaveLength(6);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-4", "fetch 3-10"]);
  });

  it("bounds all calls of an operation together", async () => {
    await start({ providers: ["SURFE", "LUSHA"], lusha: { companies: 40 } });
    const both = `{
      recommendations(externalUserId: "u1", providers: [SURFE], first: 6) { edges { cursor } }
      similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 6) { edges { cursor } }
    }`;
    await app.send(both, {}, { "x-credits-max": "9" });
    const [report] = app.takeReports();
    expect(report?.spent).toBeLessThanOrEqual(9);
    expect(report?.spent).toBeGreaterThan(5);
  });

  it("serves what is recorded where nothing may be spent, and refuses what is not", async () => {
    await start();
    const zero = { "x-credits-max": "0" };
    const { errors } = await app.send(PAGE, { first: 3 }, zero);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["CREDIT_BUDGET_EXCEEDED"]);
    expect(callsOf(app.surfe)).toEqual(["icp"]);
    const bought = await page({ first: 3 });
    const recorded = await page({ first: 5 }, zero);
    expect(recorded.edges).toEqual(bought.edges);
    expect(recorded.pageInfo.hasNextPage).toBe(true);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-3"]);
  });

  it("lets others go on who wait for the same rows and may spend", async () => {
    await start();
    const [poor, rich] = await Promise.all([
      page({ first: 5 }, { "x-credits-max": "2" }),
      page({ first: 5 }, { "x-credits-max": "100" }),
    ]);
    expect([poor.edges.length, rich.edges.length]).toEqual([5, 5]);
    const spent = app.takeReports().reduce((sum, report) => sum + report.spent, 0);
    expect([spent, app.surfe.control.charged()]).toEqual([5, 5]);
  });

  it.each([
    [
      { "x-credits-max": "-1" },
      "The header x-credits-max takes a number of credits from 0, such as 5. Nothing was executed.",
    ],
    [
      { "x-credits-max": "many" },
      "The header x-credits-max takes a number of credits from 0, such as 5. Nothing was executed.",
    ],
    [
      { "x-credits-max": "1e9" },
      "The header x-credits-max takes a number of credits from 0, such as 5. Nothing was executed.",
    ],
    [{ "x-credits": "yes" }, 'The header x-credits takes the value "report". Nothing was executed.'],
  ])("refuses %j", async (headers, message) => {
    await start();
    expect(await app.send(PAGE, { first: 3 }, headers as Headers)).toEqual({
      status: 400,
      errors: [{ message, extensions: { code: "BAD_REQUEST" } }],
    });
    expect(callsOf(app.surfe)).toEqual(["icp"]);
  });
});

describe("a budget", () => {
  it("is used up to the last credit", async () => {
    await start({ env: { SURFE_CREDIT_BUDGET: "6" } });
    const { edges, issues } = await page({ first: 10 });
    expect([edges.length, issues]).toEqual([
      6,
      [{ provider: "SURFE", code: "CREDIT_BUDGET_EXCEEDED", message: expect.stringContaining("credit budget") }],
    ]);
    expect(app.takeReports()).toEqual([surfe(1, 6, 0, 0)]);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-6"]);
  });

  it("is reported when 80 and 100 percent of it are used, once each", async () => {
    const lines: string[] = [];
    await start({ env: { SURFE_CREDIT_BUDGET: "10", LOG_LEVEL: "warn" }, log: (line) => lines.push(line) });
    const told = () =>
      lines.flatMap((line) => {
        const { msg, budget, committed } = JSON.parse(line) as Readonly<Record<string, unknown>>;
        return typeof msg === "string" && msg.includes("budget") ? [[msg, budget, committed]] : [];
      });
    const message = (percent: number) => `${String(percent)} % of the month's credit budget for Surfe are used`;
    await page({ first: 7 });
    await page({ first: 7 }, { "x-credits": "report" });
    expect(told()).toEqual([]);
    await page({ first: 8 });
    await page({ first: 9 }, { "x-credits": "report" });
    expect(told()).toEqual([[message(80), 10, 8]]);
    await page({ first: 10 }, { "x-credits": "report" });
    await page({ first: 10 }, { "x-credits": "report" });
    expect(told()).toEqual([
      [message(80), 10, 8],
      ["the month's credit budget for Surfe does not suffice for another call, so none is made", 10, undefined],
    ]);
    const metrics = await (await fetch(new URL("/metrics", app.url))).text();
    expect(
      metrics.split("\n").filter((line) => /^tributary_(budget_reached|provider_credits)_total/.test(line)),
    ).toEqual([
      'tributary_provider_credits_total{provider="SURFE"} 9',
      'tributary_budget_reached_total{provider="SURFE",percent="80"} 1',
      'tributary_budget_reached_total{provider="SURFE",percent="100"} 1',
    ]);
  });

  it("is never passed by fifty demands at once", async () => {
    await start({ env: { SURFE_CREDIT_BUDGET: "20" } });
    const users = Array.from({ length: 10 }, (_, i) => `user ${String(i)}`);
    for (const user of users) {
      await app.send(`mutation ($user: String) { upsertICP(input: { externalUserId: $user }) { icp { id } } }`, {
        user,
      });
    }
    app.takeReports();
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => app.send(PAGE, { user: users[i % 10] ?? "", first: 5 + (i % 3) })),
    );
    const spent = app.takeReports().reduce((sum, report) => sum + report.spent, 0);
    const { data } = await app.send(`{ spending { credits } }`);
    expect((data as { readonly spending: readonly { readonly credits: number }[] }).spending).toEqual([
      { credits: spent },
    ]);
    expect(spent).toBeLessThanOrEqual(20);
    expect(app.surfe.control.charged()).toBe(spent);
  });
});

describe("Query.spending", () => {
  it("says what was spent, by whom and for what", async () => {
    await start();
    const client = { "apollographql-client-name": "web", "apollographql-client-version": "1.2.3" };
    await page({ first: 3 }, client);
    await page({ first: 5 });
    await page({ first: 5 });
    await app.send(`{ recommendations(externalUserId: "u1", first: 6) { nodes { id } } }`, {}, client);
    const nothing = { provider: null, day: null, operation: null, client: null, user: null, unsettled: 0 };
    expect(await spending("")).toEqual([{ ...nothing, calls: 4, credits: 6 }]);
    expect(await spending("(by: [PROVIDER, DAY, USER])")).toEqual([
      { ...nothing, provider: "SURFE", day: "2026-11-20", user: "u1", calls: 4, credits: 6 },
    ]);
    expect(await spending("(by: [OPERATION, CLIENT])")).toEqual([
      { ...nothing, operation: "Shortlist", client: "web", calls: 1, credits: 3 },
      { ...nothing, operation: "Shortlist", calls: 1, credits: 2 },
      { ...nothing, client: "web", calls: 1, credits: 1 },
      { ...nothing, calls: 1, credits: 0 },
    ]);
    expect(await spending(`(since: "2026-11-20T10:00:00.001Z")`)).toEqual([]);
    expect(await spending(`(until: "2026-11-20T10:00:00Z")`)).toEqual([]);
    expect(await spending(`(since: "2026-11-20T10:00:00Z", until: "2026-11-20T10:00:00.001Z")`)).toEqual([
      { ...nothing, calls: 4, credits: 6 },
    ]);
  });

  it("refuses a period that ends before it begins", async () => {
    await start();
    expect(await spending(`(since: "2026-11-21T00:00:00Z", until: "2026-11-20T00:00:00Z")`)).toEqual([
      {
        message: "`since` must not be later than `until`.",
        path: ["spending"],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  });
});
