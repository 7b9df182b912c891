import type { CompanyFacts, Person } from "../catalogue/catalogue-model";
import type { Country } from "../catalogue/countries";
import type { Range } from "../simulator/fields";
import type { Criterion, IcpFilters } from "./requests";

/** Whether a company matches all company criteria; its people are not considered. */
export function matchesCompany(company: CompanyFacts, wanted: IcpFilters["companies"]): boolean {
  return (
    within(wanted.employeeCount, company.employeeCount) &&
    within(wanted.revenue, company.revenueUsd) &&
    meets(wanted.industries, company.industries) &&
    meets(wanted.primaryLocations, placesOf(company.country))
  );
}

/** Whether a person matches all people criteria. */
export function matchesPerson(person: Person, wanted: IcpFilters["people"]): boolean {
  return (
    meets(wanted.countries, placesOf(person.country)) &&
    meets(wanted.departments, person.departments) &&
    meets(wanted.seniorities, person.seniorities) &&
    meetsPartly(wanted.jobTitles, person.jobTitle.toLowerCase())
  );
}

function within({ from, to }: Range, value: number): boolean {
  return from <= value && value <= to;
}

function meets(wanted: Criterion, values: readonly string[]): boolean {
  return wanted === null || values.some((value) => wanted.has(value.toLowerCase()));
}

function meetsPartly(wanted: Criterion, text: string): boolean {
  return wanted === null || [...wanted].some((part) => text.includes(part));
}

function placesOf({ code, regions }: Country): readonly string[] {
  return [code, ...regions];
}
