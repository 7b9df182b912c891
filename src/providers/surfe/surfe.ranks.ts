import type { FieldRanks } from "../../domain/preference";

/** Surfe has most fields of a company and is called most often: it is preferred, except where another provider is a better source. */
export const surfeRanks: FieldRanks = {
  company: {
    name: 10,
    domain: 10,
    linkedinUrl: 10,
    description: 10,
    logoUrl: 10,
    industries: 10,
    keywords: 10,
    technologies: null,
    functions: null,
    employeeCount: 10,
    employeeRange: 10,
    yearFounded: 10,
    headquarters: 10,
    locations: 10,
  },
  person: {
    fullName: 10,
    firstName: 10,
    lastName: 10,
    headline: null,
    jobTitle: 10,
    jobDescription: 10,
    summary: 10,
    departments: 10,
    seniorities: 10,
    isDecisionMaker: null,
    emails: null,
    country: 10,
    location: 10,
    linkedinUrl: 10,
    company: 10,
  },
};
