import { companyAt } from "../catalogue/companies";
import { domainTold, pageTold, profileTold } from "../catalogue/knowledge";
import { companyOf, personAt } from "../catalogue/people";
import { spellName, spellPage, spellSite } from "../catalogue/variants";
import { stableId } from "../simulator/stable-id";

type Row = Readonly<Record<string, unknown>>;

/** Keeps Letrics' spellings apart from the other providers'. */
const SALT = 17;

/** A row of `/companies`. The domain is `null`, and the LinkedIn page left out, where there is none to tell. */
export function spellCompany(index: number, createdAtMs: number): Row {
  const company = companyAt(index);
  const domain = domainTold("letrics", company);
  const page = pageTold("letrics", company);
  return {
    id: stableId("letrics company", index),
    name: spellName(company.name, SALT, index),
    domain: domain === null ? null : spellSite(domain, SALT, index),
    ...(page === null ? {} : { linkedin_url: spellPage("company", page, SALT, index) }),
    industries: company.industries,
    functions: company.functions,
    technologies: company.technologies,
    location: company.hqAddress,
    employee_count: company.employeeCount,
    created_at: new Date(createdAtMs).toISOString().replace(".000Z", "Z"),
  };
}

/** A row of `/contacts`, with the company inside. */
export function spellContact(number: number, companyCreatedAtMs: number): Row {
  const person = personAt(number);
  const profile = profileTold("letrics", number);
  return {
    id: stableId("letrics contact", number),
    first_name: person.firstName,
    last_name: person.lastName,
    job_title: person.jobTitle,
    department: person.departments[0],
    seniority: person.seniorities[0],
    is_decision_maker: person.isDecisionMaker,
    personal_emails: person.personalEmails,
    linkedin_url: profile === null ? null : spellPage("in", profile, SALT, number),
    country: person.country.name,
    company: spellCompany(companyOf(number), companyCreatedAtMs),
  };
}
