import type { FieldRanks } from "../../domain/preference";

/** LinkUp reads people from LinkedIn, so it is the best source of what LinkedIn shows. It has no companies. */
export const linkupRanks: FieldRanks = {
  company: {
    name: null,
    domain: null,
    linkedinUrl: null,
    description: null,
    logoUrl: null,
    industries: null,
    keywords: null,
    technologies: null,
    functions: null,
    employeeCount: null,
    employeeRange: null,
    yearFounded: null,
    headquarters: null,
    locations: null,
  },
  person: {
    fullName: 35,
    firstName: null,
    lastName: null,
    headline: 5,
    jobTitle: null,
    jobDescription: null,
    summary: null,
    departments: null,
    seniorities: null,
    isDecisionMaker: null,
    emails: null,
    country: null,
    location: null,
    linkedinUrl: 5,
    company: null,
  },
};
