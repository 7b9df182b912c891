import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ProviderHttp } from "../../../src/providers/http/provider-http";
import { SurfeClient } from "../../../src/providers/surfe/surfe.client";
import { startSurfeSimulator, type SurfeSimulator } from "../../../src/sandbox/surfe/surfe-simulator";

const FILTERS = { companies: { industries: ["Software"] }, people: {} };
const staying = new AbortController().signal;

let surfe: SurfeSimulator;
let http: ProviderHttp;
let client: SurfeClient;

beforeEach(async () => {
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

  it("takes any answer that is an object", async () => {
    surfe.control.failNext({ kind: "shape", body: {} });
    await client.upsertIcp("u1", FILTERS);
    surfe.control.failNext({ kind: "shape", body: [] });
    await expect(client.upsertIcp("u1", FILTERS)).rejects.toMatchObject({ code: "PROVIDER_BAD_RESPONSE" });
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
    const { companies, hasMore } = await fetch();
    expect(companies).toMatchObject([{ domain: "surfe.com", linkedinurl: expect.any(String) }, {}]);
    expect([companies.length, hasMore]).toEqual([2, true]);
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
    expect(await fetch()).toEqual({ companies: [], hasMore: false });
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
    [{ companies: [null], pagination: { hasMore: false } }],
    [{ companies: [{ name: 5 }], pagination: { hasMore: false } }],
    [{ companies: [{ domain: "a.com", people: [{ departments: "Sales" }] }], pagination: { hasMore: false } }],
    [{ companies: [{ recommendation: { reasons: [{ title: "no type" }] } }], pagination: { hasMore: false } }],
  ])("blames Surfe for %j", async (body) => {
    surfe.control.failNext({ kind: "shape", body });
    await expect(fetch()).rejects.toMatchObject({ provider: "SURFE", code: "PROVIDER_BAD_RESPONSE" });
    expect(bodies()).toHaveLength(1);
  });
});
