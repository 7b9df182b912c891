import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startSurfe, type TestSurfe } from "../support/start-surfe";
import { surfeClient } from "../support/surfe-client";

const EXAMPLE = {
  companies: {
    employeeCount: { from: 1, to: 100000000 },
    industries: ["Software", "Finance"],
    primaryLocations: ["fr", "W-EMEA"],
    revenue: { from: 1, to: 100000000 },
  },
  people: {
    countries: ["fr", "W-EMEA"],
    departments: ["Engineering", "Marketing"],
    jobTitles: ["Software Engineer", "Marketing Manager"],
    seniorities: ["C-Level", "Director", "Founder"],
  },
};
const EXAMPLE_ID = "22501fb3-1b5e-8c7a-b5e7-a88b23ce8421";

let surfe: TestSurfe;

beforeEach(async () => {
  surfe = await startSurfe({ apiKey: ["sandbox", "other"] });
});

afterEach(() => surfe.close());

describe("POST /v2/recommendations/icp", () => {
  it("answers the documented example with the profile and an id", async () => {
    expect(await surfe.saveIcp({ ...EXAMPLE, externalUserId: "ext-user-123" })).toEqual({
      status: 201,
      body: { ...EXAMPLE, externalUserId: "ext-user-123", id: EXAMPLE_ID },
    });
  });

  it("replaces the profile under the same id, and answers 201 again", async () => {
    await surfe.saveIcp({ ...EXAMPLE, externalUserId: "ext-user-123" });
    expect(await surfe.saveIcp({ externalUserId: "ext-user-123", companies: { industries: ["SaaS"] } })).toEqual({
      status: 201,
      body: { companies: { industries: ["SaaS"] }, people: {}, externalUserId: "ext-user-123", id: EXAMPLE_ID },
    });
  });

  it("saves the authenticated user's own where the external user is left out or empty", async () => {
    const own = { status: 201, body: { companies: {}, people: {}, id: "d50eb24d-f4bc-8f90-8f74-322d78558f44" } };
    expect(await surfe.saveIcp({})).toEqual(own);
    expect(await surfe.saveIcp({ externalUserId: "" })).toEqual(own);
  });

  it("echoes fields it does not know", async () => {
    const icp = { companies: { technologies: ["PHP"], yearFounded: { from: 1 } }, people: { exactJobTitles: ["CTO"] } };
    expect(await surfe.saveIcp({ ...icp, color: "red" })).toEqual({
      status: 201,
      body: { ...icp, id: "d50eb24d-f4bc-8f90-8f74-322d78558f44" },
    });
  });

  it("accepts every documented seniority and region, any case, and at most 250 characters of external user", async () => {
    const seniorities = "Board Member,C-Level,Director,Founder,Head,Manager,Other,Owner,Partner,VP".split(",");
    const primaryLocations = "W-EMEA W-EU W-ME W-AF W-APAC W-OC W-AMER W-NA W-LATAM FR is".split(" ");
    const icp = {
      companies: { primaryLocations, industries: ["software"] },
      people: { seniorities, departments: ["sales"], countries: primaryLocations },
      externalUserId: "😀".repeat(250),
    };
    expect((await surfe.saveIcp(icp)).status).toBe(201);
  });

  it.each([
    [[], "body: must be an object"],
    ["text", "body: must be an object"],
    [undefined, "body: is required"],
    [{ externalUserId: 1 }, "externalUserId: must be a string"],
    [{ externalUserId: null }, "externalUserId: must be a string"],
    [{ externalUserId: "x".repeat(251) }, "externalUserId: must have at most 250 characters"],
    [{ companies: "all" }, "companies: must be an object"],
    [{ people: [] }, "people: must be an object"],
    [{ people: null }, "people: must be an object"],
    [{ companies: { employeeCount: 5 } }, "companies.employeeCount: must be an object"],
    [{ companies: { employeeCount: { from: "1" } } }, "companies.employeeCount.from: must be an integer"],
    [{ companies: { employeeCount: { to: 1.5 } } }, "companies.employeeCount.to: must be an integer"],
    [{ companies: { employeeCount: { from: 2, to: 1 } } }, "companies.employeeCount: from must not be greater than to"],
    [{ companies: { revenue: { from: 2, to: 1 } } }, "companies.revenue: from must not be greater than to"],
    [{ companies: { industries: "Software" } }, "companies.industries: must be an array of strings"],
    [{ companies: { industries: [1] } }, "companies.industries: must be an array of strings"],
    [{ companies: { industries: ["SaaS", "Alchemy"] } }, 'companies.industries: does not know "Alchemy"'],
    [{ companies: { primaryLocations: ["France"] } }, 'companies.primaryLocations: does not know "France"'],
    [{ companies: { primaryLocations: ["uk"] } }, 'companies.primaryLocations: does not know "uk"'],
    [{ people: { countries: ["W-MOON"] } }, 'people.countries: does not know "W-MOON"'],
    [{ people: { departments: ["Magic"] } }, 'people.departments: does not know "Magic"'],
    [{ people: { jobTitles: {} } }, "people.jobTitles: must be an array of strings"],
    [{ people: { seniorities: ["Boss"] } }, 'people.seniorities: does not know "Boss"'],
  ])("answers 400 to %j", async (icp, message) => {
    expect(await surfe.saveIcp(icp)).toEqual({ status: 400, body: { code: 400, message } });
  });
});

describe("GET /v2/recommendations/icp", () => {
  const list = (query: string) => surfe.call("GET", `/v2/recommendations/icp${query}`);

  it("lists the one profile of an external user", async () => {
    await surfe.saveIcp({ ...EXAMPLE, externalUserId: "ext-user-123" });
    expect(await list("?externalUserId=ext-user-123")).toEqual({
      status: 200,
      body: {
        icpFilters: [{ ...EXAMPLE, id: EXAMPLE_ID, type: "DECLARED_ICP" }],
        pagination: { hasMore: false, limit: 10, totalAmount: 1 },
      },
    });
  });

  it("lists the authenticated user's own, and not another key's", async () => {
    const none = { icpFilters: [], pagination: { hasMore: false, limit: 10, totalAmount: 0 } };
    expect(await list("")).toEqual({ status: 200, body: none });
    await surfe.saveIcp({});
    expect((await list("?externalUserId=")).body).toMatchObject({ pagination: { totalAmount: 1 } });
    expect((await surfeClient(surfe.url, "other").call("GET", "/v2/recommendations/icp")).body).toEqual(none);
  });
});

describe("authentication", () => {
  const UNAUTHORIZED = { status: 401, body: { code: 401, message: "unauthorized" } };

  it("lets in every key of the list, and no other", async () => {
    expect((await surfeClient(surfe.url, "other").saveIcp({})).status).toBe(201);
    expect(await surfeClient(surfe.url, "stranger").saveIcp({})).toEqual(UNAUTHORIZED);
    expect(await surfeClient(surfe.url, "").saveIcp({})).toEqual(UNAUTHORIZED);
  });

  it("wants a bearer token", async () => {
    for (const headers of [{}, { authorization: "sandbox" }, { authorization: "Basic sandbox" }]) {
      const response = await fetch(`${surfe.url}/v2/recommendations/icp`, { headers });
      expect({ status: response.status, body: await response.json() }).toEqual(UNAUTHORIZED);
    }
  });
});

describe("any other call", () => {
  it.each([
    ["GET", "/"],
    ["PUT", "/v2/recommendations/icp"],
    ["GET", "/v2/recommendations/fetch"],
  ])("%s %s is not found", async (method, path) => {
    expect(await surfe.call(method, path)).toEqual({ status: 404, body: { code: 404, message: "not found" } });
  });
});

describe("errors of the base", () => {
  it("come in Surfe's shape", async () => {
    const headers = { authorization: "Bearer sandbox" };
    const response = await fetch(`${surfe.url}/v2/recommendations/icp`, { method: "POST", headers, body: "{" });
    expect(await response.json()).toEqual({ code: 400, message: "body: not valid JSON" });
  });
});
