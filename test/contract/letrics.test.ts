import { afterEach, describe, expect, it } from "@jest/globals";
import type { LetricsOptions } from "../../src/sandbox/letrics/letrics-options";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { bodiesOf, failPage, readPage, spentAt } from "./read-page";

const NOON = "2026-11-20T12:00:00.000Z";

let app: TestApp;
let now: Date;

async function start(letrics: LetricsOptions = {}, options: TestAppOptions = {}): Promise<void> {
  now = new Date(NOON);
  app = await startTestApp({
    providers: ["LETRICS"],
    letrics: { companies: 400, ...letrics },
    now: () => now,
    ...options,
  });
}

const companies = (args: string) => readPage(app, `companies(${args})`);

afterEach(() => app.stop());

describe("the filters", () => {
  const company = `
    addedAfter: "2020-01-01T00:00:00Z"
    addedBefore: "2026-06-01T12:00:00+02:00"
    locations: ["France"]
    functions: ["Sales"]
    industries: ["SaaS", "Sales", "SaaS"]
    tlds: [".COM", "co.uk"]
    technologies: ["HubSpot"]`;
  const companyBody = {
    added_after: "2020-01-01T00:00:00.000Z",
    added_before: "2026-06-01T10:00:00.000Z",
    locations: ["France"],
    functions: ["Sales"],
    industries: ["SaaS", "Sales"],
    tlds: ["co.uk", "com"],
    technologies: ["HubSpot"],
  };
  const person = `
    jobTitles: ["head of"]
    departments: ["Sales"]
    seniorities: ["Head"]
    hasPersonalEmails: false
    hasLinkedinProfile: true
    isDecisionMaker: true`;
  const personBody = {
    job_titles: ["head of"],
    departments: ["Sales"],
    seniorities: ["Head"],
    has_personal_emails: false,
    has_linkedin_profile: true,
    is_decision_maker: true,
  };

  it("of companies are all sent by their names", async () => {
    await start();
    expect(await companies(`first: 5, filter: {${company}}`)).toMatchObject({ totalCount: 1, hasNextPage: false });
    expect(app.letrics.control.calls().map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /companies"]);
    expect(bodiesOf(app.letrics)).toEqual([{ ...companyBody, page: 1, per_page: 25 }]);
  });

  it("of people are all sent by their names, their company's among them", async () => {
    await start();
    const page = await readPage(app, `people(first: 5, filter: {${person} company: {${company}}})`);
    expect(page).toMatchObject({ totalCount: 1, hasNextPage: false });
    expect(app.letrics.control.calls().map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /contacts"]);
    expect(bodiesOf(app.letrics)).toEqual([{ ...personBody, ...companyBody, page: 1, per_page: 25 }]);
  });

  it("are a query string where LETRICS_METHOD=GET, and paths and the renamed field are settings", async () => {
    await start(
      {
        method: "GET",
        contactsPath: "/v2/people",
        companiesPath: "/v2/firms",
        personalEmailField: "has_personal_email",
      },
      {
        env: {
          LETRICS_METHOD: "GET",
          LETRICS_CONTACTS_PATH: "/v2/people",
          LETRICS_COMPANIES_PATH: "/v2/firms",
          LETRICS_PERSONAL_EMAIL_FIELD: "has_personal_email",
        },
      },
    );
    await companies(`first: 5, filter: { industries: ["SaaS", "Sales"] }`);
    await readPage(app, `people(first: 5, filter: { hasPersonalEmails: true, jobTitles: ["Engineer"] })`);
    expect(app.letrics.control.calls().map(({ method, path, query, body }) => ({ method, path, query, body }))).toEqual(
      [
        {
          method: "GET",
          path: "/v2/firms",
          query: { industries: ["SaaS", "Sales"], added_before: NOON, page: "1", per_page: "25" },
          body: undefined,
        },
        {
          method: "GET",
          path: "/v2/people",
          query: { has_personal_email: "true", job_titles: "Engineer", added_before: NOON, page: "1", per_page: "25" },
          body: undefined,
        },
      ],
    );
  });

  it("are checked before anything is sent", async () => {
    await start();
    const refused = async (field: string) => failPage(app, field);
    expect(
      await refused(`companies(filter: { addedAfter: "2026-02-01T00:00:00Z", addedBefore: "2026-01-01T00:00:00Z" })`),
    ).toEqual({
      code: "BAD_USER_INPUT",
      message: "filter.addedAfter must not be later than addedBefore.",
      retryAfter: null,
    });
    expect((await refused(`companies(filter: { tlds: ["a b"] })`)).code).toBe("BAD_USER_INPUT");
    expect((await refused(`people(filter: { jobTitles: [" "] })`)).code).toBe("BAD_USER_INPUT");
    expect((await refused(`people(filter: { company: { tlds: ["?"] } })`)).code).toBe("BAD_USER_INPUT");
    expect(bodiesOf(app.letrics)).toEqual([]);
  });

  it("in another order, or given twice, are the same search", async () => {
    await start();
    const one = await companies(`first: 5, filter: { industries: ["SaaS", "Sales"] }`);
    expect(await companies(`first: 5, filter: { industries: ["Sales", "SaaS", "Sales"] }`)).toEqual(one);
    expect(bodiesOf(app.letrics)).toHaveLength(1);
  });
});

describe("the pages", () => {
  const sizes = () =>
    (bodiesOf(app.letrics) as { page: number; per_page: number }[]).map((body) => [body.page, body.per_page]);

  it("are one call for first: 100 on a cold feed, and totalCount is known at once", async () => {
    await start();
    const page = await companies("first: 100");
    expect(page).toMatchObject({ hasNextPage: true, totalCount: 263, issues: [] });
    expect(new Set(page.ids).size).toBe(100);
    expect(bodiesOf(app.letrics)).toEqual([{ added_before: NOON, page: 1, per_page: 100 }]);
  });

  it("grow only where the new size divides the offset reached", async () => {
    await start();
    await companies("first: 5");
    await companies("first: 60");
    const all = await companies("first: 100");
    expect(new Set(all.ids).size).toBe(100);
    expect(sizes()).toEqual([
      [1, 25],
      [2, 25],
      [3, 25],
      [4, 25],
    ]);
    const rest = await companies(`first: 100, after: "${String(all.endCursor)}"`);
    expect(new Set([...all.ids, ...rest.ids]).size).toBe(200);
    expect(sizes().at(-1)).toEqual([2, 100]);
  });

  it.each(["newest-first", "oldest-first"] as const)("do not shift where rows are inserted (%s)", async (order) => {
    await start({ companies: 60, order });
    const before = await companies("first: 10");
    now = new Date("2026-11-20T12:00:05.000Z");
    app.letrics.control.insert(30);
    const after = await companies("first: 100");
    expect(after.ids.slice(0, 10)).toEqual(before.ids);
    expect(new Set(after.ids).size).toBe(after.totalCount);
    expect(after).toMatchObject({ totalCount: before.totalCount, hasNextPage: false });
    expect(bodiesOf(app.letrics)).toMatchObject([{ added_before: NOON }, { added_before: NOON }]);
  });

  it("end where one is not full, where Letrics says no total", async () => {
    await start({ companies: 60, total: false });
    expect((await companies("first: 10")).totalCount).toBeNull();
    const all = await companies("first: 100");
    expect(all).toMatchObject({ hasNextPage: false, totalCount: 37 });
    expect(all.ids).toHaveLength(37);
  });

  it.each(["empty", "null", "absent"] as const)("may say on success that their errors are %s", async (noErrors) => {
    await start({ noErrors });
    expect((await companies("first: 3")).ids).toHaveLength(3);
  });
});

describe("a call", () => {
  it.each([
    ["a 500", { kind: "status", status: 500 }],
    ["a 503", { kind: "status", status: 503 }],
    ["a reset before the work", { kind: "reset", when: "before" }],
    ["a reset after the work", { kind: "reset", when: "after" }],
    ["a body cut off", { kind: "truncated" }],
    ["no answer in time", { kind: "hang" }],
  ] as const)("is repeated after %s", async (_, fault) => {
    await start({}, { env: { LETRICS_TIMEOUT_MS: "200" } });
    app.letrics.control.failNext(fault, fault);
    expect((await companies("first: 3")).ids).toHaveLength(3);
    const body = { added_before: NOON, page: 1, per_page: 25 };
    expect(bodiesOf(app.letrics)).toEqual([body, body, body]);
    expect(await spentAt(app, "LETRICS")).toBe(1);
  });

  it("is refused in Letrics's own envelope", async () => {
    await start({ apiKey: "another" });
    expect((await failPage(app, "companies(first: 3)")).code).toBe("PROVIDER_CREDENTIALS_REJECTED");
    expect(bodiesOf(app.letrics)).toHaveLength(1);
  });
});

describe("a world region", () => {
  it("is sent as its countries, in a profile and in a search, and finds what is there", async () => {
    await start({}, { providers: ["SURFE", "LETRICS"] });
    await app.send(
      `mutation { upsertICP(input: { externalUserId: "u1", companies: { primaryLocations: ["W-NA", "FR"] } }) { icp { id } } }`,
    );
    const { data } = await app.send(
      `{ recommendations(externalUserId: "u1", providers: [LETRICS], first: 5) {
          nodes { company { headquarters { country } locations { country } } }
        } }`,
    );
    const { nodes } = (data as { readonly recommendations: { readonly nodes: readonly unknown[] } }).recommendations;
    expect(nodes).toHaveLength(5);
    await companies(`first: 5, filter: { locations: ["W-NA"] }`);
    const america = ["BM", "CA", "GL", "PM", "US"];
    expect(bodiesOf(app.letrics)).toMatchObject([{ locations: [...america, "FR"].sort() }, { locations: america }]);
  });
});

describe("pages that hold fewer rows than were asked for", () => {
  it.each([
    ["meta.per_page tells it", { maxPerPage: 50 }, [100, 50, 50]],
    ["the total tells it", { maxPerPage: 50, pageInMeta: false }, [100, 50, 50]],
    ["meta.per_page alone tells it", { maxPerPage: 50, total: false }, [100, 50, 50]],
  ])("do not end a list: %s", async (_, rules, sizes) => {
    await start(rules);
    const { ids, hasNextPage, endCursor } = await companies("first: 100");
    expect([new Set(ids).size, hasNextPage]).toEqual([100, true]);
    const more = await companies(`first: 50, after: "${String(endCursor)}"`);
    expect(new Set([...ids, ...more.ids]).size).toBe(150);
    expect(bodiesOf(app.letrics)).toMatchObject(sizes.map((per_page, i) => ({ page: i + 1, per_page })));
  });
});

describe("a 200 with errors", () => {
  const errors = [{ id: "invalid_input", code: 400, details: "functions: unknown value" }];

  it("and no rows is a refusal, in Letrics' words", async () => {
    await start();
    app.letrics.control.failNext({ kind: "shape", body: { data: [], meta: {}, errors } });
    expect(await failPage(app, "companies(first: 5)")).toEqual({
      code: "PROVIDER_REJECTED_REQUEST",
      message: "Letrics rejected the request (400): invalid_input: functions: unknown value",
      retryAfter: null,
    });
  });

  it("of its own making is asked again, since that is safe", async () => {
    await start();
    app.letrics.control.failNext({ kind: "shape", body: { data: null, errors: [{ id: "down", code: 503 }] } });
    expect((await companies("first: 5")).ids).toHaveLength(5);
    expect(bodiesOf(app.letrics)).toHaveLength(2);
  });

  it("and rows is served, and what it says is told", async () => {
    await start();
    app.letrics.control.failNext({
      kind: "altered",
      alter: ({ body, ...answer }) => ({ ...answer, body: { ...(body as object), errors } }),
    });
    const { ids, issues } = await companies("first: 5");
    expect(ids).toHaveLength(5);
    expect(issues).toEqual([
      {
        code: "PROVIDER_REJECTED_REQUEST",
        message: "Letrics returned rows, and reported: invalid_input: functions: unknown value",
        retryAfter: null,
      },
    ]);
  });
});
