import { companyAt } from "../catalogue/companies";
import type { Company } from "../catalogue/catalogue-model";
import { domainTold, pageTold, profileTold, type Teller } from "../catalogue/knowledge";
import { companyOf, personAt } from "../catalogue/people";
import { hash } from "../catalogue/random";
import { spellHost, spellName, spellPage } from "../catalogue/variants";
import { companyIdOf, type Kind, personIdOf } from "./ids";
import type { LushaRules } from "./lusha-options";

type Row = Readonly<Record<string, unknown>>;

/** Keeps Lusha's spellings apart from the other providers'. */
const SALT = 11;

/** A row of recommendations: a company, thin, or a contact, thinner. `fqdn` is `null` now and then. */
export function spellRecommendation(kind: Kind, index: number, rules: LushaRules): Row {
  if (kind === "companies") {
    const { companyId, name, description } = spellCompany(index, rules);
    return { companyId, name, fqdn: spellDomain("lusha", companyAt(index)), description };
  }
  const person = personAt(index);
  const company = spellCompany(companyOf(index), rules);
  return {
    personId: spellId(personIdOf(index), rules),
    companyId: company.companyId,
    name: `${person.firstName} ${person.lastName}`,
    jobTitle: person.jobTitle,
    companyName: company.name,
  };
}

/** A row of lookalikes: most of it may be `null`. */
export function spellLookalike(kind: Kind, index: number, rules: LushaRules): Row {
  return kind === "companies" ? spellLookalikeCompany(index, rules) : spellLookalikeContact(index, rules);
}

function spellLookalikeCompany(index: number, rules: LushaRules): Row {
  const company = companyAt(index);
  const page = pageTold("lookalikes", company);
  const { companyId, name } = spellCompany(index, rules);
  return {
    companyId,
    name,
    domain: spellDomain("lookalikes", company),
    linkedinUrl: page === null ? null : spellPage("company", page, SALT, index),
    location: isGap(index, 1) ? null : spellLocation(company),
    employeeCount: isGap(index, 2) ? null : company.employeeCount,
    industry: isGap(index, 3) ? null : company.industries[0],
  };
}

function spellLookalikeContact(index: number, rules: LushaRules): Row {
  const person = personAt(index);
  const company = companyAt(companyOf(index));
  const profile = profileTold("lookalikes", index);
  return {
    contactId: spellId(personIdOf(index), rules),
    firstName: person.firstName,
    lastName: person.lastName,
    socialLinks: profile === null ? null : { linkedin: spellPage("in", profile, SALT, index) },
    company: { ...spellNamed(company, rules), domain: spellDomain("lookalikes", company) },
    jobTitle: isGap(index, 4)
      ? null
      : { title: person.jobTitle, departments: person.departments, seniority: person.seniorities[0] ?? null },
    location: isGap(index, 5) ? null : { country: person.country.name, city: null },
  };
}

function spellNamed({ index }: Company, rules: LushaRules): Row {
  const { companyId, name } = spellCompany(index, rules);
  return { companyId, name };
}

function spellCompany(index: number, rules: LushaRules) {
  const { name, description } = companyAt(index);
  return { companyId: spellId(companyIdOf(index), rules), name: spellName(name, SALT, index), description };
}

function spellDomain(teller: Teller, company: Company): string | null {
  const domain = domainTold(teller, company);
  return domain === null ? null : spellHost(domain, SALT, company.index);
}

function spellLocation({ country, locations }: Company): Row {
  return { country: country.name, city: locations[0]?.city.locality ?? null };
}

function spellId(id: number, { ids }: LushaRules): string | number {
  return ids === "numbers" ? id : String(id);
}

function isGap(index: number, field: number): boolean {
  return hash(SALT, field, index) % 6 === 0;
}
