import { companyAt } from "../catalogue/companies";
import type { Company } from "../catalogue/catalogue-model";
import { givenDomain, givenPage, givenProfile, type DataSource } from "../catalogue/knowledge";
import { companyOf, personAt } from "../catalogue/people";
import { hash } from "../catalogue/random";
import { hostVariant, nameVariant, linkedInVariant } from "../catalogue/variants";
import { companyIdOf, type Kind, personIdOf } from "./ids";
import type { LushaRules } from "./lusha-options";

type Row = Readonly<Record<string, unknown>>;

/** Seed of the spellings in this provider's rows, so that they differ from those of other providers. */
const SALT = 11;

/** A row of recommendations: a company with few fields, or a contact with fewer. `fqdn` may be `null`. */
export function recommendationRow(kind: Kind, index: number, rules: LushaRules): Row {
  if (kind === "companies") {
    const { companyId, name, description } = companyRow(index, rules);
    return { companyId, name, fqdn: domainVariant("lusha", companyAt(index)), description };
  }
  const person = personAt(index);
  const company = companyRow(companyOf(index), rules);
  return {
    personId: idInAnswer(personIdOf(index), rules),
    companyId: company.companyId,
    name: `${person.firstName} ${person.lastName}`,
    jobTitle: person.jobTitle,
    companyName: company.name,
  };
}

/** A row of lookalikes: most fields may be `null`. */
export function lookalikeRow(kind: Kind, index: number, rules: LushaRules): Row {
  return kind === "companies" ? lookalikeCompanyRow(index, rules) : lookalikeContactRow(index, rules);
}

function lookalikeCompanyRow(index: number, rules: LushaRules): Row {
  const company = companyAt(index);
  const page = givenPage("lookalikes", company);
  const { companyId, name } = companyRow(index, rules);
  return {
    companyId,
    name,
    domain: domainVariant("lookalikes", company),
    linkedinUrl: page === null ? null : linkedInVariant("company", page, SALT, index),
    location: isGap(index, 1) ? null : locationOf(company),
    employeeCount: isGap(index, 2) ? null : company.employeeCount,
    industry: isGap(index, 3) ? null : company.industries[0],
  };
}

function lookalikeContactRow(index: number, rules: LushaRules): Row {
  const person = personAt(index);
  const company = companyAt(companyOf(index));
  const profile = givenProfile("lookalikes", index);
  return {
    contactId: idInAnswer(personIdOf(index), rules),
    firstName: person.firstName,
    lastName: person.lastName,
    socialLinks: profile === null ? null : { linkedin: linkedInVariant("in", profile, SALT, index) },
    company: { ...employerOf(company, rules), domain: domainVariant("lookalikes", company) },
    jobTitle: isGap(index, 4)
      ? null
      : { title: person.jobTitle, departments: person.departments, seniority: person.seniorities[0] ?? null },
    location: isGap(index, 5) ? null : { country: person.country.name, city: null },
  };
}

function employerOf({ index }: Company, rules: LushaRules): Row {
  const { companyId, name } = companyRow(index, rules);
  return { companyId, name };
}

function companyRow(index: number, rules: LushaRules) {
  const { name, description } = companyAt(index);
  return { companyId: idInAnswer(companyIdOf(index), rules), name: nameVariant(name, SALT, index), description };
}

function domainVariant(source: DataSource, company: Company): string | null {
  const domain = givenDomain(source, company);
  return domain === null ? null : hostVariant(domain, SALT, company.index);
}

function locationOf({ country, locations }: Company): Row {
  return { country: country.name, city: locations[0]?.city.locality ?? null };
}

function idInAnswer(id: number, { ids }: LushaRules): string | number {
  return ids === "numbers" ? id : String(id);
}

function isGap(index: number, field: number): boolean {
  return hash(SALT, field, index) % 6 === 0;
}
