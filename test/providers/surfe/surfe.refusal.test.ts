import { describe, expect, it } from "@jest/globals";
import { ProviderError } from "../../../src/domain/errors";
import { objectionsIn } from "../../../src/providers/surfe/surfe.refusal";

/** Filters that only Surfe knows. */
const SURFE = {
  companies: { technologies: ["React"], "year.founded": 1 },
  people: { jobChangePeriodInDays: 30 },
  limit: 1,
};

function objections(...told: readonly string[]) {
  const refusal = new ProviderError("SURFE", "PROVIDER_REJECTED_REQUEST", "Surfe rejected the request (400).", {
    words: told[0] ?? null,
    objections: told,
  });
  return objectionsIn(refusal, { surfe: SURFE }).map(({ field, message }) => [field.join("."), message]);
}

describe("objectionsIn", () => {
  it.each([
    ['companies.industries: does not know "Alchemy"', "companies.industries"],
    ["Invalid value for people.jobTitles[3]", "people.jobTitles"],
    ["filters.companies.employeeCount.from must be a number", "companies.employeeCount"],
    ["COMPANIES.PRIMARYLOCATIONS is wrong", "companies.primaryLocations"],
    ["seniorities must be one of Board Member, C-Level", "people.seniorities"],
    ["`revenue` is out of range", "companies.revenue"],
    ["externalUserId was not found", "externalUserId"],
    ['people.departments: does not know "people.countries"', "people.departments"],
    ["people.countries: does not know 'revenue'", "people.countries"],
    ["companies.technologies takes known names", "surfe.companies.technologies"],
    ["jobChangePeriodInDays is out of range", "surfe.people.jobChangePeriodInDays"],
    ["companies.year.founded is out of range", "surfe.companies.year.founded"],
    ["limit is out of range", "surfe.limit"],
  ])("finds the field that %s names", (words, field) => {
    expect(objections(words)).toEqual([[field, words]]);
  });

  it.each([
    "bad request",
    "industries and countries contradict each other",
    "too many jobTitlesInAll",
    'does not know "revenue"',
  ])("takes what names no one field for the whole profile: %s", (words) => {
    expect(objections(words)).toEqual([["", words]]);
  });

  it.each([
    'companies.industries: does not know "Alchemy"; people.seniorities: does not know "Wizard"',
    'companies.industries: does not know "Alchemy", people.seniorities: does not know "Wizard"',
    'companies.industries: does not know "Alchemy". people.seniorities: does not know "Wizard"',
  ])("tells several apart in one text: %s", (words) => {
    expect(objections(words)).toEqual([
      ["companies.industries", 'companies.industries: does not know "Alchemy"'],
      ["people.seniorities", 'people.seniorities: does not know "Wizard"'],
    ]);
  });

  it("keeps a text whole where only a part of it names a field", () => {
    expect(objections("seniorities are wrong; try again")).toEqual([
      ["people.seniorities", "seniorities are wrong; try again"],
    ]);
  });

  it("tells apart what Surfe tells apart", () => {
    expect(objections("industries: unknown", "no such plan", "people.countries: unknown")).toEqual([
      ["companies.industries", "industries: unknown"],
      ["", "no such plan"],
      ["people.countries", "people.countries: unknown"],
    ]);
  });

  it("has the status alone where Surfe says nothing", () => {
    expect(objections()).toEqual([["", "Surfe rejected the request (400)."]]);
  });
});
