import type { FieldRanks } from "../../domain/preference";

/** Letrics is the best source of technologies, functions and e-mails; its locations are one line of text. */
export const letricsRanks: FieldRanks = {
  company: {
    name: 20,
    domain: 20,
    linkedinUrl: 20,
    description: null,
    logoUrl: null,
    industries: 20,
    keywords: null,
    technologies: 5,
    functions: 5,
    employeeCount: 20,
    employeeRange: null,
    yearFounded: null,
    headquarters: 35,
    locations: 35,
  },
  person: {
    fullName: 20,
    firstName: 20,
    lastName: 20,
    headline: null,
    jobTitle: 20,
    jobDescription: null,
    summary: null,
    departments: 20,
    seniorities: 20,
    isDecisionMaker: 5,
    emails: 5,
    country: 20,
    location: null,
    linkedinUrl: 20,
    company: 20,
  },
};
