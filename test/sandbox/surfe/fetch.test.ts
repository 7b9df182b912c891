import { afterEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import type { SurfeOptions } from "../../../src/sandbox/surfe/surfe-options";
import { startSurfeSimulator } from "../../../src/sandbox/surfe/surfe-simulator";
import { EXAMPLE_TIME, startSurfe, type TestSurfe } from "../support/start-surfe";
import { surfeClient } from "../support/surfe-client";

/** The example profile's order of the twelve companies. */
const ALL = [
  "surfe.com",
  "lanternpeople.com",
  "beaconbioworks.co.jp",
  "ravinehotels.ai",
  "canopypharma.com",
  "orchardbuilders.de",
  "evergreentelecom.ai",
  "jasperstores.co",
  "foxglovefinance.ca",
  "clearfieldfreight.com.mx",
  "crosswaypower.ai",
  "ashfordtrust.com",
];

let surfe: TestSurfe;

async function start(options: SurfeOptions = {}, icp: unknown = {}): Promise<void> {
  surfe = await startSurfe(options);
  await surfe.saveIcp(icp);
}

/** The day's list, as far as one call gets. */
async function recommended() {
  const { companies } = await surfe.rows(0, 200);
  return companies.map(({ domain, recommendation }) => ({ domain, ...Recommendation.parse(recommendation) }));
}

const Recommendation = z.object({
  reasons: z.array(z.looseObject({ type: z.string(), description: z.string(), score: z.number() })),
});

afterEach(() => surfe.close());

describe("POST /v2/recommendations/fetch", () => {
  it("answers the documented example", async () => {
    await start({}, { companies: { industries: ["SaaS", "Finance"] }, externalUserId: "ext-user-123" });
    expect(await surfe.fetchRows({ externalUserId: "ext-user-123", pagination: { from: 0, to: 1 } })).toEqual({
      status: 200,
      body: {
        companies: [
          {
            description: "The connected workspace for sales teams",
            domain: "surfe.com",
            employeeCount: 50,
            hqAddress: "Paris, France",
            hqCountry: "France",
            industries: ["SaaS", "Sales"],
            keywords: ["sales", "crm", "productivity"],
            linkedInURL: "https://www.linkedin.com/company/surfe",
            locations: [
              {
                country: "France",
                latitude: 48.8566,
                locality: "Paris",
                longitude: 2.3522,
                postalCode: "75001",
                primary: true,
                region: "Ile-de-France",
                regionCode: "IDF",
                streetAddress: "1 Rue de Rivoli",
              },
            ],
            logo: "https://cdn.surfe.com/logo.png",
            name: "Surfe",
            people: [
              {
                country: "US",
                currentJobDescription: "Leading the sales team at Surfe",
                departments: ["Sales"],
                firstName: "John",
                jobTitle: "Head of Sales",
                lastName: "Doe",
                linkedinUrl: "https://www.linkedin.com/in/johndoe",
                location: "New York, US",
                seniorities: ["Head"],
                summary: "Experienced sales leader with 10+ years",
              },
            ],
            recommendation: {
              generatedAt: "2024-05-20T10:00:00Z",
              id: "b3de055e-5125-8168-8172-762a8c0f1825",
              reasons: [
                {
                  description: "This company operates in your target industry",
                  score: 85,
                  shortDescription: "Industry match",
                  title: "Matches your ICP",
                  type: "INDUSTRY_MATCH",
                },
              ],
            },
            size: "51-200",
            yearFounded: 2020,
          },
        ],
        pagination: { from: 0, hasMore: true, to: 1 },
      },
    });
  });

  it("spells countries in three ways, the same for a company and a person each time", async () => {
    await start();
    const { companies } = await surfe.rows(0, 12);
    const countries = (domain: string) => {
      const company = companies.find((one) => one.domain === domain);
      return [company?.["hqCountry"], ...(company?.people.map(({ country }) => country) ?? [])];
    };
    expect(countries("jasperstores.co")).toEqual(["United Kingdom", "GB"]);
    expect(countries("clearfieldfreight.com.mx")).toEqual(["Mexico", "MX", "mx"]);
    expect(countries("evergreentelecom.ai")).toEqual(["us", "Germany", "GB", "in", "United States", "US"]);
  });

  it("leaves out or empties what there is not", async () => {
    await start();
    const { companies } = await surfe.rows(0, 12);
    const withoutPage = companies.filter((company) => company["linkedInURL"] === "");
    expect(withoutPage.map(({ domain }) => domain)).toEqual(["canopypharma.com", "crosswaypower.ai"]);
    const withoutProfile = companies.flatMap(({ people }) => people).filter((person) => !("linkedinUrl" in person));
    expect(withoutProfile.map(({ jobTitle }) => jobTitle)).toEqual(["Director of IT"]);
  });

  it("gives a reason for each company criterion, the best scored by the company's place", async () => {
    const companies = {
      industries: ["telecommunications", "retail"],
      primaryLocations: ["US", "W-EU"],
      employeeCount: { to: 500 },
      revenue: { from: 1, to: 50_000_000 },
    };
    await start({}, { companies });
    expect(await recommended()).toMatchObject([
      {
        domain: "evergreentelecom.ai",
        reasons: [
          { type: "INDUSTRY_MATCH", score: 70, description: "This company operates in your target industry" },
          { type: "LOCATION_MATCH", score: 65, description: "This company is based in Austin, United States" },
          { type: "SIZE_MATCH", score: 55, data: { employeeCount: 19 } },
          { type: "REVENUE_MATCH", score: 30, description: "This company earns about 4.0 million US$ a year" },
        ],
      },
    ]);
  });

  it("gives no reason for what was not asked for, and one of the company's own where nothing was", async () => {
    await start({ companies: 2 }, { companies: { industries: ["SaaS", "Pharmaceuticals"] } });
    expect(await recommended()).toMatchObject([
      { domain: "surfe.com", reasons: [{ type: "INDUSTRY_MATCH", score: 85 }] },
      { domain: "canopypharma.com", reasons: [{ type: "INDUSTRY_MATCH", score: 70 }] },
    ]);
    await surfe.saveIcp({ people: { departments: ["Sales"] } });
    expect(await recommended()).toMatchObject([
      { domain: "surfe.com", reasons: [{ type: "POPULAR", score: 85 }] },
      { domain: "canopypharma.com", reasons: [{ type: "POPULAR", score: 75 }] },
    ]);
  });

  it("scores no company higher than one before it", async () => {
    await start({ companies: 5400 }, { companies: { industries: ["SaaS"], primaryLocations: ["W-EMEA"] } });
    const scores = (await recommended()).map(({ reasons }) => Math.max(...reasons.map(({ score }) => score)));
    expect([scores.length, scores.slice(0, 6), scores.at(-1)]).toEqual([200, [85, 75, 75, 75, 75, 75], 65]);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  });

  it("orders companies by the profile, the example's first, and nearly alike for all who ask for the same", async () => {
    await start();
    await surfe.saveIcp({ externalUserId: "d" });
    expect(await surfe.domains(0, 12)).toEqual(ALL);
    expect(await surfe.domains(0, 12, "d")).toEqual([
      ...ALL.slice(0, 3),
      "canopypharma.com",
      "ravinehotels.ai",
      ...ALL.slice(5),
    ]);
  });

  it("knows all 6000 companies by default", async () => {
    await start();
    const whole = await startSurfeSimulator({ now: () => EXAMPLE_TIME });
    const client = surfeClient(whole.url);
    await client.saveIcp({});
    expect((await client.rows(5999, 6000)).pagination).toEqual({ from: 5999, to: 6000, hasMore: false });
    expect((await client.rows(5998, 5999)).pagination).toEqual({ from: 5998, to: 5999, hasMore: true });
    expect(whole.control.charged()).toBe(2);
    await whole.close();
  });

  it.each([
    [undefined, "body: is required"],
    [{}, "pagination: is required"],
    [{ pagination: [0, 10] }, "pagination: must be an object"],
    [{ pagination: { to: 10 } }, "pagination.from: is required"],
    [{ pagination: { from: 0 } }, "pagination.to: is required"],
    [{ pagination: { from: "0", to: 10 } }, "pagination.from: must be an integer"],
    [{ pagination: { from: 0, to: 1.5 } }, "pagination.to: must be an integer"],
    [{ pagination: { from: -1, to: 10 } }, "pagination.from: must not be negative"],
    [{ pagination: { from: 5, to: 5 } }, "pagination.to: must be greater than pagination.from"],
    [{ pagination: { from: 0, to: 201 } }, "pagination: must span at most 200"],
    [
      { externalUserId: "x".repeat(256), pagination: { from: 0, to: 1 } },
      "externalUserId: must have at most 255 characters",
    ],
    [{ externalUserId: 5, pagination: { from: 0, to: 1 } }, "externalUserId: must be a string"],
  ])("answers 400 to %j", async (body, message) => {
    await start();
    expect(await surfe.fetchRows(body)).toEqual({ status: 400, body: { code: 400, message } });
    expect(surfe.control.charged()).toBe(0);
  });
});

describe("a window", () => {
  it("ends before `to` by default", async () => {
    await start();
    expect(await surfe.domains(1, 3)).toEqual(["lanternpeople.com", "beaconbioworks.co.jp"]);
    expect((await surfe.rows(10, 12)).pagination).toEqual({ from: 10, to: 12, hasMore: false });
    expect((await surfe.rows(10, 11)).pagination).toEqual({ from: 10, to: 11, hasMore: true });
  });

  it("ends with `to` where that is inclusive", async () => {
    await start({ toInclusive: true });
    expect(await surfe.domains(1, 3)).toEqual(["lanternpeople.com", "beaconbioworks.co.jp", "ravinehotels.ai"]);
    expect((await surfe.rows(10, 11)).pagination).toEqual({ from: 10, to: 11, hasMore: false });
    expect((await surfe.rows(9, 10)).pagination).toEqual({ from: 9, to: 10, hasMore: true });
  });

  it("is empty past the end, and short at it", async () => {
    await start();
    expect(await surfe.rows(12, 20)).toEqual({ companies: [], pagination: { from: 12, to: 20, hasMore: false } });
    expect(await surfe.domains(11, 20)).toEqual(["ashfordtrust.com"]);
  });

  it("may be as wide as the option says, and is refused beyond", async () => {
    await start({ maxWindow: 2 });
    expect(await surfe.domains(0, 2)).toEqual(["surfe.com", "lanternpeople.com"]);
    expect(await surfe.fetchRows({ pagination: { from: 0, to: 3 } })).toEqual({
      status: 400,
      body: { code: 400, message: "pagination: must span at most 2" },
    });
  });

  it("is cut to that width where the option says so", async () => {
    await start({ maxWindow: 2, overMaxWindow: "clip" });
    const { companies, pagination } = await surfe.rows(9, 12);
    expect(companies.map(({ domain }) => domain)).toEqual(["clearfieldfreight.com.mx", "crosswaypower.ai"]);
    expect(pagination).toEqual({ from: 9, to: 12, hasMore: true });
  });
});

describe("without an ICP", () => {
  const body = { externalUserId: "nobody", pagination: { from: 0, to: 10 } };

  it("answers 404 by default", async () => {
    await start();
    expect(await surfe.fetchRows(body)).toEqual({
      status: 404,
      body: { code: 404, message: "no ICP found for this user" },
    });
  });

  it("answers an empty list where the option says so", async () => {
    await start({ withoutIcp: "empty" });
    expect(await surfe.fetchRows(body)).toEqual({
      status: 200,
      body: { companies: [], pagination: { from: 0, hasMore: false, to: 10 } },
    });
  });
});

describe("the rate limit", () => {
  it("is 10 a second with a burst of 20 by default, for each key apart", async () => {
    await start();
    let now = EXAMPLE_TIME;
    const limited = await startSurfeSimulator({ apiKey: ["sandbox", "other"], now: () => now });
    const statuses = async (apiKey: string, count: number) => {
      const client = surfeClient(limited.url, apiKey);
      const calls = Array.from({ length: count }, () => client.call("GET", "/v2/recommendations/icp"));
      return (await Promise.all(calls)).map(({ status }) => status).sort();
    };
    expect(await statuses("sandbox", 22)).toEqual([...Array<number>(20).fill(200), 429, 429]);
    expect(await statuses("other", 1)).toEqual([200]);
    now += 1000;
    expect(await statuses("sandbox", 11)).toEqual([...Array<number>(10).fill(200), 429]);
    expect((await surfeClient(limited.url).call("GET", "/v2/recommendations/icp")).body).toEqual({
      code: 429,
      message: "rate limit exceeded",
    });
    await limited.close();
  });

  it("counts what came back by the catalogue, people only where the profile wants them", async () => {
    await start({ companies: 3 }, { people: { departments: ["Sales"] } });
    await surfe.rows(0, 3);
    await surfe.rows(0, 1);
    expect(surfe.control.returned()).toEqual({ companies: [0, 1, 2], people: [0] });
  });
});
