import { afterEach, describe, expect, it } from "@jest/globals";
import { PROVIDERS } from "../../src/domain/provider";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";

const SAVE = `mutation ($user: String, $companies: ICPCompanyCriteriaInput, $examples: [CompanyReferenceInput!]) {
  upsertICP(input: { externalUserId: $user, companies: $companies, exampleCompanies: $examples }) { icp { id } }
}`;

let app: TestApp;
afterEach(() => app.stop());

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ surfe: { companies: 60 }, now: () => new Date("2026-11-20T10:00:00Z"), ...options });
  const companies = { industries: ["Software"], primaryLocations: ["FR"] };
  await app.send(SAVE, { user: "merged", companies, examples: [{ lushaCompanyId: "6504" }] });
  await app.send(SAVE, { user: "u1" });
}

const page = (first: number, user = "u1", below = ""): string =>
  `{ recommendations(externalUserId: "${user}", first: ${String(first)}) { nodes { id ${below} } } }`;

const OK = (calls: number, credits: number, providers: readonly object[]) => ({
  status: 200,
  body: { calls, credits, providers },
});
const surfe = (calls: number, credits: number, left: number | null = null) => ({
  provider: "SURFE",
  calls,
  credits,
  left,
});

describe("POST /graphql/estimate", () => {
  it("says what a page can cost, calls nobody, and says 0 once the page is recorded", async () => {
    await start();
    expect(await app.estimate(page(25))).toEqual(OK(1, 25, [surfe(1, 25)]));
    expect(callsOf(app.surfe)).toEqual(["icp", "icp"]);
    expect((await app.send(`{ spending(by: [PROVIDER]) { credits } }`)).data).toEqual({ spending: [{ credits: 0 }] });
    await app.send(page(25));
    expect(await app.estimate(page(25))).toEqual(OK(0, 0, []));
    // The window of the next rows begins with the row that was read last: after a new day, it may be charged.
    expect(await app.estimate(page(30))).toEqual(OK(1, 6, [surfe(1, 6)]));
  });

  it("writes nothing: no list begins", async () => {
    await start({ providers: PROVIDERS });
    await app.estimate(page(5));
    const { body } = await app.estimate(`mutation { upsertICP(input: { externalUserId: "new" }) { icp { id } } }`);
    expect(body).toEqual({ calls: 1, credits: 0, providers: [surfe(1, 0)] });
    const { data } = await app.send(`{ icps(first: 5) { nodes { externalUserId } } }`);
    expect(data).toEqual({ icps: { nodes: [{ externalUserId: "merged" }, { externalUserId: "u1" }] } });
    expect(callsOf(app.surfe)).toEqual(["icp", "icp"]);
  });

  it("counts lists below rows that are not recorded with their full price, and below the others by the record", async () => {
    await start({ providers: ["SURFE", "LUSHA"] });
    const lusha = (calls: number, credits: number) =>
      OK(calls, credits, [{ provider: "LUSHA", calls, credits, left: null }]);
    const similar = (below: string): string =>
      `{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 2) { nodes { id ${below} } } }`;
    const nested = similar("company { similarCompanies(first: 2) { nodes { id } } }");
    expect(await app.estimate(nested)).toEqual(lusha(3, 15));
    await app.send(similar(""));
    expect(await app.estimate(nested)).toEqual(lusha(2, 10));
    await app.send(nested);
    expect(await app.estimate(nested)).toEqual(OK(0, 0, []));
  });

  it("counts a list once that two fields read", async () => {
    await start();
    const list = (first: number): string =>
      `recommendations(externalUserId: "u1", first: ${String(first)}) { nodes { id } }`;
    expect(await app.estimate(`{ a: ${list(5)} b: ${list(20)} }`)).toEqual(OK(1, 20, [surfe(1, 20)]));
  });

  it("counts for a merged page what each list may be asked for, if the others have nothing", async () => {
    await start({ providers: ["SURFE", "LUSHA", "LETRICS"] });
    expect(await app.estimate(page(10, "merged"))).toEqual(
      OK(12, 45, [
        surfe(4, 16),
        { provider: "LUSHA", calls: 4, credits: 25, left: null },
        { provider: "LETRICS", calls: 4, credits: 4, left: null },
      ]),
    );
  });

  it("is exact for Letrics, for LinkUp by pages, and for Lusha with a fixed price", async () => {
    await start({ providers: PROVIDERS, linkup: { paging: "pages" }, env: { LINKUP_PAGING: "pages" } });
    const operations = [
      `{ companies(first: 30) { nodes { id } } }`,
      `{ people(filter: { jobTitles: ["sales"] }, first: 60) { nodes { id } } }`,
      `{ networkRecommendations(first: 7) { nodes { id } } }`,
      `{ networkRecommendations(first: 15) { nodes { id } } }`,
      `{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 12) { nodes { id } } }`,
    ];
    for (const operation of operations) {
      const { body } = await app.estimate(operation);
      app.takeReports();
      await app.send(operation);
      const [report] = app.takeReports();
      const made = report?.providers.map(({ provider, calls, spent: credits, left }) => ({
        provider,
        calls,
        credits,
        left,
      }));
      expect(body).toEqual({ calls: made?.[0]?.calls, credits: report?.spent, providers: made });
    }
  });

  it("stays within the month's budget and within x-credits-max", async () => {
    await start({ env: { SURFE_CREDIT_BUDGET: "12" } });
    expect(await app.estimate(page(25))).toEqual(OK(3, 12, [surfe(3, 12, 12)]));
    expect(await app.estimate(page(25), {}, { "x-credits-max": "5" })).toEqual(OK(6, 5, [surfe(6, 5, 12)]));
    expect(await app.estimate(page(25), {}, { "x-credits-max": "0" })).toEqual(OK(0, 0, [surfe(0, 0, 12)]));
    await app.send(page(12));
    expect(await app.estimate(page(25))).toEqual(OK(0, 0, [surfe(0, 0, 0)]));
  });

  it("counts the call for the profile's options where they are not recorded", async () => {
    await start();
    const options = `{ profileOptions { industries } }`;
    expect(await app.estimate(options)).toEqual(OK(1, 0, [surfe(1, 0)]));
    await app.send(options);
    expect(await app.estimate(options)).toEqual(OK(0, 0, []));
  });

  it("counts nothing for a provider that cannot be asked", async () => {
    await start();
    expect(await app.estimate(`{ networkRecommendations { nodes { id } } companies { nodes { id } } }`)).toEqual(
      OK(0, 0, []),
    );
  });

  it("answers as the graph does what is wrong with an operation, its arguments and its cursors", async () => {
    await start({ providers: ["SURFE", "LUSHA"] });
    const wrong = [
      `{ nothing }`,
      `{ recommendations(externalUserId: "nobody") { nodes { id } } }`,
      `{ recommendations(externalUserId: "u1", after: "x") { nodes { id } } }`,
      `{ recommendations(externalUserId: "u1", first: 101) { nodes { id } } }`,
      `{ company(domain: "not a domain") { id } }`,
      `{ a`,
      page(100, "u1", "company { similarCompanies(first: 100) { nodes { id } } }"),
    ];
    for (const text of wrong) {
      const { status, errors } = await app.send(text);
      expect([text, errors?.length]).toEqual([text, 1]);
      expect(await app.estimate(text)).toEqual({ status, body: { errors } });
    }
  });

  it("takes POST alone, and refuses a wrong header", async () => {
    await start();
    const response = await fetch(`${app.url}/estimate?query={__typename}`, { headers: { accept: "application/json" } });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await app.estimate(page(2), {}, { "x-credits-max": "-1" })).status).toBe(400);
  });
});
