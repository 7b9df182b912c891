import { describe, expect, it, jest } from "@jest/globals";
import { COMPANY_COUNT, companyAt, companyFactsAt } from "../../../src/sandbox/catalogue/companies";
import { COUNTRIES, countryOf } from "../../../src/sandbox/catalogue/countries";
import { INDUSTRIES } from "../../../src/sandbox/catalogue/industries";
import { slugOf } from "../../../src/sandbox/catalogue/names";
import { peopleAt } from "../../../src/sandbox/catalogue/people";
import { Random } from "../../../src/sandbox/catalogue/random";
import { memoized } from "../../../src/sandbox/catalogue/memoized";

const indexes = Array.from({ length: COMPANY_COUNT }, (_, index) => index);
const companies = indexes.map(companyAt);
const people = indexes.flatMap(peopleAt);

const share = <T>(list: readonly T[], isSo: (item: T) => boolean) => list.filter(isSo).length / list.length;

describe("the catalogue's companies", () => {
  it("are 6000, each with a name and a domain of its own", () => {
    expect(COMPANY_COUNT).toBe(6000);
    expect(new Set(companies.map(({ name }) => name)).size).toBe(6000);
    expect(new Set(companies.map(({ domain }) => domain)).size).toBe(6000);
  });

  it("begin with the provider's own example", () => {
    expect(companyAt(0)).toMatchObject({ name: "Surfe", domain: "surfe.com", employeeCount: 50, size: "51-200" });
    expect(peopleAt(0)).toMatchObject([{ firstName: "John", lastName: "Doe", linkedInSlug: "johndoe" }]);
  });

  it("are the same in every process", async () => {
    await jest.isolateModulesAsync(async () => {
      const again = await import("../../../src/sandbox/catalogue/companies.js");
      expect(again.companyAt(1)).not.toBe(companies[1]);
      expect(again.companyAt(1)).toEqual(companies[1]);
    });
    expect(companyAt(1)).toMatchObject({ name: "Canopy Pharma", employeeCount: 8695, hqAddress: "Madrid, Spain" });
  });

  it("tell by their facts alone what they tell as a whole", () => {
    for (const company of companies) expect(company).toMatchObject(companyFactsAt(company.index));
  });

  it("lack a LinkedIn page in a few cases, and never share one", () => {
    const slugs = companies.flatMap(({ linkedInSlug }) => linkedInSlug ?? []);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(share(companies, ({ linkedInSlug }) => linkedInSlug === null)).toBeCloseTo(0.04, 1);
  });

  it("work at one or more places, the first and no other being the primary one", () => {
    expect(share(companies, ({ locations }) => locations.length > 1)).toBeGreaterThan(0.1);
    for (const { locations, country } of companies) {
      expect(locations.map(({ primary }) => primary)).toEqual(locations.map((_, place) => place === 0));
      expect(locations[0]?.country).toBe(country);
    }
  });

  it("state a size that contradicts their count now and then", () => {
    const contradicts = ({ size, employeeCount }: (typeof companies)[number]) =>
      size.includes("-") && employeeCount < Number(size.split("-")[0]);
    expect(share(companies, contradicts)).toBeGreaterThan(0.03);
    expect(share(companies, contradicts)).toBeLessThan(0.12);
  });

  it("are spread over all industries, countries and world regions", () => {
    expect(new Set(companies.flatMap(({ industries }) => industries)).size).toBe(INDUSTRIES.length);
    expect(new Set(companies.map(({ country }) => country)).size).toBe(COUNTRIES.length);
    expect([...new Set(companies.flatMap(({ country }) => country.regions))].sort()).toEqual(
      ["W-AF", "W-AMER", "W-APAC", "W-EMEA", "W-EU", "W-LATAM", "W-ME", "W-NA", "W-OC"].sort(),
    );
  });

  it("have a creation instant in ISO 8601, to the second", () => {
    for (const { createdAt } of companies) expect(createdAt).toMatch(/^202\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it("do not exist outside the catalogue", () => {
    for (const index of [-1, 6000, 0.5, Number.NaN]) expect(() => companyAt(index)).toThrow(RangeError);
    expect(() => companyFactsAt(6000)).toThrow(RangeError);
    expect(() => peopleAt(6000)).toThrow(RangeError);
  });
});

describe("the catalogue's people", () => {
  it("are one to eight a company, about five on average", () => {
    const counts = indexes.map((index) => peopleAt(index).length);
    expect(Math.min(...counts)).toBe(1);
    expect(Math.max(...counts)).toBe(8);
    expect(people.length / COMPANY_COUNT).toBeCloseTo(5, 0);
  });

  it("are the same whenever they are made", () => {
    const before = peopleAt(1);
    peopleAt(1001); // takes the slot of 1
    expect(peopleAt(1)).not.toBe(before);
    expect(peopleAt(1)).toEqual(before);
  });

  it("lack a LinkedIn profile in a few cases, and never share one", () => {
    const slugs = people.flatMap(({ linkedInSlug }) => linkedInSlug ?? []);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(share(people, ({ linkedInSlug }) => linkedInSlug === null)).toBeCloseTo(0.04, 1);
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9-]+$/);
  });

  it("include decision makers and others, with and without e-mail addresses", () => {
    expect(share(people, ({ isDecisionMaker }) => isDecisionMaker)).toBeCloseTo(0.6, 1);
    expect(share(people, ({ workEmail }) => workEmail !== null)).toBeCloseTo(0.7, 1);
    expect(share(people, ({ personalEmails }) => personalEmails.length > 0)).toBeCloseTo(0.3, 1);
  });
});

describe("slugOf", () => {
  it("leaves lower-case ASCII", () => {
    expect(slugOf("Élodie Müller")).toBe("elodie-muller");
    expect(slugOf("Amber Labs", "")).toBe("amberlabs");
  });
});

describe("countryOf", () => {
  it("throws where the catalogue has no such country", () => {
    expect(() => countryOf("IS")).toThrow("no country IS");
  });
});

describe("Random", () => {
  it("makes the same choices from the same seed, others from another", () => {
    const draw = (...seed: number[]) => {
      const random = new Random(...seed);
      return [random.between(1, 1000), random.between(1, 1000), random.between(1, 1000)];
    };
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(draw(1, 2)).not.toEqual(draw(2, 1));
  });

  it("throws where there is nothing to pick from", () => {
    expect(() => new Random(1).pick([])).toThrow("nothing to pick from");
  });
});

describe("memoized", () => {
  it("makes again only what it had to forget", () => {
    const made: number[] = [];
    const square = memoized((index) => {
      made.push(index);
      return index * index;
    }, 2);
    expect([square(2), square(3), square(2), square(4), square(3), square(2)]).toEqual([4, 9, 4, 16, 9, 4]);
    expect(made).toEqual([2, 3, 4, 2]);
  });
});
