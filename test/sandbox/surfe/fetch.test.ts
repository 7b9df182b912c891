import { afterEach, describe, expect, it } from "@jest/globals";
import type { SurfeOptions } from "../../../src/sandbox/surfe/options";
import { startSurfeSimulator } from "../../../src/sandbox/surfe/surfe-simulator";
import { EXAMPLE_TIME, startSurfe, type TestSurfe } from "../support/start-surfe";
import { surfeClient } from "../support/surfe-client";

/** The example profile's order of the twelve companies. */
const ALL = [
  "surfe.com",
  "crosswaypower.ai",
  "lanternpeople.com",
  "orchardbuilders.de",
  "ashfordtrust.com",
  "jasperstores.co",
  "ravinehotels.ai",
  "beaconbioworks.co.jp",
  "clearfieldfreight.com.mx",
  "canopypharma.com",
  "foxglovefinance.ca",
  "evergreentelecom.ai",
];

let surfe: TestSurfe;

async function start(options: SurfeOptions = {}, icp: unknown = {}): Promise<void> {
  surfe = await startSurfe(options);
  await surfe.saveIcp(icp);
}

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
    expect(withoutPage.map(({ domain }) => domain)).toEqual(["crosswaypower.ai", "canopypharma.com"]);
    const withoutProfile = companies.flatMap(({ people }) => people).filter((person) => !("linkedinUrl" in person));
    expect(withoutProfile.map(({ jobTitle }) => jobTitle)).toEqual(["Director of IT"]);
  });

  it("gives one to three reasons, the industry's first, scored 0 to 100", async () => {
    await start();
    const { companies } = await surfe.rows(0, 12);
    expect(companies.find(({ domain }) => domain === "evergreentelecom.ai")?.["recommendation"]).toMatchObject({
      reasons: [
        { type: "INDUSTRY_MATCH", score: 58 },
        { type: "LOCATION_MATCH", score: 33, description: "This company is based in Austin, United States" },
        { type: "SIZE_MATCH", score: 13, data: { employeeCount: 19 } },
      ],
    });
    expect(companies.find(({ domain }) => domain === "jasperstores.co")?.["recommendation"]).toMatchObject({
      reasons: [{ type: "INDUSTRY_MATCH", score: 95 }],
    });
  });

  it("orders companies by the profile, the example's first", async () => {
    await start();
    await surfe.saveIcp({ externalUserId: "b" });
    expect(await surfe.domains(0, 12)).toEqual(ALL);
    expect((await surfe.domains(0, 12, "b")).slice(0, 3)).toEqual([
      "surfe.com",
      "ravinehotels.ai",
      "beaconbioworks.co.jp",
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
    expect(await surfe.domains(1, 3)).toEqual(["crosswaypower.ai", "lanternpeople.com"]);
    expect((await surfe.rows(10, 12)).pagination).toEqual({ from: 10, to: 12, hasMore: false });
    expect((await surfe.rows(10, 11)).pagination).toEqual({ from: 10, to: 11, hasMore: true });
  });

  it("ends with `to` where that is inclusive", async () => {
    await start({ toInclusive: true });
    expect(await surfe.domains(1, 3)).toEqual(["crosswaypower.ai", "lanternpeople.com", "orchardbuilders.de"]);
    expect((await surfe.rows(10, 11)).pagination).toEqual({ from: 10, to: 11, hasMore: false });
    expect((await surfe.rows(9, 10)).pagination).toEqual({ from: 9, to: 10, hasMore: true });
  });

  it("is empty past the end, and short at it", async () => {
    await start();
    expect(await surfe.rows(12, 20)).toEqual({ companies: [], pagination: { from: 12, to: 20, hasMore: false } });
    expect(await surfe.domains(11, 20)).toEqual(["evergreentelecom.ai"]);
  });

  it("may be as wide as the option says, and is refused beyond", async () => {
    await start({ maxWindow: 2 });
    expect(await surfe.domains(0, 2)).toEqual(["surfe.com", "crosswaypower.ai"]);
    expect(await surfe.fetchRows({ pagination: { from: 0, to: 3 } })).toEqual({
      status: 400,
      body: { code: 400, message: "pagination: must span at most 2" },
    });
  });

  it("is cut to that width where the option says so", async () => {
    await start({ maxWindow: 2, overMaxWindow: "clip" });
    const { companies, pagination } = await surfe.rows(9, 12);
    expect(companies.map(({ domain }) => domain)).toEqual(["canopypharma.com", "foxglovefinance.ca"]);
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
