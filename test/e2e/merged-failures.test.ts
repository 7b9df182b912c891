import { afterEach, describe, expect, it } from "@jest/globals";
import type { Provider } from "../../src/domain/provider";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { graphql } from "./documents";
import type { FailingPageQueryVariables } from "./documents/graphql";

const SaveFailing = graphql(`
  mutation SaveFailing($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
      }
    }
  }
`);

const FailingPage = graphql(`
  query FailingPage($providers: [Provider!], $first: Int, $after: String) {
    recommendations(externalUserId: "u1", providers: $providers, first: $first, after: $after) {
      totalCount
      issues {
        provider
        code
        message
        retryAfter
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          provider
          subject {
            ... on Company {
              id
            }
            ... on Person {
              id
            }
          }
        }
      }
    }
  }
`);

let app: TestApp;
afterEach(() => app.stop());

const UNAVAILABLE = { kind: "status", status: 503 } as const;

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({
    providers: ["SURFE", "LUSHA", "LINKUP", "LETRICS"],
    surfe: { companies: 60 },
    lusha: { companies: 60 },
    letrics: { companies: 60, order: "oldest-first" },
    ...options,
  });
}

async function save(input: object = {}): Promise<void> {
  await app.query(SaveFailing, {
    input: {
      externalUserId: "u1",
      companies: { industries: ["Software", "SaaS"] },
      exampleCompanies: [{ lushaCompanyId: "6504" }],
      ...input,
    },
  });
}

async function page(variables: FailingPageQueryVariables = {}) {
  const { data, errors } = await app.query(FailingPage, variables);
  expect(errors).toBeUndefined();
  return present(data.recommendations);
}

type Page = Awaited<ReturnType<typeof page>>;

const LETTERS: Readonly<Record<Provider, string>> = { SURFE: "S", LUSHA: "L", LINKUP: "K", LETRICS: "T" };

/** Whose each row is, a letter a row. */
const turnsOf = ({ edges }: Page) => edges.map(({ node }) => LETTERS[node.provider]).join("");
const issuesOf = ({ issues }: Page) => issues.map(({ provider, code }) => `${provider} ${code}`);
const next = ({ pageInfo }: Page, first: number) => page({ first, after: pageInfo.endCursor ?? null });

/** What the field says where no row can be served. */
async function refusalOf(variables: FailingPageQueryVariables) {
  const { data, errors } = await app.query(FailingPage, variables);
  expect(data).toEqual({ recommendations: null });
  return present(errors?.[0]).extensions;
}

function letricsCalls(): number {
  return app.letrics.control.calls().length;
}

describe("Query.recommendations while a provider fails", () => {
  it("fills the page from the others, says why, and goes on with its rows once it is back", async () => {
    await start();
    await save();
    app.surfe.control.failAlways(UNAVAILABLE);
    const first = await page({ first: 6 });
    expect(turnsOf(first)).toBe("LTLTLT");
    expect(first.issues).toEqual([
      {
        provider: "SURFE",
        code: "PROVIDER_UNAVAILABLE",
        message: "Surfe failed (503).",
        retryAfter: null,
      },
    ]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    app.surfe.control.clearCalls();
    expect(await page({ first: 6 })).toEqual({ ...first, issues: [] }); // all of it is recorded: nobody is asked
    expect(app.surfe.control.calls()).toEqual([]);
    app.surfe.control.failAlways(null);
    const second = await next(first, 6);
    expect([turnsOf(second), second.issues]).toEqual(["SLTSLT", []]);
    const all = await page({ first: 12 });
    expect(all.edges).toEqual([...first.edges, ...second.edges]);
    expect(new Set(all.edges.map(({ node }) => node.subject.id)).size).toBe(12);
  });

  it("serves what is recorded of it meanwhile, and then the others alone", async () => {
    await start();
    await save();
    await page({ providers: ["SURFE"], first: 4 });
    app.surfe.control.failAlways(UNAVAILABLE);
    const whole = await page({ first: 15 });
    expect([turnsOf(whole), issuesOf(whole)]).toEqual(["SLTSLTSLTLTLTLT", ["SURFE PROVIDER_UNAVAILABLE"]]);
  });

  it("asks the others for no more than the failing one's turns", async () => {
    await start();
    await save({ exampleCompanies: [] });
    app.letrics.control.failAlways(UNAVAILABLE);
    const seen = await page({ first: 10 });
    expect([turnsOf(seen), issuesOf(seen)]).toEqual(["SSSSSSSSSS", ["LETRICS PROVIDER_UNAVAILABLE"]]);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-5", "fetch 4-10"]);
    expect(letricsCalls()).toBe(3); // repeated twice, and not asked again for this page
  });

  it("tells of a provider that is out of credits, over its budget or refuses the key, once however many lists it has", async () => {
    await start({ env: { LETRICS_CREDIT_BUDGET: "0" } });
    await save({ examplePeople: [{ lusha: { personId: "675851474", companyId: "6504" } }] });
    app.lusha.control.failAlways({ kind: "status", status: 402 });
    const seen = await page({ first: 5 });
    expect(turnsOf(seen)).toBe("SSSSS");
    expect(seen.issues.map(({ provider, code, retryAfter }) => [provider, code, retryAfter !== null])).toEqual([
      ["LUSHA", "PROVIDER_CREDITS_EXHAUSTED", false],
      ["LETRICS", "CREDIT_BUDGET_EXCEEDED", true],
    ]);
    expect(app.letrics.control.calls()).toEqual([]);
    app.surfe.control.failAlways({ kind: "status", status: 401 });
    expect(await refusalOf({ after: seen.pageInfo.endCursor ?? null })).toMatchObject({
      code: "PROVIDER_CREDENTIALS_REJECTED",
      provider: "SURFE",
      issues: [
        { provider: "SURFE", code: "PROVIDER_CREDENTIALS_REJECTED" },
        { provider: "LUSHA", code: "PROVIDER_CREDITS_EXHAUSTED" },
        { provider: "LETRICS", code: "CREDIT_BUDGET_EXCEEDED" },
      ],
    });
  });

  it("has no rows where all fail, tells the first one's code and all that failed, and begins once they are back", async () => {
    await start();
    await save();
    for (const { control } of [app.surfe, app.lusha, app.letrics]) control.failAlways(UNAVAILABLE);
    const issue = { code: "PROVIDER_UNAVAILABLE", message: expect.any(String), retryAfter: null };
    expect(await refusalOf({ first: 3 })).toEqual({
      code: "PROVIDER_UNAVAILABLE",
      provider: "SURFE",
      retryable: true,
      issues: [
        { provider: "SURFE", ...issue },
        { provider: "LUSHA", ...issue },
        { provider: "LETRICS", ...issue },
      ],
    });
    for (const { control } of [app.surfe, app.lusha, app.letrics]) control.failAlways(null);
    expect(turnsOf(await page({ first: 3 }))).toBe("SLT");
  });

  it("serves an empty page where one has nothing and another fails: there may be more", async () => {
    await start({ surfe: { companies: 0 } });
    await save({ exampleCompanies: [] });
    app.letrics.control.failAlways(UNAVAILABLE);
    const seen = await page({ first: 5 });
    expect([turnsOf(seen), issuesOf(seen), seen.pageInfo, seen.totalCount]).toEqual([
      "",
      ["SURFE PROVIDER_CANNOT_SERVE", "LETRICS PROVIDER_UNAVAILABLE"],
      { hasNextPage: true, endCursor: null },
      null,
    ]);
  });

  it("looks past rows that others gave already, with a larger demand each time", async () => {
    await start({ surfe: { companies: 60 }, letrics: { companies: 60 } });
    await save({ exampleCompanies: [] });
    const surfe = await page({ providers: ["SURFE"], first: 100 });
    const known = surfe.edges.length;
    const merged = await page({ first: 100 });
    expect(merged.edges.length).toBeGreaterThan(known - 1);
    expect(new Set(merged.edges.map(({ node }) => node.subject.id)).size).toBe(merged.edges.length);
    expect([merged.pageInfo.hasNextPage, merged.totalCount]).toEqual([false, merged.edges.length]);
  });
});

describe("Query.recommendations with providers that cannot serve", () => {
  it("tells of those that were named on every page, and of nobody else", async () => {
    await start({ env: { LETRICS_API_KEY: "" } });
    await save({ exampleCompanies: [] });
    const expected = [
      ["LUSHA", "PROVIDER_CANNOT_SERVE", expect.stringContaining("exampleCompanies")],
      ["LINKUP", "PROVIDER_CANNOT_SERVE", "LinkUp has no recommendations by profile."],
      ["LETRICS", "PROVIDER_NOT_CONFIGURED", "Letrics is not configured here: it has no API key."],
    ];
    const providers: readonly Provider[] = ["LETRICS", "LINKUP", "LUSHA", "SURFE"];
    const first = await page({ providers: [...providers], first: 2 });
    expect(turnsOf(first)).toBe("SS");
    const second = await page({ providers: [...providers], first: 2, after: first.pageInfo.endCursor ?? null });
    for (const { issues } of [first, second]) {
      expect(issues.map(({ provider, code, message }) => [provider, code, message])).toEqual(expected);
    }
    expect((await page({ first: 2 })).issues).toEqual([]);
  });

  it("has no rows where none of those named can serve", async () => {
    await start();
    await save({ companies: {}, exampleCompanies: [{ domain: "nobody-knows.com" }] });
    expect(await refusalOf({ providers: ["LETRICS", "LUSHA"] })).toMatchObject({
      code: "PROVIDER_CANNOT_SERVE",
      provider: "LUSHA",
      issues: [
        { provider: "LUSHA", message: expect.stringContaining("knows none of this profile's examples") },
        { provider: "LETRICS", message: expect.stringContaining("by industry or location") },
      ],
    });
    expect([app.lusha.control.calls(), app.letrics.control.calls()]).toEqual([[], []]);
  });

  it("has Lusha take part once one of the examples is known to it", async () => {
    await start();
    await save({ companies: {}, exampleCompanies: [{ domain: "coralplatform.io" }] });
    expect(turnsOf(await page({ first: 3 }))).toBe("SSS");
    await app.send(`{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 100) { nodes { id } } }`);
    expect(turnsOf(await page({ first: 3 }))).toBe("SLS");
  });
});
