import { companyAt } from "../catalogue/companies";
import { givenDomain, givenPage, givenProfile } from "../catalogue/knowledge";
import { companyOf, personAt } from "../catalogue/people";
import { nameVariant, linkedInVariant, siteVariant } from "../catalogue/variants";
import { stableId } from "../simulator/stable-id";

type Row = Readonly<Record<string, unknown>>;

/** Seed of the spellings in this provider's rows, so that they differ from those of other providers. */
const SALT = 17;

/** A row of `/companies`. Without a domain it is `null`; without a LinkedIn page the field is left out. */
export function companyRow(index: number, createdAtMs: number): Row {
  const company = companyAt(index);
  const domain = givenDomain("letrics", company);
  const page = givenPage("letrics", company);
  return {
    id: stableId("letrics company", index),
    name: nameVariant(company.name, SALT, index),
    domain: domain === null ? null : siteVariant(domain, SALT, index),
    ...(page === null ? {} : { linkedin_url: linkedInVariant("company", page, SALT, index) }),
    industries: company.industries,
    functions: company.functions,
    technologies: company.technologies,
    location: company.hqAddress,
    employee_count: company.employeeCount,
    created_at: new Date(createdAtMs).toISOString().replace(".000Z", "Z"),
  };
}

/** A row of `/contacts`, with the company in it. */
export function contactRow(number: number, companyCreatedAtMs: number): Row {
  const person = personAt(number);
  const profile = givenProfile("letrics", number);
  return {
    id: stableId("letrics contact", number),
    first_name: person.firstName,
    last_name: person.lastName,
    job_title: person.jobTitle,
    department: person.departments[0],
    seniority: person.seniorities[0],
    is_decision_maker: person.isDecisionMaker,
    personal_emails: person.personalEmails,
    linkedin_url: profile === null ? null : linkedInVariant("in", profile, SALT, number),
    country: person.country.name,
    company: companyRow(companyOf(number), companyCreatedAtMs),
  };
}
