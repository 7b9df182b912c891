import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { UnreadRows } from "../../../src/providers/http/provider-call";
import { ProviderHttp } from "../../../src/providers/http/provider-http";
import { SurfeClient } from "../../../src/providers/surfe/surfe.client";
import { startSurfeSimulator, type SurfeSimulator } from "../../../src/sandbox/surfe/surfe-simulator";

const FILTERS = { companies: { industries: ["Software"] }, people: {} };
const staying = new AbortController().signal;

let surfe: SurfeSimulator;
let http: ProviderHttp;
let client: SurfeClient;
let rowsUnread: UnreadRows[];
let others: string[];

beforeEach(async () => {
  rowsUnread = [];
  others = [];
  surfe = await startSurfeSimulator({ companies: 3, rateLimit: null });
  http = new ProviderHttp({
    provider: "SURFE",
    baseUrl: surfe.url,
    headers: { authorization: "Bearer sandbox" },
    timeoutMs: 15_000,
    ratePerSecond: 1_000,
    burst: 1_000,
    repeats: "safe",
    backoffMs: 1,
    observer: {
      attempted: () => undefined,
      rowsUnread: (rows) => rowsUnread.push(rows),
      echoDiffered: ({ fields }) => others.push(...fields),
    },
  });
  client = new SurfeClient(http);
});

afterEach(async () => {
  http.close();
  await surfe.close();
});

function bodies(): readonly unknown[] {
  return surfe.control.calls().map(({ method, path, body }) => [method, path, body]);
}

describe("SurfeClient.upsertIcp", () => {
  it("sends the profile, with its user or for the key's own", async () => {
    await client.upsertIcp("u1", FILTERS);
    await client.upsertIcp(null, FILTERS, staying);
    expect(bodies()).toEqual([
      ["POST", "/v2/recommendations/icp", { ...FILTERS, externalUserId: "u1" }],
      ["POST", "/v2/recommendations/icp", FILTERS],
    ]);
  });

  it.each([
    [200, {}],
    [200, []],
    [202, "accepted"],
    [204, undefined],
  ])("takes any 2xx: %i with %j", async (status, body) => {
    surfe.control.failNext({ kind: "status", status, body });
    await client.upsertIcp("u1", FILTERS);
  });

  it("tells Surfe's own id of the profile, where its answer has one", async () => {
    expect(await client.upsertIcp("u1", FILTERS)).toMatch(/^[0-9a-f-]{36}$/);
    surfe.control.failNext({ kind: "status", status: 201, body: { id: 7 } }, { kind: "status", status: 204 });
    expect([await client.upsertIcp("u1", FILTERS), await client.upsertIcp("u1", FILTERS)]).toEqual(["7", null]);
    expect(others).toEqual([]);
  });

  it("notes what Surfe says that it saved otherwise, by the names of the criteria", async () => {
    const sent = {
      companies: { industries: ["Software", "Banking"], employeeCount: { from: 1, to: 9 }, revenue: { from: 5 } },
      people: { countries: ["fr", "W-EMEA"], seniorities: ["VP"] },
    };
    const companies = { industries: ["banking", "SOFTWARE"], employeeCount: { to: 9, from: 1 }, revenue: { from: 6 } };
    surfe.control.failNext(
      { kind: "status", status: 201, body: { companies, people: { countries: ["FR"], jobTitles: [] } } },
      { kind: "status", status: 201, body: { companies } },
      { kind: "status", status: 201, body: { companies: ["x"], people: "none" } },
    );
    await client.upsertIcp("u1", sent);
    expect(others).toEqual(["companies.revenue", "people.countries", "people.seniorities"]);
    others.length = 0;
    await client.upsertIcp("u1", { ...sent, companies: { industries: ["Software", "Banking"] } });
    expect(others).toEqual([]);
  });

  it("notes filters that only Surfe knows likewise, and none by a name that is no name", async () => {
    const list = [{ b: 1, a: 2 }];
    const sent = { companies: { technologies: ["React"], list, "any text": 1 }, people: { days: 90 } };
    const echo = { companies: { technologies: [], list: [{ a: 2, b: 1 }] }, people: { days: 90 } };
    surfe.control.failNext({ kind: "status", status: 201, body: echo });
    await client.upsertIcp("u1", sent);
    expect(others).toEqual(["companies.technologies", "companies.…"]);
  });

  it("takes a 200 that is not JSON", async () => {
    surfe.control.failNext({ kind: "malformed" });
    await client.upsertIcp("u1", FILTERS);
  });

  it("passes on Surfe's words where it refuses a value", async () => {
    const wrong = { companies: {}, people: { seniorities: ["Emperor"] } };
    await expect(client.upsertIcp("u1", wrong)).rejects.toMatchObject({
      code: "PROVIDER_REJECTED_REQUEST",
      words: 'people.seniorities: does not know "Emperor"',
    });
  });
});

describe("SurfeClient.fetchRecommendations", () => {
  const fetch = (user: string | null = "u1") => client.fetchRecommendations(user, { from: 0, to: 2 }, staying);

  it("reads a window of the day's list", async () => {
    await client.upsertIcp("u1", { companies: {}, people: {} });
    const { rows, hasMore } = await fetch();
    expect(rows).toMatchObject([
      { kind: "company", company: { domain: "surfe.com", linkedinurl: expect.any(String) } },
      { kind: "company" },
    ]);
    expect([rows.length, hasMore]).toEqual([2, true]);
    expect(bodies()[1]).toEqual([
      "POST",
      "/v2/recommendations/fetch",
      { externalUserId: "u1", pagination: { from: 0, to: 2 } },
    ]);
  });

  it("asks for the key's own list without a user", async () => {
    await expect(fetch(null)).rejects.toMatchObject({ code: "PROVIDER_REJECTED_REQUEST" });
    expect(bodies()).toEqual([["POST", "/v2/recommendations/fetch", { pagination: { from: 0, to: 2 } }]]);
  });

  it.each([
    [{ companies: null, pagination: { hasMore: false } }],
    [{ companies: [], pagination: { from: 0, to: 2, has_more: false }, more: 1 }],
  ])("takes %j for an empty list", async (body) => {
    surfe.control.failNext({ kind: "shape", body });
    expect(await fetch()).toEqual({ rows: [], hasMore: false });
  });

  it.each([
    [null],
    [[]],
    ["<html>"],
    [{}],
    [{ companies: [] }],
    [{ pagination: { hasMore: false } }],
    [{ companies: [], pagination: {} }],
    [{ companies: [], pagination: { hasMore: "no" } }],
    [{ companies: {}, pagination: { hasMore: false } }],
  ])("blames Surfe for %j", async (body) => {
    surfe.control.failNext({ kind: "shape", body });
    await expect(fetch()).rejects.toMatchObject({ provider: "SURFE", code: "PROVIDER_BAD_RESPONSE" });
    expect(bodies()).toHaveLength(1);
  });

  it.each([
    [{ name: 5 }, { name: "5" }],
    [{ Domain: "a.com", domain: "b.com" }, { domain: "a.com" }],
    [{ domain: null, Domain: "b.com" }, { domain: "b.com" }],
    [
      { domain: "a.com", people: [{ departments: "Sales" }, null, [], {}, "x"] },
      { people: [{ departments: ["Sales"] }] },
    ],
    [
      { domain: "a.com", people: { firstName: "Jane" }, employeeCount: "12" },
      { people: [], employeecount: 12 },
    ],
    [
      { domain: "a.com", yearFounded: 1e999, industries: ["a", 1, {}, " "] },
      { yearfounded: null, industries: ["a", "1"] },
    ],
    [{ recommendation: { reasons: [{ title: "no type" }] } }, { recommendation: { reasons: [{ type: null }] } }],
  ])("reads the row %j", async (row, company) => {
    surfe.control.failNext({ kind: "shape", body: { companies: [row], pagination: { hasMore: false } } });
    expect(await fetch()).toMatchObject({ rows: [{ kind: "company", company }] });
  });

  it("reads the rows beside those that it cannot read, and says how many those are", async () => {
    const rows = [{ domain: "a.com" }, null, [], "x", {}, { domain: {} }, { unknown: 1 }, deep(1_000), { name: "B" }];
    surfe.control.failNext({ kind: "shape", body: { companies: rows } });
    const page = await fetch();
    expect(page.hasMore).toBe(true);
    expect(page.rows.map(({ kind }) => kind)).toEqual(["company", ...Array<string>(7).fill("unread"), "company"]);
    expect(rowsUnread).toEqual([{ provider: "SURFE", operation: "fetchRecommendations", rows: 9, unread: 7 }]);
  });
});

function deep(levels: number): unknown {
  return levels === 0 ? 1 : { domain: deep(levels - 1) };
}
