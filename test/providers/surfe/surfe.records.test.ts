import { describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import { toItem } from "../../../src/providers/surfe/surfe.records";
import { readCompany, WireFetchAnswer, type WireCompany } from "../../../src/providers/surfe/surfe.wire";

/** Read as the client reads it. */
function wire(company: object): WireCompany {
  const { companies } = WireFetchAnswer.parse({ companies: [company], pagination: { hasMore: false } });
  const read = readCompany(companies?.[0]);
  if (!read) throw new Error("no company");
  return read;
}

function recordOf(company: object) {
  return toItem(wire(company)).records[0];
}

describe("toItem", () => {
  it("reads everything that Surfe tells, however it spells the names", () => {
    expect(
      toItem(
        wire({
          name: "Acme",
          domain: "www.Acme.com",
          linkedInURL: "https://www.linkedin.com/company/Acme/",
          description: "We make all.",
          logo: "https://acme.com/logo.png",
          industries: ["Software"],
          keywords: ["all"],
          employeeCount: 120,
          size: "51-200",
          yearFounded: 1999,
          hqAddress: "1 Rue X, Paris",
          hqCountry: "France",
          locations: [
            {
              country: "us",
              region: "California",
              regionCode: "CA",
              locality: "San Jose",
              postalCode: "95101",
              streetAddress: "2 Y St",
              latitude: 37.3,
              longitude: -121.9,
              primary: true,
            },
            { country: "FR", locality: "Paris" },
          ],
          people: [
            {
              firstName: "Jane",
              lastName: "Doe",
              jobTitle: "CEO",
              currentJobDescription: "Leads.",
              summary: "S",
              departments: ["Management"],
              seniorities: ["C-Level"],
              country: "fr",
              location: "Paris, France",
              linkedinUrl: "https://fr.linkedin.com/in/Jane-Doe",
            },
          ],
          recommendation: {
            id: "r1",
            generatedAt: "2024-05-20T10:00:00Z",
            reasons: [
              {
                type: "INDUSTRY_MATCH",
                title: "T",
                shortDescription: "S",
                description: "D",
                score: 87.4,
                data: { a: 1 },
              },
            ],
          },
          somethingNew: true,
        }),
      ),
    ).toEqual({
      subject: "Company:domain:acme.com",
      content: {
        provider: "SURFE",
        providerId: "r1",
        generatedAt: new Date("2024-05-20T10:00:00Z"),
        reasons: [
          {
            provider: "SURFE",
            type: "INDUSTRY_MATCH",
            title: "T",
            shortDescription: "S",
            description: "D",
            score: 87,
          },
        ],
        people: ["Person:linkedin:jane-doe"],
      },
      records: [
        {
          kind: "Company",
          provider: "SURFE",
          providerId: null,
          keys: ["Company:domain:acme.com", "Company:linkedin:acme"],
          fields: {
            name: "Acme",
            domain: "acme.com",
            linkedinUrl: "https://www.linkedin.com/company/acme",
            description: "We make all.",
            logoUrl: "https://acme.com/logo.png",
            industries: ["Software"],
            keywords: ["all"],
            technologies: [],
            functions: [],
            employeeCount: 120,
            employeeRange: "51-200",
            yearFounded: 1999,
            headquarters: {
              country: "FR",
              region: null,
              regionCode: null,
              locality: "Paris",
              postalCode: null,
              streetAddress: "1 Rue X, Paris",
              latitude: null,
              longitude: null,
              primary: false,
            },
            locations: [
              {
                country: "US",
                region: "California",
                regionCode: "CA",
                locality: "San Jose",
                postalCode: "95101",
                streetAddress: "2 Y St",
                latitude: 37.3,
                longitude: -121.9,
                primary: true,
              },
              {
                country: "FR",
                region: null,
                regionCode: null,
                locality: "Paris",
                postalCode: null,
                streetAddress: null,
                latitude: null,
                longitude: null,
                primary: false,
              },
            ],
          },
        },
        {
          kind: "Person",
          provider: "SURFE",
          providerId: null,
          keys: ["Person:linkedin:jane-doe"],
          employer: "Company:domain:acme.com",
          fields: {
            ...UNKNOWN_PERSON,
            fullName: "Jane Doe",
            firstName: "Jane",
            lastName: "Doe",
            jobTitle: "CEO",
            jobDescription: "Leads.",
            summary: "S",
            departments: ["Management"],
            seniorities: ["C-Level"],
            country: "FR",
            location: "Paris, France",
            linkedinUrl: "https://www.linkedin.com/in/jane-doe",
          },
        },
      ],
    });
  });

  it("knows nothing that Surfe does not tell", () => {
    const item = toItem(wire({ recommendation: { id: "r1" } }));
    expect(item).toEqual({
      subject: "Company:surfe:r1",
      content: { provider: "SURFE", providerId: "r1", generatedAt: null, reasons: [], people: [] },
      records: [
        { kind: "Company", provider: "SURFE", providerId: null, keys: ["Company:surfe:r1"], fields: UNKNOWN_COMPANY },
      ],
    });
  });
});

describe("a company's keys", () => {
  it.each([
    [{ domain: "acme.com", linkedinurl: "" }, ["Company:domain:acme.com"]],
    [{ domain: "github.io", linkedInUrl: "linkedin.com/company/acme" }, ["Company:linkedin:acme"]],
    [{ domain: "", linkedInURL: "https://acme.com", recommendation: { id: "r1" } }, ["Company:surfe:r1"]],
  ])("of %j are %j", (company, keys) => {
    expect(recordOf(company)?.keys).toEqual(keys);
  });

  it("without any name are made of all that is said: a name alone joins nothing", () => {
    const nameless = { name: "Acme", hqCountry: "FR", recommendation: null };
    const keys = recordOf(nameless)?.keys;
    expect(keys).toEqual([expect.stringMatching(/^Company:unnamed:[0-9a-f]{32}$/)]);
    expect(recordOf({ ...nameless })?.keys).toEqual(keys);
    expect(recordOf({ ...nameless, size: "1-10" })?.keys).not.toEqual(keys);
    expect(recordOf({ ...nameless, name: "Other" })?.keys).not.toEqual(keys);
  });
});

describe("a company's headquarters", () => {
  const headquarters = (company: object) => {
    const { fields } = recordOf(company) ?? {};
    return fields && "headquarters" in fields ? fields.headquarters : undefined;
  };
  const paris = { locality: "Paris", country: "FR", primary: true };
  const texas = { locality: "Paris", country: "US" };

  it("are the location that the address names, in that country", () => {
    expect(headquarters({ hqAddress: "1 X St, PARIS", hqCountry: "us", locations: [paris, texas] })).toMatchObject({
      country: "US",
      locality: "Paris",
    });
    expect(headquarters({ hqAddress: "1 X St, Paris", locations: [{ country: "DE" }, paris, texas] })).toMatchObject({
      country: "FR",
    });
  });

  it("are the address as given where no location has it", () => {
    const nowhere = {
      region: null,
      regionCode: null,
      postalCode: null,
      latitude: null,
      longitude: null,
      primary: false,
    };
    expect(headquarters({ hqAddress: "1 X St, Lyon", hqCountry: "France", locations: [paris] })).toEqual({
      ...nowhere,
      country: "FR",
      locality: null,
      streetAddress: "1 X St, Lyon",
    });
    expect(headquarters({ hqCountry: "France" })).toEqual({
      ...nowhere,
      country: "FR",
      locality: null,
      streetAddress: null,
    });
  });

  it("are not told where no address is given: the primary location is not called so", () => {
    expect(headquarters({ locations: [texas, paris] })).toBeNull();
  });
});

describe("a company's contacts", () => {
  const keysOf = (people: readonly object[]) => toItem(wire({ domain: "acme.com", people })).content?.people;

  it("are named once each, in Surfe's order", () => {
    const jane = { firstName: "Jane", linkedinUrl: "linkedin.com/in/jane" };
    const john = { firstName: "John", linkedinUrl: "linkedin.com/in/john" };
    expect(keysOf([john, jane, john])).toEqual(["Person:linkedin:john", "Person:linkedin:jane"]);
  });

  it("without a LinkedIn page are known as this contact of this company alone", () => {
    const people = [{ firstName: "Jane" }, { firstName: "Jane", jobTitle: "CEO" }, { lastName: "Doe" }];
    const [one, other, another] = keysOf(people) ?? [];
    expect(one).toMatch(/^Person:unnamed:[0-9a-f]{32}$/);
    expect(new Set([one, other, another]).size).toBe(3);
  });

  it("have a full name of what there is", () => {
    const names = toItem(wire({ people: [{ lastName: "Doe" }, { jobTitle: "CEO" }, {}] })).records.map(({ fields }) =>
      "fullName" in fields ? fields.fullName : undefined,
    );
    expect(names).toEqual([undefined, "Doe", null]);
  });
});
