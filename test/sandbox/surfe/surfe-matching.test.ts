import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startSurfe, type TestSurfe } from "../support/start-surfe";

let surfe: TestSurfe;

beforeAll(async () => {
  surfe = await startSurfe();
});

afterAll(() => surfe.close());

describe("the company criteria", () => {
  const ranged = (from: number, to: number) => ({ from, to });
  const EMEA = [
    "ashfordtrust.com",
    "canopypharma.com",
    "crosswaypower.ai",
    "jasperstores.co",
    "orchardbuilders.de",
    "ravinehotels.ai",
    "surfe.com",
  ];
  const MIDDLE = [
    "ashfordtrust.com",
    "beaconbioworks.co.jp",
    "lanternpeople.com",
    "orchardbuilders.de",
    "ravinehotels.ai",
  ];

  it.each([
    [
      "employees",
      { employeeCount: ranged(165, 297) },
      ["beaconbioworks.co.jp", "lanternpeople.com", "ravinehotels.ai"],
    ],
    ["employees, at least", { employeeCount: { from: 2041 } }, ["canopypharma.com", "crosswaypower.ai"]],
    ["employees, at most", { employeeCount: { to: 19 } }, ["clearfieldfreight.com.mx", "evergreentelecom.ai"]],
    ["employees, exactly", { employeeCount: ranged(50, 50) }, ["surfe.com"]],
    ["an industry in any case", { industries: ["sOFTWARE"] }, ["canopypharma.com", "clearfieldfreight.com.mx"]],
    ["any of some industries", { industries: ["Retail", "Energy"] }, ["crosswaypower.ai", "jasperstores.co"]],
    ["a country", { primaryLocations: ["fr"] }, ["surfe.com"]],
    ["a country in upper case", { primaryLocations: ["FR"] }, ["surfe.com"]],
    ["a region", { primaryLocations: ["W-EMEA"] }, EMEA],
    [
      "a region or a country",
      { primaryLocations: ["W-OC", "W-LATAM", "jp"] },
      ["beaconbioworks.co.jp", "clearfieldfreight.com.mx"],
    ],
    ["a country without companies", { primaryLocations: ["is"] }, []],
    ["revenue", { revenue: ranged(20_000_000, 60_000_000) }, MIDDLE],
    [
      "all of them",
      { revenue: ranged(20_000_000, 60_000_000), primaryLocations: ["W-EU"], industries: ["Hospitality"] },
      ["ravinehotels.ai"],
    ],
  ])("select by %s", async (_, companies, domains) => {
    await surfe.saveIcp({ companies });
    expect((await surfe.domains(0, 12)).sort()).toEqual(domains);
  });

  it("let everyone through where they are empty", async () => {
    await surfe.saveIcp({ companies: { industries: [], primaryLocations: [], employeeCount: {}, revenue: {} } });
    expect(await surfe.domains(0, 12)).toHaveLength(12);
  });
});

describe("the people criteria", () => {
  it.each([
    ["a country", { countries: ["gb"] }, ["Vice President, Sales"]],
    ["a region", { countries: ["W-AMER"] }, []],
    ["a department", { departments: ["legal"] }, ["Paralegal", "Head of Legal"]],
    ["a part of the job title", { jobTitles: ["MANAGER"] }, ["Operations Manager", "Senior Marketing Manager"]],
    ["any of some job titles", { jobTitles: ["vice", "paralegal"] }, ["Vice President, Sales", "Paralegal"]],
    ["seniority", { seniorities: ["Head", "VP"] }, ["Vice President, Sales", "Head of Legal"]],
    ["all of them", { seniorities: ["Head", "VP"], departments: ["Sales"] }, ["Vice President, Sales"]],
  ])("select by %s, and leave out no company", async (_, people, jobTitles) => {
    await surfe.saveIcp({ people });
    const { companies } = await surfe.rows(0, 12);
    expect(companies).toHaveLength(12);
    const orchard = companies.find(({ domain }) => domain === "orchardbuilders.de");
    expect(orchard?.people.map(({ jobTitle }) => jobTitle)).toEqual(jobTitles);
  });

  it("let everyone through where they are empty", async () => {
    await surfe.saveIcp({ people: { countries: [], departments: [], jobTitles: [], seniorities: [] } });
    const { companies } = await surfe.rows(0, 12);
    expect(companies.find(({ domain }) => domain === "orchardbuilders.de")?.people).toHaveLength(7);
  });

  it("do not change how a person is spelled", async () => {
    await surfe.saveIcp({});
    const everyone = (await surfe.rows(0, 12)).companies.flatMap(({ people }) => people);
    await surfe.saveIcp({ people: { departments: ["Legal"] } });
    const legal = (await surfe.rows(0, 12)).companies.flatMap(({ people }) => people);
    for (const person of legal) expect(everyone).toContainEqual(person);
  });
});
