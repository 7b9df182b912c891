import type { Company } from "../catalogue/catalogue-model";
import { givenProfile } from "../catalogue/knowledge";
import { personAt } from "../catalogue/people";
import type { AnyOf, CompanyFilters, ContactFilters } from "./filters";

/** Whether a company matches all filters except those on its creation. */
export function matchesCompany(company: Company, wanted: CompanyFilters): boolean {
  const isOf = (tld: string): boolean => company.domain.endsWith(`.${tld}`);
  return (
    meets(wanted.locations, placesOf(company)) &&
    meets(wanted.functions, company.functions) &&
    meets(wanted.industries, company.industries) &&
    meets(wanted.technologies, company.technologies) &&
    (wanted.tlds === null || wanted.tlds.some(isOf))
  );
}

/** Whether a person matches all filters on contacts. A profile counts if Letrics' rows have it. */
export function matchesContact(number: number, wanted: ContactFilters): boolean {
  const person = personAt(number);
  const title = person.jobTitle.toLowerCase();
  return (
    (wanted.jobTitles === null || wanted.jobTitles.some((part) => title.includes(part))) &&
    isOneOf(wanted.departments, person.departments) &&
    isOneOf(wanted.seniorities, person.seniorities) &&
    (!wanted.hasPersonalEmails || person.personalEmails.length > 0) &&
    (!wanted.hasLinkedInProfile || givenProfile("letrics", number) !== null) &&
    (!wanted.isDecisionMaker || person.isDecisionMaker)
  );
}

/** The names of the location of its headquarters. */
function placesOf({ country, locations, hqAddress }: Company): readonly string[] {
  const city = locations[0]?.city;
  return [hqAddress, country.name, country.code, ...(city === undefined ? [] : [city.locality, city.region])];
}

function meets(wanted: AnyOf, values: readonly string[]): boolean {
  return isOneOf(
    wanted,
    values.map((value) => value.toLowerCase()),
  );
}

function isOneOf(wanted: AnyOf, values: readonly string[]): boolean {
  return wanted === null || values.some((value) => wanted.includes(value));
}
