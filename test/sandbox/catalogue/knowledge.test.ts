import { describe, expect, it } from "@jest/globals";
import { COMPANY_COUNT, companyAt } from "../../../src/sandbox/catalogue/companies";
import {
  givenDomain,
  knowsCompany,
  knowsPerson,
  givenPage,
  givenProfile,
  type DataSource,
} from "../../../src/sandbox/catalogue/knowledge";
import { companyWithDomain, companyWithPage, personWithProfile } from "../../../src/sandbox/catalogue/lookup";
import { companyOf, hasPerson, peopleAt, peopleOf, personAt } from "../../../src/sandbox/catalogue/people";
import { hostVariant, nameVariant, linkedInVariant, siteVariant } from "../../../src/sandbox/catalogue/variants";

const DATA_SOURCES: readonly DataSource[] = ["surfe", "lusha", "lookalikes", "linkup", "letrics"];
const indexes = Array.from({ length: 1000 }, (_, index) => index);
const people = indexes.flatMap(peopleOf);

const share = <T>(list: readonly T[], isSo: (item: T) => boolean) => list.filter(isSo).length / list.length;

describe("people's numbers", () => {
  it("lead to them and to their company, and nowhere else", () => {
    expect(peopleOf(1).map(personAt)).toEqual(peopleAt(1));
    expect(peopleOf(1).map(companyOf)).toEqual(peopleAt(1).map(() => 1));
    const numbers = [0, 8, 1, -1, 0.5, Number.NaN, COMPANY_COUNT * 8];
    expect(numbers.map(hasPerson)).toEqual([true, true, false, false, false, false, false]);
    expect(() => personAt(1)).toThrow("no person 1");
  });
});

describe("who knows whom", () => {
  it("is a part of the catalogue for each provider but Surfe, and another part for each", () => {
    const known = (teller: DataSource) => share(indexes, (index) => knowsCompany(teller, index));
    expect(known("surfe")).toBe(1);
    expect(known("lusha")).toBeCloseTo(3 / 4, 1);
    expect(known("linkup")).toBeCloseTo(1 / 2, 1);
    expect(known("letrics")).toBeCloseTo(2 / 3, 1);
    const both = share(indexes, (index) => knowsCompany("lusha", index) && knowsCompany("letrics", index));
    expect(both).toBeCloseTo(1 / 2, 1);
    const oneOnly = (one: DataSource, other: DataSource) =>
      share(indexes, (index) => knowsCompany(one, index) && !knowsCompany(other, index));
    expect(oneOnly("lusha", "letrics")).toBeGreaterThan(0.15);
    expect(oneOnly("letrics", "lusha")).toBeGreaterThan(0.1);
  });

  it("is the same for both of Lusha's interfaces", () => {
    expect(people.filter((person) => knowsPerson("lusha", person))).toEqual(
      people.filter((person) => knowsPerson("lookalikes", person)),
    );
  });

  it("has people at known companies only, on LinkUp those with a profile", () => {
    for (const teller of DATA_SOURCES) {
      const known = people.filter((person) => knowsPerson(teller, person));
      expect(known.every((person) => knowsCompany(teller, companyOf(person)))).toBe(true);
    }
    const onLinkUp = people.filter((person) => knowsPerson("linkup", person));
    expect(onLinkUp.every((person) => givenProfile("linkup", person) !== null)).toBe(true);
  });

  it("has the first company and its person everywhere", () => {
    expect(DATA_SOURCES.map((teller) => [knowsCompany(teller, 0), knowsPerson(teller, 0)])).toEqual(
      DATA_SOURCES.map(() => [true, true]),
    );
  });
});

describe("what they are named by", () => {
  const told = (teller: DataSource) =>
    [
      share(indexes, (index) => givenDomain(teller, companyAt(index)) !== null),
      share(indexes, (index) => givenPage(teller, companyAt(index)) !== null),
      share(people, (person) => givenProfile(teller, person) !== null),
    ].map((part) => Math.round(part * 10) / 10);

  it("is a domain, a page, a profile as each provider tells them", () => {
    expect(DATA_SOURCES.map((teller) => [teller, ...told(teller)])).toEqual([
      ["surfe", 1, 1, 1],
      ["lusha", 1, 0, 0],
      ["lookalikes", 0.9, 0.7, 0.7],
      ["linkup", 0, 0, 1],
      ["letrics", 0.9, 0.7, 0.8],
    ]);
    expect(share(indexes, (index) => givenDomain("lusha", companyAt(index)) !== null)).toBeLessThan(1);
  });

  it("is as in the catalogue, spelt plainly", () => {
    expect(givenDomain("letrics", companyAt(0))).toBe("surfe.com");
    expect(givenPage("letrics", companyAt(0))).toBe("surfe");
    expect(givenProfile("letrics", 0)).toBe("johndoe");
  });

  it("is sometimes neither a domain nor a page", () => {
    const nameless = indexes.filter(
      (index) => givenDomain("letrics", companyAt(index)) === null && givenPage("letrics", companyAt(index)) === null,
    );
    expect(nameless.length).toBeGreaterThan(10);
  });
});

describe("spellings", () => {
  const all = (spell: (seed: number) => string) =>
    [...new Set(Array.from({ length: 200 }, (_, seed) => spell(seed)))].sort();

  it("of a host differ by www. and case", () => {
    expect(all((seed) => hostVariant("acme.co.uk", seed))).toEqual([
      "ACME.CO.UK",
      "WWW.Acme.co.uk",
      "acme.co.uk",
      "www.acme.co.uk",
    ]);
  });

  it("of a site can be a home page's address", () => {
    expect(all((seed) => siteVariant("acme.com", seed))).toEqual([
      "ACME.COM",
      "WWW.Acme.com",
      "acme.com",
      "http://ACME.COM",
      "https://www.acme.com/",
      "www.acme.com",
    ]);
  });

  it("of a LinkedIn address differ by scheme, host, case, slashes and query", () => {
    expect(all((seed) => linkedInVariant("in", "jane-doe", seed))).toEqual([
      "http://uk.linkedin.com/in/Jane-doe/?originalSubdomain=uk",
      "http://www.linkedin.com/in/JANE-DOE",
      "https://LinkedIn.com/in/Jane-doe",
      "https://fr.linkedin.com/in/jane-doe?trk=public_profile",
      "https://www.linkedin.com/in/jane-doe",
      "https://www.linkedin.com/in/jane-doe/",
      "linkedin.com/in/jane-doe/",
    ]);
  });

  it("of a name differ by case and by what lawyers add", () => {
    expect(all((seed) => nameVariant("Acme", seed))).toEqual(["ACME", "Acme", "Acme Inc.", "Acme Ltd", "Acme, Inc"]);
  });

  it("lead back to whom they name", () => {
    for (const index of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const { domain, linkedInSlug } = companyAt(index);
      expect(companyWithDomain(siteVariant(domain, index))).toBe(index);
      if (linkedInSlug !== null) expect(companyWithPage(linkedInVariant("company", linkedInSlug, index))).toBe(index);
      const [person = 0] = peopleOf(index);
      const profile = personAt(person).linkedInSlug ?? "";
      if (profile !== "") expect(personWithProfile(linkedInVariant("in", profile, index))).toBe(person);
    }
    expect([companyWithDomain("example.org"), companyWithPage("x"), personWithProfile("x")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
