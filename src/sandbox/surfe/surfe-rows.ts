import { companyAt } from "../catalogue/companies";
import type { Company, Person } from "../catalogue/catalogue-model";
import type { Country } from "../catalogue/countries";
import { MOST_PEOPLE, peopleOf, personAt } from "../catalogue/people";
import { stableId } from "../simulator/stable-id";
import type { DayList } from "./day-lists";
import { matchesPerson } from "./surfe-matching";
import { reasonsFor } from "./reasons";

/** Surfe writes countries in several forms: "France", "FR", "fr". */
function countryVariant({ name, code }: Country, turn: number): string {
  if (turn % 3 === 0) return name;
  return turn % 3 === 1 ? code : code.toLowerCase();
}

/**
 * A row of `POST /v2/recommendations/fetch`: a company, and those of its people that match the profile. A company without a
 * LinkedIn page has an empty `linkedInURL`; a person without one has no `linkedinUrl`.
 */
export function recommendationRow(index: number, { profile, generatedAt }: DayList): Readonly<Record<string, unknown>> {
  const company = companyAt(index);
  const people = wantedPeople(index, profile).map((number) =>
    personRow(personAt(number), index + (number % MOST_PEOPLE) + 1),
  );
  return {
    ...companyRow(company),
    people,
    recommendation: {
      generatedAt,
      id: stableId("recommendation", profile.owner, company.domain),
      reasons: reasonsFor(company, profile),
    },
  };
}

/** The numbers of a company's people that match the profile. */
export function wantedPeople(index: number, { filters }: DayList["profile"]): readonly number[] {
  return peopleOf(index).filter((person) => matchesPerson(personAt(person), filters.people));
}

function companyRow(company: Company) {
  const { index, name, domain, description, industries, keywords, employeeCount, size, yearFounded } = company;
  return {
    description,
    domain,
    employeeCount,
    hqAddress: company.hqAddress,
    hqCountry: countryVariant(company.country, index),
    industries,
    keywords,
    linkedInURL: company.linkedInSlug === null ? "" : `https://www.linkedin.com/company/${company.linkedInSlug}`,
    locations: company.locations.map(({ city, country, streetAddress, primary }) => ({
      ...city,
      country: countryVariant(country, index),
      primary,
      streetAddress,
    })),
    logo: company.logoUrl,
    name,
    size,
    yearFounded,
  };
}

function personRow(person: Person, turn: number) {
  const { firstName, lastName, jobTitle, departments, seniorities, location, summary, linkedInSlug } = person;
  return {
    country: countryVariant(person.country, turn),
    currentJobDescription: person.description,
    departments,
    firstName,
    jobTitle,
    lastName,
    ...(linkedInSlug === null ? {} : { linkedinUrl: `https://www.linkedin.com/in/${linkedInSlug}` }),
    location,
    seniorities,
    summary,
  };
}
